"""The county's own workbooks, filled from the records: what a form may name, and the pages where forms are kept and filled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from activities import exports as activity_exports
from branches import exports as branch_exports
from branches.models import CountyForm, Organization
from config.kit import clock
from config.kit.downloads import download
from config.kit.excel_cells import Cells
from config.kit.form_filling.filling import Facts, as_text, fill
from config.kit.form_filling.template import LARGEST_FORM, Words, open_template
from config.kit.refusals import sentences
from config.site.programme import INDICATORS, STOCK, measured
from config.site.reports import RIGHT, YearbookForm
from config.site.yearbook import REPORTS, report_day, reports_for, scope_of
from fund.bookkeeping import exports as accounts
from fund.help import exports as help
from fund.models import Pot
from honours import exports as honour_exports
from members import exports as member_exports
from members.actions.membership import log_export


@dataclass(frozen=True)
class Offered:
    """A list that a form may repeat rows for: the report it comes from, and the keys of the columns it may take."""

    report: str
    words: object
    fields: str
    columns: Callable
    rows: Callable

    def named(self, on):
        """`{field: (words, how its value is read)}`."""
        by_key = {column.key: column for column in self.columns(on)}
        return {name: (by_key[name].title, by_key[name].value) for name in self.fields.split()}


def _help_lines(year, scope, on):
    return help.help_lines(year, on, pots=scope.pots_of(Pot.Kind.MUTUAL_AID), reach=scope.reach)


def _pot_lines(year, scope, on):
    lines = []
    for pot in scope.pots:
        opening = accounts.balance_on(date(year - 1, 12, 31), pots=[pot])
        span = {"first": date(year, 1, 1), "last": on, "pots": [pot]}
        income, spending = accounts.income_between(**span), accounts.spending_between(**span)
        closing = opening + income - spending
        lines.append({"pot": pot.name, "opening": opening, "income": income, "spending": spending, "closing": closing})
    return lines


@dataclass(frozen=True)
class Field:
    """A column of a list that no report has in this shape."""

    key: str
    title: str
    value: Callable


def _pot_columns(on):
    titles = {
        "pot": _("pot"), "opening": _("opening balance"), "income": _("income"), "spending": _("spending"),
        "closing": _("closing balance"),
    }  # fmt: skip
    return [Field(key, title, itemgetter(key)) for key, title in titles.items()]


LISTS = {
    "branches": Offered(
        "R1", gettext_lazy("the roster by branch"),
        "branch members men women minorities under_60 age_60 age_70 age_80 age_90 standing_under_30 standing_30"
        " standing_40 standing_50 university college secondary lower lixiu tuixiu",
        lambda on: member_exports.structure_columns(on=on),
        lambda year, scope, on: member_exports.structure_lines(on=on, reach=scope.reach),
    ),
    "committees": Offered(
        "R2", gettext_lazy("committees in office"),
        "no branch term secretary deputy members elected_on ends_on in_time",
        lambda on: branch_exports.term_columns(),
        lambda year, scope, on: branch_exports.term_lines(date(year, 1, 1), on, scope.reach),
    ),
    "months": Offered(
        "R3", gettext_lazy("activities by month (events)"),
        "month general_meeting committee_meeting group_meeting party_lesson theme_day study_day volunteer_day"
        " performance others events attendances",
        lambda on: activity_exports.event_columns(),
        lambda year, scope, on: activity_exports.month_lines(year, on, scope.reach),
    ),
    "volunteers_by_kind": Offered(
        "R4", gettext_lazy("volunteers by kind"), "kind registered new",
        lambda on: activity_exports.volunteer_columns(),
        lambda year, scope, on: activity_exports.volunteer_lines(year, on, scope.reach),
    ),
    "pots": Offered(
        "R5", gettext_lazy("accounts of the pots"), "pot opening income spending closing", _pot_columns, _pot_lines,
    ),
    "help": Offered(
        "R6", gettext_lazy("help given, names masked"), "no who branch category occasion amount paid_on",
        lambda on: help.masked_columns(), _help_lines,
    ),
    "equipment": Offered(
        "R8", gettext_lazy("equipment register"),
        "no asset_no name model unit quantity price amount bought_on funding place keeper state",
        lambda on: branch_exports.equipment_columns(),
        lambda year, scope, on: branch_exports.numbered(branch_exports.equipment_until(on, scope.reach)),
    ),
    "honours": Offered(
        "R9", gettext_lazy("all honours up to the day"), "no year level title awarded_by winner kind awarded_in",
        lambda on: honour_exports.honour_columns(),
        lambda year, scope, on: honour_exports.honour_rows(on, scope.reach),
    ),
    "honours_of_year": Offered(
        "R9", gettext_lazy("honours of the year"), "no year level title awarded_by winner kind awarded_in",
        lambda on: honour_exports.honour_columns(),
        lambda year, scope, on: enumerate(
            (row for _no, row in honour_exports.honour_rows(on, scope.reach) if row.awarded_on.year == year), 1
        ),
    ),
    "visits": Offered(
        "R10", gettext_lazy("visits of the education point by month"),
        "month groups pupils members cadres residents visitors",
        lambda on: honour_exports.visit_columns(_("month"), ""),
        lambda year, scope, on: honour_exports.visit_months(year, on, scope.reach),
    ),
    "books": Offered(
        "R10", gettext_lazy("books by class"), "class titles copies",
        lambda on: honour_exports.book_columns(),
        lambda year, scope, on: honour_exports.book_lines(on, scope.reach),
    ),
}  # fmt: skip
LAST_YEAR, SINCE_START = ".last_year", ".since_start"


def words(on):
    """Everything a form may name, with its words."""
    figures = {
        "year": _("the year of the form"),
        "unit": _("reporting unit"),
        "place": _("short name of the reporting unit"),
        "phone": _("phone of the reporting unit"),
        "date": _("day of filling in"),
    }
    for line in INDICATORS:
        label = {"name": line.name, "unit": line.unit}
        figures[line.key] = _("%(name)s (%(unit)s)") % label
        figures[line.key + LAST_YEAR] = _("%(name)s (%(unit)s), the year before") % label
        if line.span != STOCK:
            figures[line.key + SINCE_START] = _("%(name)s (%(unit)s), since the start") % label
    lists = {
        key: (str(offered.words), {name: title for name, (title, _read) in offered.named(on).items()})
        for key, offered in LISTS.items()
    }
    return Words(figures, lists)


def facts(year, scope, names, keys):
    """The figures `names` and the lists `keys` of a year within a scope."""
    on = report_day(year)
    figures = {"year": year, "unit": scope.unit, "place": scope.place, "phone": scope.phone, "date": on}
    spans = {
        "": (lambda line: None if line.span == STOCK else date(year, 1, 1), on),
        LAST_YEAR: (lambda line: None if line.span == STOCK else date(year - 1, 1, 1), date(year - 1, 12, 31)),
        SINCE_START: (lambda line: None, on),
    }
    for tail, (first_of, last) in spans.items():
        wanted = {line.key for line in INDICATORS if line.key + tail in names}
        found = measured(first_of, last, pots=scope.pots, reach=scope.reach, keys=wanted) if wanted else {}
        figures |= {key + tail: number for key, number in found.items()}
    lists = {}
    for key in keys:
        fields = LISTS[key].named(on)
        lists[key] = [
            {name: Cells.plain(read(record)) for name, (_title, read) in fields.items()}
            for record in LISTS[key].rows(year, scope, on)
        ]
    return Facts(figures, lists)


def lists_of(template):
    return {block.key for blocks in template.blocks.values() for block in blocks}


def refuse_foreign_lists(keys, scope, user):
    """A form cannot tell more than the reports this person may make."""
    mine = {report.code for report in reports_for(scope, user=user)}
    for key in keys:
        if LISTS[key].report not in mine:
            raise ValidationError(
                _("The form asks for “%(list)s”, which belongs to %(report)s; that report is not yours to make."),
                code="not_yours",
                params={"list": LISTS[key].words, "report": f"{LISTS[key].report} {REPORTS[LISTS[key].report].title}"},
            )


def filled(form, year, *, user, branch=None):
    """The bytes of a form filled for a year and the scope of a user; written into the access log."""
    with translation.override(settings.LANGUAGE_CODE):
        scope, known = scope_of(branch, user=user), words(report_day(year))
        template = open_template(form.name, bytes(form.content), known)
        keys = lists_of(template)
        refuse_foreign_lists(keys, scope, user)
        names = {spot.name for spot in template.spots} | set(form.mapping.values())
        content = fill(template, known, facts(year, scope, names, keys), form.mapping)
        log_export(by=user, what=_("form %(form)s %(year)s, %(unit)s") % {"form": form.name, "year": year, "unit": scope.unit})  # fmt: skip
    return content


class UploadForm(forms.ModelForm):
    """A new form, or another workbook for one that is kept."""

    file = forms.FileField(
        label=gettext_lazy("The county's workbook"),
        help_text=gettext_lazy("Excel (.xlsx), 5 MB at most, with placeholders such as {{members}} in its cells."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        max_length=200,
        allow_empty_file=True,
    )

    class Meta:
        model = CountyForm
        fields = ["name", "organization"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if "organization" in self.fields:
            choices = Organization.objects.visible_to(user)
            self.fields["organization"].queryset = choices
            self.fields["organization"].initial = choices.first()

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FORM:
            raise ValidationError(_("The form is larger than 5 MB. Take pictures out of it."), code="too_large")
        data = upload.read()
        open_template(upload.name, data, words(clock.today()))
        return data

    def clean(self):
        """Two forms of one name in an organisation could not be told apart."""
        cleaned = super().clean()
        name, organization = cleaned.get("name"), cleaned.get("organization")
        if name and organization and CountyForm.objects.filter(organization=organization, name=name).exists():
            taken = _("%(organization)s keeps a form of this name already. Replace that one, or give another name.")
            self.add_error("name", ValidationError(taken, code="taken", params={"organization": organization}))
        return cleaned

    def save(self, commit=True):
        self.instance.content = self.cleaned_data["file"]
        self.instance.uploaded_by = self.user
        return super().save(commit)


class ReplaceForm(UploadForm):
    class Meta(UploadForm.Meta):
        fields: list = []


class FillForm(YearbookForm):
    """Which year, for which branch."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["report"]


def _may(user, act):
    return user.has_perm(f"branches.{act}_countyform")


def forms_page(request, site):
    """The forms that are kept, what a form may name, and a place to upload one."""
    if not (request.user.has_perm(RIGHT) and _may(request.user, "view")):
        raise PermissionDenied
    upload = None
    if _may(request.user, "add"):
        is_posted = request.method == "POST"
        upload = UploadForm(
            request.POST if is_posted else None, request.FILES if is_posted else None, user=request.user
        )
        if is_posted and upload.is_valid():
            return HttpResponseRedirect(reverse("admin:county_form", args=[upload.save().pk]))
    known = words(clock.today())
    kept = CountyForm.objects.visible_to(request.user).defer("content", "mapping").select_related("organization")
    context = {
        **site.each_context(request),
        "title": _("County forms"),
        "kept": kept,
        "upload": upload,
        "figures": known.figures.items(),
        "lists": [(key, label, fields.items()) for key, (label, fields) in known.lists.items()],
    }
    return TemplateResponse(request, "admin/reports/county_forms.html", context)


@sensitive_post_parameters()
def form_page(request, site, pk):
    """One form: what each placeholder stands for, what unknown ones shall stand for, and the filled copy."""
    if not (request.user.has_perm(RIGHT) and _may(request.user, "view")):
        raise PermissionDenied
    if pk > 2**63 - 1:
        raise Http404
    form = get_object_or_404(CountyForm.objects.visible_to(request.user), pk=pk)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    page = FormPage(request, site, form)
    if act == "template":
        return download(bytes(form.content), f"{form.name}.xlsx")
    if act in {"map", "replace"} and not _may(request.user, "change"):
        raise PermissionDenied
    if act == "delete":
        if not _may(request.user, "delete"):
            raise PermissionDenied
        form.delete()
        messages.success(request, _("The form “%(form)s” was deleted.") % {"form": form.name})
        return HttpResponseRedirect(reverse("admin:county_forms"))
    return page.answer(act)


class FormPage:
    """The page of one form, and what its buttons do."""

    def __init__(self, request, site, form):
        self.request, self.site, self.form = request, site, form
        self.known = words(clock.today())
        self.errors: list = []
        self.template = None
        try:
            self.template = open_template(form.name, bytes(form.content), self.known)
        except ValidationError as error:
            self.errors = sentences(error)
        today = clock.today()
        data = request.POST if request.POST.get("act") == "fill" else None
        self.filling = FillForm(data, user=request.user, today=today, initial={"year": today.year})
        posted = (request.POST, request.FILES) if request.POST.get("act") == "replace" else (None, None)
        self.replacing = ReplaceForm(*posted, instance=form, user=request.user)

    def answer(self, act):
        here = HttpResponseRedirect(reverse("admin:county_form", args=[self.form.pk]))
        if act == "map" and self.template is not None:
            self._map()
            return here
        if act == "replace" and self.replacing.is_valid():
            self.replacing.save()
            messages.success(self.request, _("The workbook of “%(form)s” was replaced.") % {"form": self.form.name})
            return here
        if act == "fill" and self.filling.is_valid():
            try:
                return self._fill()
            except ValidationError as error:
                self.errors = sentences(error)
        return self._shown()

    def _map(self):
        unknown = self.template.unknown(self.known)
        chosen = {name: self.request.POST.get(f"means-{place}", "") for place, name in enumerate(unknown)}
        self.form.mapping = {name: figure for name, figure in chosen.items() if figure in self.known.figures}
        self.form.save()
        messages.success(self.request, _("The choices are kept with the form."))

    def _fill(self):
        wanted = self.filling.cleaned_data
        content = filled(self.form, wanted["year"], user=self.request.user, branch=wanted["branch"])
        scope = scope_of(wanted["branch"], user=self.request.user)
        words = {"year": wanted["year"], "place": scope.place, "report": self.form.name}
        return download(content, _("%(year)s_%(place)s_%(report)s.xlsx") % words)

    def _shown(self):
        user = self.request.user
        context = {
            **self.site.each_context(self.request),
            "title": self.form.name,
            "form": self.form,
            "errors": self.errors,
            "warnings": self.template.warnings if self.template else [],
            "lines": self._lines() if self.template else [],
            "unknown": self._unknown() if self.template else [],
            "filling": self.filling,
            "replacing": self.replacing if _may(user, "change") else None,
            "may_map": _may(user, "change"),
            "may_delete": _may(user, "delete"),
        }
        return TemplateResponse(self.request, "admin/reports/county_form.html", context)

    def _lines(self):
        """Every placeholder: where it stands, its name, what it means, what it would be filled with now."""
        year, user = clock.today().year, self.request.user
        scope = scope_of(user=user)
        names = {spot.name for spot in self.template.spots} | set(self.form.mapping.values())
        known = facts(year, scope, names, ())
        lines = []
        for spot in self.template.spots:
            if spot.list:
                label, fields = self.known.lists[spot.list]
                lines.append((spot, f"{label} · {fields[spot.name]}", ""))
            else:
                name = spot.name if spot.name in self.known.figures else self.form.mapping.get(spot.name, "")
                value = known.figures.get(name)
                lines.append((spot, self.known.figures.get(name, ""), as_text(value)))
        return lines

    def _unknown(self):
        unknown = self.template.unknown(self.known)
        return [(f"means-{place}", name, self.form.mapping.get(name, ""), self.known.figures.items()) for place, name in enumerate(unknown)]  # fmt: skip

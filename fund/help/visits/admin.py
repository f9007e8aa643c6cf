"""Condolence rounds in the office: filled from the roster, paid, and signed for person by person."""

from datetime import date

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from config.kit import clock
from config.kit.refusals import sentences
from fund.help.list_admin import ListInline, PathAdmin, PeopleColumns, sums
from fund.help.records import Step
from fund.help.visits.actions import fill_round, sign_visit
from fund.help.visits.forms import FillRoundForm, RosterFilterForm, SignaturesForm
from fund.help.visits.models import CondolenceRound, CondolenceVisit
from fund.help.visits.transitions import ROUNDS
from members.models import Member
from members.roster.codes import Health, LivingStatus

MOST_FOUND = 300  # people on one page


class CondolenceVisitInline(ListInline):
    model = CondolenceVisit
    fields = ["who", "name", "member", "category", "branch", "unit", "amount", "signature"]
    readonly_fields = ["who", "signature"]
    autocomplete_fields = ["member"]

    def get_fields(self, request, obj=None):
        # The name is typed in an encrypted field and read beside it.
        fields = super().get_fields(request, obj)
        dropped = "signature" if self._is_open(request, obj) else "name"
        return [field for field in fields if field != dropped]

    @admin.display(description=_("who"))
    def who(self, obj):
        return obj.name or "—"

    @admin.display(description=pgettext_lazy("signature", "signed"))
    def signature(self, obj):
        if obj.signed_on:
            return f"{obj.signed_on:%Y-%m-%d}"
        return obj.not_delivered or "—"


@admin.register(CondolenceRound)
class CondolenceRoundAdmin(PeopleColumns):
    list_display = ["season", "visited_on", "how_many", "amount", "state", "paid_on", "pot"]
    list_counted = ngettext_lazy("%(count)s round", "%(count)s rounds", "count")
    add_label = _("Add a condolence round")
    lines_of = (CondolenceVisit, "round")
    list_filter = ["state", "season", "pot"]
    list_select_related = ["pot"]
    date_hierarchy = "visited_on"
    inlines = [CondolenceVisitInline]
    transitions = ROUNDS
    fieldsets = [
        (None, {"fields": ["pot", "season", "visited_on", "visitors", "method", "remark"]}),
        (_("How far it is"), {"fields": PathAdmin.progress}),
    ]

    def facts_of(self, record):
        return [(_("occasion"), record.get_season_display()), *sums(record.visits.all())]

    def get_urls(self):
        def page(way, view):
            return path(f"<int:pk>/{way}/", self.admin_site.admin_view(view), name=f"fund_condolenceround_{way}")

        return [page("fill", self.fill_view), page("signatures", self.signatures_view), *super().get_urls()]

    def record_context(self, request, record):
        links = []
        if record and self.has_change_permission(request, record):
            links.append(
                (_("Fill the list from the roster"), reverse("admin:fund_condolenceround_fill", args=[record.pk]))
            )
        if record and record.state == Step.PAID and request.user.has_perm("fund.sign_condolenceround"):
            links.append((_("Record signatures"), reverse("admin:fund_condolenceround_signatures", args=[record.pk])))
        return {"links": links}

    def _page(self, request, record, template, **context):
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "original": record,
                "back": self.address_after(request, record),
                **context,
            },
        )

    def _record(self, request, pk):
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        return record

    def fill_view(self, request, pk):
        """The list of a round by filter from the roster: whom the filter finds, each with a tick to leave out."""
        record = self._record(request, pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        asked = RosterFilterForm(request.GET or None, user=request.user)
        found = roster_people(request.user, asked.cleaned_data, on=record.visited_on) if asked.is_valid() else []
        choices = [(str(member.pk), words) for member, words in found]
        form = FillRoundForm(
            *((request.POST,) if request.method == "POST" else ()),
            found=choices,
            initial={"people": [pk for pk, _words in choices]},
        )
        if request.method == "POST" and form.is_valid():
            wanted = set(form.cleaned_data["people"])
            people = [(member, form.cleaned_data["category"]) for member, _words in found if str(member.pk) in wanted]
            try:
                added = fill_round(record, people, by=request.user, amount=form.cleaned_data["amount"])
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    messages.error(request, sentence)
            else:
                messages.success(
                    request,
                    ngettext("%(count)s person was put on the list.", "%(count)s people were put on the list.", added)
                    % {"count": added},
                )
                return HttpResponseRedirect(self.address_after(request, record))
        return self._page(
            request,
            record,
            "fund/admin/fill_round.html",
            title=_("Fill the list from the roster"),
            asked=asked,
            form=form,
            found=found,
            is_full=len(found) == MOST_FOUND,
        )

    def signatures_view(self, request, pk):
        """签收: who of a paid round signed, and whom the money did not reach."""
        record = self._record(request, pk)
        if not request.user.has_perm("fund.sign_condolenceround"):
            raise PermissionDenied
        visits = list(record.visits.filter(signed_on=None, not_delivered="")[:MOST_FOUND])
        typed = (request.POST,) if request.method == "POST" else ()
        form = SignaturesForm(*typed, visits=visits, initial={"day": clock.today()})
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    for visit, signed, missed in form.answers():
                        sign_visit(
                            visit, by=request.user, on=form.cleaned_data["day"], signed_by=signed, not_delivered=missed
                        )
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    messages.error(request, sentence)
            else:
                return HttpResponseRedirect(self.address_after(request, record))
        return self._page(
            request, record, "fund/admin/signatures.html", title=_("Record signatures"), form=form, rows=form.rows()
        )


def years_before(day, years):
    """The day so many years earlier; 29 February becomes 28 February where there is none."""
    year = max(day.year - years, date.min.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def roster_people(user, asked, *, on):
    """`(member, words)` of the roster that a filter finds on a day, in the order of the roster."""
    rows = Member.objects.visible_to(user).on_roll().select_related("branch").order_by("branch_id", "sort_name", "id")
    if asked["branch"]:
        rows = rows.filter(branch=asked["branch"])
    if asked["hardship"]:
        rows = rows.filter(in_hardship=True)
    if asked["alone"]:
        rows = rows.filter(living_status=LivingStatus.ALONE)
    if asked["standing"]:
        rows = rows.filter(full_member_on__lte=years_before(on, asked["standing"]))
    if asked["age"]:
        rows = rows.filter(birth_date__lte=years_before(on, asked["age"]))
    found = []
    for member in rows.iterator(chunk_size=500):
        # Health is encrypted, so it is compared here.
        if asked["frail"] and member.health not in {Health.FRAIL, Health.DISABLED}:
            continue
        words = _("%(name)s, %(branch)s, aged %(age)s, Party standing %(standing)s years") % {
            "name": member.name,
            "branch": member.branch.name,
            "age": member.age(on=on) if member.birth_date else "—",
            "standing": member.standing_years(on=on) if member.full_member_on else "—",
        }
        found.append((member, words))
        if len(found) == MOST_FOUND:
            break
    return found

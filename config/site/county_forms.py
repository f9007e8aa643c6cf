"""The county's own workbooks, filled from the records: what a form may name, and the pages where forms are kept and filled."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import CountyForm, Organization
from config.kit import clock
from config.kit.downloads import download
from config.kit.form_filling.filling import as_text
from config.kit.form_filling.template import LARGEST_FORM, open_template
from config.kit.refusals import sentences
from config.site.county_figures import facts, filled, words
from config.site.reports import RIGHT, YearbookForm
from config.site.yearbook import scope_of


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
    forms = CountyForm.objects.visible_to(request.user).defer("content", "mapping").select_related("organization")
    context = {
        **site.each_context(request),
        "title": _("County forms"),
        "forms": forms,
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

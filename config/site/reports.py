"""The office's reports page: the yearly workbook or one report of it by one click, for the places this person works in."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Branch
from config.kit import clock
from config.kit.downloads import download
from config.kit.files import TemporaryDownload
from config.site.yearbook import REPORTS, file_name, report_day, reports_for, scope_of, write_yearbook

RIGHT = "members.view_private_member"
LONG = 20_000  # rows of a roster that take more than a moment


class YearbookForm(forms.Form):
    """Which year, for which branch, which report; the choices are the user's own."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    branch = forms.ModelChoiceField(
        Branch.objects.none(),
        label=gettext_lazy("Party branch"),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )
    report = forms.ChoiceField(choices=[(code, code) for code in REPORTS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in range(today.year, today.year - 10, -1)]
        self.fields["branch"].queryset = Branch.objects.visible_to(user)
        self.user = user

    def clean(self):
        """A report that this person, or a branch alone, cannot make is refused in words."""
        cleaned = super().clean()
        wanted = cleaned.get("report")
        if wanted and "branch" not in self.errors:
            scope = scope_of(cleaned.get("branch"), user=self.user)
            if wanted not in {report.code for report in reports_for(scope, user=self.user)}:
                raise forms.ValidationError(
                    _("%(code)s is not yours to make, or belongs to the whole organisation.") % {"code": wanted},
                    code="not_yours",
                )
        return cleaned


@dataclass(frozen=True)
class ReportLine:
    """One report as the page offers it."""

    code: str
    title: str
    holds: str
    rows: int
    is_personal: bool


@sensitive_post_parameters()
def reports(request, site):
    """GET shows what the workbook holds, POST gives it; the download is written into the access log."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    today = clock.today()
    form = YearbookForm(request.POST or None, user=request.user, today=today, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data
        return _download(request.user, choice["year"], choice["branch"], choice["report"] or None)
    scope = scope_of(user=request.user)
    on = report_day(today.year)
    lines = [
        ReportLine(
            report.code, str(report.title), str(report.holds), report.count(today.year, scope, on), report.is_personal
        )
        for report in reports_for(scope, user=request.user)
    ]
    context = {
        **site.each_context(request),
        "title": _("Yearly reports"),
        "form": form,
        "lines": lines,
        "year": today.year,
        "is_long": any(line.rows > LONG for line in lines),
    }
    return TemplateResponse(request, "admin/reports/yearbook.html", context)


def _download(user, year, branch, report):
    """The workbook as a stream; its file is gone from the disk as soon as it is open."""
    file = TemporaryDownload(
        "yearbook.xlsx",
        lambda target: write_yearbook(year, target, branch=branch, user=user, by=user, report=report),
    )
    return download(file, file_name(year, scope_of(branch, user=user), report))

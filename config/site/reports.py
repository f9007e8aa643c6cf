"""The office's reports page: the yearly workbook by one click, for the branches this person works in."""

import tempfile
from pathlib import Path
from urllib.parse import quote

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from branches.models import Branch
from branches.public import board_day
from config.site.yearbook import contents, scope_of, write_yearbook

RIGHT = "members.view_private_member"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class YearbookForm(forms.Form):
    """Which year, and for which branch; the choices are the user's own."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    branch = forms.ModelChoiceField(
        Branch.objects.none(),
        label=gettext_lazy("Party branch"),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in range(today.year, today.year - 10, -1)]
        self.fields["branch"].queryset = Branch.objects.visible_to(user)


@sensitive_post_parameters()
def reports(request, site):
    """GET shows what the workbook holds, POST gives it; the download is written into the access log."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    today = board_day()
    form = YearbookForm(request.POST or None, user=request.user, today=today, initial={"year": today.year})
    if request.method == "POST" and form.is_valid():
        return _download(request.user, form.cleaned_data["year"], form.cleaned_data["branch"])
    context = {
        **site.each_context(request),
        "title": _("Yearly reports"),
        "form": form,
        "contents": contents(scope_of(user=request.user)),
    }
    return TemplateResponse(request, "admin/reports/yearbook.html", context)


def _download(user, year, branch):
    with tempfile.TemporaryDirectory() as folder:
        path = write_yearbook(year, Path(folder) / "yearbook.xlsx", branch=branch, user=user, by=user)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    name = _("%(year)s yearbook %(place)s") % {"year": year, "place": scope_of(branch, user=user).unit}
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response["Cache-Control"] = "no-store"
    return response

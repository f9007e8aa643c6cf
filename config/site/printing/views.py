"""The office's papers page: what can be printed, the choices of each, and the PDF for the browser to print or to keep."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.downloads import download
from config.site.printing.catalog import offered_to, paper_named
from members.actions.membership import log_export


@require_safe
def papers_page(request, site):
    """Every paper this user may print; statements for the wall have their own public pages."""
    context = {
        **site.each_context(request),
        "title": _("Office paper"),
        "papers": [(paper, reverse("admin:paper", args=[paper.name])) for paper in offered_to(request.user)],
    }
    return TemplateResponse(request, "admin/papers/list.html", context)


def _paper_for(user, name):
    paper = paper_named(name)
    if paper is None:
        raise Http404
    if not paper.is_offered_to(user):
        raise PermissionDenied
    return paper


@require_safe
def paper_page(request, site, name):
    """The choices of one paper; an address may make some of them beforehand."""
    paper = _paper_for(request.user, name)
    initial = {key: value[:40] for key, value in request.GET.items()}
    return _form_page(request, site, paper, paper.form(user=request.user, today=clock.today(), initial=initial))


def _form_page(request, site, paper, form):
    context = {
        **site.each_context(request),
        "title": paper.label,
        "paper": paper,
        "form": form,
        "address": reverse("admin:paper_pdf", args=[paper.name]),
    }
    response = TemplateResponse(request, "admin/papers/paper.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def paper_pdf(request, site, name):
    """The PDF of one paper, shown for printing or (`?download=1`) to be kept; written down where names stand on it."""
    paper = _paper_for(request.user, name)
    form = paper.form(request.GET, user=request.user, today=clock.today())
    if form.is_valid():
        try:
            content = paper.make(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if paper.is_private:
                log_export(by=request.user, what=f"{paper.label}: {form.subject}")
            return download(content, f"{paper.name}.pdf", inline="download" not in request.GET)
    if form.names_foreign_record:
        raise Http404
    return _form_page(request, site, paper, form)

"""The office's papers page: what can be printed, the choices of each, and the PDF for the browser to print or to keep."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.downloads import download
from config.kit.punctuation import labelled
from config.kit.refusals import sentences
from config.site.printing.catalog import ChosenRecord, offered_to, paper_named, papers_with_button
from members.access.actions import log_export


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
    """The PDF of one paper, shown for printing or (`?download=1`) to be saved; written to the access log where it names people."""
    paper = _paper_for(request.user, name)
    form = paper.form(request.GET, user=request.user, today=clock.today())
    form.site = request.build_absolute_uri("/")
    if form.is_valid():
        try:
            content = paper.make(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if paper.is_private:
                log_export(by=request.user, what=labelled(paper.label, form.subject))
            return download(content, f"{paper.name}.pdf", inline="download" not in request.GET)
    if form.names_foreign_record:
        raise Http404
    return _form_page(request, site, paper, form)


def buttons_of(user, record):
    """`(links, prints)`: what leads from a record to choices of papers, and to PDFs, as `{"label", "address"}`."""
    links, prints = [], []
    for paper in papers_with_button(type(record)):
        if not paper.is_offered_to(user) or not paper.button.is_offered(record):
            continue
        if paper.button.choice:
            address = f"{reverse('admin:paper', args=[paper.name])}?{urlencode({paper.button.choice: record.pk})}"
        else:
            address = reverse(f"admin:{_print_name(type(record))}", args=[record.pk, paper.button.name])
        (links if paper.button.choice else prints).append({"label": paper.button.label, "address": address})
    return links, prints


def _print_name(model):
    return f"{model._meta.app_label}_{model._meta.model_name}_print"


def record_pdf_path(site, model):
    """The address of the PDFs of a model's records, beside those of its admin."""

    def view(request, pk, name):
        return record_pdf(request, site.get_model_admin(model), pk, name)

    address = f"{model._meta.app_label}/{model._meta.model_name}/<int:pk>/print/<slug:name>.pdf"
    return path(address, site.admin_view(view), name=_print_name(model))


def record_pdf(request, model_admin, pk, name):
    """The PDF of one record, to users who may see it; a refusal is shown on the record's page."""
    record = model_admin.get_object(request, str(pk))
    paper = next((entry for entry in papers_with_button(model_admin.model) if entry.button.name == name), None)
    if record is None or paper is None or not paper.button.is_offered(record):
        raise Http404
    if not paper.is_offered_to(request.user):
        raise PermissionDenied
    try:
        content = paper.make(ChosenRecord(record, request.user, site=request.build_absolute_uri("/")))
    except ValidationError as refusal:
        for sentence in sentences(refusal):
            messages.error(request, sentence)
        return HttpResponseRedirect(
            reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[pk])
        )
    if paper.is_private:
        log_export(by=request.user, what=labelled(paper.button.label, record))
    return download(content, f"{name}-{pk}.pdf", inline=True)

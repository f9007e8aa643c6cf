"""How a record's paper is printed in the office: a button on its page, a PDF, a line in the log where names stand on it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import Promise

from config.kit.downloads import download
from config.kit.refusals import sentences
from members.actions.membership import log_export


@dataclass(frozen=True)
class Paper:
    """One paper of a record; `make(record, user)` gives its PDF, `is_private` says whether names stand on it."""

    name: str
    label: str | Promise
    make: Callable
    is_private: bool = True
    offered: Callable = lambda record: True


class PrintsPapers(admin.ModelAdmin):
    """Admin mixin: `papers` are offered on the record's page to whoever may see the record."""

    papers: tuple = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_print"
        return [
            path("<int:pk>/print/<slug:paper>.pdf", self.admin_site.admin_view(self.paper_view), name=name),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_print"
        offered = [
            {"label": paper.label, "address": reverse(name, args=[record.pk, paper.name])}
            for paper in self.papers
            if record is not None and paper.offered(record)
        ]
        return super().change_view(request, object_id, form_url, {"prints": offered, **(extra_context or {})})

    def paper_view(self, request, pk, paper):
        record = self.get_object(request, str(pk))
        wanted = next((one for one in self.papers if one.name == paper), None)
        if record is None or wanted is None or not wanted.offered(record):
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        try:
            content = wanted.make(record, request.user)
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
            page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(page, args=[record.pk]))
        if wanted.is_private:
            log_export(by=request.user, what=f"{wanted.label}: {record}")
        return download(content, f"{wanted.name}-{record.pk}.pdf", inline=True)

"""How one step of a record's path is offered in the office: a button, a page that asks once more, a plain refusal."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.refusals import sentence_of_database, sentences
from fund.forms.acts import ActForm

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """One act on a record: who may, when it is offered, what it asks for (names of `ActForm`, or a form), what it does."""

    name: str
    label: str
    permission: str
    explains: str
    offered: Callable
    run: Callable
    asks: tuple = ()
    form: Callable | None = None
    initial: Callable = lambda record: {}
    hands: Callable = lambda record: ()


def _words_of(said, act):
    """What happened: the sentence of the act itself, else its name, with the record where the act gives one back."""
    if said is None:
        return _("Done: %(act)s.") % {"act": act.label}
    if isinstance(said, Model):
        return _("Done: %(act)s, %(record)s.") % {"act": act.label, "record": said}
    return said


class ActsAdmin(admin.ModelAdmin):
    """Admin mixin: `acts` are shown on the record's page as its next steps."""

    acts = ()
    change_form_template = "fund/admin/change_form.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [
            path("<int:pk>/act/<slug:act>/", self.admin_site.admin_view(self.act_view), name=name),
            *super().get_urls(),
        ]

    def acts_for(self, request, record):
        return [act for act in self.acts if request.user.has_perm(act.permission) and act.offered(record)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        offered = []
        for act in self.acts_for(request, record) if record else []:
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_act", args=[record.pk, act.name])
            offered.append({"act": act, "address": address, "is_mine": request.user.pk not in act.hands(record)})
        context = {"offered": offered, **self.record_context(request, record), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def record_context(self, request, record):
        """What the record's page shows beside its fields."""
        return {}

    def act_view(self, request, pk, act):
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        step = next((one for one in self.acts if one.name == act), None)
        if step is None:
            raise Http404
        if not request.user.has_perm(step.permission):
            raise PermissionDenied
        initial = {"day": clock.today(), **step.initial(record)}
        # A form without fields is never "bound" by an empty POST, so the method decides.
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        form = step.form(*typed, initial=initial) if step.form else ActForm(*typed, asks=step.asks, initial=initial)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                with transaction.atomic():
                    said = step.run(record, request.user, **data)
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    messages.error(request, sentence)
            except IntegrityError as error:
                logger.warning("The database refused the act %s.", act, exc_info=True)
                messages.error(request, sentence_of_database(error, [self.model]))
            else:
                messages.success(request, _words_of(said, step))
                return HttpResponseRedirect(self.address_after(request, record))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": step.label,
            "act": step,
            "form": form,
            "facts": self.facts_of(record),
            "back": self.address_after(request, record),
        }
        return TemplateResponse(request, "fund/admin/act.html", context)

    def facts_of(self, record):
        """`(words, value)` that whoever acts should read once more."""
        return []

    def address_after(self, request, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

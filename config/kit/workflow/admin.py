"""How a transition is offered in the office: a button, a page that asks once more, a plain refusal."""

import logging

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.admin import drafts
from config.kit.admin.keys import ACT, form_key
from config.kit.refusals import sentence_of_database, sentences
from config.kit.workflow.forms import TransitionForm
from config.kit.workflow.waiting import next_words

logger = logging.getLogger(__name__)


def sentence_of(transition, result):
    """What was done: the transition's own sentence, else its name, with the record that came of it."""
    if callable(transition.done):
        return transition.done(result)
    if transition.done:
        return transition.done
    if isinstance(result, Model):
        return _("Done: %(act)s, %(record)s.") % {"act": transition.label, "record": result}
    return _("Done: %(act)s.") % {"act": transition.label}


def fill(form, data):
    """Show in a form that was not sent what a draft of it holds."""
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))


def values_of(form):
    """What a transition's function is called with: the fields of its form, or what the form makes of them."""
    return form.act_values() if hasattr(form, "act_values") else form.cleaned_data


class TransitionsAdmin(admin.ModelAdmin):
    """Admin mixin: the `transitions` that fit a record are shown on its page as its next steps."""

    transitions = ()
    # The template of a transition whose page is another than the plain form, by its name.
    transition_templates: dict = {}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_transition"
        page = self.admin_site.admin_view(self.transition_view)
        page.model_admin = self
        return [path("<int:pk>/act/<slug:name>/", page, name=name), *super().get_urls()]

    def transitions_for(self, request, record):
        """The transitions that this user may do and the record is ready for; who is excluded sees them too."""
        return [row for row in self.transitions if request.user.has_perm(row.permission) and row.fits(record)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        offered = []
        for row in self.transitions_for(request, record) if record else []:
            address = reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_transition", args=[record.pk, row.name]
            )
            is_excluded = request.user.pk in row.excluded_actors(record)
            # Loud is what the record waits for; to give back or to cancel is there for who looks for it.
            is_loud = row.leads_on and not any(one["transition"].leads_on for one in offered)
            offered.append({"transition": row, "address": address, "is_excluded": is_excluded, "is_loud": is_loud})
        context = {"offered": offered, **self.record_context(request, record), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def record_context(self, request, record):
        """What the record's page shows beside its fields."""
        return {}

    def _named(self, name):
        return next((row for row in self.transitions if row.name == name), None)

    def may_fill(self, request, record, part):
        if not part.startswith(ACT):
            return super().may_fill(request, record, part)
        row = self._named(part.removeprefix(ACT))
        return row is not None and request.user.has_perm(row.permission)

    def transition_view(self, request, pk, name):
        record, row = self.get_object(request, str(pk)), self._named(name)
        if record is None or row is None:
            raise Http404
        if not request.user.has_perm(row.permission):
            raise PermissionDenied
        form = self.transition_form(request, record, row)
        if request.method == "POST" and form.is_valid() and self._do(request, record, row, values_of(form)):
            drafts.forget(request.user, request.POST.get(drafts.DRAFT_KEY, ""))
            return HttpResponseRedirect(self.address_after(request, record))
        draft = self._draft_for(request, f"{self.opts.label_lower}:{pk}", f"{ACT}{name}")
        if draft is not None:
            fill(form, drafts.data_of(draft))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": record,
            "title": row.label,
            "transition": row,
            "form": form,
            "facts": self.facts_of(record),
            "back": self.address_after(request, record),
            "has_file_field": form.is_multipart(),
            "draft_key": form_key(draft.key if draft else request.POST.get(drafts.DRAFT_KEY, "")),
            "draft_typist": drafts.signed_user(request.user),
            "draft_at": draft.at if draft else None,
            "is_unsaved": bool(form.fields) and (draft is not None or request.method == "POST"),
            **self.transition_context(request, record, row),
        }
        template = self.transition_templates.get(name, "admin/workflow/transition.html")
        return TemplateResponse(request, template, context)

    def transition_context(self, request, record, row):
        """What the page of a transition shows beside its form."""
        return {}

    def _draft_for(self, request, record, part):
        """What this user typed into the form of an act before, where its address names it."""
        draft = drafts.draft_of(request.user, request.GET.get("draft", "")) if request.method == "GET" else None
        is_of_it = draft is not None and (draft.record, draft.part) == (record, part)
        return draft if is_of_it and drafts.data_of(draft) is not None else None

    def transition_form(self, request, record, row):
        initial = {"day": clock.today(), **row.initial(record)}
        # A form without fields is never "bound" by an empty POST, so the method decides.
        typed = (request.POST, request.FILES) if request.method == "POST" else ()
        if row.form:
            return import_string(row.form)(*typed, initial=initial)
        return TransitionForm(*typed, asks=row.asks, initial=initial)

    def _do(self, request, record, row, data):
        """Do it and say so, or say why not; whether it was done."""
        try:
            with transaction.atomic():
                result = row.run(record, by=request.user, **data)
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
            return False
        except IntegrityError as error:
            logger.warning("The database refused the transition %s.", row.name, exc_info=True)
            messages.error(request, sentence_of_database(error, [self.model]))
            return False
        messages.success(request, self._with_next(sentence_of(row, result), record))
        return True

    def message_user(self, request, message, level=messages.INFO, extra_tags="", fail_silently=False):
        """A green message after a plain save says what comes next too."""
        record = getattr(request, "stored_record", None)
        if level == messages.SUCCESS and isinstance(record, self.model):
            message = self._with_next(message, record)
        super().message_user(request, message, level, extra_tags, fail_silently)

    def _with_next(self, sentence, record):
        """A sentence on what was done, and what the record waits for now; nothing more where the act removed it."""
        stored = self.model._default_manager.filter(pk=record.pk).first()
        waits_for = next_words(self.transitions, stored) if stored else ""
        return format_html(_("{done} Next: {next}."), done=sentence, next=waits_for) if waits_for else sentence

    def facts_of(self, record):
        """`(words, value)` that whoever does it should read once more."""
        return []

    def address_after(self, request, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

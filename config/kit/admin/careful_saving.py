"""How a form does not overwrite what another window stored meanwhile, and a form sent twice is stored once.

A change form carries what was stored when it was made, as digests, and is merged with what is stored when it comes back.
An add form carries a key. The first that comes with it is stored; whoever sends the same again is led to that record.
"""

from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, router, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.kit import clock
from config.kit.admin.keys import form_key, is_form_key
from config.kit.admin.merging import Merge, RowsAsPosted, is_touched, without_removed_rows
from config.kit.admin.versions import changed_by, changes_since, lines_of, read_version, version_of

VERSION, KEY = "_version", "_once"

# How long the key of a sent add form is remembered.
SENT_FORMS_KEPT = timedelta(days=7)

_sent_forms: list = []


def keep_sent_forms_in(model):
    """Let an app name the model that remembers sent forms: `key` (unique), `address`, `sent_at`."""
    _sent_forms[:] = [model]


class SavesCarefully:
    """Admin mixin: change forms are merged with what others stored meanwhile, add forms are stored once."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra_context = dict(extra_context or {})
        if request.method != "POST" or "_saveasnew" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            if object_id is None:
                return self._add_once(request, form_url, extra_context)
            self._begin_merge(request, object_id)
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if getattr(request, "stored_record", None) is not None and getattr(request, "saved_meanwhile", ""):
                messages.info(request, request.saved_meanwhile)
            return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # What was typed and kept without being saved goes on from the state it began with.
        carried = getattr(request, "draft_data", None) or request.POST
        if add:
            context["form_key"] = form_key(carried.get(KEY, ""))
        elif obj is not None and context.get("has_change_permission", True):
            stored = getattr(request, "stored_now", None) or self.model._base_manager.filter(pk=obj.pk).first()
            if stored is not None:
                names, merge = context["adminform"].form.fields, getattr(request, "merge", None)
                asked = merge.undecided if merge else ()
                kept = carried.get(VERSION, "") if request.method == "GET" else ""
                if kept and read_version(kept) is not None:
                    context["form_version"] = kept
                else:
                    context["form_version"] = version_of(stored, self._lines(request, stored), names, asked)
                context["conflicts"] = merge.conflicts if merge else ()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _lines(self, request, record, *, lock=False):
        return lines_of(self.get_inline_instances(request, record), record, lock=lock)

    def _begin_merge(self, request, object_id):
        """Lock the record and its lines, and let the forms of this request be merged with what is stored."""
        text = request.POST.get(VERSION, "")
        record = self.get_object(request, unquote(object_id))
        if record is None or not text:
            return
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        record = request.stored_now = self.model._base_manager.get(pk=record.pk)
        version = read_version(text)
        if version is None:
            request.cut_version = _(
                "This page was cut on its way, so nobody can tell whether the record was changed meanwhile. Nothing was "
                "saved; what you typed is still here. Look at it and save again."
            )
            return
        lines = self._lines(request, record, lock=True)
        request.merge = Merge(version, request.POST, user=request.user)
        changes = changes_since(version, record, lines)
        if changes:
            back = self._take_out_removed_rows(request, record, lines)
            request.saved_meanwhile = _("Meanwhile %(who)s changed: %(what)s. Both are kept, theirs and yours.") % {
                "who": changed_by(version, record, lines, user=request.user),
                "what": pgettext("between changes", "; ").join(changes),
            }
            if back:
                request.saved_meanwhile += ngettext(
                    " A row that was removed is stored again, because you wrote in it.",
                    " %(count)s rows that were removed are stored again, because you wrote in them.",
                    back,
                ) % {"count": back}

    def _take_out_removed_rows(self, request, record, lines):
        """Let rows that a colleague removed leave the form, or come back as new ones; how many come back."""
        back = 0
        for inline, rows in lines:
            label = inline.model._meta.label
            present = {str(row.pk) for row in rows}
            gone = {pk: digests for pk, digests in request.merge.rows.get(label, {}).items() if pk not in present}
            if not gone:
                continue
            formset = inline.get_formset(request, record)
            prefix = formset.get_default_prefix()

            def touched(number, pk, prefix=prefix, formset=formset, gone=gone):
                form = formset.form(request.POST, prefix=f"{prefix}-{number}", instance=formset.model())
                return is_touched(form, gone[pk])

            request.POST, count = without_removed_rows(request.POST, prefix, gone, touched)
            back += count
        request.merge.data = request.POST
        return back

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "merge", None) and change:
            return request.merge.form_class(form, is_main=True)
        sentence = getattr(request, "cut_version", "")
        if not sentence:
            return form

        def clean(self):
            cleaned = super(refusing, self).clean()
            self.add_error(None, sentence)
            return cleaned

        refusing = type(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
        return refusing

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if getattr(request, "merge", None) and obj is not None:
                form = request.merge.form_class(formset.form)
                formset = type(formset.__name__, (RowsAsPosted, formset), {"form": form})
            yield formset, inline

    def _add_once(self, request, form_url, extra_context):
        key = request.POST.get(KEY, "")
        if not is_form_key(key) or not _sent_forms:
            return super().changeform_view(request, None, form_url, extra_context)
        sent, key = _sent_forms[0], f"{self.opts.label_lower}-{request.user.pk}-{key}"
        try:
            with transaction.atomic():
                row = sent.objects.create(key=key)
        except IntegrityError:
            return self._lead_to_the_first(request, sent.objects.get(key=key))
        response = super().changeform_view(request, None, form_url, extra_context)
        record = getattr(request, "stored_record", None)
        if record is None:
            # Nothing was stored, so the same form may come again.
            row.delete()
        else:
            row.address = self._address_of(record)
            row.save()
            sent.objects.filter(sent_at__lt=clock.now() - SENT_FORMS_KEPT).delete()
        return response

    def log_addition(self, request, obj, message):
        request.stored_record = obj
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        request.stored_record = obj
        return super().log_change(request, obj, message)

    def _address_of(self, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def _lead_to_the_first(self, request, row):
        messages.info(request, _("This form had been sent already; it is stored once. This is the record."))
        return HttpResponseRedirect(row.address)

"""The last change of a record is taken back for ten minutes by whoever made it, unless somebody wrote to it since.

What was changed is remembered in the session: of the record and of each line edited on its page the version before, the
version after, and the moment. An addition is taken back by deleting the record, where nothing leans on it. Money is never taken back so: an app that books says `holds_money`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, router, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from config.kit import clock
from config.kit.admin.past import (
    changed_fields,
    history_of,
    keeps_history,
    key_in,
    newest_of,
    put_back,
    stored_in,
)
from config.kit.admin.versions import lines_of
from config.kit.refusals import sentence_of_database, sentences
from config.kit.stored_words import time_words

SESSION = "last_change"
FOR = timedelta(minutes=10)
TOO_LATE = gettext_lazy(
    "It cannot be taken back any more: ten minutes are over, or the record was changed again. Nothing was changed now."
)

LEANED_ON = gettext_lazy("Other records lean on this one, so it stays.")


def holds_money(model):
    """Whether the records of a model are booked, so that only a booking takes them back."""
    return getattr(apps.get_app_config(model._meta.app_label), "holds_money", False)


def is_booked(record):
    """Whether a record of such an app has its entry in the books; until then it can be changed."""
    return getattr(record, "entry_id", None) is not None


def goes_with(record):
    """`(models deleted with a record, its own too; models of which rows would name it no more)`; None where something leans on it."""
    collector = NestedObjects(using=router.db_for_write(type(record)))
    collector.collect([record])
    if collector.protected:
        return None
    updates = [rows for updates in collector.field_updates.values() for rows in updates]
    forgetting = {rows.model for rows in updates if hasattr(rows, "model") and rows.exists()}
    return {model for model in collector.data if not model._meta.auto_created}, forgetting


def _take_out(version):
    """Delete again what was added, where nothing leans on it."""
    row = version.instance_type._base_manager.get(pk=key_in(version))
    gone = goes_with(row)
    if gone is None or gone != ({version.instance_type}, set()):
        raise ValidationError(LEANED_ON)
    row.delete()


def _set_back(record, before, after, save):
    """Store what a record held before, where it still holds what it held after."""
    fields = changed_fields(before, after)
    if any(stored_in(record, field) != stored_in(after, field) for field in fields):
        raise ValidationError(TOO_LATE)
    # The history of the record tells it.
    record._change_reason = _("Taken back")
    for field in [field for field in fields if not field.many_to_many]:
        setattr(record, field.attname, getattr(before, field.attname))
    if fields:
        record.full_clean()
        save()
    for field in [field for field in fields if field.many_to_many]:
        getattr(record, field.name).set(stored_in(before, field))


@dataclass(frozen=True)
class LastChange:
    """A change that can be taken back: when it was made, and the words of what it changed; a new record has none."""

    when: str
    fields: str
    is_addition: bool
    address: str


class TakesBack:
    """Admin mixin: the page of a record offers to take back the change its reader has just made."""

    can_undo = True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        page = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<int:pk>/undo/", page, name=name), *super().get_urls()]

    def _takes_back(self):
        return self.can_undo and keeps_history(self.model) and not holds_money(self.model)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        before = {}
        if request.method == "POST" and object_id and keeps_history(self.model):
            record = self.get_object(request, object_id)
            before = self._versions(record) if record else {}
        response = super().changeform_view(request, object_id, form_url, extra_context)
        record = getattr(request, "stored_record", None)
        if record is not None and keeps_history(self.model):
            self._remember(request, record, before)
        return response

    def save_formset(self, request, form, formset, change):
        removed = [line.instance.pk for line in formset.deleted_forms]
        super().save_formset(request, form, formset, change)
        if keeps_history(formset.model):
            lines = [*formset.new_objects, *(line for line, _fields in formset.changed_objects)]
            # What a rule changed beside them is changed back by the rule.
            changed = getattr(request, "changed_lines", {})
            keys = changed.setdefault(formset.model._meta.label, set())
            keys |= {*removed, *(line.pk for line in lines)}
            request.changed_lines = changed

    def _versions(self, record):
        """`{(label of a model, key): newest version}` of a record and of the lines edited on its page."""
        keys = {self.opts.label: {record.pk}}
        for inline, rows in lines_of([inline for inline in self.inlines if keeps_history(inline.model)], record):
            keys.setdefault(inline.model._meta.label, set()).update(row.pk for row in rows)
        return self._newest(keys)

    @staticmethod
    def _newest(keys):
        return {
            (label, key): version
            for label, own in keys.items()
            for key, version in newest_of(apps.get_model(label), own).items()
        }

    def _remember(self, request, record, before):
        after = self._newest({self.opts.label: {record.pk}} | getattr(request, "changed_lines", {}))
        request.session[SESSION] = {
            "record": f"{self.opts.label_lower}:{record.pk}",
            "versions": [[key[0], before.get(key), after[key]] for key in after if after[key] != before.get(key)],
            "at": clock.now().isoformat(),
        }

    def _last_change(self, request, record):
        """`(moment, [(version before, version after)])` of the record and lines this user has just changed, or None.

        The record comes first. The version before is None where something was added.
        """
        last = request.session.get(SESSION)
        if not last or last["record"] != f"{self.opts.label_lower}:{record.pk}":
            return None
        moment = parse_datetime(last["at"])
        if not last["versions"] or not timedelta() <= clock.now() - moment < FOR:
            return None
        changes = []
        for label in dict.fromkeys(label for label, _before, _after in last["versions"]):
            pairs = [(before, after) for of, before, after in last["versions"] if of == label]
            versions = history_of(apps.get_model(label)).in_bulk([key for pair in pairs for key in pair if key])
            own = [(versions.get(before), versions.get(after)) for before, after in pairs]
            if any(after is None or after.history_user_id != request.user.pk for _before, after in own):
                return None
            newest = newest_of(apps.get_model(label), [key_in(after) for _before, after in own])
            if any(newest[key_in(after)] != after.pk for _before, after in own):
                return None
            changes += own
        return moment, changes

    def _is_of_record(self, version):
        return issubclass(self.model, version.instance_type)

    def _changed_words(self, changes):
        """The fields of the record that changed, and the kinds of lines."""
        words = []
        for before, after in changes:
            if not self._is_of_record(after):
                words.append(after.instance_type._meta.verbose_name_plural)
            elif before is not None:
                words += [field.verbose_name for field in changed_fields(before, after)]
        return list(dict.fromkeys(capfirst(str(word)) for word in words))

    def _may_delete_new(self, record):
        gone = goes_with(record)
        own = {self.model, *(inline.model for inline in self.inlines)}
        return gone is not None and gone[0] <= own and not gone[1]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if getattr(request, "reads_record", False) and SESSION in request.session and keeps_history(self.model):
            last = self._last_change(request, obj)
            if last and is_booked(obj):
                context["money_way_back"] = self.admin_site.money_way_back(request.user)
            elif last and self._takes_back():
                context["last_change"] = self._offer(obj, *last)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _offer(self, record, moment, changes):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_undo", args=[record.pk])
        if self._is_addition(changes):
            return LastChange(time_words(moment), "", True, address) if self._may_delete_new(record) else None
        words = self._changed_words(changes)
        return LastChange(time_words(moment), _(", ").join(words), False, address) if words else None

    def _is_addition(self, changes):
        before, after = changes[0]
        return before is None and self._is_of_record(after)

    # Taking it back

    def undo_view(self, request, pk):
        """Take back the last change of a record; a POST."""
        record = self.get_object(request, str(pk)) if self._takes_back() else None
        if record is None:
            raise Http404
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        try:
            with transaction.atomic(using=router.db_for_write(self.model)):
                page = self._take_back(request, record, page)
        except ValidationError as refusal:
            for sentence in sentences(refusal):
                messages.error(request, sentence)
        except ProtectedError:
            messages.error(request, LEANED_ON)
        except IntegrityError as error:
            messages.error(request, sentence_of_database(error, [self.model]))
        return HttpResponseRedirect(page)

    def _take_back(self, request, record, page):
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        record.refresh_from_db()
        last = self._last_change(request, record)
        if last is None:
            raise ValidationError(TOO_LATE)
        _moment, changes = last
        if self._is_addition(changes):
            return self._delete_new(request, record)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        # What was added leaves its place before what was there returns to it.
        for before, after in sorted(changes, key=lambda change: change[0] is not None):
            if before is None:
                _take_out(after)
            elif after.history_type == "-":
                put_back(before)
            elif self._is_of_record(after):
                _set_back(record, before, after, lambda: self.save_model(request, record, None, change=True))
            else:
                row = after.instance_type._base_manager.select_for_update().get(pk=key_in(after))
                _set_back(row, before, after, row.save)
        words = _("Taken back: %(fields)s.") % {"fields": _(", ").join(self._changed_words(changes))}
        self.log_change(request, record, words)
        del request.session[SESSION]
        messages.success(request, words)
        return page

    def _delete_new(self, request, record):
        if not self._may_delete_new(record):
            raise ValidationError(LEANED_ON)
        name = str(record)
        self.log_deletions(request, self.model._default_manager.filter(pk=record.pk))
        self.delete_model(request, record)
        del request.session[SESSION]
        messages.success(request, _("Taken back: “%(name)s” is deleted again.") % {"name": name})
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    # What the page before a deletion says

    def render_delete_form(self, request, context):
        can_return = keeps_history(self.model) and not holds_money(self.model)
        gone, forgetting = (goes_with(context["object"]) if can_return else None) or ((), ())
        lost = [capfirst(str(model._meta.verbose_name_plural)) for model in gone if not keeps_history(model)]
        lost += [_("what links %(lines)s to it") % {"lines": model._meta.verbose_name_plural} for model in forgetting]
        return super().render_delete_form(request, context | {"can_return": can_return, "not_returning": sorted(lost)})

"""The last change of a record is taken back for ten minutes by whoever made it, unless somebody wrote to it since.

What was changed is remembered in the session: the version before, the version after, and the moment. An addition is taken
back by deleting the record, where nothing leans on it. Money is never taken back so: an app that books says `holds_money`.
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
from config.kit.admin.past import history_of, keeps_history
from config.kit.refusals import sentence_of_database, sentences
from config.kit.stored_words import time_words

SESSION = "last_change"
FOR = timedelta(minutes=10)
TOO_LATE = gettext_lazy(
    "It cannot be taken back any more: ten minutes are over, or the record was changed again. Nothing was changed now."
)


def holds_money(model):
    """Whether the records of a model are booked, so that only a booking takes them back."""
    return getattr(apps.get_app_config(model._meta.app_label), "holds_money", False)


def goes_with(record):
    """`(models deleted with a record, its own too; models of which rows would name it no more)`; None where something leans on it."""
    collector = NestedObjects(using=router.db_for_write(type(record)))
    collector.collect([record])
    if collector.protected:
        return None
    updates = [rows for updates in collector.field_updates.values() for rows in updates]
    forgetting = {rows.model for rows in updates if hasattr(rows, "model") and rows.exists()}
    return {model for model in collector.data if not model._meta.auto_created}, forgetting


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
        before = None
        if request.method == "POST" and object_id and keeps_history(self.model):
            record = self.get_object(request, object_id)
            before = self._newest(record) if record else None
        response = super().changeform_view(request, object_id, form_url, extra_context)
        record = getattr(request, "stored_record", None)
        if record is not None and keeps_history(self.model):
            self._remember(request, record, before)
        return response

    @staticmethod
    def _newest(record):
        return history_of(record).values_list("pk", flat=True).first()

    def _remember(self, request, record, before):
        request.session[SESSION] = {
            "record": f"{self.opts.label_lower}:{record.pk}",
            "before": before,
            "after": self._newest(record),
            "at": clock.now().isoformat(),
        }

    def _last_change(self, request, record):
        """`(moment, version before, version after)` of the change this user has just made to a record, or None."""
        last = request.session.get(SESSION)
        if not last or last["record"] != f"{self.opts.label_lower}:{record.pk}":
            return None
        moment = parse_datetime(last["at"])
        if not timedelta() <= clock.now() - moment < FOR:
            return None
        versions = history_of(record).in_bulk([key for key in (last["before"], last["after"]) if key])
        after = versions.get(last["after"])
        if after is None or after.history_user_id != request.user.pk or self._newest(record) != after.pk:
            return None
        return moment, versions.get(last["before"]), after

    def _changed_fields(self, before, after):
        return [
            field
            for field in self.opts.concrete_fields
            if field.editable
            and hasattr(after, field.attname)
            and getattr(before, field.attname) != getattr(after, field.attname)
        ]

    def _may_delete_new(self, record):
        gone = goes_with(record)
        own = {self.model, *(inline.model for inline in self.inlines)}
        return gone is not None and gone[0] <= own and not gone[1]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if getattr(request, "reads_record", False) and SESSION in request.session and keeps_history(self.model):
            last = self._last_change(request, obj)
            if last and holds_money(self.model):
                context["money_way_back"] = self.admin_site.money_way_back(request.user)
            elif last and self._takes_back():
                context["last_change"] = self._offer(request, obj, *last)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _offer(self, request, obj, moment, before, after):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_undo", args=[obj.pk])
        if before is None:
            return LastChange(time_words(moment), "", True, address) if self._may_delete_new(obj) else None
        fields = [capfirst(str(field.verbose_name)) for field in self._changed_fields(before, after)]
        return LastChange(time_words(moment), _(", ").join(fields), False, address) if fields else None

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
            messages.error(request, _("Other records lean on this one, so it stays."))
        except IntegrityError as error:
            messages.error(request, sentence_of_database(error, [self.model]))
        return HttpResponseRedirect(page)

    def _take_back(self, request, record, page):
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        record.refresh_from_db()
        last = self._last_change(request, record)
        if last is None:
            raise ValidationError(TOO_LATE)
        _moment, before, after = last
        if before is None:
            return self._delete_new(request, record)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        fields = self._changed_fields(before, after)
        if any(getattr(record, field.attname) != getattr(after, field.attname) for field in fields):
            raise ValidationError(TOO_LATE)
        for field in fields:
            setattr(record, field.attname, getattr(before, field.attname))
        record.full_clean()
        self.save_model(request, record, None, change=True)
        words = _("Taken back: %(fields)s.") % {"fields": _(", ").join(str(field.verbose_name) for field in fields)}
        self.log_change(request, record, words)
        del request.session[SESSION]
        messages.success(request, words)
        return page

    def _delete_new(self, request, record):
        if not self._may_delete_new(record):
            raise ValidationError(_("Other records lean on this one, so it stays."))
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

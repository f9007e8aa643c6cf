"""How past versions of a record are shown: read-only, with changes in words."""

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import Http404
from simple_history.template_utils import HistoricalRecordContextHelper

from config.kit.admin.keys import is_key
from config.kit.admin.past import keeps_history
from config.kit.private_forms import private_fields
from config.kit.stored_words import words_of


class WordedChanges(HistoricalRecordContextHelper):
    """History in words, never in codes; of an encrypted field it says that it was changed and by whom, not what it held."""

    def prepare_delta_change_value(self, change, value):
        return words_of(self.model._meta.get_field(change.field), super().prepare_delta_change_value(change, value))


class ReadOnlyHistory:
    """Admin mixin before SimpleHistoryAdmin: a past version can be read and not restored."""

    history_list_display = ()

    def get_historical_record_context_helper(self, request, historical_record):
        return WordedChanges(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """A past version is looked at, never put back: it would bring back old states and their actors with it."""
        if not is_key(version_id) or not keeps_history(self.model):
            raise Http404
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        request.shows_past = True
        return super().history_form_view(request, object_id, version_id, extra_context)

    def has_change_permission(self, request, obj=None):
        return not getattr(request, "shows_past", False) and super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if getattr(request, "shows_past", False) and "fields" not in kwargs:
            change = True
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        named = super().get_readonly_fields(request, obj)
        if not getattr(request, "shows_past", False):
            return named
        private = set(private_fields(self.model))
        fields = {field.name: field for field in (*self.opts.fields, *self.opts.many_to_many)}
        if self.fieldsets or self.fields:
            named_here = flatten_fieldsets(self.get_fieldsets(request, obj))
            shown = [name for name in named_here if name in fields or hasattr(self, name)]
        else:
            shown = [name for name, field in fields.items() if field.editable and not field.primary_key]
        return [*named, *(name for name in shown if name not in private)]

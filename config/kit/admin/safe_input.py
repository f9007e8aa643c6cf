"""Handles forged or garbled addresses and forms in the admin: a plain page instead of a server error."""

import re
from functools import partial

from django import forms
from django.apps import apps
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst

from config.kit.admin.choosing import FoundChoiceField, KeySelect
from config.kit.admin.keys import is_key
from config.kit.dates import FIRST_YEAR, LAST_YEAR, day_in, refuse_day_out_of_range
from config.kit.day_fields import DayFormField, TimeFormField
from config.kit.person.search import spelled_fields
from config.kit.read_back import ReadsBack

# What a list may be asked about a field; the rest of the ORM's lookups is for programmers.
LOOKUPS = {"exact", "in", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day", "id", "pk"}
PARTS_OF_DATE = {"year": range(FIRST_YEAR, LAST_YEAR + 1), "month": range(1, 13), "day": range(1, 32)}


class KeysField(forms.ModelMultipleChoiceField):
    """Choices of many, each of which must be a key before the database is asked for it."""

    def clean(self, value):
        for key in value if isinstance(value, (list, tuple)) else []:
            if not is_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)


class SafeInputFields:
    """Admin and inline mixin: fields that choose records reject garbage as a wrong choice; days and times are read as people say them."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs.setdefault("form_class", DayFormField)
        if isinstance(db_field, models.TimeField):
            kwargs.setdefault("form_class", TimeFormField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Its icons without words open windows of their own; records are made from their lists.
            field.widget = field.widget.widget
        if isinstance(db_field, models.DateField) and field and refuse_day_out_of_range not in field.validators:
            field.validators.append(refuse_day_out_of_range)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site, using=kwargs.get("using")))
            model_admin = self.admin_site.get_model_admin(db_field.remote_field.model)
            kwargs.setdefault("form_class", partial(FoundChoiceField, model_admin=model_admin, request=request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"form_class": KeysField, **kwargs})


def _can_be_dated(lookups, value):
    """Whether a value can be what `lookups` ask of a date: a part of one, yes or no, or days of the range."""
    for lookup in lookups:
        if lookup in PARTS_OF_DATE:
            return is_key(value) and int(value) in PARTS_OF_DATE[lookup]
        if lookup == "isnull":
            return True
    return all(day_in(part[:10]) is not None for part in value.split(","))


def _without(lines, names):
    """Nested lines as Django draws them, without those that begin with one of the names."""
    return [
        _without(line, names) if isinstance(line, list) else line
        for line in lines
        if isinstance(line, list) or not str(line).startswith(names)
    ]


class SafeInputAdmin(SafeInputFields):
    """Admin mixin: unknown questions, keys and values in an address are refused before the database is asked."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        # The narrow columns of an inline have no room for it.
        if isinstance(field, ReadsBack) and not field.help_text:
            field.help_text = field.hint
        return field

    def lookup_allowed(self, lookup, value, request=None):
        return self._can_be_asked(lookup, str(value), request) and super().lookup_allowed(lookup, value, request)

    def _can_be_asked(self, lookup, value, request):
        name, *rest = lookup.split("__")
        try:
            field = self.opts.pk if name == "pk" else self.opts.get_field(name)
        except FieldDoesNotExist:
            # A filter of the admin's own, or a name that Django itself answers.
            return not rest
        if field.auto_created and not field.concrete:
            return False
        if not field.editable and not field.primary_key and name not in self._filters(request):
            return False
        if "\0" in value or re.search(r"[0-9]{19}", value) or not set(rest) <= LOOKUPS:
            return False
        return not isinstance(field, models.DateField) or _can_be_dated(rest, value)

    def _filters(self, request):
        """Names of the fields this list offers to filter by."""
        items = [item[0] if isinstance(item, (list, tuple)) else item for item in self.get_list_filter(request)]
        return {self.date_hierarchy, *(item for item in items if isinstance(item, str))}

    def get_deleted_objects(self, objs, request):
        """What goes with a record, without rows that only link it to another: their names mean nothing to a user."""
        lines, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        names = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
        counts = {
            name: count for name, count in counts.items() if name not in {tie.verbose_name_plural for tie in ties}
        }
        return _without(lines, names), counts, perms_needed, protected

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)

    def get_search_fields(self, request):
        return spelled_fields(self.model, super().get_search_fields(request))

    def get_search_results(self, request, queryset, search_term):
        # PostgreSQL holds no such character, so nothing could be found by it.
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def response_action(self, request, queryset):
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest
        return super().response_action(request, queryset)

    def get_changeform_initial_data(self, request):
        """What an address fills in beforehand, without keys that are none."""
        initial = super().get_changeform_initial_data(request)
        for field in (*self.opts.fields, *self.opts.many_to_many):
            if field.remote_field and field.name in initial:
                given = initial[field.name]
                if not all(map(is_key, given if isinstance(given, list) else [given])):
                    del initial[field.name]
        return initial

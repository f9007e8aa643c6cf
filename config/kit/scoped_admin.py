"""How the admin keeps to a user's own records: lists, choices, filters, inlines, history and forged ids alike.

A model takes part when its queryset has `visible_to(user)`; the rule itself lives there, never here.
"""

from copy import deepcopy

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, UniqueConstraint
from django.forms.models import BaseInlineFormSet, ModelChoiceField
from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from config.kit.private_forms import PrivateFieldsForm, private_fields
from config.kit.safe_input import SafeInputAdmin, SafeInputFields, is_key
from config.kit.stored_words import words_of


def visible(model, user):
    """All of a model's records that a user may see, or None where the model is not scoped."""
    queryset = model._default_manager.all()
    return queryset.visible_to(user) if hasattr(queryset, "visible_to") else None


class ScopedChoices:
    """Narrows the choices of every foreign key and many-to-many field, in forms and in inlines."""

    def _narrow(self, db_field, request, kwargs):
        queryset = visible(db_field.remote_field.model, request.user)
        if queryset is not None:
            given = kwargs.get("queryset")
            kwargs["queryset"] = queryset if given is None else given & queryset
        return kwargs

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(db_field, request, **self._narrow(db_field, request, kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **self._narrow(db_field, request, kwargs))


class MasksPrivateFields:
    """Shows of an encrypted field only whether it is recorded: in forms, read-only pages and history alike."""

    form = PrivateFieldsForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in private_fields(self.model):
            setattr(self, f"{name}_recorded", self._recorded(name))

    def _recorded(self, name):
        def display(obj):
            return _("recorded") if getattr(obj, name) else _("not recorded")

        display.short_description = self.model._meta.get_field(name).verbose_name
        return display

    def _is_read_only(self, request, obj):
        return not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request))

    def get_readonly_fields(self, request, obj=None):
        named = super().get_readonly_fields(request, obj)
        if not self._is_read_only(request, obj):
            return named
        return [*named, *(f"{name}_recorded" for name in private_fields(self.model))]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self._is_read_only(request, obj):
            return fieldsets
        private = set(private_fields(self.model))

        def shown(field):
            if isinstance(field, (list, tuple)):
                return [shown(part) for part in field]
            return f"{field}_recorded" if field in private else field

        return [
            (title, {**options, "fields": [shown(field) for field in options["fields"]]})
            for title, options in fieldsets
        ]


class WordedChanges(HistoricalRecordContextHelper):
    """History in words, never in codes; of an encrypted field it says that it was changed and by whom, not what it held."""

    def prepare_delta_change_value(self, change, value):
        return words_of(self.model._meta.get_field(change.field), super().prepare_delta_change_value(change, value))


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter by a related record that names only records this user may see."""

    def field_choices(self, field, request, model_admin):
        queryset = visible(field.remote_field.model, request.user)
        if queryset is None:
            return super().field_choices(field, request, model_admin)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in queryset.order_by(*ordering)]


class ScopedPlainAdmin(MasksPrivateFields, ScopedChoices, SafeInputAdmin):
    """The base of every admin whose records belong to somebody: nothing outside `visible_to` is shown or changed."""

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """What a record has already stays among its choices, be it outside what this user may choose anew."""
        form = super().get_form(request, obj, change, **kwargs)
        for name, field in form.base_fields.items() if obj else ():
            chosen = getattr(obj, f"{name}_id", None) if type(field) is ModelChoiceField else None
            if chosen and not field.queryset.filter(pk=chosen).exists():
                offered = field.queryset.order_by().values("pk")
                form.base_fields[name] = field = deepcopy(field)
                field.queryset = field.queryset.model._default_manager.filter(Q(pk__in=offered) | Q(pk=chosen))
        return form

    def get_list_filter(self, request):
        fields = {field.name: field for field in self.model._meta.get_fields()}
        return [
            (item, ScopedRelatedFilter)
            if isinstance(item, str) and getattr(fields.get(item), "remote_field", None)
            else item
            for item in super().get_list_filter(request)
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The page of a record leads to its papers, which the admin site knows."""
        if obj is not None:
            context["paper_links"], context["prints"] = self.admin_site.paper_buttons(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _refuse_hidden(self, request, object_id):
        """History is kept for records that are gone; of those only the unscoped user sees any."""
        key = unquote(object_id)
        if self.get_object(request, key) is None and not (request.user.is_superuser and is_key(key)):
            raise Http404

    def history_view(self, request, object_id, extra_context=None):
        self._refuse_hidden(request, object_id)
        return super().history_view(request, object_id, extra_context)


class ScopedAdmin(ScopedPlainAdmin, SimpleHistoryAdmin):
    """The same for records that keep their history."""

    history_list_display = ()

    def get_historical_record_context_helper(self, request, historical_record):
        return WordedChanges(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """A past version is looked at, never put back: it would bring back old steps and old hands with it."""
        self._refuse_hidden(request, object_id)
        if not is_key(version_id) or not hasattr(self.opts, "simple_history_manager_attribute"):
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


class DistinctLines(BaseInlineFormSet):
    """Lines of a record that differ from one another, and from those stored, in what the database wants once.

    Django asks neither where a constraint is written with expressions or holds the record the lines belong to.
    """

    def clean(self):
        super().clean()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
                self._refuse_twice(constraint)

    def _refuse_twice(self, constraint):
        names = [*constraint.fields, *(part.name for part in constraint.expressions)]
        names = [self.model._meta.get_field(name).attname for name in names if name != self.fk.name]
        forms = [form for form in self.forms if form.instance.pk or form.has_changed()]
        seen = set()
        if self.instance.pk:
            rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
            rows = rows.exclude(pk__in=[form.instance.pk for form in forms if form.instance.pk])
            seen.update(rows.values_list(*names))
        for form in forms:
            values = tuple(getattr(form.instance, name) for name in names)
            if form in self.deleted_forms or None in values:
                continue
            if values in seen:
                form.add_error(None, ValidationError(constraint.get_violation_error_message(), code="unique"))
            seen.add(values)


class ScopedTabularInline(MasksPrivateFields, ScopedChoices, SafeInputFields, admin.TabularInline):
    formset = DistinctLines
    # One empty row, so that a row can be added with scripts off too.
    extra = 1

    def _is_read_only(self, request, obj):
        # `obj` is the record the lines belong to.
        return not (self.has_change_permission(request, obj) or self.has_add_permission(request, obj))


class ViewOnly:
    """Admin mixin for booked or frozen records: they are looked at, never edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

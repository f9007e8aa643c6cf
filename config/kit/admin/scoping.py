"""How the admin keeps to a user's own records: lists, choices, filters, inlines, history and forged ids alike.

A model takes part when its queryset has `visible_to(user)`; the rule itself is defined there, never here.
"""

from copy import deepcopy

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.forms.models import ModelChoiceField
from django.http import Http404

from config.kit.admin.keys import is_key


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


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter by a related record that names only records this user may see."""

    def field_choices(self, field, request, model_admin):
        queryset = visible(field.remote_field.model, request.user)
        if queryset is None:
            return super().field_choices(field, request, model_admin)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in queryset.order_by(*ordering)]


class ScopedRecords(ScopedChoices):
    """Admin mixin: nothing outside the model's `visible_to` is listed, opened or changed."""

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

    def refuse_hidden(self, request, object_id):
        """Http404 for a record outside `visible_to`; the history of a deleted record is a superuser's alone."""
        key = unquote(object_id)
        if self.get_object(request, key) is None and not (request.user.is_superuser and is_key(key)):
            raise Http404

    def history_view(self, request, object_id, extra_context=None):
        self.refuse_hidden(request, object_id)
        return super().history_view(request, object_id, extra_context)

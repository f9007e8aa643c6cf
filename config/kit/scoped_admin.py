"""How the admin keeps to a user's own records: lists, choices, filters, inlines, history and forged ids alike.

A model takes part when its queryset has `visible_to(user)`; the rule itself lives there, never here.
"""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin


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


class ScopedAdmin(ScopedChoices, SimpleHistoryAdmin):
    """The base of every admin whose records belong to somebody: nothing outside `visible_to` is shown or changed."""

    list_per_page = 50
    show_full_result_count = False
    history_list_display = ()

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_list_filter(self, request):
        fields = {field.name: field for field in self.model._meta.get_fields()}
        return [
            (item, ScopedRelatedFilter)
            if isinstance(item, str) and getattr(fields.get(item), "remote_field", None)
            else item
            for item in super().get_list_filter(request)
        ]

    def _refuse_hidden(self, request, object_id):
        """History is kept for records that are gone; of those only the unscoped user sees any."""
        if self.get_object(request, unquote(object_id)) is None and not request.user.is_superuser:
            raise Http404

    def history_view(self, request, object_id, extra_context=None):
        self._refuse_hidden(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._refuse_hidden(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)


class ScopedTabularInline(ScopedChoices, admin.TabularInline):
    extra = 0


class ViewOnly:
    """Admin mixin for booked or frozen records: they are looked at, never edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

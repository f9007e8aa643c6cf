"""How encrypted fields appear on the admin's pages: as recorded or not recorded."""

from django.utils.translation import gettext as _

from config.kit.private_forms import PrivateFieldsForm, private_fields


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

"""How encrypted fields appear on the admin's pages: as recorded or not recorded, of numbers with the ending."""

from django.utils.translation import gettext as _

from config.kit.crypto import Unreadable
from config.kit.person.fields import ANY_ID, CITIZEN_ID, PHONE
from config.kit.private_forms import PrivateFieldsForm, private_fields

# Of these the last characters are shown, by which two are told apart; of what is shorter, nothing.
NUMBERS, TAIL, SHORTEST = (PHONE, CITIZEN_ID, ANY_ID), 4, 7


class MasksPrivateFields:
    """Shows of an encrypted field only whether it is recorded: in forms, read-only pages and history alike."""

    form = PrivateFieldsForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in private_fields(self.model):
            setattr(self, f"{name}_recorded", self._recorded(name))

    def _recorded(self, name):
        field = self.model._meta.get_field(name)

        def display(obj):
            value = getattr(obj, name)
            if getattr(field, "kind", None) in NUMBERS and len(value) >= SHORTEST and not isinstance(value, Unreadable):
                return _("recorded, ends in %(tail)s") % {"tail": value[-TAIL:]}
            return _("recorded") if value else _("not recorded")

        display.short_description = field.verbose_name
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
        # Fieldsets nobody wrote name the read-only twins too.
        twins = {f"{name}_recorded" for name in private}

        def shown(field):
            if isinstance(field, (list, tuple)):
                return [shown(part) for part in field]
            return f"{field}_recorded" if field in private else field

        return [
            (title, {**options, "fields": [shown(field) for field in options["fields"] if field not in twins]})
            for title, options in fieldsets
        ]

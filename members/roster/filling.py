"""A form takes from the roster what it says of a chosen member, where nothing else was typed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class TakenFromRoster:
    """Form mixin: fields left empty are filled from the chosen member; private ones only for who may see them in full.

    `taken` and `taken_privately` map fields of this form to fields of the member.
    """

    person_field = "member"
    taken: dict = {}
    taken_privately: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.needed = [name for name in self.taken if name in self.fields and self.fields[name].required]
        for name in self.needed:
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty, it is taken from the roster.")

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        member = cleaned.get(self.person_field)
        if member is not None:
            may_see = self.user is not None and self.user.has_perm("members.view_private_member")
            for name, source in (self.taken | (self.taken_privately if may_see else {})).items():
                if name in self.fields and name not in self.errors and self._is_left(name, cleaned.get(name)):
                    cleaned[name] = getattr(member, source)
        for name in self.needed:
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, ValidationError(self.fields[name].error_messages["required"], code="required"))
        return cleaned

    def _is_left(self, name, value):
        """Whether nothing was said: empty, or the model's own default."""
        return not value or value == self._meta.model._meta.get_field(name).get_default()

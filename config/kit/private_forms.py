"""How private fields are edited without being shown: a form tells that something is recorded, and keeps it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.crypto import EncryptedTextField
from config.kit.punctuation import labelled

REMOVE = "-"


def private_fields(model):
    """Names of a model's encrypted fields."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


class PrivateFieldsForm(forms.ModelForm):
    """A model form that never prints an encrypted value: empty keeps what is recorded, a single - removes it."""

    # Who fills it in; set by the admin.
    user = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {}
        for name in private_fields(self._meta.model):
            if name in self.fields:
                self._hide(name)

    def _hide(self, name):
        field = self.fields[name]
        self.stored[name] = self.initial.get(name) or ""
        self.initial[name] = ""
        field.has_changed = lambda initial, data: bool(data)
        if not self.stored[name]:
            return
        field.required = False
        field.passes = (REMOVE,)
        if isinstance(field, forms.ChoiceField):
            choices = [choice for choice in field.choices if choice[0]]
            field.choices = [("", _("recorded, keep it")), *choices, (REMOVE, _("remove it"))]
        else:
            field.help_text = _("Recorded. Leave empty to keep it; type a single - to remove it.")

    def add_error(self, field, error):
        """An error at a field that stands in another block of the record is said above the form, with that field's name."""
        if field is None and hasattr(error, "error_dict"):
            elsewhere = {name: errors for name, errors in error.error_dict.items() if name not in self.fields}
            elsewhere.pop(NON_FIELD_ERRORS, None)
            for name, errors in elsewhere.items():
                label = self._meta.model._meta.get_field(name).verbose_name
                super().add_error(None, [labelled(label, sentence) for sentence in ValidationError(errors).messages])
            here = {name: errors for name, errors in error.error_dict.items() if name not in elsewhere}
            error = ValidationError(here) if here else None
        if error is not None:
            super().add_error(field, error)

    def _post_clean(self):
        super()._post_clean()
        # Constraints over fields of several blocks: a form of one block leaves them out otherwise.
        if self.instance.pk and not self.errors and self._get_validation_exclusions():
            try:
                self.instance.validate_constraints()
            except ValidationError as refusal:
                self.add_error(None, refusal)

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, stored in self.stored.items():
            if name in cleaned:
                # A value that no key opens is kept as it is too.
                typed = (cleaned[name] or "").strip()
                cleaned[name] = "" if typed == REMOVE and stored else typed or stored
        return cleaned

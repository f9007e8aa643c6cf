"""Fields for names, phone numbers and citizen ID numbers of people: what is typed is read before it is checked, kept or compared.

A model's field reads whatever reaches it (a form, an act, an import, a filter), so no form can forget to. Its form field
also refuses, saying what is wrong, what could mean two things. To the database all of them are plain fields.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.db import models

from config.kit import clock
from config.kit.crypto import EncryptedTextField, Unreadable
from config.kit.person.citizen_ids import OLD_LENGTH, read_citizen_id, refuse_bad_citizen_id
from config.kit.person.names import (
    read_authors,
    read_name,
    read_person,
    refuse_no_one_name,
    refuse_several_people,
    refuse_two_people,
)
from config.kit.person.phones import read_phone, refuse_bad_phone
from config.kit.public_text import PublicCharField


@dataclass(frozen=True)
class Kind:
    """How a text is read, and why it is refused: `as_typed` before it was read, `as_read` afterwards.

    `read` may be called on stored values; `read_typed` also removes what only a person types.
    """

    read: Callable
    read_typed: Callable | None = None
    as_typed: tuple = ()
    as_read: tuple = ()
    # Whether the typed text may be longer than what is kept of it.
    is_shortened: bool = False


def _refuse_bad_citizen_id(number):
    refuse_bad_citizen_id(number, today=clock.today())


def _refuse_bad_id(number):
    """The number of another document cannot be checked here."""
    if sum(letter.isdigit() for letter in number) >= OLD_LENGTH - 1:
        _refuse_bad_citizen_id(number)


# However somebody wants to be called.
CALLED = Kind(read_name)
PERSON = Kind(read_name, read_person, as_typed=(refuse_no_one_name, refuse_two_people))
# One person, several, or an organisation.
PEOPLE = Kind(read_name, as_typed=(refuse_several_people,))
AUTHORS = Kind(read_authors)
PHONE = Kind(read_phone, as_read=(refuse_bad_phone,), is_shortened=True)
CITIZEN_ID = Kind(read_citizen_id, as_read=(_refuse_bad_citizen_id,), is_shortened=True)
ANY_ID = Kind(read_citizen_id, as_read=(_refuse_bad_id,), is_shortened=True)


class ReadFormField(forms.CharField):
    """A form's field of a kind. `passes` are words that mean no value, such as the - that removes a recorded one."""

    passes: tuple = ()

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        if not value or value in self.passes or isinstance(value, Unreadable):
            return value
        for refuse in self.kind.as_typed:
            refuse(value)
        return (self.kind.read_typed or self.kind.read)(value)

    def validate(self, value):
        super().validate(value)
        if value and value not in self.passes and not isinstance(value, Unreadable):
            for refuse in self.kind.as_read:
                refuse(value)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        if self.kind.is_shortened:
            # A browser would cut the number before its spaces, brackets and country code are gone.
            attrs.pop("maxlength", None)
        return attrs


class ReadField:
    """Mixin for a text field of a model: every value is read as its `kind` says."""

    kind = CALLED
    plain_path = "django.db.models.CharField"

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, self.plain_path, args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return self.kind.read(value) if isinstance(value, str) and not isinstance(value, Unreadable) else value

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": partial(ReadFormField, kind=self.kind), **kwargs})


class PersonNameField(ReadField, models.CharField):
    kind = PERSON


class PeopleField(ReadField, models.CharField):
    kind = PEOPLE


class PublicPersonNameField(ReadField, PublicCharField):
    kind = PERSON


class PublicPeopleField(ReadField, PublicCharField):
    kind = PEOPLE


class PublicAuthorsField(ReadField, PublicCharField):
    kind = AUTHORS


class PhoneField(ReadField, models.CharField):
    kind = PHONE


class Sealed(ReadField):
    plain_path = "config.kit.crypto.EncryptedTextField"


class SealedCalledField(Sealed, EncryptedTextField):
    kind = CALLED


class SealedPersonNameField(Sealed, EncryptedTextField):
    kind = PERSON


class SealedPeopleField(Sealed, EncryptedTextField):
    kind = PEOPLE


class SealedPhoneField(Sealed, EncryptedTextField):
    kind = PHONE


class SealedCitizenIdField(Sealed, EncryptedTextField):
    kind = CITIZEN_ID


class SealedIdField(Sealed, EncryptedTextField):
    kind = ANY_ID

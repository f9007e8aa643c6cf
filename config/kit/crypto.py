"""How private fields are kept: AES-GCM under a named key, and a keyed hash where equality must be searched.

FIELD_KEYS is `new:hex,old:hex`: the first key writes, every key reads, so a key is changed by putting a new one first
and saving the records again. The field's name is bound into each value, so one column's text cannot stand in another.
"""

import base64
import hashlib
import hmac
import os
from functools import cache

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _


def read_keys(words):
    """`{name: 32 bytes}` in the order given; ValueError says what is wrong in words."""
    keys = {}
    for word in words:
        name, _colon, digits = word.partition(":")
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            raise ValueError(f"the key {name!r} is not hexadecimal.") from None
        if not name or len(key) != 32:
            raise ValueError(f"the key {name!r} does not have 64 hexadecimal digits.")
        if name in keys:
            raise ValueError(f"the name {name!r} stands twice.")
        keys[name] = key
    if not keys:
        raise ValueError("there is no key.")
    return keys


@cache
def _keys(words):
    return read_keys(words)


def keys():
    return _keys(tuple(settings.FIELD_KEYS))


@cache
def _cipher(key):
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def encrypt(text, *, purpose):
    """`key name:base64` of a text; the same text twice gives different values."""
    name, key = next(iter(keys().items()))
    nonce = os.urandom(12)
    sealed = nonce + _cipher(key).encrypt(nonce, text.encode(), purpose.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def decrypt(value, *, purpose):
    """The text behind a stored value; ValueError where its key is not in FIELD_KEYS or it was changed."""
    # On first use, as above.
    from cryptography.exceptions import InvalidTag

    name, _colon, sealed = value.partition(":")
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher(keys()[name]).decrypt(raw[:12], raw[12:], purpose.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise ValueError(f"a value of {purpose} cannot be read with the keys of this installation") from error


def keyed_hash(text, *, purpose):
    """A searchable stand-in for a private text, under the key that writes."""
    return keyed_hashes(text, purpose=purpose)[0]


def keyed_hashes(text, *, purpose):
    """The stand-ins under every key, newest first: what a search compares with while keys are being changed."""
    message = f"{purpose}\0{text}".encode()
    return [hmac.new(key, message, hashlib.sha256).hexdigest() for key in keys().values()]


class Unreadable(str):
    """What stands for a value that no key opens: a sentence to show. Saved back, the sealed value stays as it was."""

    sealed: str

    @classmethod
    def of(cls, sealed):
        value = cls(_("cannot be read: its key is missing"))
        value.sealed = sealed
        return value

    def __reduce__(self):
        return type(self).of, (self.sealed,)

    def strip(self, *args):
        return self


class EncryptedTextField(models.TextField):
    """Clear text in Python, ciphertext in the database and in its history; cannot be filtered or ordered by."""

    def __init__(self, *args, purpose="", **kwargs):
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_lookup(self, lookup_name):
        # Comparing ciphertext never finds anything, so a filter on it is a mistake in the caller.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return decrypt(value, purpose=self.purpose)
        except ValueError:
            # One value must not take down every page that shows its record among others.
            return Unreadable.of(value)

    def validate(self, value, model_instance):
        if not isinstance(value, Unreadable):
            super().validate(value, model_instance)

    def get_prep_value(self, value):
        if isinstance(value, Unreadable):
            return value.sealed
        value = super().get_prep_value(value)
        return value if not value else encrypt(value, purpose=self.purpose)

    def formfield(self, **kwargs):
        # One line is enough for a number, a name or an address; the base class and the admin would offer a large box.
        widget = kwargs.get("widget", forms.Textarea)
        if not self.choices and isinstance(widget, type) and issubclass(widget, forms.Textarea):
            kwargs["widget"] = forms.TextInput(attrs={"autocomplete": "off"})
        return super().formfield(**kwargs)

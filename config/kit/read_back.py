"""How a form field reads back once what it had to guess, before it is stored.

A guess is refused with what was understood, and the field then shows that written out in full: sent again, it is no guess
and is stored. So nothing is kept between the two forms, and no script is needed.
"""

from abc import ABC, abstractmethod

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class ReadsBack(ABC):
    """Mixin of a form field that reads texts by `read`."""

    question = gettext_lazy("Read as %(words)s. If that is right, save once more; if not, correct it.")
    # Shown below the field, unless the form says something else there.
    hint: object = ""

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": self.hint, **kwargs})

    @abstractmethod
    def read(self, text):
        """`(value, words)`: the field's value of a text, and what is asked about it where it was guessed, else "".

        ValidationError for what cannot be read; the value is None for what only marks a place.
        """

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        value, words = self.read(value) if value.strip() else (None, "")
        if words:
            raise ValidationError(self.question, code="read_back", params={"words": words})
        return value

    def bound_data(self, data, initial):
        """What was typed, as the value that was read where it could be read."""
        data = super().bound_data(data, initial)
        if not isinstance(data, str) or not data.strip():
            return data
        try:
            value, _words = self.read(data)
            self.run_validators(value)
        except ValidationError:
            return data
        return data if value is None else value

"""Why a public text or an act on a wish is refused."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Phone and ID numbers, spaced or not; a price or a date is shorter.
LONG_NUMBER = re.compile(r"(?<!\d)\d[\d -]{9,}[\dXx](?!\d)")


def refuse_private_words(text, *, names):
    """A text for the public holds no long number and no name of the roster (§5.4 of the handbook)."""
    if LONG_NUMBER.search(text):
        raise ValidationError(
            _("This text will be public, and it holds a phone or ID number. Take the number out."), code="public_number"
        )
    for name in names:
        if len(name) > 1 and name in text:
            raise ValidationError(
                _("This text will be public, and it holds the name of a person on the roster. Take the name out."),
                code="public_name",
            )

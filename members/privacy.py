"""What may be shown of a person: masked names, numbers and places. Everything public passes through here.

Vectors of §3.4 of the handbook: a donor or volunteer keeps the first and the last character of the name, a person in
difficulty the surname alone.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ANONYMOUS = _("a kind person")


def mask_donor(name):
    """`韦怀德→韦*德`, `韦德→韦*`, `欧阳怀德→欧**德`."""
    letters = list(name.strip())
    if len(letters) < 2:
        return "*" if letters else ""
    if len(letters) == 2:
        return letters[0] + "*"
    return letters[0] + "*" * (len(letters) - 2) + letters[-1]


def mask_beneficiary(name):
    """`韦怀德→韦**`, `韦德→韦*`, `欧阳怀德→欧***`: the first character alone is kept."""
    letters = list(name.strip())
    if len(letters) < 2:
        return "*" if letters else ""
    return letters[0] + "*" * (len(letters) - 1)


def mask_phone(number):
    """`14000000001→140****0001`, `0770-0000000→0770-****000`."""
    area, dash, local = number.partition("-")
    if dash:
        return f"{area}-{'*' * max(len(local) - 3, 0)}{local[-3:]}"
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_citizen_id(number):
    """All but the last four characters are hidden."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def mask_card(number):
    """A bank card keeps its last four digits."""
    return mask_citizen_id(number)


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

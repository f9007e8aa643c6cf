"""How a citizen ID number (GB 11643) is read from what was typed or imported, what it tells, and what is wrong with it."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.text_cleaning import squeezed

OLD_LENGTH = 15
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
# A multiplication sign and the Cyrillic and Greek letters that look the same.
_LIKE_X = dict.fromkeys(map(ord, "×✕╳ХΧ"), "X")


def read_citizen_id(text):
    """The characters of a number without spaces, dashes, quotes and the words around it, as plain digits and capital letters."""
    number = re.sub(r"[\s'`‘’“”\"_\-–—]", "", squeezed(text)).upper().translate(_LIKE_X)
    number = re.sub(r"^(?:(?:公民|居民)?身份证?号?码?|证件号?码?|IDNO|ID|NO)[:.]*|\(身份证\)$", "", number).rstrip(
        ".,;:。、"
    )
    parts = re.sub(r"[.,/·、()]", "", number)
    # Other documents have signs of their own.
    return parts if re.fullmatch(r"\d{14,19}[\dX]", parts) else number


def check_character(first_17):
    """The last character of a citizen ID number."""
    return CHECK_CHARACTERS[sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True)) % 11]


def birth_date_of(number):
    """The birth date inside a citizen ID number, or None where those digits are no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number):
    """`1` (male) or `2` (female) by the 17th digit."""
    return "1" if int(number[16]) % 2 else "2"


def refuse_bad_citizen_id(number, *, today):
    """18 characters, a birth date that exists and is not in the future, the right check character."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(_wrong_form(number), code="citizen_id_form")
    born = birth_date_of(number)
    if born is None or born > today:
        raise ValidationError(
            _("Digits 7 to 14 of the citizen ID number (%(digits)s) are no birth date. Check them against the card."),
            code="citizen_id_date",
            params={"digits": number[6:14]},
        )
    if check_character(number[:17]) != number[17]:
        raise ValidationError(
            _(
                "The last character of the citizen ID number does not fit the others. Check every digit against the card."
            ),
            code="checksum",
        )


def _wrong_form(number):
    """What is wrong: letters first, because a count that is right says nothing to somebody who looks for the mistake."""
    if len(number) == OLD_LENGTH and re.fullmatch(r"[0-9]+", number):
        return _("this is the number of an old card with 15 digits. Type the 18 characters of the present card.")
    if not re.search(r"[0-9]", number):
        return _("“%(value)s” is no citizen ID number. Leave this empty where it is not known.") % {"value": number}
    for place, letter in enumerate(number, 1):
        if not re.fullmatch(r"[0-9]", letter) and not (letter == "X" and place == len(number)):
            return _(
                "Character %(place)s of the citizen ID number is “%(letter)s”. It has digits, and at most an X at its end."
            ) % {"place": place, "letter": letter}
    return _("A citizen ID number has 18 characters: 17 digits and a digit or X; this one has %(length)s.") % {
        "length": len(number)
    }

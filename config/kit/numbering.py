"""Numbers of a series that has no gaps and begins anew each year."""

import re
from unicodedata import normalize

# The brackets and the words may be others or missing.
_OFFICE_NUMBER = re.compile(r"[第问]?[〔\[(【]?((?:19|20|21)\d\d)[〕\])】年/\s-]{1,3}第?(\d{1,3})\s*号?")


def next_number(given):
    """The number after the largest of those `given`, 1 where there is none; None and 0 count as none.

    Whoever asks holds a lock on what the series belongs to, so that nobody else takes the same number.
    """
    return max(filter(None, given), default=0) + 1


def next_label(given, *, prefix, digits=4):
    """The label after those `given`, as `2018-0001` for the prefix `2018-`; labels of another form count for nothing."""
    numbers = (label.removeprefix(prefix) for label in given if label.startswith(prefix))
    return f"{prefix}{next_number(int(number) for number in numbers if number.isdecimal()):0{digits}}"


def read_office_number(text):
    """Year and number of `〔2018〕3 号`, as texts, however it is typed (`2018-3`, `[2018]3`); None where it is none."""
    match = _OFFICE_NUMBER.fullmatch(normalize("NFKC", text).strip())
    return match.groups() if match else None

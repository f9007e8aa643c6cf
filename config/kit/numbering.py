"""Numbers of a series that has no gaps and begins anew each year."""

import re
from unicodedata import normalize

from config.kit.text_cleaning import narrow, with_plain_digits

# The brackets and the words may be others or missing.
_OFFICE_NUMBER = re.compile(r"[第问]?[〔\[(【]?((?:19|20|21)\d\d)[〕\])】年/\s-]{1,3}第?(\d{1,3})\s*号?")

# A number as it is typed for a search: a word before it, perhaps the sign of its series (`救2018-0035`), a word after it.
_TYPED_NUMBER = re.compile(
    r"(?P<before>(?:no|nr|第|编号)[\s.:#]*)?(?P<label>[^\W\d]?\d+(?:\s*[-‐‑‒–—―−]\s*\d+)?)\s*号?", re.IGNORECASE
)
_SHORT_LABEL = re.compile(r"([^\W\d]?(?:19|20|21)\d\d)-(\d{1,3})")
# How long the numbers of the series are that `next_label` gives.
_LABEL_DIGITS = (3, 4)


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


def spellings(words):
    """The ways in which typed words may be written on record, the plainest first.

    `No.２０１８－35` is `2018-35`, `2018-035`, `2018-0035` or what was typed.
    """
    plain = with_plain_digits(words)
    number = _TYPED_NUMBER.fullmatch(narrow(words))
    if number and (number["before"] or not number["label"].isdecimal()):
        plain = re.sub(r"\s*[-‐‑‒–—―−]\s*", "-", number["label"])
    short = _SHORT_LABEL.fullmatch(plain)
    whole = [f"{short[1]}-{short[2]:0>{digits}}" for digits in _LABEL_DIGITS] if short else []
    return list(dict.fromkeys([plain, *whole, words]))

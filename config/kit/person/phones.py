"""How a telephone number is read from what was typed or imported, and what is wrong with one that is refused."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.text_cleaning import clean, narrow

MOBILE_DIGITS = 11
_GOOD = r"1[3-9]\d{9}|1400000\d{4}|0\d{2,3}-?\d{7,8}"
_WORDS = "本人|手机(?:号码?)?|移动电话|(?:联系|家庭|办公|住宅)?电话(?:号码)?|联系方式|号码|固话|座机|住?宅电?|tel|phone"
_COUNTRY = re.compile(r"\(?(?P<abroad>\+ ?|00)?86\)?[ -]?")
_LANDLINE = re.compile(r"(0\d{2,3})-(\d[\d-]+)")
_EXTENSION = re.compile(rf"(?:{_GOOD})([,;]?(?:转(?:分机)?|分机号?|内线|ext(?:ension)?\.?|[x#*-])[:.]?\d{{1,6}})", re.I)
_SEVERAL = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")


def read_phone(text):
    """A number to call without spaces, brackets and the country's code; a landline keeps its dash.

    What is no number comes back as it was understood, for `refuse_bad_phone` to say what is wrong with it.
    """
    if re.fullmatch(r"1[0-9]{10}", text):
        return text
    number = re.sub(r" ?(?:[—–−‐‑_·]|-+) ?", "-", narrow(text)).strip(" '`‘’;,.。")
    number = re.sub(rf"^(?:{_WORDS}) ?[:.]? ?| ?\(?(?:{_WORDS})\)?$", "", number, flags=re.I)
    # Two whole numbers stay two.
    number = re.sub(rf"(?<!\d)({_GOOD}) (?=(?:{_GOOD})(?!\d))", r"\1/", number)
    number = _without_country(number)
    number = re.sub(r"^(0\d{2,3}) (?=\d{7,8}$|\d{3,4} \d{4}$)", r"\1-", number).replace(" ", "")
    number = re.sub(r"^\((0\d{2,3})\)-?|^(0\d{2,3})[/.](?=\d{7,8}$)", r"\1\2-", number)
    if match := _LANDLINE.fullmatch(number):
        # What stands behind a second dash may also be an extension.
        local = match[2].replace("-", "") if re.fullmatch(r"\d{3,4}-\d{4}", match[2]) else match[2]
        return f"{match[1]}-{local}"
    if re.fullmatch(r"\d+\.0", number):
        number = number[:-2]
    if re.fullmatch(r"1(?:[.-]?\d){10}", number):
        number = re.sub(r"[.-]", "", number)
    # Once a nought stood before mobile numbers of other towns; no area code begins like one.
    return re.sub(r"^0(?=1[3-9]\d{9}$)", "", number)


def _without_country(number):
    """Without +86, 0086 or (86). Before a mobile number 86 alone says it too; an area code gets its own nought back."""
    match = _COUNTRY.match(number)
    if not match:
        return number
    rest = number[match.end() :]
    digits = re.sub(r"[().\s-]", "", rest)
    if re.fullmatch(r"1\d{10}", digits):
        return digits
    if not match["abroad"]:
        return number
    rest = rest.removeprefix("(0)").lstrip()
    return rest if rest.startswith(("0", "(0")) else re.sub(r"^(\(?)", r"\g<1>0", rest)


def digits_of(text):
    """What two spellings of one number share, with or without the dash behind an area code."""
    return re.sub(r"\D", "", read_phone(text))


def holds_two_phones(number):
    """Whether a text that was read holds more than one number to call."""
    return len(_SEVERAL.findall(number)) > 1


def refuse_two_phones(number, typed):
    if holds_two_phones(number):
        raise ValidationError(
            _("“%(value)s” is more than one number. Keep one here; the list has room for one."),
            code="two_phones",
            params={"value": clean(typed)},
        )


def refuse_bad_phone(number):
    """A number that was read is a mobile or a landline number, or the sentence says what is wrong with it."""
    if re.fullmatch(_GOOD, number):
        return
    refuse_two_phones(number, number)
    raise ValidationError(_what_is_wrong(number), code="phone")


def is_phone(text):
    """Whether a text is one whole phone number, however it is written."""
    return re.fullmatch(_GOOD, read_phone(text)) is not None


def _what_is_wrong(number):
    if match := _EXTENSION.fullmatch(number):
        return _("Take out %(extension)s: here stands a phone number alone, without an extension.") % {
            "extension": match[1].lstrip(",;")
        }
    if not re.search(r"\d", number):
        return _(
            "“%(value)s” is no phone number. Leave this empty where there is none, or type one like 0770-0000000."
        ) % {"value": number}
    if odd := re.sub(r"[\d()+-]", "", number):
        return _("“%(odd)s” does not belong into a phone number. Type digits alone, such as 0770-0000000.") % {
            "odd": odd
        }
    digits = re.sub(r"\D", "", number)
    if digits.startswith("1") and len(digits) > 6:
        if len(digits) != MOBILE_DIGITS:
            return _("This phone number has %(length)s digits; a mobile number has 11. Count its digits again.") % {
                "length": len(digits)
            }
        return _("No mobile number begins with %(start)s. Look at the first digits again.") % {"start": digits[:2]}
    if len(digits) in (7, 8) and not digits.startswith("0"):
        return _("The area code is missing. Type it before the number, like 0770-0000000.")
    if digits.startswith("0"):
        return _("This landline number has %(length)s digits; area code and number together have 10 to 12.") % {
            "length": len(digits)
        }
    return _("Enter a mobile number of 11 digits or a landline such as 0770-0000000.")

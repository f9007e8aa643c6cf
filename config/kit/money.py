"""How money is kept, summed and written: integer fen in the database, Decimal yuan in Python."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
# 99,999,999,999.99 yuan: far above any pot, far below what a 64-bit sum of many of them holds.
LARGEST = Decimal("99999999999.99")

# Named, not imported: it reads by the reader of imports, which counts in what stands here.
FORM_FIELD = "config.kit.amount_fields.MoneyFormField"

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ["", "拾", "佰", "仟"]
GROUPS = ["", "万", "亿"]


def to_fen(amount):
    """Whole fen of an amount in yuan; a fraction of a fen is refused, never rounded."""
    try:
        amount = amount if isinstance(amount, Decimal) else Decimal(str(amount))
        fen = amount * 100
    except (InvalidOperation, ValueError, TypeError) as error:
        raise ValidationError(_("Enter an amount such as 100.00."), code="not_money") from error
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise ValidationError(_("Enter an amount such as 100.00."), code="not_money")
    if fen != fen.to_integral_value():
        raise ValidationError(
            _("Enter an amount with two decimals at most; a fen is the smallest coin."), code="sub_fen"
        )
    return int(fen)


def from_fen(fen):
    """Yuan with two decimals of whole fen."""
    return (Decimal(fen) / 100).quantize(FEN)


def yuan(amount):
    """An amount in yuan as it is written everywhere: `25,000.00`."""
    return f"{Decimal(amount):,.2f}"


def in_capitals(amount):
    """大写金额: an amount in yuan in the capital numerals of receipts, `25000.00` → `贰万伍仟元整`."""
    fen = to_fen(amount)
    if fen < 0:
        return "负" + in_capitals(-Decimal(amount))
    whole, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = _whole_in_capitals(whole) + "元" if whole else ""
    if not jiao and not cents:
        return (words or "零元") + "整"
    if jiao:
        # A zero is read where the yuan end in a zero or the jiao would follow a gap.
        words += ("零" if whole and whole % 10 == 0 else "") + DIGITS[jiao] + "角"
    elif whole:
        words += "零"
    return words + (DIGITS[cents] + "分" if cents else "")


def _whole_in_capitals(number):
    words, group, pending_zero = "", 0, False
    while number:
        part = number % 10_000
        text, zero = "", False
        for place in range(4):
            digit = part // 10**place % 10
            if digit:
                text = DIGITS[digit] + UNITS[place] + ("零" if zero and text else "") + text
                zero = False
            else:
                zero = True
        if part:
            words = text + GROUPS[group] + ("零" if pending_zero and words else "") + words
            pending_zero = part < 1_000
        elif words:
            pending_zero = True
        number //= 10_000
        group += 1
    return words


class MoneyField(models.BigIntegerField):
    """Decimal yuan in Python, integer fen in the database, so that sums stay exact on every database."""

    description = _("Money in yuan")

    def from_db_value(self, value, expression, connection):
        return None if value is None else from_fen(value)

    def to_python(self, value):
        if value is None or value == "":
            return None
        return from_fen(to_fen(value))

    def get_prep_value(self, value):
        return None if value is None else to_fen(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs):
        # BigIntegerField would add integer bounds; the form field's own digits say the same in yuan.
        return models.Field.formfield(self, **({"form_class": import_string(FORM_FIELD)} | kwargs))

    @property
    def validators(self):
        return self._validators

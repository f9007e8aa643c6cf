"""Money is exact, from the form to the database and back, and in the capital numerals of receipts."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from config.kit.money import DIGITS, MoneyField, from_fen, in_capitals, to_fen, yuan

VALUES = {digit: place for place, digit in enumerate(DIGITS)}


def read_capitals(words):
    """The amount in yuan that capital numerals say, read by the rules of the numerals alone."""
    whole, _, rest = words.rstrip("整").rpartition("元") if "元" in words else ("", "", words)
    total, section, digit = 0, 0, 0
    for letter in whole:
        if letter in VALUES:
            digit = VALUES[letter]
        elif letter in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[letter]
            digit = 0
        elif letter in "万亿":
            section += digit
            total += section * {"万": 10_000, "亿": 100_000_000}[letter]
            section = digit = 0
    fen = 0
    for letter in rest.rstrip("整"):
        if letter in VALUES:
            digit = VALUES[letter]
            fen += 0
        elif letter == "角":
            fen += digit * 10
        elif letter == "分":
            fen += digit
    last = whole[-1:] if whole[-1:] in VALUES else ""
    return Decimal(total + section + (VALUES[last] if last else 0)) + Decimal(fen) / 100


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("25000.00", "贰万伍仟元整"),
        ("300.00", "叁佰元整"),
        ("1005.60", "壹仟零伍元陆角"),
        ("100000.00", "壹拾万元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("0.00", "零元整"),
        ("10.05", "壹拾元零伍分"),
        ("100000005.00", "壹亿零伍元整"),
        ("1003000.00", "壹佰万叁仟元整"),
        ("12030.40", "壹万贰仟零叁拾元零肆角"),
    ],
)
def test_capital_numerals_are_the_ones_of_the_handbook(amount, words):
    assert in_capitals(Decimal(amount)) == words


def test_capital_numerals_of_random_amounts_read_back_to_the_same_amount():
    rolls = random.Random(7)

    for _ in range(10_000):
        amount = from_fen(rolls.randrange(10 ** rolls.randrange(1, 13)))
        assert read_capitals(in_capitals(amount)) == amount, (amount, in_capitals(amount))


@pytest.mark.parametrize("amount", ["0.001", "1.234", "100.999"])
def test_a_fraction_of_a_fen_is_refused_and_never_rounded(amount):
    with pytest.raises(ValidationError) as refusal:
        to_fen(amount)

    assert refusal.value.code == "sub_fen"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e30", "x", None, ""])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValidationError) as refusal:
        to_fen(amount)

    assert refusal.value.code == "not_money"


def test_money_is_written_with_groups_and_two_decimals():
    assert yuan(Decimal("25000")) == "25,000.00"
    assert yuan(Decimal("-0.5")) == "-0.50"


def test_a_form_takes_two_decimals_and_no_third():
    field = MoneyField().formfield()

    assert field.clean("100.50") == Decimal("100.50")
    with pytest.raises(ValidationError):
        field.clean("100.505")

"""What a typed text means as a day or a month: whole dates as an import reads them, and days as people say them.

What nobody can read in another way is a day. What leaves its year, its month or its calendar to be guessed comes back as
a guess, which a form reads back before it is stored. The rest is refused with an example of what to type.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from config.kit import lunar_days
from config.kit.sheets.days import SEPARATOR, read_day, refuse_ambiguous, refuse_impossible, refuse_wrong_weekday
from config.kit.sheets.values import refuse, says_nothing
from config.kit.spoken_days import Said, day_or_none, day_word, guessed_day, is_year, month_word_of, named_day
from config.kit.text_cleaning import clean

LONGEST = 60  # characters
# Five digits are a day in a cell of a spreadsheet, never in a form.
_NO_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class TypedDay:
    """What was read. `lunar` says the day as the lunar one that was typed; `is_month`: it is the first of a month alone."""

    day: date
    is_guessed: bool = False
    lunar: str = ""
    is_month: bool = False


def read_typed_day(text, today, near=None):
    """The `TypedDay` of a text, or None where it only marks a place; ValidationError with a code and what to type.

    `near` is the day on record that is being changed.
    """
    return _read(text, today, near, takes_months=False)


def read_typed_day_or_month(text, today, near=None):
    """The same where a year and a month may stand alone, without the day."""
    return _read(text, today, near, takes_months=True)


def read_typed_month(text, today, near=None):
    """The month (`is_month`) of a text, or of the day it says, then as a guess; else as `read_typed_day`."""
    if says_nothing(text):
        return None
    said = Said(text[:LONGEST], today, near)
    month = _month(said) or _month_without_year(said)
    if month:
        return month
    try:
        found = _read(text, today, near, takes_months=False)
    except ValidationError as refusal:
        if refusal.code in {"unreadable_date", "ambiguous_date", "year_only", "day_missing"}:
            refuse(
                "unreadable_month",
                _("“%(value)s” is no month. Type year and month such as %(example)s."),
                value=said.shown,
                example=f"{today:%Y.%m}",
            )
        raise
    return TypedDay(found.day.replace(day=1), is_guessed=True, is_month=True)


def _read(text, today, near, *, takes_months):
    if says_nothing(text):
        return None
    if len(text) > LONGEST:
        _refuse_no_day(clean(text[:20]) + "…", today)
    said = Said(text, today, near)
    found = (
        _day_word(said)
        or _guessed(named_day(said))
        or _digits_alone(said)
        or _lunar(said)
        or _whole(said)
        or _guessed(guessed_day(said))
    )
    if found is None and (month := _month(said)):
        found = month if takes_months else _refuse_month_alone(said, month.day)
    if found is None:
        _refuse(said)
    if said.weekday is not None and not found.is_month:
        refuse_wrong_weekday(found.day, said.weekday)
    return found


def _guessed(day):
    return day and TypedDay(day, is_guessed=True)


# Whole days


def _day_word(said):
    day = day_word(said.spoken, said.today) or day_word(said.words, said.today)
    return day and TypedDay(day)


def _whole(said):
    """A day with its year, by the reader of imports; None where that reads no day."""
    if said.year:
        return None
    try:
        found = read_day(said.shown, _NO_EPOCH)
    except ValidationError as refusal:
        if refusal.code in {"impossible_date", "odd_year", "wrong_weekday", "year_only"}:
            raise
        return None
    return TypedDay(found.date) if found.known else None


def _digits_alone(said):
    """1108 and 181108; None of six digits that are a year and a month, and of eight."""
    digits = said.words
    if (
        not re.fullmatch(r"[0-9]+", digits)
        or digits != said.squeezed
        or len(digits) == 8
        or (len(digits) == 4 and is_year(digits))
    ):
        return None
    if len(digits) == 4:
        return _guessed(said.day_of_some_year(int(digits[:2]), int(digits[2:])))
    if len(digits) != 6:
        refuse_ambiguous(said.shown)
    year, month, day = said.whole_year(int(digits[:2])), int(digits[2:4]), int(digits[4:])
    found = day_or_none(year, month, day)
    if is_year(digits[:4]) and 1 <= int(digits[4:]) <= 12:
        month = date(int(digits[:4]), int(digits[4:]), 1)
        return _refuse_two_meanings(said, _words(found), _words(month, "YEAR_MONTH_FORMAT"), found) if found else None
    return _guessed(found or said.day_of(year, month, day))


# The lunar calendar


def _lunar(said):
    """A lunar day; one that could as well be solar is refused with both."""
    year, name = said.written_year()
    if name in lunar_days.TERMS:
        found = said.nearest(lambda year: lunar_days.term_day(year, lunar_days.TERMS[name]))
        return _guessed(lunar_days.term_day(year, lunar_days.TERMS[name]) if year else found)
    festival = lunar_days.FESTIVALS.get(name) or lunar_days.FESTIVALS.get(said.spoken)
    lunar = lunar_days.LunarDay(*festival, year) if festival else lunar_days.lunar_day_in(said.squeezed)
    if lunar is None:
        return None
    found = _solar(said, lunar, lunar.year or said.year)
    if not lunar.is_marked:
        return _refuse_either_calendar(said, lunar, found)
    if found is None:
        refuse_impossible(said.shown)
    return TypedDay(found, is_guessed=True, lunar=lunar_days.lunar_words(found))


def _solar(said, lunar, year):
    """The solar day of a lunar one. The end of a lunar year lies in the next solar one, so a year alone may not tell it."""

    def of_lunar_year(year):
        return lunar_days.solar_day(year, lunar.month, lunar.day, is_leap=lunar.is_leap)

    if not year:
        return said.nearest(of_lunar_year)
    days = {day for day in map(of_lunar_year, (year - 1, year)) if day and year == day.year}
    days = {of_lunar_year(year), *(() if lunar.is_lunar_year else days)} - {None}
    if len(days) > 1:
        first, second = sorted(days)
        _refuse_two_meanings(said, _words(first), _words(second), first)
    return days.pop() if days else None


def _refuse_either_calendar(said, lunar, found):
    solar = said.nearest(lambda year: day_or_none(lunar.year or year, lunar.month, lunar.day))
    if found is None or solar is None:
        return None
    second = _("%(lunar)s (%(day)s)") % {"lunar": lunar_days.lunar_words(found), "day": _words(found)}
    return _refuse_two_meanings(said, _words(solar), second, solar)


# Months


def _month(said):
    """A month with its year, by the reader of imports or with a year of two digits."""
    if not said.year:
        try:
            found = read_day(said.shown, _NO_EPOCH)
        except ValidationError:
            found = None
        if found and not found.known:
            return TypedDay(found.date, is_month=True)
    if match := re.fullmatch(rf"'?(\d{{2}})(年|{SEPARATOR})(\d{{1,2}})月?", said.words):
        first = day_or_none(said.whole_year(int(match[1])), int(match[3]), 1)
        return first and TypedDay(first, is_guessed=True, is_month=True)
    return None


def _month_without_year(said):
    """3月, 上个月, 去年3月."""
    first, rest = month_word_of(said.squeezed, said.today)
    if first is None or rest:
        match = re.fullmatch(r"(\d{1,2})月份?", said.words)
        first = match and said.nearest(lambda year: day_or_none(year, int(match[1]), 1))
    return first and TypedDay(first, is_guessed=True, is_month=True)


# Refusals


def _words(day, form="DATE_FORMAT"):
    return formats.date_format(day, form)


def _refuse(said):
    if month := _month_without_year(said):
        _refuse_month_alone(said, month.day)
    try:
        read_day(said.shown, _NO_EPOCH)
    except ValidationError as refusal:
        if refusal.code == "ambiguous_date":
            raise
    _refuse_two_days(said)
    _refuse_no_day(said.shown, said.today)


def _refuse_month_alone(said, first):
    refuse(
        "day_missing",
        _("“%(value)s” names no day. Type the day too, like %(example)s."),
        value=said.shown,
        example=first.replace(day=8).isoformat(),
    )


def _refuse_two_meanings(said, first, second, example):
    refuse(
        "ambiguous_date",
        _("“%(value)s” can be %(first)s or %(second)s. Type which of them, like %(example)s."),
        value=said.shown,
        first=first,
        second=second,
        example=_words(example),
    )


_WHOLE_DAY = re.compile(r"(?<!\d)\d{4}\D{1,2}\d{1,2}\D{1,2}\d{1,2}(?!\d)")
_BETWEEN_DAYS = [re.compile(r"[至到和及与或、,;~]| to | and "), re.compile(r"[-—–\s]+")]


def _refuse_two_days(said):
    parted = [[part.strip() for part in between.split(said.spoken) if part.strip()] for between in _BETWEEN_DAYS]
    if len(_WHOLE_DAY.findall(said.spoken)) > 1 or any(_are_days(parts, said.today) for parts in parted):
        refuse(
            "two_days",
            _("“%(value)s” is more than one day. Type one of them, like %(example)s."),
            value=said.shown,
            example=said.today.isoformat(),
        )


def _are_days(parts, today):
    """Whether each of several parts is a day, or the number of one beside a day."""
    if len(parts) < 2:
        return False
    read = [part for part in parts if _is_day(part, today)]
    return bool(read) and all(part in read or re.fullmatch(r"\d{1,2}", part) for part in parts)


def _is_day(text, today):
    try:
        return read_typed_day(text, today) is not None
    except ValidationError:
        return False


def _refuse_no_day(shown, today):
    refuse(
        "unreadable_date",
        _("“%(value)s” is no day. Type it like %(whole)s, %(short)s or yesterday."),
        value=shown,
        whole=today.isoformat(),
        short=_words(today, "MONTH_DAY_FORMAT"),
    )

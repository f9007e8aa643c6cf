"""What a filled cell or a typed text means as a day or a month; a doubt is a refusal that says why.

Each reader takes a Cell and the day serial number 0 stands for; it returns a value, or None where the cell only marks a
place ("—"), or raises ValidationError with a code and what to type. `read_day` reads a text.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from config.kit.dates import FIRST_YEAR, LAST_YEAR
from config.kit.sheets.cells import DATE, NUMBER, TEXT, UNTYPED, number_text
from config.kit.sheets.values import refuse, says_nothing
from config.kit.text_cleaning import clean, narrow, remembered


class Day(NamedTuple):
    """A date; where only year and month are known, it is the first of the month and `known` is false."""

    date: date
    known: bool = True


_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十廿卅]")
_TIME = re.compile(r"[\sT](?:上午|下午|凌晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*(?:AM|PM)?Z?$", re.I)
# What offices write around a date without changing it.
_AROUND = re.compile(r"^(?:公历|公元|阳历|新历)|(?:出?生|入党|转正|离休|退休)$")
_WEEKDAY_NAME = r"(?P<english>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?"
_WEEKDAY_LETTER = r"(?:星期|周|礼拜)(?P<chinese>[一二三四五六日天])"
_WEEKDAY_BEHIND = re.compile(rf"(?<=\S)(?:[(\[【, ]*{_WEEKDAY_LETTER}|[(\[, ]+{_WEEKDAY_NAME})[)\]】]?$", re.I)
_WEEKDAY_BEFORE = re.compile(rf"^(?:{_WEEKDAY_LETTER}[, ]*|{_WEEKDAY_NAME},? +)(?=\S)", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAME = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|ober)?\.?"
_DAY_IN_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LETTERS = re.compile(r"[A-Za-z]{3}")
_NAMED_MONTHS = [
    re.compile(rf"^{_DAY_IN_MONTH}(?: of)?[-./ ]*{_MONTH_NAME}(?:,?[-./ ]*'?(?P<year>\d{{4}}|\d{{2}}))?$", re.I),
    re.compile(rf"^{_MONTH_NAME}[-. ]*{_DAY_IN_MONTH}(?:,? *-?(?<!\d)'?(?P<year>\d{{4}}|\d{{2}}))?$", re.I),
    re.compile(rf"^(?P<year>\d{{4}})[-./ ]*{_MONTH_NAME}[-./ ]*{_DAY_IN_MONTH}$", re.I),
    re.compile(rf"^{_MONTH_NAME},?[-./ ]*(?P<year>\d{{4}})$", re.I),
    re.compile(rf"^(?P<year>\d{{4}})[-./ ]*{_MONTH_NAME}$", re.I),
    re.compile(rf"^{_MONTH_NAME}$", re.I),
]
SEPARATOR = r"[-./,、~_。·\\]"
_YMD = re.compile(rf"^(\d{{4}})(?:{SEPARATOR}|年)(\d{{1,2}})(?:{SEPARATOR}|月)(\d{{1,2}})(?:[日号]|{SEPARATOR})?$")
_YMD_PLAIN = re.compile(r"^(\d{4})(\d{2})(\d{2})日?$")
_YM = re.compile(rf"^(\d{{4}})(?:{SEPARATOR}|年)(\d{{1,2}})(?:月份?日?|{SEPARATOR})?$")
_YM_PLAIN = re.compile(r"^(\d{4})(\d{2})$")
_YEAR = re.compile(r"^(\d{4})年?$")
_SHORT_YEAR = re.compile(rf"^'?(\d{{2}})(?:{SEPARATOR}|年)(\d{{1,2}})(?:(?:{SEPARATOR}|月)(\d{{1,2}})日?|月?)$")
_SHORT_YEAR_LAST = re.compile(rf"^\d{{1,2}}{SEPARATOR}\d{{1,2}}{SEPARATOR}'?\d{{2}}$")
_DAY_FIRST = re.compile(rf"^(\d{{1,2}}){SEPARATOR}(\d{{1,2}}){SEPARATOR}(\d{{4}})$")
_MONTH_FIRST = re.compile(rf"^(\d{{1,2}}){SEPARATOR}(\d{{4}})$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")


def as_day(cell, epoch):
    """A date, or None; year and month alone are refused with code `day_missing`."""
    found = as_rough_day(cell, epoch)
    if found and not found.known:
        refuse("day_missing", _("the day is missing. Type year, month and day like 2018-06-28."))
    return found and found.date


def as_rough_day(cell, epoch):
    """A `Day`, whose day of the month may be unknown, or None; see the module for what is refused."""
    if cell.kind == DATE:
        return _of_date_cell(cell)
    if cell.kind == NUMBER:
        return _of_number(cell, epoch)
    if cell.kind != TEXT:
        refuse_unreadable(cell.shown)
    if cell.format == UNTYPED and (match := re.fullmatch(r"(\d{4})\.1", narrow(cell.value))):
        refuse_lost_zero(match[0], match[1])
    return read_day(cell.value, epoch)


def as_month(cell, epoch):
    """The first day of a month, whatever day is given with it, or None."""
    found = as_rough_day(cell, epoch)
    return found.date.replace(day=1) if found else None


def refuse_unreadable(value):
    refuse("unreadable_date", _("“%(value)s” cannot be read as a date. Type it like 1968-07-01."), value=value)


def refuse_ambiguous(value):
    refuse(
        "ambiguous_date",
        _("“%(value)s” can mean more than one date. Type year, month and day like 1968-07-01."),
        value=value,
    )


def refuse_lost_zero(value, year):
    refuse(
        "ambiguous_date",
        _(
            "“%(value)s” can be January or October, because a number drops its last zero. Type it like %(first)s or %(second)s."
        ),
        value=value,
        first=f"{year}-01",
        second=f"{year}-10",
    )


def _of_date_cell(cell):
    value = cell.value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, time | timedelta) or not isinstance(value, date):
        refuse_unreadable(cell.shown)
    _refuse_odd_year(value.year, cell.shown)
    # Typed as year and month, a spreadsheet turns it into the first of the month and shows no day.
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", cell.format.lower())
    month_only = value.day == 1 and "y" in shown and "m" in shown and "d" not in shown
    return Day(value, not month_only)


def _of_number(cell, epoch):
    number = cell.value
    text = number_text(number)
    whole = int(number) if abs(number) < 1e9 else 0
    if FIRST_YEAR <= number < LAST_YEAR + 1 and number != whole:
        places = re.fullmatch(r"0+\.(0+)(?:_.*)?", cell.format or "")
        decimals = text.partition(".")[2]
        if places and len(places[1]) == 2:
            text = f"{number:.2f}"
        elif decimals == "1":
            refuse_lost_zero(text, whole)
        return _checked_month(whole, text.partition(".")[2], text)
    if number == whole and len(text) in (6, 8) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return read_day(text, epoch)
    if LAST_YEAR < number < 80_000:
        found = epoch + timedelta(days=int(number))
        _refuse_odd_year(found.year, text)
        return Day(found)
    return read_day(text, epoch)


def _checked_month(year, month, text):
    if not month.isdigit() or len(month) > 2:
        refuse_unreadable(text)
    return Day(_made(year, int(month), 1, text), False)


@remembered
def read_day(text, epoch):
    """A typed date as `Day`, None where the text only marks a place."""
    shown = clean(text)
    if says_nothing(text):
        return None
    words, weekday = plain_day(text)
    found = _read(words, shown, epoch)
    if found.known and weekday is not None:
        refuse_wrong_weekday(found.date, weekday)
    return found


def plain_day(text):
    """`(words, weekday)` of a typed day: its digits and signs as plain ones, and the weekday beside it (Monday is 0), or None.

    `２０１８年 十一月 八号（星期四）` → `("2018年11月8号", 3)`, `8 Nov 2018` → `("2018年11月8日", None)`.
    """
    words = _TIME.sub("", narrow(text)).strip("'`‘’ ")
    words, weekday = _without_weekday(words)
    words = _with_numbered_month(_AROUND.sub("", words).strip())
    words = _without_spread_digits(words)
    # A space between two numbers parts them; any other is stray.
    words = re.sub(r"(?<=\d) (?=\d)", "-", words).replace(" ", "")
    words = re.sub(r"[—–−‐‑]", "-", words)
    words = re.sub(
        rf"(?<!{SEPARATOR})({SEPARATOR}){SEPARATOR}++(?=\d)", r"\1", re.sub(rf"(?<=[年月]){SEPARATOR}++", "", words)
    )
    return plain_digits(words), weekday


def _read(words, shown, epoch):
    if match := _YMD.match(words) or _YMD_PLAIN.match(words):
        return Day(_made(*map(int, match.groups()), shown))
    if match := _YM.match(words):
        return Day(_made(int(match[1]), int(match[2]), 1, shown), False)
    if (match := _YM_PLAIN.match(words)) and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return Day(_made(int(match[1]), int(match[2]), 1, shown), False)
    if match := _YEAR.match(words):
        refuse("year_only", _("“%(value)s” is only a year. Type year, month and day like 1968-07-01."), value=shown)
    if match := _DAY_FIRST.match(words):
        first, second, year = map(int, match.groups())
        if first == second or (first > 12) != (second > 12):
            month, day = (second, first) if first > 12 else (first, second)
            return Day(_made(year, month, day, shown))
        if first > 12:
            refuse_impossible(shown)
        refuse_ambiguous(shown)
    if _SHORT_YEAR.match(words) or _SHORT_YEAR_LAST.match(words):
        refuse_ambiguous(shown)
    if match := _MONTH_FIRST.match(words):
        return Day(_made(int(match[2]), int(match[1]), 1, shown), False)
    if match := _SERIAL.match(words):
        found = epoch + timedelta(days=int(match[1]))
        _refuse_odd_year(found.year, shown)
        return Day(found)
    return refuse_unreadable(shown)


def _without_weekday(words):
    match = _WEEKDAY_BEHIND.search(words) or _WEEKDAY_BEFORE.search(words)
    if not match:
        return words, None
    letter, name = match["chinese"], match["english"]
    weekday = "一二三四五六日天".index(letter) if letter else "mon tue wed thu fri sat sun".index(name.lower()) // 4
    return (words[: match.start()] + words[match.end() :]).strip(), min(weekday, 6)


def _with_numbered_month(words):
    """`8 November 2018` → `2018年11月8日`; what names no month in English stays as it is."""
    for pattern in _NAMED_MONTHS if _LETTERS.search(words) else ():
        if match := pattern.match(words):
            parts = match.groupdict()
            year, day = parts.get("year"), parts.get("day")
            month = _MONTHS.index(parts["month"][:3].lower()) + 1
            return (f"{year}年" if year else "") + f"{month}月" + (f"{day}日" if day else "")
    return words


def _without_spread_digits(words):
    """`2 0 1 8 年 1 1 月 8 日` → `2018年11月8日`, as justified lines of a letter are copied."""
    words = re.sub(r"^(\d) (\d) (\d) (\d) ?(?=年)", r"\1\2\3\4", words)
    words = re.sub(r"(?<=年) ?(\d) (\d) ?(?=月)", r"\1\2", words)
    return re.sub(r"(?<=月) ?(\d) (\d) ?(?=[日号])", r"\1\2", words)


def plain_digits(words):
    """`一九六八年七月十一日` → `1968年7月11日`."""
    if not _CHINESE_NUMERAL.search(words):
        return words

    def counted(match):
        tens, ones = re.fullmatch(r"([一二三四五六七八九]?)[十]([一二三四五六七八九]?)", match[0]).groups()
        return str(
            (int((tens or "一").translate(_CHINESE_DIGITS)) * 10) + int((ones or "零").translate(_CHINESE_DIGITS))
        )

    words = words.replace("廿", "二十").replace("卅", "三十")
    return re.sub(r"[一二三四五六七八九]?十[一二三四五六七八九]?", counted, words).translate(_CHINESE_DIGITS)


def refuse_impossible(shown):
    refuse(
        "impossible_date",
        _("“%(value)s” does not exist in the calendar. Type the right date like 1968-07-01."),
        value=shown,
    )


def refuse_day_beyond_month(year, month, shown):
    """A day behind the last of its month: says how many days that month has."""
    days = calendar.monthrange(year, month)[1]
    refuse(
        "impossible_date",
        _("“%(value)s” does not exist: %(month)s has only %(days)s days. Type the right date like %(example)s."),
        value=shown,
        month=formats.date_format(date(year, month, 1), "YEAR_MONTH_FORMAT"),
        days=days,
        example=date(year, month, days).isoformat(),
    )


def refuse_wrong_weekday(day, weekday):
    """The weekday typed beside a day (Monday is 0) is not that day's."""
    if day.weekday() != weekday:
        refuse(
            "wrong_weekday",
            _("%(day)s is a %(right)s, not a %(typed)s. Look it up and type the day like %(example)s."),
            day=formats.date_format(day, "DATE_FORMAT"),
            right=WEEKDAYS[day.weekday()],
            typed=WEEKDAYS[weekday],
            example=day.isoformat(),
        )


def _made(year, month, day, shown):
    try:
        found = date(year, month, day)
    except ValueError:
        if year and 1 <= month <= 12 and day:
            refuse_day_beyond_month(year, month, shown)
        refuse_impossible(shown)
    _refuse_odd_year(year, shown)
    return found


def _refuse_odd_year(year, shown):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        refuse(
            "odd_year",
            _("“%(value)s” lies before 1900 or after 2199. Type the right date like 1968-07-01."),
            value=shown,
        )

"""What a filled cell means as a name, a date, an amount, a number to call or a code; a doubt is a refusal that says why.

Each reader takes a Cell and the day serial number 0 stands for; it returns a value, or None where the cell only marks a
place ("—"), or raises ValidationError with a code and what to type.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.dates import FIRST_YEAR, LAST_YEAR
from config.kit.person.citizen_ids import read_citizen_id
from config.kit.person.phones import read_phone, refuse_two_phones
from config.kit.sheets.cells import BOOL, DATE, ERROR, EXACT, FORMULA, MERGED, NUMBER, TEXT, UNTYPED, number_text
from config.kit.text_cleaning import clean, narrow, person_name, remembered, squeezed

NOTHING = {"", "/", "//", "\\", "无", "、", "~", "…", "……", "不详", "未知", "null", "none", "n/a", "空", "暂无", "空白", "没有", "不明", "不清", "不清楚", "记不清", "未填", "待查", "待补", "待定", "暂缺", "缺"}  # fmt: skip
# Characters of a remark, and of a name, day, amount, number or word of a list. What is longer is none, and no pattern
# is tried on it.
LONGEST_TEXT, LONGEST_WORD = 2_000, 300
EARLIEST, LATEST = FIRST_YEAR, LAST_YEAR


class Day(NamedTuple):
    """A date; where only year and month are known, it is the first of the month and `known` is false."""

    date: date
    known: bool = True


def refuse(code, message, **params):
    raise ValidationError(message % params if params else message, code=code)


def refuse_what_no_reader_takes(cell):
    """Formulas, errors and shared cells are refused whatever the column."""
    if cell.kind == FORMULA:
        refuse("formula", _("a formula stands here, and what it shows may be out of date. Type the value itself."))
    if cell.kind == ERROR:
        refuse("error_value", _("the cell shows the error %(error)s. Type the value itself."), error=cell.value)
    if cell.kind == MERGED:
        refuse(
            "merged",
            _("one merged cell covers rows %(rows)s. Split it and write each row's own value."),
            rows=cell.format,
        )


def refuse_long_text(cell, most):
    if len(cell.value) > most:
        refuse(
            "text_too_long",
            _("the text has %(count)s characters; %(most)s at most belong here. Shorten it."),
            count=f"{len(cell.value):,}",
            most=f"{most:,}",
        )


def is_nothing(cell):
    return cell.kind == TEXT and says_nothing(cell.value)


@remembered
def says_nothing(text):
    """Whether a text only marks a place: a dash, a stroke, or a word for "not known"."""
    words = squeezed(text).lower()
    return words in NOTHING or not words.strip("-—–−_─")


# Text


# Most words are Chinese characters, digits and letters; nothing folds or drops any of these.
_PLAIN = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+(?: [0-9A-Za-z]+)*")


def is_kept(text):
    """Whether a text comes back unchanged when its cell is read as a text or a name."""
    if _PLAIN.fullmatch(text):
        return text.replace(" ", "").lower() not in NOTHING
    return person_name(text) == text and text[-1] not in ")）" and not says_nothing(text)


def as_text(cell, epoch=None):
    """Cleaned text; a number as its digits, a date as 1968-07-01."""
    if cell.format == EXACT and cell.kind == TEXT:
        return cell.value
    if is_nothing(cell):
        return None
    return clean(cell.value) if cell.kind == TEXT else cell.shown


def as_name(cell, epoch=None):
    if cell.kind != TEXT:
        refuse("not_a_name", _("“%(value)s” is no name. Type the name as text."), value=cell.shown)
    if cell.format == EXACT:
        return cell.value
    name = person_name(cell.value)
    return None if name not in {"无", "空"} and says_nothing(name) else name


def as_citizen_id(cell, epoch=None):
    """The 18 characters as text. A number cell keeps 15 digits, so what stands there is refused."""
    if cell.kind in (NUMBER, DATE, BOOL) or (cell.kind == TEXT and _is_scientific(cell.value)):
        refuse(
            "id_as_number",
            _(
                "the number stands in a number cell, which loses its last digits. Set the column to “Text” and type all 18 characters again."
            ),
        )
    if is_nothing(cell):
        return None
    return read_citizen_id(cell.value)


def _is_scientific(text):
    return bool(re.fullmatch(r"[\d.]+[eE]\+?\d+", squeezed(text)))


def as_phone(cell, epoch=None):
    """A number to call without spaces, brackets and the country's code; a landline keeps its dash."""
    if cell.kind == NUMBER:
        return number_text(cell.value)
    if cell.kind != TEXT:
        refuse("phone", _("“%(value)s” is no phone number. Type its digits as text."), value=cell.shown)
    if is_nothing(cell):
        return None
    number = read_phone(cell.value)
    refuse_two_phones(number, cell.value)
    return number


YES = {"是", "√", "✓", "✔", "☑", "■", "有", "对", "y", "yes", "true", "1", "v", "属于", "在"}
NO = {"否", "×", "x", "☐", "□", "无", "不是", "n", "no", "false", "0", "不属于", "没有", "非"}


def as_yes(cell, epoch=None):
    """True or False for a yes-no column."""
    if cell.kind == BOOL:
        return cell.value
    text = squeezed(cell.shown).lower()
    if text in YES:
        return True
    if text in NO or says_nothing(text):
        return False
    return refuse("yes_or_no", _("“%(value)s” is neither yes nor no. Type 是 or 否."), value=cell.shown)


def as_code(words, allowed, *, endings=()):
    """A reader for a code list.

    `words` maps every usual word to its code, `allowed` is what the refusal offers, `endings` may follow any word.
    """

    def spellings(word):
        return [word, *(word.removesuffix(ending) for ending in endings)]

    @remembered
    def read(text):
        key = squeezed(text).lower()
        if key in words:
            return words[key]
        if says_nothing(key):
            return None
        short = re.sub(r"[(\[（【].*?[)\]）】]", "", key[:100])
        numbered = re.fullmatch(r"(\d{1,2})[-.、:]?(\D.*)", short)
        # Several words for one thing (本科/学士), and a word behind its own number (1.男), say no more than the word.
        said = [numbered[2]] if numbered else re.split(r"[/、,;]", short)
        codes = {next((words[one] for one in spellings(each) if one in words), None) for each in said}
        if numbered and numbered[1] in words:
            codes.add(words[numbered[1]])
        if len(codes) == 1 and None not in codes:
            return codes.pop()
        return refuse(
            "unknown_word",
            _("“%(value)s” is not in the list. Type one of: %(words)s."),
            value=clean(text),
            words=allowed,
        )

    def reader(cell, epoch=None):
        return read(cell.shown)

    reader.words = words
    return reader


# Dates

_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_TIME = re.compile(r"[\sT](?:上午|下午|凌晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?\s*(?:AM|PM)?Z?$", re.I)
# What offices write around a date without changing it.
_AROUND = re.compile(r"^(?:公历|公元|阳历|新历)|(?:出?生|入党|转正|离休|退休)$|(?:星期|周|礼拜)[一二三四五六日天]$")
_SEP = r"[-./,、~_。·\\]"
_YMD = re.compile(rf"^(\d{{4}})(?:{_SEP}|年)(\d{{1,2}})(?:{_SEP}|月)(\d{{1,2}})(?:[日号]|{_SEP})?$")
_YMD_PLAIN = re.compile(r"^(\d{4})(\d{2})(\d{2})日?$")
_YM = re.compile(rf"^(\d{{4}})(?:{_SEP}|年)(\d{{1,2}})(?:月份?日?|{_SEP})?$")
_YM_PLAIN = re.compile(r"^(\d{4})(\d{2})$")
_YEAR = re.compile(r"^(\d{4})年?$")
_SHORT_YEAR = re.compile(rf"^'?(\d{{2}})(?:{_SEP}|年)(\d{{1,2}})(?:(?:{_SEP}|月)(\d{{1,2}})日?|月?)$")
_SHORT_YEAR_LAST = re.compile(rf"^\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}'?\d{{2}}$")
_DAY_FIRST = re.compile(rf"^(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})$")
_MONTH_FIRST = re.compile(rf"^(\d{{1,2}}){_SEP}(\d{{4}})$")
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
    if EARLIEST <= number < LATEST + 1 and number != whole:
        places = re.fullmatch(r"0+\.(0+)(?:_.*)?", cell.format or "")
        decimals = text.partition(".")[2]
        if places and len(places[1]) == 2:
            text = f"{number:.2f}"
        elif decimals == "1":
            refuse_lost_zero(text, whole)
        return _checked_month(whole, text.partition(".")[2], text)
    if number == whole and len(text) in (6, 8) and EARLIEST <= int(text[:4]) <= LATEST:
        return read_day(text, epoch)
    if LATEST < number < 80_000:
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
    words = _AROUND.sub("", _TIME.sub("", narrow(text)).strip("'`‘’ ")).strip()
    # A space between two numbers parts them; any other is stray.
    words = re.sub(r"(?<=\d) (?=\d)", "-", words).replace(" ", "")
    words = re.sub(r"[—–−‐‑]", "-", words)
    words = re.sub(rf"(?<!{_SEP})({_SEP}){_SEP}++(?=\d)", r"\1", re.sub(rf"(?<=[年月]){_SEP}++", "", words))
    if re.search(r"[〇零○一二三四五六七八九十廿卅]", words):
        words = _plain_digits(words)
    if match := _YMD.match(words) or _YMD_PLAIN.match(words):
        return Day(_made(*map(int, match.groups()), shown))
    if match := _YM.match(words):
        return Day(_made(int(match[1]), int(match[2]), 1, shown), False)
    if (match := _YM_PLAIN.match(words)) and EARLIEST <= int(match[1]) <= LATEST:
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


def _plain_digits(words):
    """`一九六八年七月十一日` → `1968年7月11日`."""

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


def _made(year, month, day, shown):
    try:
        found = date(year, month, day)
    except ValueError:
        refuse_impossible(shown)
    _refuse_odd_year(year, shown)
    return found


def _refuse_odd_year(year, shown):
    if not EARLIEST <= year <= LATEST:
        refuse(
            "odd_year",
            _("“%(value)s” lies before 1900 or after 2199. Type the right date like 1968-07-01."),
            value=shown,
        )

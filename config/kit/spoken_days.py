"""Days as people say them: counted from today (三天前, 上周四, 上月底), by their name (国庆节), or without their year (11.8, 8号).

A day without a year is the next one that is at most 62 days ahead, otherwise the last one: what is entered from paper has
mostly been. Beside a day on record (`near`) it is the one nearest to that day.

Readers return a date, or None where the words say nothing of the kind; ValidationError where they say a day that is none.
"""

import calendar
import re
from datetime import date, timedelta

from config.kit.dates import FIRST_YEAR, LAST_YEAR, month_end, month_start
from config.kit.sheets.days import (
    SEPARATOR,
    plain_day,
    plain_digits,
    refuse_ambiguous,
    refuse_day_beyond_month,
    refuse_impossible,
)
from config.kit.text_cleaning import clean, narrow

DAYS_AHEAD = timedelta(days=62)
# Within so many years every day of the year occurs.
YEARS_AROUND = 8

_DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今早": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "day before yesterday": -2, "the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1,
    "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip

# Month and day of the days that the programme's year goes by.
NAMED_DAYS = {
    **dict.fromkeys(["元旦", "元旦节", "new year's day"], (1, 1)),
    **dict.fromkeys(["学雷锋日", "学雷锋纪念日", "雷锋日"], (3, 5)),
    **dict.fromkeys(["三八", "三八节", "三八妇女节", "妇女节", "women's day"], (3, 8)),
    "植树节": (3, 12),
    **dict.fromkeys(["五一", "五一节", "五一劳动节", "劳动节", "labour day"], (5, 1)),
    **dict.fromkeys(["五四", "五四青年节", "青年节"], (5, 4)),
    **dict.fromkeys(["六一", "六一节", "六一儿童节", "儿童节", "children's day"], (6, 1)),
    **dict.fromkeys(["七一", "七一建党节", "建党节", "建党日", "党的生日"], (7, 1)),
    **dict.fromkeys(["八一", "八一建军节", "建军节", "army day"], (8, 1)),
    **dict.fromkeys(["教师节", "teachers' day"], (9, 10)),
    "烈士纪念日": (9, 30),
    **dict.fromkeys(["十一", "十一国庆", "十一国庆节", "国庆", "国庆节", "national day"], (10, 1)),
    **dict.fromkeys(["志愿者日", "国际志愿者日", "国际志愿人员日", "volunteer day"], (12, 5)),
}  # fmt: skip

_YEAR_WORDS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}


def year_word_of(squeezed, today):
    """`(year, the rest)` of words that begin with 去年, 今年 or the like; the year is None where they do not."""
    years = _YEAR_WORDS.get(squeezed[:2])
    return (None, squeezed) if years is None else (today.year + years, squeezed[2:].removeprefix("的"))


def day_word(words, today):
    """昨天, the day before yesterday: what nobody reads in another way."""
    return None if words not in _DAY_WORDS else today + timedelta(_DAY_WORDS[words])


def months_on(day, months):
    """The same day of another month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_AGO = re.compile(r"(\d{1,3})(天|日|个?星期|周|个?礼拜|个月)(?:以|之)?([前后])")
_AGO_ENGLISH = re.compile(r"(?P<ahead>in )?(?P<count>\d{1,3}|[a-z]+) (?P<unit>day|week|month)s?(?P<ago> ago)?")


def some_time_ago(spoken, today):
    """三天前, 两周前, 2个月后, 3 days ago, in two weeks."""
    if match := _AGO.fullmatch(plain_digits(spoken.replace(" ", "").replace("两", "二"))):
        count, unit, sign = int(match[1]), match[2], -1 if match[3] == "前" else 1
    elif (match := _AGO_ENGLISH.fullmatch(spoken)) and bool(match["ahead"]) != bool(match["ago"]):
        count = int(match["count"]) if match["count"].isdigit() else _NUMBERS.get(match["count"], 0)
        unit, sign = match["unit"], 1 if match["ahead"] else -1
    else:
        return None
    if unit in {"个月", "month"}:
        return months_on(today, sign * count)
    return today + timedelta(sign * count * (1 if unit in {"天", "日", "day"} else 7))


_WEEK = re.compile(r"(?:(上上|上|这|本|下|下下)个?)?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS_ON = {"上上": -2, "上": -1, "下": 1, "下下": 2}
_WEEK_ENGLISH = re.compile(r"(?:(last|this|next) )?(mon|tues|wednes|thurs|fri|satur|sun)day")


def day_of_week(spoken, today):
    """上周四, 周四 in weeks that begin on Monday; `last Thursday` is the last one before today, `next` the first one after."""
    if match := _WEEK.fullmatch(spoken.replace(" ", "")):
        return _in_week(today, min("一二三四五六日天".index(match[2]), 6), _WEEKS_ON.get(match[1], 0))
    if match := _WEEK_ENGLISH.fullmatch(spoken):
        found = _in_week(today, "mon tues wednes thurs fri satur sun".split().index(match[2]), 0)
        if match[1] == "last" and found >= today:
            return found - timedelta(7)
        return found + timedelta(7) if match[1] == "next" and found <= today else found
    return None


def _in_week(today, weekday, weeks):
    return today + timedelta(weekday - today.weekday() + 7 * weeks)


_MONTH = re.compile(r"(本|这|这个|当|上|上个|下|下个)月份?(.*)")
_MONTHS_ON = {"上": -1, "上个": -1, "下": 1, "下个": 1}


def month_word_of(squeezed, today):
    """`(first day of the month, the rest)` of words that begin with 本月, 上个月 or 下月; the month is None where they do not."""
    match = _MONTH.fullmatch(squeezed)
    if not match:
        return None, squeezed
    return months_on(month_start(today), _MONTHS_ON.get(match[1], 0)), match[2].removeprefix("的").removeprefix("月")


def of_month(first, part):
    """The first or last day of a month that begins on `first`, by 初, 底 or 末."""
    return {"初": first, "底": month_end(first), "末": month_end(first)}.get(part)


class Said:
    """A text as the readers look at it, and the days it is read from."""

    def __init__(self, text, today, near):
        self.today, self.near = today, near
        self.shown = clean(text)
        # Plain signs and small letters; the same without spaces and without 去年 or 今年, which is `year` then.
        self.spoken = narrow(text).lower().strip("'`‘’.。!！ ")
        self.year, self.squeezed = year_word_of(self.spoken.replace(" ", ""), today)
        # Plain digits, without the weekday beside them.
        self.words, self.weekday = plain_day(self.squeezed if self.year else text)

    @property
    def around(self):
        return self.near or self.today

    def nearest(self, day_of_year):
        """The day that `day_of_year(year)` gives (or None) for the year that is meant; None where no year has it."""
        if self.year:
            return day_of_year(self.year)
        first, last = self.around.year - YEARS_AROUND, self.around.year + YEARS_AROUND
        years = range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1)
        days = [day for day in map(day_of_year, years) if day]
        if self.near:
            return min(days, key=lambda day: abs(day - self.near), default=None)
        return max((day for day in days if day <= self.today + DAYS_AHEAD), default=None)

    def whole_year(self, short):
        """The year of two digits: nearest to the day on record; else at most next year."""
        year = self.today.year // 100 * 100 + short
        if self.near:
            return min(year, year - 100, key=lambda year: abs(year - self.near.year))
        return year if year <= self.today.year + 1 else year - 100

    def written_year(self):
        """`(year, the rest)` of words that begin with a year in digits, 去年 or the like."""
        match = re.fullmatch(r"(\d{4})年的?(\D+)", self.squeezed)
        return (int(match[1]), match[2]) if match and is_year(match[1]) else (self.year, self.squeezed)

    def day_of(self, year, month, day):
        """The day, or a refusal that says why there is none."""
        if found := day_or_none(year, month, day):
            return found
        if year and 1 <= month <= 12 and day:
            return refuse_day_beyond_month(year, month, self.shown)
        return refuse_impossible(self.shown)

    def day_of_some_year(self, month, day):
        found = self.nearest(lambda year: day_or_none(year, month, day))
        if found is None:
            first = self.nearest(lambda year: day_or_none(year, month, 1))
            self.day_of(first.year if first else 0, month, day)
        return found


def is_year(digits):
    return FIRST_YEAR <= int(digits) <= LAST_YEAR


def day_or_none(year, month, day):
    """A day of the calendar, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def named_day(said):
    """国庆节, 2018年国庆节, 去年国庆节."""
    year, name = said.written_year()
    found = NAMED_DAYS.get(name) or NAMED_DAYS.get(said.spoken)
    if not found:
        return None
    return date(year, *found) if year else said.nearest(lambda year: date(year, *found))


def guessed_day(said):
    """A day of which a part was not said, or that is counted from today."""
    return (
        some_time_ago(said.spoken, said.today)
        or day_of_week(said.spoken, said.today)
        or _end_of_year(said)
        or _in_a_month(said)
        or _month_and_day(said)
        or _with_short_year(said)
    )


def _end_of_year(said):
    """年底, 年初, 去年年末: its last or its first day."""
    match = re.fullmatch("(年?)(?:(底|末)|初)", said.squeezed)
    if not match or not (said.year or match[1]):
        return None
    return date(said.year or said.around.year, *((12, 31) if match[2] else (1, 1)))


_ENDS_ENGLISH = {"end of last month": -1, "end of this month": 0, "end of the month": 0}


def _in_a_month(said):
    """8号, 月底, 本月15日, 上月底, 11月底. Where no month is named it is that of the day on record, or this one."""
    months = _ENDS_ENGLISH.get(said.spoken.removeprefix("the "))
    if months is not None:
        return month_end(months_on(said.today, months))
    words = plain_digits(said.squeezed)
    if match := re.fullmatch(r"(\d{1,2})月份?([底末初])", words):
        return said.nearest(lambda year: of_month(said.day_of(year, int(match[1]), 1), match[2]))
    first, rest = month_word_of(words, said.today)
    match = re.fullmatch(r"(月?)([底末初])|(\d{1,2})([日号]?)", rest)
    if not match or not (first or match[1] or match[4]):
        return None
    first = first or month_start(said.around)
    return of_month(first, match[2]) if match[2] else said.day_of(first.year, first.month, int(match[3]))


_MONTH_AND_DAY = re.compile(rf"(\d{{1,2}})(?:(?:月|[./])(\d{{1,2}})[日号]|(?:月|{SEPARATOR})(\d{{1,2}})\.?)")


def _month_and_day(said):
    match = _MONTH_AND_DAY.fullmatch(said.words)
    if not match:
        return None
    month, day = int(match[1]), int(match[2] or match[3])
    if month > 12 and 1 <= day <= 12 and "月" not in said.words:
        # A day before its month, or a year of two digits before it.
        return refuse_ambiguous(said.shown) if month <= 31 else None
    return said.day_of_some_year(month, day)


_SHORT_YEAR = re.compile(rf"'?(\d{{2}})(?:{SEPARATOR}|年)(\d{{1,2}})(?:{SEPARATOR}|月)(\d{{1,2}})[日号]?")


def _with_short_year(said):
    match = _SHORT_YEAR.fullmatch(said.words)
    return match and said.day_of(said.whole_year(int(match[1])), int(match[2]), int(match[3]))

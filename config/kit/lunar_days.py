"""Days of the lunar calendar (农历), their festivals, and two solar terms, as days of the solar calendar from 1900 to 2100.

The library is loaded when the first such day is asked for.
"""

import re
from datetime import date
from typing import NamedTuple

from config.kit.sheets.days import plain_digits

# Month and day; None is the last day of the month.
FESTIVALS = {
    **dict.fromkeys(["春节", "大年初一", "年初一", "农历新年", "spring festival", "chinese new year"], (1, 1)),
    **dict.fromkeys(["元宵节", "元宵", "lantern festival"], (1, 15)),
    **dict.fromkeys(["三月三", "壮族三月三"], (3, 3)),
    **dict.fromkeys(["端午节", "端午", "dragon boat festival"], (5, 5)),
    **dict.fromkeys(["七夕节", "七夕"], (7, 7)),
    **dict.fromkeys(["中元节", "七月半"], (7, 15)),
    **dict.fromkeys(["中秋节", "中秋", "mid-autumn festival"], (8, 15)),
    **dict.fromkeys(["重阳节", "重阳", "老年节", "敬老节", "double ninth festival"], (9, 9)),
    **dict.fromkeys(["腊八节", "腊八"], (12, 8)),
    **dict.fromkeys(["除夕", "除夕夜", "大年三十", "年三十", "大年夜"], (12, None)),
}
TERMS = {"清明节": "清明", "清明": "清明", "冬至": "冬至", "冬至节": "冬至"}

_MONTH_NAMES = {"正": 1, "冬": 11, "腊": 12}
_DIGITS = "一二三四五六七八九"
_MARK = "农历|阴历|旧历|夏历"
_LUNAR = re.compile(
    rf"(?P<before>{_MARK})?(?:(?P<year>\d{{4}})年)?(?P<mark>{_MARK})?(?P<leap>闰)?"
    rf"(?P<month>[正冬腊{_DIGITS}十]|十[一二]|\d{{1,2}})月(?:份)?"
    rf"(?P<day>初[{_DIGITS}十]|廿[{_DIGITS}]?|卅|三十|二十[{_DIGITS}]?|十[{_DIGITS}]?|[{_DIGITS}]|\d{{1,2}})(?P<end>[日号])?"
)


class LunarDay(NamedTuple):
    """A day as it was said. `is_marked`: nothing but a lunar day can be meant. `is_lunar_year`: the year is one too."""

    month: int
    day: int
    year: int | None = None
    is_leap: bool = False
    is_marked: bool = True
    is_lunar_year: bool = False


def lunar_day_in(words):
    """The lunar day that words without spaces name, by festival or by month and day, or None.

    正月, 冬月, 腊月, 闰, 初一 to 初十, 廿 and 农历 mark a lunar day. 八月十五 and 九月九 could be a day of either calendar, which
    `is_marked` tells; up to the tenth only doubles are said without 初. A day that ends in 日 or 号 is a solar one.
    """
    match = _LUNAR.fullmatch(words)
    if not match:
        return None
    month, day, year = match["month"], match["day"], match["year"]
    is_marked = bool(match["before"] or match["mark"] or match["leap"] or month in _MONTH_NAMES or day[0] == "初")
    # 七月廿三日 behind a year is how old papers write a solar day.
    is_marked = is_marked or (day[0] in "廿卅" and not (year and match["end"]))
    if not is_marked and (match["end"] or month.isdigit() or day.isdigit()):
        return None
    numbers = _number(month), _number(day)
    if not is_marked and numbers[1] <= 10 and numbers[0] != numbers[1]:
        return None
    return LunarDay(
        *numbers, int(year) if year else None, bool(match["leap"]), is_marked, bool(match["before"] and year)
    )


def _number(words):
    return _MONTH_NAMES.get(words) or int(plain_digits(words.removeprefix("初")))


def solar_day(year, month, day, *, is_leap=False):
    """The solar day of a day of a lunar year (`day` None: the last of the month), or None where that year has none."""
    from borax.calendars.lunardate import LCalendars, LunarDate

    try:
        return LunarDate(year, month, day or LCalendars.ndays(year, month), int(is_leap)).to_solar_date()
    except ValueError:
        return None


def term_day(year, name):
    """The day of a solar term in a year, or None outside the years that are known."""
    from borax.calendars.lunardate import TermUtils

    try:
        return TermUtils.nth_term_day(year, term_name=name)
    except ValueError:
        return None


def lunar_words(day):
    """A solar day as the lunar day it is: `农历九月初九`, or "" outside the years that are known."""
    from borax.calendars.lunardate import LunarDate

    if not date(1900, 1, 31) <= day <= date(2101, 1, 28):
        return ""
    return f"农历{LunarDate.from_solar(day).cn_md}"

"""What a typed text means as a time of the day: 9:00, 9点半, 下午2点半, 1430. What could be morning or afternoon is not guessed silently."""

import re
from datetime import time

from django.utils.translation import gettext as _

from config.kit.sheets.days import plain_digits
from config.kit.sheets.values import refuse, says_nothing
from config.kit.text_cleaning import clean, narrow

LONGEST = 30  # characters
_PARTS = {
    "am": "凌晨|清晨|早晨|早上|上午|早|am",
    "noon": "中午",
    "pm": "下午|傍晚|晚上|夜里|晚|pm",
}
_PART = "|".join(_PARTS.values())
_TIME = re.compile(
    rf"(?P<before>{_PART})?(?P<hour>\d{{1,2}})"
    r"(?:[:.](?P<minutes>\d{2})(?::\d{2})?|[点时](?:(?P<half>半)|(?P<quarters>[13])刻|(?P<spoken>\d{1,2})分?|整|钟)?)?"
    rf"(?P<behind>{_PART})?"
)
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_BETWEEN = re.compile(r"[-—–~至到]")


def read_typed_time(text):
    """`(time, is_guessed)` of a text; the time is None where it only marks a place. ValidationError with a code and what to type."""
    if says_nothing(text):
        return None, False
    if len(text) > LONGEST:
        _refuse_no_time(clean(text[:LONGEST]) + "…")
    shown = clean(text)
    words = narrow(text).lower().replace(" ", "").strip("'`‘’。")
    words = re.sub(r"([ap])\.m\.?", r"\1m", words)
    if words in {"noon", "中午"}:
        return time(12), False
    words = plain_digits(words.replace("两", "二"))
    if match := _DIGITS.fullmatch(words):
        words = f"{match[1]}:{match[2]}"
    match = _TIME.fullmatch(words)
    is_bare = match and re.fullmatch(r"\d+", words)
    if not match or is_bare or (match["before"] and match["behind"]):
        _refuse_two_times(words, shown)
        _refuse_no_time(shown)
    return _read(match, shown)


def _read(match, shown):
    hour, minute = int(match["hour"]), int(match["minutes"] or match["spoken"] or 0)
    minute = 30 if match["half"] else 15 * int(match["quarters"]) if match["quarters"] else minute
    word = match["before"] or match["behind"]
    if hour > 23 or minute > 59 or (word and hour == 0):
        _refuse_no_time(shown)
    if word:
        return time(_hour_of_part(hour, word, shown), minute), False
    if 1 <= hour <= 5 and not match["hour"].startswith("0"):
        _refuse_two_meanings(shown, hour, minute)
    # At six and seven people gather in the morning and in the evening.
    return time(hour, minute), hour in (6, 7) and not match["hour"].startswith("0")


def _hour_of_part(hour, word, shown):
    """The hour from 0 to 23 that is meant by one from 1 to 23 in a part of the day."""
    part = next(part for part, words in _PARTS.items() if word in words.split("|"))
    if hour > 12:
        # 下午14点 says it twice.
        return hour if part == "pm" else _refuse_no_time(shown)
    if hour == 12:
        # Twelve in the evening is midnight, and in the morning noon to some and midnight to others.
        return 12 if word in {"中午", "下午", "pm"} else _refuse_no_time(shown)
    if part == "noon":
        return hour + 12 if hour <= 2 else hour if hour == 11 else _refuse_no_time(shown)
    return hour + 12 if part == "pm" else hour


def _refuse_two_meanings(shown, hour, minute):
    refuse(
        "ambiguous_time",
        _("“%(value)s” can be in the morning or in the afternoon. Type %(morning)s or %(afternoon)s."),
        value=shown,
        morning=f"{hour:02}:{minute:02}",
        afternoon=f"{hour + 12}:{minute:02}",
    )


def _refuse_two_times(words, shown):
    if sum(bool(re.search(r"\d", part)) for part in _BETWEEN.split(words)) > 1:
        refuse("two_times", _("“%(value)s” is more than one time. Type one of them, like 14:30."), value=shown)


def _refuse_no_time(shown):
    refuse("unreadable_time", _("“%(value)s” is no time of the day. Type it like 9:00 or 14:30."), value=shown)

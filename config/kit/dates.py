"""Days the office counts: nth weekdays, whole years, months and quarters. Working days are counted in `branches/calendar.py`.

The days any record, form, file or address may name lie in one range; outside it a century is mistyped, and at its far
end the calendar itself ends, so that no day after it could be counted.
"""

import argparse
import calendar
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

THURSDAY = 3
FIRST_YEAR, LAST_YEAR = 1900, 2199
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def refuse_day_out_of_range(day):
    """A date or a moment outside 1900 to 2199; code `odd_year`."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("This day lies before %(first)s or after %(last)s. Check the year."),
            code="odd_year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )


def year_in(text):
    """The year a text of an address names (four plain digits), or None where it names none of the range."""
    year = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def day_in(text):
    """The day a text of an address names (`2018-07-01`), or None where it names none of the range."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or year_in(text[:4]) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def years_of(rows, field):
    """The years from the newest to the oldest day of `rows`, newest first: two looks at an index, however many rows."""
    days = rows.order_by().values_list(field, flat=True)
    newest = days.order_by(f"-{field}").first()
    if newest is None:
        return []
    oldest = days.order_by(field).first()
    return list(range(min(newest.year, LAST_YEAR), max(oldest.year, FIRST_YEAR) - 1, -1))


def day_argument(text):
    """The type of a command's argument that is a day (`YYYY-MM-DD`)."""
    day = day_in(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no day from {FIRST_YEAR} to {LAST_YEAR}, written YYYY-MM-DD")
    return day


def nth_weekday(year, month, weekday, nth):
    """The nth (1–5) given weekday (Monday is 0) of a month; ValueError where the month has no fifth one."""
    offset = (weekday - date(year, month, 1).weekday()) % 7
    return date(year, month, 1 + offset + 7 * (nth - 1))


def whole_years(start, on):
    """Whole years from one day to another; 29 February completes its year on 1 March."""
    return on.year - start.year - ((on.month, on.day) < (start.month, start.day))


def month_start(day):
    return day.replace(day=1)


def month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quarter_of(day):
    return (day.month - 1) // 3 + 1


def quarter_bounds(year, quarter):
    """First and last day of a quarter (1–4)."""
    start = date(year, 3 * quarter - 2, 1)
    return start, month_end(date(year, 3 * quarter, 1))

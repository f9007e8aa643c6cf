"""The office's calendar: announced holidays, exchange days, and spans of working days counted by them."""

from datetime import timedelta

from chinese_calendar import constants
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.public_text import PublicCharField


class Holiday(models.Model):
    """A day off or a weekend day worked in exchange, as announced each year; never computed (§4.12 of the handbook)."""

    day = models.DateField(_("day"), unique=True)
    name = PublicCharField(_("name"), max_length=40, blank=True)
    is_makeup = models.BooleanField(_("worked in exchange"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"


NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
# Announced days that are read at once where no last day is known: more than ten years of them.
MOST_DAYS = 400


class WorkingCalendar:
    """Which days are worked: Monday to Friday but for holidays, and weekend days worked in exchange (调休)."""

    def __init__(self, *, holidays=(), makeup_days=()):
        self.holidays, self.makeup_days = frozenset(holidays), frozenset(makeup_days)

    @classmethod
    def read(cls, first, last=None):
        """The recorded days from `first` to `last`, or from `first` on; one query."""
        rows = Holiday.objects.filter(day__gte=first)
        if last is not None:
            rows = rows.filter(day__lte=last)
        rows = list(rows.order_by("day").values_list("day", "is_makeup")[:MOST_DAYS])
        return cls(
            holidays=(day for day, is_makeup in rows if not is_makeup),
            makeup_days=(day for day, is_makeup in rows if is_makeup),
        )

    def is_worked(self, day):
        return day in self.makeup_days or (day.weekday() < 5 and day not in self.holidays)

    def days_from(self, start, count):
        """The first `count` working days from `start` on; the day of posting counts as day 1."""
        days, day = [], start
        while len(days) < count:
            if self.is_worked(day):
                days.append(day)
            day += timedelta(days=1)
        return days

    def days_between(self, first, last):
        """How many working days lie from `first` to `last`, both counted; 0 where `last` is before `first`."""
        return sum(self.is_worked(first + timedelta(days=number)) for number in range((last - first).days + 1))


# Working days: a statement hangs on the wall at least so long; a case does, where its pot says nothing else; an answer is due.
STATEMENT_NOTICE_WORKING_DAYS, CASE_NOTICE_WORKING_DAYS, ANSWER_WORKING_DAYS = 7, 5, 10


def notice_days(day, count):
    """First day and last of `count` working days of a notice that is posted on a day."""
    return day, WorkingCalendar.read(day).days_from(day, count)[-1]


@transaction.atomic
def seed_holidays(years):
    """Put the announced days off and exchange days of some years into the table; days already there stay as they are.

    Returns the number of days added. ValidationError `not_announced` where the calendar does not know a year.
    """
    known = {day.year for day in constants.holidays}
    unknown = [year for year in years if year not in known]
    if unknown:
        raise ValidationError(
            _("The calendar of this program ends before %(year)s. Enter the days as they are announced."),
            code="not_announced",
            params={"year": unknown[0]},
        )
    rows = [
        Holiday(day=day, name=NAMES.get(name, name), is_makeup=False)
        for day, name in constants.holidays.items()
        if day.year in years
    ] + [
        Holiday(day=day, name=NAMES.get(name, name), is_makeup=True)
        for day, name in constants.workdays.items()
        if day.year in years
    ]
    there = set(Holiday.objects.filter(day__in=[row.day for row in rows]).values_list("day", flat=True))
    added = [row for row in rows if row.day not in there]
    Holiday.objects.bulk_create(sorted(added, key=lambda row: row.day))
    return len(added)

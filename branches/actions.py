"""What can be done with the office's calendar."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from branches.models import Holiday

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


@transaction.atomic
def seed_holidays(years):
    """Put the announced days off and exchange days of some years into the table; days already there stay as they are.

    Returns the number of days added. ValidationError `not_announced` where the calendar does not know a year.
    """
    from chinese_calendar import constants

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

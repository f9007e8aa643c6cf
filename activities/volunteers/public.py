"""What residents may read of volunteers and their days: counts and hours, never names."""

from django.db.models import Count, Sum

from activities.events.models import Activity
from activities.events.public import CountLine, _shown, activity_line
from activities.volunteers.models import Volunteer
from config.kit.dates import years_of


def volunteers_page(*, year, on):
    """What the page of volunteers shows of a year: its twelve days, the next one, the last one held, the counts."""
    days = volunteer_days(year)
    counts = volunteer_counts()
    return {
        "year": year,
        "years": volunteer_years(),
        "days": days,
        "held": sum(day.is_held for day in days),
        "latest": next((day for day in reversed(days) if day.is_held), None),
        "ahead": next_volunteer_day(on=on),
        "counts": counts,
        "total": sum(line.number for line in counts),
        "hours": service_hours_total(),
    }


def volunteer_years():
    """Years that have volunteer days, newest first."""
    days = Activity.objects.filter(kind=Activity.Kind.VOLUNTEER_DAY)
    return years_of(days, "day")


def volunteer_days(year):
    """The volunteer days of a year in their order: what the strip of twelve shows."""
    days = _shown().filter(kind=Activity.Kind.VOLUNTEER_DAY, day__year=year).order_by("day", "id")
    return [activity_line(day) for day in days]


def next_volunteer_day(*, on):
    """The first volunteer day on or after a day that is still ahead, or None."""
    ahead = _shown().filter(
        kind=Activity.Kind.VOLUNTEER_DAY, day__gte=on, state__in=[Activity.State.PLANNED, Activity.State.OPEN]
    )
    first = ahead.order_by("day", "id").first()
    return first and activity_line(first)


def volunteer_counts():
    """Registered volunteers by kind, in persons; names are not public."""
    counts = dict(Volunteer.objects.active().values_list("kind").annotate(number=Count("pk")).order_by())
    return [CountLine(code, str(word), counts.get(code, 0)) for code, word in Volunteer.Kind.choices]


def service_hours_total():
    """Hours of all volunteer days held, all volunteers together."""
    return (Activity.objects.held().aggregate(total=Sum("service_minutes"))["total"] or 0) / 60

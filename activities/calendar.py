"""The calendar feed: volunteer days and other events ahead, for phones and office calendars."""

from datetime import datetime, timedelta

from django.utils import timezone

from activities import public
from config.kit.dates import LAST_DAY


def feed(*, since, host):
    """The bytes of an iCalendar file with every event from a day on."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Yure//activities//")
    calendar.add("version", "2.0")
    for row in public.activities().filter(day__range=(since, LAST_DAY)).order_by("day", "id")[:500]:
        line = public.activity_line(row)
        event = Event()
        event.add("uid", f"activity-{line.pk}@{host}")
        event.add("dtstamp", _moment(line.day, None))
        event.add("summary", line.title)
        event.add("location", line.place)
        event.add("status", "CANCELLED" if line.state == "cancelled" else "CONFIRMED")
        if line.starts_at:
            event.add("dtstart", _moment(line.day, line.starts_at))
            event.add("dtend", _moment(line.day, line.ends_at or line.starts_at))
        else:
            event.add("dtstart", line.day)
            event.add("dtend", line.day + timedelta(days=1))
        calendar.add_component(event)
    return calendar.to_ical()


def _moment(day, at):
    return timezone.make_aware(datetime.combine(day, at or datetime.min.time()))

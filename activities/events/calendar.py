"""The calendar feed (RFC 5545): volunteer days and other events ahead, for phones and office calendars.

Times are in UTC, so that no time zone has to be described; an event without an end has none here either.
"""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from activities.events import public


def feed(*, since, name, now):
    """The bytes of an iCalendar file with every event from a day on; `name` is what a calendar calls it."""
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Yure//activities//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # The name by RFC 7986, and as the calendars of phones read it.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for entry in public.calendar_entries(since=since):
        calendar.add_component(_event(entry, now))
    return calendar.to_ical()


def _event(entry, now):
    # On first use, as above.
    from icalendar import Event

    line, changed = entry.line, min(entry.changed_at or now, now).astimezone(UTC)
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("summary", line.title)
    if line.place:
        event.add("location", line.place)
    is_cancelled = line.state == "cancelled"
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    words = [_("Cancelled: %(reason)s") % {"reason": line.cancelled_because}] if is_cancelled else []
    if words or line.summary:
        event.add("description", "\n".join([*words, *([line.summary] if line.summary else [])]))
    if line.starts_at:
        event.add("dtstart", _moment(line.day, line.starts_at))
        if line.ends_at and line.ends_at > line.starts_at:
            event.add("dtend", _moment(line.day, line.ends_at))
    else:
        # A whole day ends with itself.
        event.add("dtstart", line.day)
    return event


def _uid(entry):
    """The same whatever name the site is reached by, and another on another installation."""
    entered = entry.entered_at.astimezone(UTC).isoformat() if entry.entered_at else ""
    return f"{uuid5(NAMESPACE_URL, f'yure:activity:{entry.line.pk}:{entered}')}"


def _moment(day, at):
    return timezone.make_aware(datetime.combine(day, at)).astimezone(UTC)

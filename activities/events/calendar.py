"""The calendars of events as RFC 5545 writes them, for phones and office programs.

Times are those of the office, whose zone each file describes; an event without an end has none here either.
"""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

SINCE = date(1992, 1, 1)
# Signs that end a line for one reader of the format or another, or that no text holds.
CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]")


def feed(entries, *, name, now):
    """The bytes of an iCalendar file of `CalendarEntry`s; `name` is what a calendar calls it."""
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Yure//activities//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # The name by RFC 7986, and as the calendars of phones read it.
    calendar.add("name", _plain(name))
    calendar.add("x-wr-calname", _plain(name))
    # Who has subscribed looks once a day, so that a move arrives in time.
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar.to_ical()


def _zone():
    from icalendar import Timezone

    # China has kept one time all year since 1992.
    zone = Timezone.from_tzid(timezone.get_default_timezone_name(), first_date=SINCE)
    zone.pop("comment", None)
    return zone


def _event(entry, now):
    # On first use, as above.
    from icalendar import Event

    line, changed = entry.line, min(entry.changed_at or now, now).astimezone(UTC)
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("summary", _plain(line.title))
    if line.place:
        event.add("location", _plain(line.place))
    is_cancelled = line.state == "cancelled"
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    cancelled = _("Cancelled: %(reason)s") % {"reason": line.cancelled_because} if is_cancelled else ""
    words = [_plain(text) for text in (cancelled, line.moved, *line.summary.splitlines()) if text]
    if words:
        event.add("description", "\n".join(words))
    if line.starts_at:
        event.add("dtstart", _moment(line.day, line.starts_at))
        if line.ends_at and line.ends_at > line.starts_at:
            event.add("dtend", _moment(line.day, line.ends_at))
    else:
        # A whole day ends with itself.
        event.add("dtstart", line.day)
    return event


def _plain(text):
    """A text on one line: a control character or a line break in it would end the line of the file."""
    return " ".join(CONTROLS.sub(" ", text).split())


def _uid(entry):
    """The same whatever name the site is reached by, and another on another installation."""
    entered = entry.entered_at.astimezone(UTC).isoformat() if entry.entered_at else ""
    return f"{uuid5(NAMESPACE_URL, f'yure:activity:{entry.line.pk}:{entered}')}"


def _moment(day, at):
    return timezone.make_aware(datetime.combine(day, at))

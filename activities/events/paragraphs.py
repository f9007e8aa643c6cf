"""A ready paragraph for a report, made of what is on record; no name stands in it."""

from functools import reduce

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from activities.events.models import Activity
from config.kit.hours import hours_of


def _joined(parts):
    return pgettext("between parts", ", ").join(parts)


def _in_a_row(*sentences):
    return reduce(
        lambda text, more: pgettext("sentences", "%(first)s %(next)s") % {"first": text, "next": more},
        [part for part in sentences if part],
    )


def event_paragraph(event):
    """What was done at one event that was held, when, where, by how many; empty for one that was not."""
    if event.state not in Activity.HELD:
        return ""
    facts = {
        "day": date_format(event.day),
        "unit": event.branch or event.organization,
        "kind": event.get_kind_display(),
        "title": event.title,
        "place": event.place,
    }
    if event.place:
        lead = _("On %(day)s, %(unit)s held the %(kind)s “%(title)s” at %(place)s.") % facts
    else:
        lead = _("On %(day)s, %(unit)s held the %(kind)s “%(title)s”.") % facts
    counts = [_("members present: %(count)s") % {"count": event.present}]
    if event.expected is not None:
        counts.insert(0, _("members due: %(count)s") % {"count": event.expected})
    if event.public_present:
        counts.append(_("residents present: %(count)s") % {"count": event.public_present})
    if event.served:
        counts.append(_("served: %(count)s person-times") % {"count": event.served})
    if event.service_minutes:
        counts.append(_("voluntary service: %(hours)s hours") % {"hours": hours_of(event.service_minutes)})
    sentence = pgettext("sentence", "%(parts)s.") % {"parts": _joined(counts)}
    return _in_a_row(lead, sentence, event.summary)


def month_paragraph(events, first, place):
    """The events held of a month that begins on `first`, by kind, with their person-times and hours; empty for none."""
    held = [event for event in events if event.state in Activity.HELD]
    if not held:
        return ""
    kinds = {}
    for event in held:
        kinds[event.get_kind_display()] = kinds.get(event.get_kind_display(), 0) + 1
    by_kind = [
        _("%(kind)s: %(count)s") % {"kind": kind, "count": count}
        for kind, count in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    facts = {
        "month": date_format(first, "YEAR_MONTH_FORMAT"),
        "place": place,
        "count": len(held),
        "people": sum(event.attendances for event in held),
        "kinds": _joined(by_kind),
    }
    lead = ngettext(
        "In %(month)s, %(place)s held %(count)s event, attended by %(people)s person-times (%(kinds)s).",
        "In %(month)s, %(place)s held %(count)s events, attended by %(people)s person-times (%(kinds)s).",
        len(held),
    )
    minutes = sum(event.service_minutes for event in held)
    hours = _("Voluntary service: %(hours)s hours.") % {"hours": hours_of(minutes)} if minutes else ""
    return _in_a_row(lead % facts, hours)

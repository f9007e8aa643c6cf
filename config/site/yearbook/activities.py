"""R3 meetings and activities month by month, R4 volunteers and their service."""

from django.utils.translation import gettext as _

from activities.events.exports import attendance_columns, event_columns, month_lines, plate_columns, plate_lines
from activities.volunteers.exports import service_columns, service_lines, volunteer_columns, volunteer_lines
from activities.volunteers.models import STARS
from config.kit.excel import Block, Chart, Worksheet


def events(year, scope, on):
    """R3: events (场次) and attendances (人次), each month by kind."""
    heading, lines = {"year": year}, month_lines(year, on, scope.filters)
    joint = [_("Events that several branches held together are counted once.")]
    if scope.is_branch_only:
        joint = [_("Events that several branches of the organisation held together are counted here too.")]
    yield Worksheet(
        name=_("R3 events"),
        title=_("%(year)s meetings and activities: events") % heading,
        unit=_("events"),
        blocks=[Block(event_columns(), lines, has_total=True)],
        charts=[Chart(_("Events by month"), ["events"])],
        notes=joint,
        summary=_("events by month and kind of meeting or activity, with attendances; a chart of months"),
    )
    yield Worksheet(
        name=_("R3 attendances"),
        title=_("%(year)s meetings and activities: attendances") % heading,
        unit=_("person-times"),
        blocks=[Block(attendance_columns(), lines, has_total=True)],
        notes=[_("Attendances are members and residents present, added up over all events.")],
        summary=_("attendances by month and kind"),
    )
    yield Worksheet(
        name=_("R3 nameplates"),
        title=_("%(year)s meetings and activities: by nameplate") % heading,
        blocks=[Block(plate_columns(), plate_lines(year, on, scope.filters))],
        notes=[
            _("An event may be credited to several nameplates, so the plates together may be more than the last row.")
        ],
        summary=_("events and attendances under each nameplate, and each event once"),
    )


def volunteers(year, scope, on):
    """R4: hours by kind are those of people entered by name; the days as a whole stand on a sheet of their own."""
    heading = {"year": year, "day": on.isoformat()}
    yield Worksheet(
        name=_("R4 volunteers"),
        title=_("%(year)s volunteers by kind") % heading,
        blocks=[Block(volunteer_columns(), volunteer_lines(year, on, scope.filters), has_total=True)],
        notes=[
            _("Registered on %(day)s and not left.") % heading,
            _(
                "Service is what was entered by name and checked by a second person; one event may be served by several kinds."
            ),
            _("Stars by what this platform recorded alone: %(hours)s hours.") % {"hours": "/".join(map(str, STARS))},
        ],
        summary=_("registered and new volunteers of the four kinds, their service, hours and stars"),
    )
    yield Worksheet(
        name=_("R4 volunteer days"),
        title=_("%(year)s volunteer days") % heading,
        blocks=[Block(service_columns(), service_lines(year, on, scope.filters), has_total=True)],
        notes=[_("Service time is that of all who took part together.")],
        summary=_("volunteer days by month, with service, people served and hours"),
    )


def count_volunteers(year, scope, on):
    return len(volunteer_lines(year, on, scope.filters)) + len(service_lines(year, on, scope.filters))

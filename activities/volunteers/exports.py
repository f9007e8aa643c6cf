"""The columns and rows of volunteers and service hours for the yearly report (R4), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.exports import Kind, events_between
from activities.volunteers.models import Volunteer
from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import FIGURE, NUMBER


def volunteers_on(day, filters=ALL_ROWS):
    """Volunteers registered by a day who had not left (persons)."""
    rows = filters.of_organizations(Volunteer.objects.filter(registered_on__lte=day))
    return rows.exclude(left_on__lte=day)


@dataclass(frozen=True)
class VolunteerLine:
    """One kind of volunteers: registered on the last day, registered in the year (persons)."""

    kind: str
    registered: int
    new: int


def volunteer_lines(year, last, filters=ALL_ROWS):
    """The four kinds of volunteers on the last day of a report."""
    rows = volunteers_on(last, filters).order_by().values("kind")
    new = Count("pk", filter=Q(registered_on__gte=date(year, 1, 1)))
    counts = {row["kind"]: row for row in rows.annotate(registered=Count("pk"), new=new)}
    empty = {"registered": 0, "new": 0}
    return [
        VolunteerLine(str(kind.label), *(counts.get(kind, empty)[key] for key in ("registered", "new")))
        for kind in Volunteer.Kind
    ]


def volunteer_columns():
    """R4. What no record tells by kind (events, attendances, hours, stars) stays empty."""

    def untold(title, width=11):
        return Column(title, lambda line: None, width=width)

    return [
        Column(_("kind of volunteer"), lambda line: line.kind, width=24, key="kind"),
        Column(
            _("registered (persons)"),
            lambda line: line.registered,
            NUMBER,
            12,
            total=True,
            ref="R4.volunteers",
            key="registered",
        ),
        Column(_("new this year (persons)"), lambda line: line.new, NUMBER, 12, total=True, key="new"),
        untold(pgettext("report", "events")),
        untold(_("service (person-times)"), 13),
        untold(_("service time (hours)"), 13),
        *(untold(_("%(stars)s star") % {"stars": stars}, 7) for stars in range(1, 6)),
    ]


@dataclass(frozen=True)
class ServiceLine:
    """The volunteer days of a month, or of a whole year."""

    month: int
    events: int
    attendances: int
    served: int
    minutes: int


def service_lines(year, last, filters=ALL_ROWS):
    """The volunteer days held in each month of a year."""
    rows = (
        events_between(Kind.VOLUNTEER_DAY, date(year, 1, 1), min(last, date(year, 12, 31)), filters)
        .order_by()
        .annotate(month=ExtractMonth("day"))
        .values("month")
        .annotate(
            number=Count("pk"),
            people=Sum(F("present") + F("public_present")),
            served_people=Sum("served"),
            minutes=Sum("service_minutes"),
        )
        .order_by("month")
    )
    return [
        ServiceLine(row["month"], row["number"], row["people"], row["served_people"], row["minutes"]) for row in rows
    ]


def service_columns():
    return [
        Column(
            pgettext("report", "month"), lambda line: pgettext("report", "month %(number)s") % {"number": line.month}
        ),
        Column(_("volunteer days (events)"), lambda line: line.events, NUMBER, 12, total=True, ref="R4.days"),
        Column(_("service (person-times)"), lambda line: line.attendances, NUMBER, 12, total=True),
        Column(_("people served (person-times)"), lambda line: line.served, NUMBER, 11, total=True),
        Column(_("service time (hours)"), lambda line: _hours(line.minutes), FIGURE, 13, total=True),
    ]


def _hours(minutes):
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))

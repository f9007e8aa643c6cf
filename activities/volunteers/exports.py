"""The columns and rows of volunteers and service hours for the yearly report (R4), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.exports import Kind, events_between
from activities.volunteers.models import STARS, ServiceRecord, Volunteer, stars_of
from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import FIGURE, NUMBER


def volunteers_on(day, filters=ALL_ROWS):
    """Volunteers registered by a day who had not left (persons)."""
    rows = filters.of_organizations(Volunteer.objects.filter(registered_on__lte=day))
    return rows.exclude(left_on__lte=day)


@dataclass(frozen=True)
class VolunteerLine:
    """One kind of volunteers: registered on the last day and in the year (persons), what they gave in the year, and how many
    reached each number of stars by the last day (persons)."""

    kind: str
    registered: int
    new: int
    events: int
    services: int
    minutes: int
    stars: dict


def volunteer_lines(year, last, filters=ALL_ROWS):
    """The four kinds of volunteers on the last day of a report, with the hours on record in its year."""
    rows = volunteers_on(last, filters).order_by().values("kind")
    new = Count("pk", filter=Q(registered_on__gte=date(year, 1, 1)))
    counts = {row["kind"]: row for row in rows.annotate(registered=Count("pk"), new=new)}
    given = _given_by_kind(date(year, 1, 1), min(last, date(year, 12, 31)), filters)
    stars = _stars_by_kind(last, filters)
    return [
        VolunteerLine(
            str(kind.label),
            *(counts.get(kind, {}).get(key, 0) for key in ("registered", "new")),
            *(given.get(kind, {}).get(key) or 0 for key in ("events", "services", "minutes")),
            stars.get(kind, {}),
        )
        for kind in Volunteer.Kind
    ]


def _records(last, filters):
    return filters.of_organizations(ServiceRecord.objects.filter(on__lte=last), "volunteer__organization")


def _given_by_kind(first, last, filters):
    """By kind: events with service, person-times and minutes; what was taken back counts for nothing."""
    is_standing = Q(reverses=None, reversal=None)
    rows = _records(last, filters).filter(on__gte=first).order_by().values("volunteer__kind")
    rows = rows.annotate(
        events=Count("activity", filter=is_standing, distinct=True),
        services=Count("pk", filter=is_standing),
        minutes=Sum("minutes"),
    )
    return {row["volunteer__kind"]: {**row} for row in rows}


def _stars_by_kind(last, filters):
    """`{kind: {stars: persons}}` of volunteers by all the hours on record for them."""
    sums = _records(last, filters).order_by().values("volunteer__kind", "volunteer").annotate(total=Sum("minutes"))
    counts: dict = {}
    for kind, minutes in sums.filter(total__gte=STARS[0] * 60).values_list("volunteer__kind", "total"):
        stars = stars_of(minutes)
        by_kind = counts.setdefault(kind, {})
        by_kind[stars] = by_kind.get(stars, 0) + 1
    return counts


def volunteer_columns():
    """R4. One event may be served by several kinds, so its column has no total."""
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
        Column(pgettext("report", "events"), lambda line: line.events, NUMBER, 11, key="events"),
        Column(_("service (person-times)"), lambda line: line.services, NUMBER, 13, total=True, key="services"),
        Column(_("service time (hours)"), lambda line: _hours(line.minutes), FIGURE, 13, total=True, key="hours"),
        *(
            Column(
                _("%(stars)s star") % {"stars": stars},
                lambda line, stars=stars: line.stars.get(stars, 0),
                NUMBER,
                7,
                total=True,
                key=f"stars_{stars}",
            )
            for stars in range(1, len(STARS) + 1)
        ),
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

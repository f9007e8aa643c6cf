"""The columns and rows of activities and volunteers for the yearly reports (R3, R4), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import Activity, MiniWish, Volunteer
from branches.exports import EVERYTHING
from config.kit.excel import Column
from config.kit.excel_cells import FIGURE, NUMBER

Kind = Activity.Kind
# The columns of R3 in their customary order; whatever has none of its own is one of the others.
NAMED_KINDS = (
    Kind.GENERAL_MEETING,
    Kind.COMMITTEE_MEETING,
    Kind.GROUP_MEETING,
    Kind.PARTY_LESSON,
    Kind.THEME_PARTY_DAY,
    Kind.STUDY_DAY,
    Kind.VOLUNTEER_DAY,
    Kind.PERFORMANCE,
)
OTHERS = "others"


def held_between(first, last, reach=EVERYTHING):
    """场次: events that were held from `first` (None: since the start) to `last`."""
    events = reach.joint(Activity.objects.held().filter(day__lte=last))
    return events.filter(day__gte=first) if first else events


def events_between(kind, first, last, reach=EVERYTHING):
    """场次: events of a kind that were held from `first` (None: since the start) to `last`."""
    return held_between(first, last, reach).filter(kind=kind)


def volunteers_on(day, reach=EVERYTHING):
    """Volunteers registered by a day who had not left (persons)."""
    rows = reach.of_organizations(Volunteer.objects.filter(registered_on__lte=day))
    return rows.exclude(left_on__lte=day)


def wishes_closed_between(first, last, reach=EVERYTHING):
    """Wishes closed in a span."""
    wishes = reach.joint(MiniWish.objects.filter(state=MiniWish.State.CLOSED, closed_on__lte=last))
    return wishes.filter(closed_on__gte=first) if first else wishes


@dataclass(frozen=True)
class MonthLine:
    """One month: events and attendances by kind."""

    month: int
    events: dict
    attendances: dict


def month_lines(year, last, reach=EVERYTHING):
    """The twelve months of a year, events held up to `last`."""
    rows = (
        held_between(date(year, 1, 1), min(last, date(year, 12, 31)), reach)
        .order_by()
        .annotate(month=ExtractMonth("day"))
        .values("month", "kind")
        .annotate(number=Count("pk"), people=Sum(F("present") + F("public_present")))
    )
    lines = {month: MonthLine(month, {}, {}) for month in range(1, 13)}
    for row in rows:
        line, kind = lines[row["month"]], row["kind"] if row["kind"] in NAMED_KINDS else OTHERS
        line.events[kind] = line.events.get(kind, 0) + row["number"]
        line.attendances[kind] = line.attendances.get(kind, 0) + row["people"]
    return list(lines.values())


def _kinds():
    titles = {kind: str(kind.label) for kind in NAMED_KINDS}
    return titles | {OTHERS: pgettext("report", "others")}


# What a county form calls one of them.
KEYS = {Activity.Kind.THEME_PARTY_DAY: "theme_day"}


def _month_column():
    return Column(
        pgettext("report", "month"),
        lambda line: pgettext("report", "month %(number)s") % {"number": line.month},
        width=9,
        key="month",
    )


def event_columns():
    """R3: months × kinds (场次), then events in all and attendances (人次)."""
    return [
        _month_column(),
        *(
            Column(
                title,
                lambda line, kind=kind: line.events.get(kind, 0),
                NUMBER,
                9,
                total=True,
                ref=f"R3.{kind}",
                key=KEYS.get(kind, kind),
            )
            for kind, title in _kinds().items()
        ),
        Column(
            _("events in all"),
            lambda line: sum(line.events.values()),
            NUMBER,
            10,
            total=True,
            ref="R3.events",
            key="events",
        ),
        Column(
            _("attendances (person-times)"),
            lambda line: sum(line.attendances.values()),
            NUMBER,
            11,
            total=True,
            ref="R3.attendances",
            key="attendances",
        ),
    ]


def attendance_columns():
    """R3: months × kinds, attendances of members and residents together (人次)."""
    return [
        _month_column(),
        *(
            Column(title, lambda line, kind=kind: line.attendances.get(kind, 0), NUMBER, 10, total=True)
            for kind, title in _kinds().items()
        ),
        Column(
            _("attendances in all (person-times)"),
            lambda line: sum(line.attendances.values()),
            NUMBER,
            12,
            total=True,
            ref="R3.attendances by kind",
        ),
    ]


@dataclass(frozen=True)
class VolunteerLine:
    """One kind of volunteers: registered on the last day, registered in the year (persons)."""

    kind: str
    registered: int
    new: int


def volunteer_lines(year, last, reach=EVERYTHING):
    """The four kinds of volunteers on the last day of a report."""
    rows = volunteers_on(last, reach).order_by().values("kind")
    new = Count("pk", filter=Q(registered_on__gte=date(year, 1, 1)))
    found = {row["kind"]: row for row in rows.annotate(registered=Count("pk"), new=new)}
    empty = {"registered": 0, "new": 0}
    return [
        VolunteerLine(str(kind.label), *(found.get(kind, empty)[key] for key in ("registered", "new")))
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


def service_lines(year, last, reach=EVERYTHING):
    """The volunteer days held in each month of a year."""
    rows = (
        events_between(Kind.VOLUNTEER_DAY, date(year, 1, 1), min(last, date(year, 12, 31)), reach)
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

"""The columns and rows of events and attendances for the yearly reports (R3), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Sum
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.models import Activity
from activities.events.plates import counts_by_plate
from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import NUMBER

Kind = Activity.Kind
# The columns of R3 in their customary order; whatever has none of its own is one of the others.
NAMED_KINDS = (
    Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING, Kind.PARTY_LESSON, Kind.THEME_PARTY_DAY,
    Kind.STUDY_DAY, Kind.VOLUNTEER_DAY, Kind.PERFORMANCE,
)  # fmt: skip
OTHERS = "others"


def held_between(first, last, filters=ALL_ROWS):
    """场次: events that were held from `first` (None: since the start) to `last`."""
    events = filters.joint(Activity.objects.held().filter(day__lte=last))
    return events.filter(day__gte=first) if first else events


def events_between(kind, first, last, filters=ALL_ROWS):
    """场次: events of a kind that were held from `first` (None: since the start) to `last`."""
    return held_between(first, last, filters).filter(kind=kind)


@dataclass(frozen=True)
class MonthLine:
    """One month: events and attendances by kind."""

    month: int
    events: dict
    attendances: dict


def month_lines(year, last, filters=ALL_ROWS):
    """The twelve months of a year, events held up to `last`."""
    rows = (
        held_between(date(year, 1, 1), min(last, date(year, 12, 31)), filters)
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


def plate_lines(year, last, filters=ALL_ROWS):
    """R3: what was held under each nameplate in a year, up to `last`, and each event once."""
    return counts_by_plate(held_between(date(year, 1, 1), min(last, date(year, 12, 31)), filters))


def plate_columns():
    """R3: nameplates × events (场次) and attendances (人次); the plates are not added up."""
    return [
        Column(pgettext("report", "nameplate"), lambda line: line.word, width=24, key="plate"),
        Column(_("events"), lambda line: line.events, NUMBER, 10, key="events"),
        Column(_("attendances (person-times)"), lambda line: line.attendances, NUMBER, 14, key="attendances"),
    ]

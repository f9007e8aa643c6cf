"""A month of events as residents read it, on the page and on the poster: what is on which day, and what left it."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Min
from django.utils.translation import gettext as _

from activities.events.models import Activity, EventStep
from activities.events.public import ActivityLine, activity_line, moved_words, with_moves
from branches.calendar import Holiday
from config.kit import clock
from config.kit.dates import month_end, month_start

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class MovedAway:
    """An event that was planned for a day and stands on another now; why, where somebody moved it by hand."""

    pk: int
    title: str
    day: date
    to_day: date
    reason: str

    @property
    def words(self):
        return moved_words(self.day, self.to_day, self.reason)


def events_of_month(rows, first):
    """The events among `rows` (a queryset of activities) in the month that begins on `first`, in their order."""
    return with_moves(rows.filter(day__range=(first, month_end(first)))).order_by("day", "starts_at", "pk")


def moved_away(rows, first):
    """What left a day of the month: moved by somebody, or by the planning out of a holiday; two queries."""
    span = (first, month_end(first))
    steps = (
        EventStep.objects.moves().filter(activity__in=rows, from_day__range=span).exclude(from_day=F("activity__day"))
    )
    left = {
        (step.activity_id, step.from_day): MovedAway(
            step.activity_id, step.activity.title, step.from_day, step.activity.day, step.reason
        )
        for step in steps.select_related("activity")
    }
    for event in rows.filter(shifted_from__range=span).exclude(shifted_from=F("day")):
        by_planning = MovedAway(event.pk, event.title, event.shifted_from, event.day, "")
        left.setdefault((event.pk, event.shifted_from), by_planning)
    return sorted(left.values(), key=lambda line: (line.day, line.pk))


@dataclass(frozen=True)
class DayOfMonth:
    """One day: `off` is the name of a holiday, `worked` that of the one it is worked in exchange for."""

    day: date
    events: tuple[ActivityLine, ...]
    moved: tuple[MovedAway, ...]
    off: str
    worked: str
    is_today: bool

    @property
    def is_empty(self):
        return not (self.events or self.moved or self.off or self.worked)

    @property
    def column(self):
        """Monday is 1."""
        return self.day.isoweekday()


@dataclass(frozen=True)
class PublicMonth:
    """A month as residents read it; `before` and `after` are months that may hold something, else None."""

    first: date
    days: tuple[DayOfMonth, ...]
    before: date | None
    after: date | None

    @property
    def is_empty(self):
        return not any(day.events or day.moved for day in self.days)

    @property
    def has_today(self):
        return any(day.is_today for day in self.days)

    @property
    def weekdays(self):
        """Seven days from a Monday on, for the names of the columns."""
        monday = self.first - A_DAY * self.first.weekday()
        return [monday + A_DAY * number for number in range(7)]

    @property
    def weeks(self):
        """Rows of seven days from Monday on; None for a day of another month."""
        days = [None] * self.first.weekday() + list(self.days)
        days += [None] * (-len(days) % 7)
        return [days[start : start + 7] for start in range(0, len(days), 7)]


def public_month(first):
    """The month that begins on `first`; seven queries, however much is in it."""
    shown = Activity.objects.select_related("branch", "organization").prefetch_related("plates")
    events, moved = _by_day(map(activity_line, events_of_month(shown, first))), _by_day(moved_away(shown, first))
    holidays = {row.day: row for row in Holiday.objects.filter(day__range=(first, month_end(first)))}
    today = clock.today()
    days = tuple(
        DayOfMonth(
            day,
            tuple(events.get(day, ())),
            tuple(moved.get(day, ())),
            *_named(holidays.get(day)),
            is_today=day == today,
        )
        for day in Calendar().itermonthdates(first.year, first.month)
        if day.month == first.month
    )
    return PublicMonth(first, days, *_neighbours(first, today))


def _by_day(lines):
    days = {}
    for line in lines:
        days.setdefault(line.day, []).append(line)
    return days


def _named(holiday):
    """`(name of the day off, name of what it is worked for)`."""
    if holiday is None:
        return "", ""
    name = holiday.name or _("holiday")
    return ("", name) if holiday.is_makeup else (name, "")


def _neighbours(first, today):
    """The months before and after, as far as events reach, so that nobody leafs through empty years."""
    ends = Activity.objects.aggregate(Min("day"), Max("day"))
    oldest, newest = min(ends["day__min"] or today, today), max(ends["day__max"] or today, today)
    before, after = month_start(first - A_DAY), month_end(first) + A_DAY
    return (before if before >= month_start(oldest) else None), (after if after <= newest else None)

"""What residents may read of events."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, Max, Min, Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.events.models import Activity, EventStep
from activities.events.plates import counts_by_plate
from branches.models import Nameplate
from config.kit.dates import LAST_DAY, years_of
from config.kit.person.search import contains


@dataclass(frozen=True)
class PhotoLine:
    """A picture: the address of its medium size, all sizes as a `srcset`, the largest one's pixels."""

    address: str
    alt: str
    sources: str
    width: int
    height: int


@dataclass(frozen=True)
class ActivityLine:
    """One event (场次); `present`, `public_present` in persons, `served` in person-times, service time in hours."""

    pk: int
    kind: str
    kind_word: str
    state: str
    state_word: str
    title: str
    day: date
    starts_at: time | None
    ends_at: time | None
    shifted_from: date | None
    place: str
    organizer: str
    plates: tuple[str, ...]
    present: int
    public_present: int
    served: int
    service_hours: float
    summary: str
    cancelled_because: str
    is_held: bool
    counts_typed: bool = False
    moved: str = ""
    photos: tuple[PhotoLine, ...] = field(default=())

    @property
    def attendances(self):
        """人次: everybody present."""
        return self.present + self.public_present


def _moved(activity):
    """From which day an event was moved, and why, in words; "" for one that stands where it was first planned."""
    if activity.shifted_from is None:
        return ""
    return moved_words(activity.shifted_from, activity.day, activity.moves[-1].reason if activity.moves else "")


def moved_words(old, new, reason=""):
    """That an event of one day is held on another now; without a reason it is a holiday."""
    days = {"old": date_format(old, "MONTH_DAY_FORMAT"), "new": date_format(new, "MONTH_DAY_FORMAT")}
    if not reason:
        return _("planned for %(old)s, moved to %(new)s because of a holiday") % days
    return _("planned for %(old)s, moved to %(new)s: %(reason)s") % {**days, "reason": reason}


def with_moves(rows):
    """Events with their `moves`, the oldest first; one query for all of them."""
    return rows.prefetch_related(Prefetch("steps", EventStep.objects.moves(), to_attr="moves"))


def photo_line(photo):
    sizes = photo.sizes()
    sources = ", ".join(f"{file.url} {width}w" for file, width in sizes)
    # The medium size for browsers that choose none.
    return PhotoLine(sizes[min(1, len(sizes) - 1)][0].url, photo.alt, sources, photo.width, photo.height)


def activity_line(activity, photos=()):
    return ActivityLine(
        pk=activity.pk,
        kind=activity.kind,
        kind_word=activity.get_kind_display(),
        state=activity.state,
        state_word=activity.get_state_display(),
        title=activity.title,
        day=activity.day,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        shifted_from=activity.shifted_from,
        place=activity.place,
        organizer=activity.branch.name if activity.branch else activity.organization.name,
        plates=tuple(plate.get_code_display() for plate in activity.plates.all()),
        present=activity.present,
        public_present=activity.public_present,
        served=activity.served,
        service_hours=activity.service_minutes / 60,
        summary=activity.summary,
        cancelled_because=activity.cancelled_because,
        is_held=activity.state in Activity.HELD,
        counts_typed=activity.counts_typed,
        moved=_moved(activity),
        photos=tuple(photo_line(photo) for photo in photos),
    )


def _shown():
    return with_moves(Activity.objects.select_related("branch", "organization").prefetch_related("plates"))


def activities(*, kind="", year=None, plate="", query="", held=""):
    """A queryset of events, newest first, whose rows `activity_line` turns into lines; page it before that.

    `held` is "yes" for events that took place, "no" for those planned or cancelled.
    """
    rows = _shown()
    if held:
        rows = rows.filter(state__in=Activity.HELD) if held == "yes" else rows.exclude(state__in=Activity.HELD)
    if kind in Activity.Kind.values:
        rows = rows.filter(kind=kind)
    if year:
        rows = rows.filter(day__year=year)
    if plate:
        rows = rows.filter(plates__code=plate).distinct()
    if query:
        rows = rows.filter(contains(query, "title", "place", "summary"))
    return rows


def activity(pk):
    """The line of one event with its pictures, or None; only pictures that everybody on them agreed to."""
    shown = _shown().filter(pk=pk).first()
    return shown and activity_line(shown, shown.photos.public())


@dataclass(frozen=True)
class CalendarEntry:
    """An event for a calendar: when it was entered and last changed (None without history), how often since."""

    line: ActivityLine
    entered_at: datetime | None
    changed_at: datetime | None
    sequence: int


MOST_EVENTS = 2000


def calendar_entries(*, since, of=None):
    """The events from a day on, in their order; four queries for any number of them.

    `of` a branch: its own and those that branches of its organisation hold together.
    """
    rows = activities().filter(day__range=(since, LAST_DAY))
    if of:
        rows = rows.filter(Q(branch=of) | Q(branch=None, organization=of.organization_id))
    return _entries(rows.order_by("day", "id")[:MOST_EVENTS])


def calendar_entry(pk):
    """The one event with this key as a list of entries; an empty one where there is none."""
    return _entries(_shown().filter(pk=pk))


def _entries(rows):
    rows = list(rows)
    past = Activity.history.filter(id__in=[row.pk for row in rows]).order_by().values_list("id")
    known = {
        pk: (first, last, number)
        for pk, first, last, number in past.annotate(Min("history_date"), Max("history_date"), Count("history_id"))
    }
    entries = []
    for row in rows:
        entered, changed, number = known.get(row.pk, (None, None, 1))
        entries.append(CalendarEntry(activity_line(row), entered, changed, number - 1))
    return entries


def activity_years():
    return years_of(Activity.objects.all(), "day")


def plate_choices():
    """Nameplates a reader may choose from."""
    return [(code, str(word)) for code, word in Nameplate.Code.choices]


def plate_counts(year=None):
    """Events held, of one year or of all: under each nameplate, and each once."""
    held = Activity.objects.held()
    return counts_by_plate(held.filter(day__year=year) if year else held)


@dataclass(frozen=True)
class CountLine:
    """A word and how many there are of it."""

    code: str
    word: str
    number: int


def kind_choices():
    """Kinds of events a reader may choose from."""
    return [("", _("all kinds")), *((code, str(word)) for code, word in Activity.Kind.choices)]


@dataclass(frozen=True)
class YearCounts:
    """Events of one year that were held: volunteer days and performances (场次)."""

    year: int
    volunteer_days: int
    performances: int


def year_counts(year):
    held = Activity.objects.held().filter(day__year=year)
    return YearCounts(
        year,
        **held.aggregate(
            volunteer_days=Count("pk", filter=Q(kind=Activity.Kind.VOLUNTEER_DAY)),
            performances=Count("pk", filter=Q(kind=Activity.Kind.PERFORMANCE)),
        ),
    )


@dataclass(frozen=True)
class NextDay:
    """The next volunteer day as a leaf of the calendar."""

    pk: int
    title: str
    day: date
    starts_at: time | None
    place: str
    summary: str
    moved: str


def next_day(*, on):
    """The leaf of the next volunteer day on or after a day, or None; one query, and one more for a day that was moved."""
    ahead = Activity.objects.filter(
        kind=Activity.Kind.VOLUNTEER_DAY, day__gte=on, state__in=[Activity.State.PLANNED, Activity.State.OPEN]
    )
    event = ahead.order_by("day", "id").first()
    if event and event.shifted_from:
        event.moves = list(event.steps.moves())
    return event and NextDay(
        event.pk, event.title, event.day, event.starts_at, event.place, event.summary, _moved(event)
    )

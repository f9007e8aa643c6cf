"""What residents may read of activities, volunteers and wishes: head-counts and checked texts, never who."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Case, Count, IntegerField, Max, Min, Q, Sum, When
from django.utils.translation import gettext as _

from activities.models import Activity, MentorPair, MiniWish, Photo, Volunteer
from branches.models import Nameplate
from config.kit.dates import LAST_DAY, years_of
from config.kit.person.search import contains
from members.privacy import ANONYMOUS, mask_donor, shown_name


@dataclass(frozen=True)
class PhotoLine:
    address: str
    alt: str


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
    photos: tuple[PhotoLine, ...] = field(default=())

    @property
    def attendances(self):
        """人次: everybody present."""
        return self.present + self.public_present


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
        photos=tuple(PhotoLine(photo.image.url, photo.alt) for photo in photos),
    )


def _shown():
    return Activity.objects.select_related("branch", "organization").prefetch_related("plates")


def activities(*, kind="", year=None, plate="", query="", held=""):
    """A queryset of events, newest first, whose rows `activity_line` turns into lines; page it before that.

    `held` is "yes" for events that took place, "no" for those planned or cancelled.
    """
    found = _shown()
    if held:
        found = found.filter(state__in=Activity.HELD) if held == "yes" else found.exclude(state__in=Activity.HELD)
    if kind in Activity.Kind.values:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(day__year=year)
    if plate:
        found = found.filter(plates__code=plate).distinct()
    if query:
        found = found.filter(contains(query, "title", "place", "summary"))
    return found


def activity(pk):
    """The line of one event with its pictures, or None; only pictures that everybody on them agreed to."""
    found = _shown().filter(pk=pk).first()
    return found and activity_line(found, Photo.objects.filter(activity=found, consented=True))


@dataclass(frozen=True)
class CalendarEntry:
    """An event for a calendar: when it was entered and last changed (None where no history tells), how often since."""

    line: ActivityLine
    entered_at: datetime | None
    changed_at: datetime | None
    sequence: int


MOST_EVENTS = 2000


def calendar_entries(*, since):
    """The events from a day on, in their order; three queries for any number of them."""
    rows = list(activities().filter(day__range=(since, LAST_DAY)).order_by("day", "id")[:MOST_EVENTS])
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


def volunteers_page(*, year, on):
    """What the page of volunteers shows of a year: its twelve days, the next one, the last one held, the counts."""
    days = volunteer_days(year)
    counts = volunteer_counts()
    return {
        "year": year,
        "years": volunteer_years(),
        "days": days,
        "held": sum(day.is_held for day in days),
        "latest": next((day for day in reversed(days) if day.is_held), None),
        "ahead": next_volunteer_day(on=on),
        "counts": counts,
        "total": sum(line.number for line in counts),
        "hours": service_hours_total(),
    }


def volunteer_years():
    """Years that have volunteer days, newest first."""
    days = Activity.objects.filter(kind=Activity.Kind.VOLUNTEER_DAY)
    return years_of(days, "day")


def volunteer_days(year):
    """The volunteer days of a year in their order: what the strip of twelve shows."""
    days = _shown().filter(kind=Activity.Kind.VOLUNTEER_DAY, day__year=year).order_by("day", "id")
    return [activity_line(day) for day in days]


def next_volunteer_day(*, on):
    """The first volunteer day on or after a day that is still ahead, or None."""
    ahead = _shown().filter(
        kind=Activity.Kind.VOLUNTEER_DAY, day__gte=on, state__in=[Activity.State.PLANNED, Activity.State.OPEN]
    )
    first = ahead.order_by("day", "id").first()
    return first and activity_line(first)


@dataclass(frozen=True)
class CountLine:
    """A word and how many there are of it."""

    code: str
    word: str
    number: int


def volunteer_counts():
    """Registered volunteers by kind, in persons; their names are nobody's business."""
    counts = dict(Volunteer.objects.active().values_list("kind").annotate(number=Count("pk")).order_by())
    return [CountLine(code, str(word), counts.get(code, 0)) for code, word in Volunteer.Kind.choices]


def service_hours_total():
    """Hours of all volunteer days held, all volunteers together."""
    return (Activity.objects.held().aggregate(total=Sum("service_minutes"))["total"] or 0) / 60


@dataclass(frozen=True)
class WishLine:
    pk: int
    code: str
    text: str
    state: str
    state_word: str
    group_word: str
    area: str
    collected_on: date
    claimed_by: str
    claimed_on: date | None
    due_on: date | None
    closed_on: date | None
    result: str


def wish_line(wish):
    return WishLine(
        pk=wish.pk,
        code=wish.code,
        text="" if wish.state == MiniWish.State.WITHDRAWN else wish.public_text,
        state=wish.state,
        state_word=wish.get_state_display(),
        group_word=wish.get_group_display(),
        area=wish.organization.name,
        collected_on=wish.collected_on,
        claimed_by=shown_name(wish.claimed_by, agreed=wish.claimer_named, masked=mask_claimer),
        claimed_on=wish.claimed_on,
        due_on=wish.due_on,
        closed_on=wish.closed_on,
        result=wish.result if wish.state in {MiniWish.State.FULFILLED, MiniWish.State.CLOSED} else "",
    )


@dataclass(frozen=True)
class WishPage:
    """One wish, and where to say its number: by phone or at the desk of its community."""

    line: WishLine
    phone: str
    address: str
    hours: str


def wish_page(pk):
    """The wish with this key as everybody may read it, or None."""
    wish = MiniWish.objects.public().select_related("organization__parent").filter(pk=pk).first()
    if wish is None:
        return None
    own, above = wish.organization, wish.organization.parent

    def of_office(field):
        return getattr(own, field) or (getattr(above, field) if above else "")

    return WishPage(wish_line(wish), of_office("supervision_phone"), of_office("address"), of_office("office_hours"))


LONGEST_NAME = 4


def mask_claimer(name):
    """A claimer who did not agree to be named: a person's name is masked, a long name of a team is left out."""
    return mask_donor(name) if len(name) <= LONGEST_NAME else str(ANONYMOUS)


WAITING_FIRST = Case(
    When(state=MiniWish.State.POSTED, then=0),
    When(state__in=[MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS], then=1),
    When(state=MiniWish.State.WITHDRAWN, then=3),
    default=2,
    output_field=IntegerField(),
)


# What readers tell apart: wished, in somebody's hands (done but not yet confirmed too), confirmed, taken back.
WISH_GROUPS = {
    "posted": [MiniWish.State.POSTED],
    "in_hand": [MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS, MiniWish.State.FULFILLED],
    "closed": [MiniWish.State.CLOSED],
    "withdrawn": [MiniWish.State.WITHDRAWN],
}


def wish_choices():
    """Groups of wishes a reader may choose from."""
    return [
        ("posted", _("waiting for somebody")),
        ("in_hand", _("in hand")),
        ("closed", _("fulfilled")),
        ("withdrawn", _("withdrawn")),
    ]


def wishes(*, group="", query=""):
    """A queryset of the wishes that may be read, those that wait for somebody first; `wish_line` turns each into a line.

    What was withdrawn is counted and can be asked for by its group, but nobody finds its words any more.
    """
    found = MiniWish.objects.public().select_related("organization")
    if group in WISH_GROUPS:
        found = found.filter(state__in=WISH_GROUPS[group])
    else:
        found = found.order_by(WAITING_FIRST, "-collected_on", "-id")
    if query:
        found = found.exclude(state=MiniWish.State.WITHDRAWN)
        found = found.filter(contains(query, "public_text") | Q(code__iexact=query))
    return found


def wish_counts():
    """Wishes by state, those not yet checked left out."""
    counts = dict(MiniWish.objects.public().values_list("state").annotate(number=Count("pk")).order_by())
    shown = [choice for choice in MiniWish.State.choices if choice[0] != MiniWish.State.COLLECTED]
    return [CountLine(code, str(word), counts.get(code, 0)) for code, word in shown]


@dataclass(frozen=True)
class WishTally:
    """How the number of wishes is made up; the four parts sum to the total."""

    total: int
    fulfilled: int
    in_hand: int
    waiting: int
    withdrawn: int


def wish_tally(counts=None):
    by = {line.code: line.number for line in (wish_counts() if counts is None else counts)}
    of = {group: sum(by.get(state, 0) for state in states) for group, states in WISH_GROUPS.items()}
    return WishTally(
        total=sum(of.values()),
        fulfilled=of["closed"],
        in_hand=of["in_hand"],
        waiting=of["posted"],
        withdrawn=of["withdrawn"],
    )


def mentor_pairs():
    """The number of pairs; nobody's name."""
    return MentorPair.objects.filter(ends_on=None).count()


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


def next_day(*, on):
    """The leaf of the next volunteer day on or after a day, or None; one query."""
    ahead = Activity.objects.filter(
        kind=Activity.Kind.VOLUNTEER_DAY, day__gte=on, state__in=[Activity.State.PLANNED, Activity.State.OPEN]
    )
    found = ahead.order_by("day", "id").first()
    return found and NextDay(found.pk, found.title, found.day, found.starts_at, found.place, found.summary)


def wishes_waiting(*, on, at_most=3):
    """Wishes that wait longest for somebody: `(line, days waited)`."""
    rows = wishes(group="posted").order_by("collected_on", "id")[:at_most]
    return [(wish_line(row), (on - row.collected_on).days) for row in rows]

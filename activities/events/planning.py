"""A year of the programme planned in one act: what is proposed, and how it is stored."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.events.models import Activity
from activities.events.regular_days import Kind, RegularDay, meeting_days, study_day, volunteer_day
from branches.calendar import Holiday, WorkingCalendar
from branches.models import Branch, Organization

# Held by an organisation as a whole.
JOINT = frozenset({Kind.VOLUNTEER_DAY, Kind.STUDY_DAY})
A_DAY, TWO_YEARS = timedelta(days=1), timedelta(days=731)


@dataclass(frozen=True)
class Proposal:
    """A day of the year that is asked about, and the event that stands on the calendar for it already, if one does."""

    regular: RegularDay
    there: Activity | None

    @property
    def key(self):
        """What the fields of a form call it."""
        branch = self.regular.branch.pk if self.regular.branch else 0
        return f"{self.regular.kind}-{branch}-{self.regular.day.month}"


@dataclass(frozen=True)
class Hours:
    """What the events of a kind have in common: from, to, where."""

    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""


def proposals(organization, year, *, branches=(), meeting_day=5):
    """The volunteer and study days of an organisation in a year, and the meetings of some of its branches; three queries."""
    calendar = WorkingCalendar.read(date(year, 1, 1), date(year + 1, 1, 31))
    rule, of_month = organization.volunteer_day_rule, organization.study_day
    days = [
        *(volunteer_day(year, month, calendar=calendar, rule=rule) for month in range(1, 13)),
        *(study_day(year, month, calendar=calendar, of_month=of_month) for month in range(1, 13)),
        *(day for branch in branches for day in meeting_days(branch, year, calendar=calendar, of_month=meeting_day)),
    ]
    there = _there(organization, year, branches)
    return [Proposal(day, there.get(_slot(day.kind, day.branch, day.day))) for day in days]


def _slot(kind, branch, day):
    """An event of a kind comes round once a month for an organisation or a branch."""
    return kind, branch.pk if branch else None, day.year, day.month


def _there(organization, year, branches):
    events = Activity.objects.filter(organization=organization, day__year=year).exclude(state=Activity.State.CANCELLED)
    return {
        _slot(event.kind, None if event.kind in JOINT else event.branch, event.day): event
        for event in events.select_related("branch").order_by("-day")
    }


def days_off_are_known(year):
    """Whether the days off of a year were entered; without them no day is moved."""
    return Holiday.objects.filter(day__year=year, is_makeup=False).exists()


def hours_of_last(organization, kinds):
    """`{kind: Hours}` of the newest event of each kind, which the next usually shares."""
    found = {}
    for kind in kinds:
        last = Activity.objects.filter(organization=organization, kind=kind).exclude(starts_at=None).first()
        found[kind] = Hours(last.starts_at, last.ends_at, last.place) if last else Hours()
    return found


@transaction.atomic
def plan(organization, days, hours):
    """Store planned events: `days` are `RegularDay`s, `hours` is `{kind: Hours}`; returns the events.

    ValidationError `planned_already` where an event of the kind stands in that month, and whatever the model refuses.
    Nothing is stored then.
    """
    # Two who plan the same year at the same moment come one after the other.
    Organization.objects.select_for_update().get(pk=organization.pk)
    there = {}
    for year in {day.day.year for day in days}:
        there |= _there(organization, year, Branch.objects.none())
    last = _last_events(organization, days)
    events, plates = [], []
    for day in days:
        slot = _slot(day.kind, day.branch, day.day)
        if slot in there:
            raise ValidationError(
                _("%(kind)s: one is planned in that month already, on %(day)s. Leave this one out."),
                code="planned_already",
                params={"kind": day.label, "day": date_format(there[slot].day)},
            )
        model = _model_of(day, last)
        event = _event(organization, day, hours.get(day.kind, Hours()))
        event.leader = model.leader if model else ""
        event.full_clean(exclude=["organization", "branch"])
        event.save()
        there[slot] = event
        events.append(event)
        plates += [(event, plate) for plate in model.plates.all()] if model else []
    through = Activity.plates.through
    through.objects.bulk_create(through(activity=event, nameplate=plate) for event, plate in plates)
    return events


def _last_events(organization, days):
    """The newest event of each kind before some days, by (kind, branch, month) and, whatever its month, (kind, branch, None).

    The next one takes its leader and plates; what came of it and who came is its own.
    """
    if not days:
        return {}
    first, kinds = min(day.day for day in days), {day.kind for day in days}
    rows = Activity.objects.filter(
        organization=organization, kind__in=kinds, day__range=(first - TWO_YEARS, first - A_DAY)
    )
    last = {}
    for event in rows.exclude(state=Activity.State.CANCELLED).order_by("day", "pk").prefetch_related("plates"):
        branch = None if event.kind in JOINT else event.branch_id
        last[event.kind, branch, None] = last[event.kind, branch, event.day.month] = event
    return last


def _model_of(day, last):
    """The event of the same month, else the newest, that one of this day is planned after; None where there was none."""
    branch = day.branch.pk if day.branch else None
    return last.get((day.kind, branch, day.day.month)) or last.get((day.kind, branch, None))


def _event(organization, day, hours):
    return Activity(
        organization=organization,
        branch=day.branch,
        kind=day.kind,
        title=_title(organization, day),
        day=day.day,
        shifted_from=day.moved_from,
        starts_at=hours.starts_at,
        ends_at=hours.ends_at,
        place=hours.place,
    )


def _title(organization, day):
    # A title is read by residents, whatever language the planner works in.
    with translation.override(settings.LANGUAGE_CODE):
        name = organization.campaign_name if day.kind == Kind.VOLUNTEER_DAY else ""
        return _("%(name)s in month %(month)s") % {"name": name or day.label, "month": day.day.month}


def on(day, chosen):
    """The same event of the year on a date that somebody chose; it stays moved out of a day off where it was."""
    return replace(day, day=chosen, moved_from=None if chosen == day.moved_from else day.moved_from)

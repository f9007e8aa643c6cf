"""The days that come back: the volunteer day on the second Thursday, the fixed study day, meetings a branch owes.

§3 of the processes in the handbook: a volunteer day on a day off is kept or moved, as its organisation has set; a study
day on a day off is the next working day. Days off are those announced, never computed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from activities.events.models import Activity
from branches.models import Branch, Organization
from config.kit.dates import THURSDAY, nth_weekday

Kind = Activity.Kind
WhereOff = Organization.VolunteerDayRule
# A branch owes these in every month, and those in every quarter (§4.1, 4.3 of the handbook).
MONTHLY = (Kind.COMMITTEE_MEETING, Kind.THEME_PARTY_DAY)
QUARTERLY = (Kind.GENERAL_MEETING, Kind.PARTY_LESSON)


@dataclass(frozen=True)
class RegularDay:
    """A day an event of a kind comes round; `moved_from` where it would have been but for a day off."""

    kind: str
    day: date
    moved_from: date | None = None
    branch: Branch | None = None

    @property
    def label(self):
        return Kind(self.kind).label


def volunteer_day(year, month, *, calendar, rule):
    """The second Thursday of a month, moved by a rule where it is a day off."""
    day = nth_weekday(year, month, THURSDAY, 2)
    steps = {WhereOff.NEXT_WORKDAY: 1, WhereOff.NEXT_THURSDAY: 7}
    return _worked(Kind.VOLUNTEER_DAY, day, calendar, steps.get(rule))


def study_day(year, month, *, calendar, of_month):
    """The study day of a month: that day of it, or the next working day."""
    return _worked(Kind.STUDY_DAY, date(year, month, of_month), calendar, 1)


def meeting_days(branch, year, *, calendar, of_month):
    """The meetings a branch owes in a year, in the order of days; those of a quarter in its last month."""
    for month in range(1, 13):
        for kind in (*MONTHLY, *(QUARTERLY if month % 3 == 0 else ())):
            found = _worked(kind, date(year, month, of_month), calendar, 1)
            # A day of a meeting is nobody's right, so where it was moved from is not kept.
            yield RegularDay(kind, found.day, branch=branch)


def _worked(kind, day, calendar, step):
    """The first worked day from a day on in steps of so many days; the day itself without a step."""
    found = day
    while step and not calendar.is_worked(found):
        found += timedelta(days=step)
    return RegularDay(kind, found, day if found != day else None)

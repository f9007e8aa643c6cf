"""Who studied how long in a year: together by the sheets, at home by its own records. Times in minutes."""

from dataclasses import dataclass
from datetime import date

from activities.attendance.models import Attendance
from activities.attendance.sheet import length_of
from activities.meetings.models import HomeStudy
from activities.meetings.transitions import STUDIED
from branches.models import Branch
from members.models import Member
from members.roster.exports import roll


@dataclass(frozen=True)
class StudyHours:
    """What one member studied in a period, in minutes; `number` is the place on the roster."""

    number: int
    branch: Branch
    member: Member
    together: int
    at_home: int


def study_hours(branches, *, year, until):
    """The members on the roll of some branches on a day, in roster order, with their study from the year's first day on."""
    listed = list(roll(on=until, branches=branches))
    members = [member.pk for _number, _branch, member in listed]
    period = (date(year, 1, 1), until)
    together = {}
    lines = Attendance.objects.present().filter(
        member__in=members, activity__kind__in=STUDIED, activity__day__range=period
    )
    for member, minutes, starts_at, ends_at in lines.values_list(
        "member", "minutes", "activity__starts_at", "activity__ends_at"
    ):
        length = length_of(starts_at, ends_at) if starts_at and ends_at else 0
        together[member] = together.get(member, 0) + (minutes or length)
    at_home = {}
    for member, minutes in HomeStudy.objects.filter(member__in=members, day__range=period).values_list(
        "member", "minutes"
    ):
        at_home[member] = at_home.get(member, 0) + minutes
    return [
        StudyHours(number, branch, member, together.get(member.pk, 0), at_home.get(member.pk, 0))
        for number, branch, member in listed
    ]

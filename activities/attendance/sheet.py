"""The sheet of an event as it is printed and typed in: whose names stand on it, in which order, with which marks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from activities.attendance.models import Attendance
from activities.events.models import Activity
from activities.volunteers.models import Volunteer
from branches.models import Branch, CommitteeSeat, Organization
from branches.scoping import WorkScope, under
from members.models import Affiliation, Member
from members.roster.codes import Health
from members.roster.exports import roll

# Nobody is made to come who is frail (党员教育管理工作条例, art. 23).
FRAIL = {Health.FRAIL, Health.DISABLED}


def branches_called(activity):
    """The branches whose members an event is for: its own; of a joint one those of its organisation and below, and of a
    community's also those of the street it stands under."""
    if activity.branch_id:
        return Branch.objects.filter(pk=activity.branch_id)
    place = activity.organization
    own = under([place.pk], "organization")
    if place.kind == Organization.Kind.COMMUNITY and place.parent_id:
        own |= Q(organization=place.parent_id)
    return Branch.objects.open_on(activity.day).filter(own)


def branches_on_sheet(activity, user):
    """The branches called whose names this user reads: all where the user works for the event's organisation as a whole."""
    called = branches_called(activity)
    own = WorkScope.of(user).organizations(by_name=False)
    return called if Organization.objects.filter(own, pk=activity.organization_id).exists() else called.visible_to(user)


def has_roll(activity):
    """Whether anybody belonged to the branches called on the day of the event, as far as is written down."""
    return Affiliation.objects.on(activity.day).filter(branch__in=branches_called(activity)).exists()


def length_of(starts_at, ends_at):
    """Minutes from one time of a day to another."""
    start, end = (datetime.combine(date.min, moment) for moment in (starts_at, ends_at))
    return int((end - start).total_seconds()) // 60


def people_listed(activity, branches):
    """`(number, branch, member)` of whom the printed sheet lists, in roster order; of a committee meeting its committee."""
    listed = roll(on=activity.day, branches=list(branches))
    if activity.kind != Activity.Kind.COMMITTEE_MEETING:
        return list(listed)
    seats = CommitteeSeat.objects.filter(
        Q(held_until=None) | Q(held_until__gte=activity.day), held_from__lte=activity.day
    )
    names = set(seats.filter(term__branch__in=branches).values_list("term__branch", "name"))
    chosen = [(branch, member) for _number, branch, member in listed if (branch.pk, member.name) in names]
    return [(number, branch, member) for number, (branch, member) in enumerate(chosen, 1)]


@dataclass(frozen=True)
class SheetLine:
    """One person on a sheet: `note` tells where somebody is from, `minutes` were really given where that was less."""

    number: int
    name: str
    note: str
    is_due: bool
    mark: str = ""
    reason: str = ""
    minutes: int | None = None
    member: Member | None = None
    branch: Branch | None = None
    volunteer: Volunteer | None = None

    @property
    def key(self):
        return f"m{self.member.pk}" if self.member else f"v{self.volunteer.pk}"

    @property
    def mark_word(self):
        return Attendance.Mark(self.mark).label if self.mark else ""


def sheet_lines(activity, user):
    """The lines of a sheet for whoever types it in: the people listed, then those who came besides, with their marks."""
    stored = Attendance.objects.visible_to(user).filter(activity=activity)
    stored = list(stored.select_related("member", "branch", "volunteer__organization"))
    by_member = {row.member_id: row for row in stored if row.member_id}
    branches = list(branches_on_sheet(activity, user))
    is_due = activity.kind in Activity.DUE_KINDS
    is_new = not stored
    lines = []
    for number, branch, member in people_listed(activity, branches):
        row = by_member.pop(member.pk, None)
        mark = row.mark if row else Attendance.Mark.EXCUSED if is_new and is_due and member.health in FRAIL else ""
        lines.append(_line(number, member.name, "", is_due, mark, row, member=member, branch=branch))
    if is_new and not is_due:
        lines += [
            _line(
                len(lines) + place, volunteer.name, volunteer.get_kind_display(), False, "", None, volunteer=volunteer
            )
            for place, volunteer in enumerate(_those_of_last(activity, user), 1)
        ]
    besides = [*by_member.values(), *(row for row in stored if row.volunteer_id)]
    for row in sorted(besides, key=lambda row: row.pk):
        person = row.person
        note = row.branch.name if row.branch_id else person.get_kind_display()
        rest = {"member": row.member, "branch": row.branch, "volunteer": row.volunteer}
        lines.append(_line(len(lines) + 1, person.name, note, row.is_due, row.mark, row, **rest))
    return lines


def _line(number, name, note, is_due, mark, row, **person):
    return SheetLine(
        number,
        name,
        note,
        is_due,
        mark,
        row.reason if row else "",
        row.minutes if row else None,
        **person,
    )


def _those_of_last(activity, user):
    """The volunteers on the sheet of the last event of the same kind and organisation, who usually come again."""
    before = Activity.objects.filter(
        organization=activity.organization_id, kind=activity.kind, day__lt=activity.day, state__in=Activity.HELD
    )
    last = before.filter(attendance__volunteer__isnull=False).order_by("-day", "-id").first()
    if last is None:
        return []
    came = Attendance.objects.visible_to(user).filter(activity=last, volunteer__isnull=False)
    return Volunteer.objects.on(activity.day).filter(pk__in=came.values("volunteer")).order_by("latin_keys", "id")

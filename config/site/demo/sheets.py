"""The sign-in sheets of the demo: who was due and came, by name, entered by one person and checked by another."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from activities.attendance.sheet import FRAIL, length_of
from activities.models import Activity, Attendance, EventStep, ServiceRecord, Volunteer
from branches.models import CommitteeSeat
from config.site.demo.people import dice
from config.site.demo.storing import moment, store_all
from members.models import Affiliation

Kind = Activity.Kind
# How many of the arts volunteers make up the troupe, and how many of them come to a show.
TROUPE, ON_STAGE = 40, (16, 30)
# Of a volunteer day: members who come, volunteers who are none.
MEMBERS_OUT, OTHERS_OUT = (24, 38), (8, 20)
REASONS = ["住院复查", "外出探亲", "在家照看孙辈"]
PRESENT, LEAVE, EXCUSED, ABSENT = (Attendance.Mark(mark) for mark in ("present", "leave", "excused", "absent"))


@dataclass
class DemoSheets:
    """Fills sheets for events before they are stored, since their numbers follow; `store` writes the lines afterwards."""

    community: Any
    volunteers: list
    rolls: Random = field(default_factory=lambda: dice("attendance"))
    sheets: list = field(default_factory=list)

    def __post_init__(self):
        self.affiliations = list(
            Affiliation.objects.select_related("member").order_by(
                "branch__organization_id", "branch__name", "member__sort_name", "pk"
            )
        )
        self.troupe = [row for row in self.volunteers if row.kind == Volunteer.Kind.ARTS][:TROUPE]
        self.others = [row for row in self.volunteers if row.member_id is None and row.kind != Volunteer.Kind.ARTS]
        self.volunteer_of = {row.member_id: row for row in self.volunteers if row.member_id}
        self.seats = set(CommitteeSeat.objects.values_list("term__branch", "name"))

    def fill(self, event):
        """Take the marks of an event, and set the numbers that follow from them; one still to come has none."""
        if event.state not in Activity.HELD:
            self.sheets.append([])
            return event
        rows = list(self._were_due(event) if event.kind in Activity.DUE_KINDS else self._came_freely(event))
        self.sheets.append(rows)
        came = [row for row in rows if row.mark == PRESENT]
        event.expected = None
        if event.kind in Activity.DUE_KINDS:
            event.expected = sum(row.is_due and row.mark != EXCUSED for row in rows)
        event.present = sum(row.member_id is not None for row in came)
        event.public_present = len(came) - event.present + event.residents
        if event.kind in Activity.SERVICE_KINDS:
            event.service_minutes = len(came) * length_of(event.starts_at, event.ends_at)
        event.entered_by, _checker = self._desk(event)
        return event

    def _roll(self, event):
        branches = {event.branch} if event.branch else {self.community.branch_a, self.community.branch_b}
        keys = {branch.pk for branch in branches}
        return [
            row
            for row in self.affiliations
            if row.branch_id in keys and row.starts_on <= event.day and (row.ends_on is None or row.ends_on > event.day)
        ]

    def _came_freely(self, event):
        if event.kind == Kind.PERFORMANCE:
            chosen = self.rolls.sample(self.troupe, self.rolls.randrange(*ON_STAGE))
        else:
            roll = [row for row in self._roll(event) if row.member_id in self.volunteer_of]
            members = self.rolls.sample(range(len(roll)), self.rolls.randrange(*MEMBERS_OUT))
            yield from (self._line(roll[place], PRESENT) for place in sorted(members))
            chosen = self.rolls.sample(self.others, self.rolls.randrange(*OTHERS_OUT))
        for volunteer in chosen:
            yield Attendance(volunteer=volunteer, mark=PRESENT)

    def _were_due(self, event):
        for row in self._roll(event):
            if event.kind == Kind.COMMITTEE_MEETING:
                if (row.branch_id, row.member.name) in self.seats:
                    yield self._line(row, PRESENT, is_due=True)
                continue
            chance = self.rolls.random()
            mark = PRESENT if chance < 0.88 else LEAVE if chance < 0.96 else ABSENT
            mark = EXCUSED if row.member.health in FRAIL else mark
            yield self._line(row, mark, reason=self.rolls.choice(REASONS) if mark == LEAVE else "", is_due=True)

    @staticmethod
    def _line(row, mark, **fields):
        return Attendance(member=row.member, branch_id=row.branch_id, mark=mark, **fields)

    def _desk(self, event):
        """Who entered the sheet of an event, and who checked it."""
        users = self.community.users
        if event.branch == self.community.branch_a:
            return users["organisation-a"], users["secretary-a"]
        return users["publicity"], users["secretary-b"]

    def store(self, events):
        """Write the lines, the steps and the hours of the stored events, which come in the order in which they were filled."""
        lines, steps, hours = [], [], []
        for event, rows in zip(events, self.sheets, strict=True):
            enterer, checker = self._desk(event)
            entered, checked = (event.day + timedelta(days=days) for days in (1, 4))
            for row in rows:
                row.activity, row.entered_by, row.at = event, enterer, moment(entered)
            lines += rows
            if event.state in Activity.HELD:
                steps.append(EventStep(activity=event, act="record", by=enterer, on=entered, at=moment(entered)))
                steps.append(EventStep(activity=event, act="check", by=checker, on=checked, at=moment(checked)))
            if event.kind in Activity.SERVICE_KINDS:
                hours += self._hours(event, rows, enterer, checker, moment(checked))
        store_all(Attendance, lines)
        EventStep.objects.bulk_create(steps)
        ServiceRecord.objects.bulk_create(hours)

    def _hours(self, event, rows, enterer, checker, at):
        for row in rows:
            yield ServiceRecord(
                volunteer=row.volunteer or self.volunteer_of[row.member_id],
                activity=event,
                on=event.day,
                minutes=length_of(event.starts_at, event.ends_at),
                entered_by=enterer,
                checked_by=checker,
                at=at,
            )

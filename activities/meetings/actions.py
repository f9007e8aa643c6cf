"""How minutes are written and home study is noted down. Votes in persons, study in minutes."""

from dataclasses import dataclass

from django.db import transaction

from activities.attendance.models import Attendance
from activities.meetings.models import Decision, HomeStudy, Minutes
from activities.meetings.rules import (
    refuse_nobody,
    refuse_not_of_branch,
    refuse_present,
    refuse_study_ahead,
    refuse_vote_without_decision,
    refuse_votes,
)
from activities.meetings.transitions import MEETINGS_ACTS
from config.kit import clock
from config.kit.workflow.locks import locked
from members.models import Affiliation


@dataclass(frozen=True)
class DecisionTaken:
    """One decision as it is typed: votes in persons, all None where nobody voted."""

    text: str
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None

    @property
    def votes(self):
        return (self.in_favour, self.against, self.abstained)


@transaction.atomic
def write_minutes(activity, *, by, agenda, speaker="", content="", discussion="", decisions=()):
    """Write the minutes of a meeting, or write them anew; versions before stay in their history.

    ValidationError: `wrong_step`, `votes_incomplete`, `more_votes_than_present`, `decision_missing`.
    """
    activity = locked(activity)
    MEETINGS_ACTS.begin(activity, "minutes", by=by)
    for taken in decisions:
        refuse_vote_without_decision(text=taken.text, votes=taken.votes)
        refuse_votes(votes=taken.votes, present=activity.present)
    minutes = Minutes.objects.filter(activity=activity).first() or Minutes(activity=activity)
    words = {"agenda": agenda, "speaker": speaker, "content": content, "discussion": discussion}
    for name, value in (words | {"written_by": by, "at": clock.now()}).items():
        setattr(minutes, name, value)
    minutes.full_clean(exclude=["activity", "written_by"])
    minutes._history_user = by
    minutes.save()
    for old in minutes.decisions.all():
        old._history_user = by
        old.delete()
    for place, taken in enumerate(decisions, 1):
        names = ("in_favour", "against", "abstained")
        votes = dict(zip(names, taken.votes, strict=True))
        decision = Decision(minutes=minutes, place=place, text=taken.text, **votes)
        decision._history_user = by
        decision.save()
    return minutes


def absent_from(activity, user):
    """Attendance lines that a user reads of members who were due at an event and did not come, in the order of its sheet."""
    lines = Attendance.objects.visible_to(user).filter(activity=activity, member__isnull=False)
    return lines.exclude(mark=Attendance.Mark.PRESENT).select_related("member").order_by("pk")


@transaction.atomic
def note_home_study(activity, *, by, members, on, way, what, minutes, brought_by=""):
    """Note that members studied at home what an event was about; returns the rows, one a member.

    Whoever is noted for the event already keeps that row, with what is written now. ValidationError: `wrong_step`, `nobody`,
    `day_ahead`, `was_present`, `no_branch`.
    """
    activity = locked(activity)
    MEETINGS_ACTS.begin(activity, "home_study", by=by)
    members = list(members)
    refuse_nobody(count=len(members))
    refuse_study_ahead(day=on, today=clock.today())
    came = Attendance.objects.present().filter(activity=activity, member__in=members).select_related("member")
    refuse_present(names=[row.member.name for row in came])
    branches = dict(Affiliation.objects.on(on).filter(member__in=members).values_list("member", "branch"))
    refuse_not_of_branch(names=[member.name for member in members if member.pk not in branches])
    noted = {row.member_id: row for row in HomeStudy.objects.select_for_update().filter(activity=activity)}
    rows = []
    for member in members:
        row = noted.get(member.pk) or HomeStudy(activity=activity, member=member)
        row.branch_id, row.day, row.way, row.what = branches[member.pk], on, way, what
        row.minutes, row.brought_by, row.entered_by, row._history_user = minutes, brought_by, by, by
        row.full_clean(exclude=["activity", "member", "branch", "entered_by"])
        row.save()
        rows.append(row)
    return rows

"""What is done with a sign-in sheet: entered or corrected by one person, checked by another. Times in minutes."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.db.models import Sum

from activities.attendance.models import Attendance
from activities.attendance.rules import (
    refuse_minutes_over_length,
    refuse_more_than_due,
    refuse_no_length,
    refuse_not_held,
    refuse_stale_sheet,
    refuse_twice,
    refuse_typed_counts,
    refuse_unexplained_correction,
)
from activities.attendance.sheet import has_roll, length_of
from activities.attendance.transitions import CORRECT, EVENTS, RECORD
from activities.events.models import Activity, EventStep
from activities.volunteers.models import ServiceRecord, Volunteer
from branches.models import Organization
from config.kit import clock
from config.kit.workflow.locks import locked
from config.kit.workflow.rules import refuse_excluded_actor

# What of a line may differ from the one on record.
MARKED = ("mark", "reason", "minutes")


@dataclass(frozen=True)
class SheetFacts:
    """What stands on a sheet beside its names: numbers in persons (`residents`) and person-times (`served`)."""

    starts_at: time | None = None
    ends_at: time | None = None
    residents: int = 0
    served: int = 0
    summary: str = ""


def times_saved(activity):
    """How often the sheet of an event was entered or corrected."""
    return activity.steps.filter(act__in=[RECORD, CORRECT]).count()


def enter_sheet(activity, *, by, facts, reason, seen, lines=None, numbers=None):
    """Enter or correct the sheet of an event: by name, or with the `numbers` of an older record where there is no roll.

    Returns the event as it stands, or None where the sheet said what is on record already.
    """
    if numbers is None:
        is_stored = record_sheet(activity, lines, facts, by=by, reason=reason, seen=seen)
    else:
        is_stored = record_typed_counts(activity, facts, by=by, reason=reason, seen=seen, **numbers)
    return activity if is_stored else None


@transaction.atomic
def record_sheet(activity, lines, facts, *, by, reason="", seen=None):
    """Store who came to an event. `lines` are unsaved `Attendance` rows of everybody `by` read on the sheet.

    Lines on record of people whom `by` may see and who are not among `lines` are removed. Returns whether anything was
    stored: a sheet that says what is on record already changes nothing. `seen` is `times_saved` when the sheet was opened.
    ValidationError: `cancelled`, `held_ahead`, `length_missing`, `over_length`, `twice`, `stale`, `reason_missing`.
    """
    activity = locked(activity)
    _refuse_lines(activity, lines, facts)
    saved = times_saved(activity)
    seen = saved if seen is None else seen
    stored = {_key(row): row for row in Attendance.objects.visible_to(by).filter(activity=activity)}
    _register_newcomers(activity, lines, stored.values() if seen != saved else ())
    wanted = {_key(row): row for row in lines}
    added = [row for key, row in wanted.items() if key not in stored]
    changed = [(stored[key], row) for key, row in wanted.items() if key in stored and _differs(stored[key], row)]
    removed = [row for key, row in stored.items() if key not in wanted]
    if saved and _says(activity, vars(facts)) and not (added or changed or removed):
        return False
    refuse_stale_sheet(seen=seen, stored=saved)
    refuse_unexplained_correction(is_correction=bool(saved), reason=reason)
    for row in removed:
        row._history_user, row._change_reason = by, reason
        row.delete()
    for row, new in changed:
        for name in MARKED:
            setattr(row, name, getattr(new, name))
    for row in [*added, *(row for row, _new in changed)]:
        row.activity = activity
        row.entered_by, row.at, row._history_user, row._change_reason = by, clock.now(), by, reason
        row.save()
    values = vars(facts) | _counted(activity, facts)
    _store(activity, values, by=by, is_typed=False, is_correction=bool(saved), reason=reason)
    return True


def _register_newcomers(activity, lines, entered):
    """Register the volunteers of lines that are not registered yet; a form sent twice finds them among the lines `entered`."""
    known = {(row.volunteer.kind, row.volunteer.name): row.volunteer for row in entered if row.volunteer_id}
    for row in lines:
        if row.volunteer is not None and row.volunteer.pk is None:
            twin = known.get((row.volunteer.kind, row.volunteer.name))
            if twin is None:
                row.volunteer.organization_id, row.volunteer.registered_on = activity.organization_id, activity.day
                row.volunteer.full_clean(exclude=["organization"])
                row.volunteer.save()
            row.volunteer = twin or row.volunteer


def _key(row):
    return (row.member_id, row.volunteer_id)


def _differs(stored, new):
    return any(getattr(stored, name) != getattr(new, name) for name in MARKED)


def _refuse_lines(activity, lines, facts):
    is_cancelled = activity.state == Activity.State.CANCELLED
    refuse_not_held(is_cancelled=is_cancelled, day=activity.day, today=clock.today())
    if activity.kind in Activity.SERVICE_KINDS:
        refuse_no_length(starts_at=facts.starts_at, ends_at=facts.ends_at)
        for row in lines:
            if row.minutes:
                refuse_minutes_over_length(minutes=row.minutes, length=length_of(facts.starts_at, facts.ends_at))
    keys = [_key(row) if row.member_id or row.volunteer_id else (row.volunteer.name,) for row in lines]
    own = {row.member_id for row in lines if row.member_id}
    twice = [row for at, row in enumerate(lines) if keys[at] in keys[:at]]
    twice += [row for row in lines if row.volunteer_id and row.volunteer.member_id in own]
    refuse_twice(names=[row.person.name for row in twice])


def _says(activity, values):
    """Whether all of these stand on the record of an event already."""
    return all(getattr(activity, name) == value for name, value in values.items())


def _store(activity, values, *, by, is_typed, is_correction, reason):
    """Write what a sheet says of its event, and that it was entered or corrected."""
    for name, value in values.items():
        setattr(activity, name, value)
    activity.counts_typed, activity.entered_by, activity.state = is_typed, by, Activity.State.HELD
    activity.full_clean(exclude=["organization", "branch"])
    activity._history_user, activity._change_reason = by, reason
    activity.save()
    act = EventStep.Act.CORRECT if is_correction else EventStep.Act.RECORD
    EventStep.objects.create(activity=activity, act=act, by=by, on=clock.today(), remark=reason)


def _counted(activity, facts):
    """The numbers of an event (persons) from the lines of its sheet."""
    came = activity.attendance.present()
    return {
        "expected": activity.attendance.due().count() if activity.kind in Activity.DUE_KINDS else None,
        "present": came.filter(member__isnull=False).count(),
        "public_present": came.filter(volunteer__isnull=False).count() + facts.residents,
    }


@transaction.atomic
def record_typed_counts(
    activity, facts, *, by, expected, present, public_present, service_minutes, reason="", seen=None
):
    """Store the numbers that an older record gives of an event before the first roll; they are marked as typed.

    ValidationError: `has_roll` where people can be ticked by name, `more_than_due`, and as `record_sheet`.
    """
    activity = locked(activity)
    is_cancelled = activity.state == Activity.State.CANCELLED
    refuse_not_held(is_cancelled=is_cancelled, day=activity.day, today=clock.today())
    refuse_typed_counts(has_roll=has_roll(activity))
    refuse_more_than_due(present=present, due=expected)
    values = vars(facts) | {
        "expected": expected,
        "present": present,
        "public_present": public_present,
        "service_minutes": service_minutes,
    }
    saved = times_saved(activity)
    if saved and _says(activity, values):
        return False
    refuse_stale_sheet(seen=saved if seen is None else seen, stored=saved)
    refuse_unexplained_correction(is_correction=bool(saved), reason=reason)
    _store(activity, values, by=by, is_typed=True, is_correction=bool(saved), reason=reason)
    return True


@transaction.atomic
def check_sheet(activity, *, by):
    """Confirm a sheet as its second person: hours are credited as they stand on it, what they were before is taken back.

    ValidationError: `wrong_step`, `excluded_actor` for whoever entered any of it since it was last checked.
    """
    activity = locked(activity)
    transition = EVENTS.begin(activity, "check", by=by)
    refuse_excluded_actor(acting=by.pk, excluded=_entered_since_check(activity), words=EVENTS.words)
    if activity.kind in Activity.SERVICE_KINDS and not activity.counts_typed:
        _credit(activity, by=by)
        activity.service_minutes = activity.service_records.aggregate(total=Sum("minutes"))["total"] or 0
    transition.move(activity, by=by)
    EventStep.objects.create(activity=activity, act=EventStep.Act.CHECK, by=by, on=clock.today())
    return activity


def _entered_since_check(activity):
    """Keys of the users who entered or corrected the sheet after it was last checked."""
    last = activity.steps.filter(act=EventStep.Act.CHECK).order_by("-pk").values_list("pk", flat=True).first()
    steps = activity.steps.filter(act__in=[RECORD, CORRECT], pk__gt=last or 0)
    return set(steps.values_list("by", flat=True))


def _credit(activity, *, by):
    """Write hours of whoever came, and a counter-record of each record that the sheet says otherwise now."""
    length = length_of(activity.starts_at, activity.ends_at)
    rows = list(activity.attendance.present().select_related("member", "volunteer"))
    known = _volunteers_of([row.member for row in rows if row.member_id], activity)
    due = {}
    for row in rows:
        volunteer = row.volunteer or known[row.member_id]
        due[volunteer.pk] = (row.minutes or length, row.entered_by_id)
    for record in activity.service_records.standing():
        minutes, _entered_by = due.get(record.volunteer_id, (0, None))
        if minutes == record.minutes:
            del due[record.volunteer_id]
        else:
            _write(activity, record.volunteer_id, -record.minutes, activity.entered_by_id, by=by, reverses=record)
    for volunteer, (minutes, entered_by) in due.items():
        _write(activity, volunteer, minutes, entered_by, by=by)


def _write(activity, volunteer, minutes, entered_by, *, by, reverses=None):
    # A line left as it was may be of whoever checks now; the sheet as a whole is of whoever corrected it.
    entered_by = activity.entered_by_id if entered_by == by.pk else entered_by
    ServiceRecord.objects.create(
        activity=activity,
        volunteer_id=volunteer,
        on=activity.day,
        minutes=minutes,
        entered_by_id=entered_by,
        checked_by=by,
        reverses=reverses,
    )


def _volunteers_of(members, activity):
    """The volunteer that each member is, by the member's key; whoever serves for the first time is registered now."""
    # Nobody else registers somebody of this organisation meanwhile.
    Organization.objects.select_for_update().get(pk=activity.organization_id)
    known = {
        row.member_id: row
        for row in Volunteer.objects.filter(organization=activity.organization_id, member__in=members).order_by("-pk")
    }
    for member in members:
        if member.pk not in known:
            known[member.pk] = Volunteer.objects.create(
                organization_id=activity.organization_id,
                kind=Volunteer.Kind.PARTY,
                name=member.name,
                member=member,
                registered_on=activity.day,
            )
    return known

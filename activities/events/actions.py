"""What is done to an event before it is held, and who did it, when and why."""

from django.db import transaction

from activities.events.models import Activity, EventStep
from activities.events.rules import refuse_past_day, refuse_same_day, refuse_taken_day
from activities.events.transitions import PLANNED
from branches.models import Organization
from config.kit import clock
from config.kit.dates import refuse_day_out_of_range
from config.kit.workflow.locks import locked


def _locked(event):
    """An event as it stands now; whoever acts on it, or plans for its organisation, at the same moment comes after."""
    event = locked(event)
    Organization.objects.select_for_update().get(pk=event.organization_id)
    return event


def _refuse_taken(event, day):
    others = Activity.objects.filter(
        organization=event.organization_id, branch=event.branch_id, kind=event.kind, day=day
    ).exclude(pk=event.pk)
    other = others.exclude(state=Activity.State.CANCELLED).first()
    refuse_taken_day(day=day, title=other and other.title)


def _step(event, transition, *, by, reason="", to_day=None, **fields):
    """Do an act on a locked event. Raises ValidationError: a private word in the reason, hours that end before they begin."""
    from_day = event.day if to_day else None
    step = EventStep(
        activity=event, act=transition.name, by=by, on=clock.today(), reason=reason, from_day=from_day, to_day=to_day
    )
    step.full_clean(exclude=["activity", "by"])
    for field, value in fields.items():
        setattr(event, field, value)
    # What was written before is not judged again by this act.
    event.full_clean(exclude={field.name for field in event._meta.fields} - {"starts_at", "ends_at", *fields})
    transition.move(event, by=by)
    step.save()
    return event


@transaction.atomic
def open_event(event, *, by):
    """Open the sign-up of a planned event. ValidationError: `wrong_step`, `day_past`."""
    event = _locked(event)
    transition = PLANNED.begin(event, "open", by=by)
    refuse_past_day(day=event.day, today=clock.today())
    return _step(event, transition, by=by)


@transaction.atomic
def move_event(event, *, by, to_day, reason, **where):
    """Move an event to a day, `where` it changes too with `starts_at`, `ends_at`, `place`; the first day stays on record.

    ValidationError: `wrong_step`, `same_day`, `day_past`, `day_taken`, `odd_year`, and what the fields themselves refuse.
    """
    event = _locked(event)
    transition = PLANNED.begin(event, "move", by=by)
    refuse_day_out_of_range(to_day)
    refuse_same_day(day=to_day, planned=event.day)
    refuse_past_day(day=to_day, today=clock.today())
    _refuse_taken(event, to_day)
    first = event.shifted_from or event.day
    where |= {"day": to_day, "shifted_from": None if first == to_day else first}
    return _step(event, transition, by=by, reason=reason, to_day=to_day, **where)


@transaction.atomic
def cancel_event(event, *, by, reason):
    """Cancel an event that was not held; the reason is public. ValidationError: `wrong_step`, a private word."""
    event = _locked(event)
    return _step(event, PLANNED.begin(event, "cancel", by=by), by=by, reason=reason, cancelled_because=reason)


@transaction.atomic
def resume_event(event, *, by):
    """Plan a cancelled event again for its day. ValidationError: `wrong_step`, `day_past`, `day_taken`."""
    event = _locked(event)
    transition = PLANNED.begin(event, "resume", by=by)
    refuse_past_day(day=event.day, today=clock.today())
    _refuse_taken(event, event.day)
    return _step(event, transition, by=by, cancelled_because="")

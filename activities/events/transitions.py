"""What is done to an event before it is held: sign-up opened, moved, cancelled, taken up again (§5.3 of the handbook)."""

from django.utils.translation import gettext_lazy as _

from activities.events.models import Activity
from config.kit import clock
from config.kit.workflow.transitions import Transition, Workflow

State = Activity.State
KEEPS = "activities.change_activity"
AHEAD = (State.PLANNED, State.OPEN)


def _row(name, label, explanation, sources, target, *, function, **options):
    return Transition(
        name, label, explanation, KEEPS, f"activities.events.actions.{function}", sources, target, **options
    )


def _as_planned(event):
    return {"starts_at": event.starts_at, "ends_at": event.ends_at, "place": event.place, "planned": event.day}


EVENT_STEPS = [
    _row(
        "open",
        _("Open sign-up"),
        _("Task, place and leader are set; residents can sign up now."),
        (State.PLANNED,),
        State.OPEN,
        function="open_event",
        applies=lambda event: event.day >= clock.today(),
        done=_("Sign-up is open."),
    ),
    _row(
        "move",
        _("Move it to another day"),
        _("The old day stays on record; residents read the new one and why, and calendars on phones move it."),
        AHEAD,
        None,
        function="move_event",
        form="activities.events.forms.MoveForm",
        initial=_as_planned,
        leads_on=False,
    ),
    _row(
        "cancel",
        _("Cancel it"),
        _("It stays in the calendar as cancelled, with the reason."),
        AHEAD,
        State.CANCELLED,
        function="cancel_event",
        form="activities.events.forms.ReasonForm",
        leads_on=False,
    ),
    _row(
        "resume",
        _("Take it up again"),
        _("It was cancelled and is planned again for the same day."),
        (State.CANCELLED,),
        State.PLANNED,
        function="resume_event",
        leads_on=False,
    ),
]
PLANNED = Workflow(EVENT_STEPS)

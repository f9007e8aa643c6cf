"""报名: what is done to a sign-up after it was taken."""

from django.utils.translation import gettext_lazy as _

from activities.signups.models import SignUp
from config.kit.workflow.transitions import Transition, Workflow

State = SignUp.State
KEEPS = "activities.change_signup"

SIGNUPS = Workflow(
    [
        Transition(
            "ring",
            _("They were rung: a place is free"),
            _("Whoever waited has a place now and is told so."),
            KEEPS,
            "activities.signups.actions.note_call",
            (State.PLACED,),
            applies=lambda signup: signup.ring_since is not None,
            done=_("Noted."),
        ),
        Transition(
            "cancel",
            _("Cancel the sign-up"),
            _("The place goes to whoever waits longest."),
            KEEPS,
            "activities.signups.actions.cancel_signup",
            (State.PLACED, State.WAITING),
            State.CANCELLED,
            leads_on=False,
        ),
    ]
)

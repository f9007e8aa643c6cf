"""结对帮带: a pair ends with what came of it, and can be taken up again where that was a mistake."""

from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.workflow.transitions import Transition, Workflow

KEEPS = "activities.change_mentorpair"

PAIRS = Workflow(
    [
        Transition(
            "end",
            _("End it"),
            _("The pair has reached its goals, or stops. It is not counted any more from that day on."),
            KEEPS,
            "activities.mentoring.actions.end_pair",
            form="activities.mentoring.forms.EndForm",
            initial=lambda pair: {"day": clock.today()},
            applies=lambda pair: pair.ends_on is None,
            leads_on=False,
            done=_("Ended."),
        ),
        Transition(
            "resume",
            _("Take it up again"),
            _("It was ended by mistake, or goes on after all."),
            KEEPS,
            "activities.mentoring.actions.resume_pair",
            applies=lambda pair: pair.ends_on is not None,
            leads_on=False,
        ),
    ]
)

"""签到与核对: the sheet of an event is entered, corrected with a reason, and checked by a second person."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.events.models import Activity
from activities.events.transitions import EVENT_STEPS
from config.kit import clock
from config.kit.workflow.transitions import Transition, Workflow

State = Activity.State
KEEPS = "activities.change_activity"
# Steps whose page is the sheet itself.
RECORD, CORRECT = "record", "correct"


def entered(event):
    """What is said after a sheet was saved."""
    if event is None:
        return _("The sheet says what is on record already; nothing was changed.")
    counts = {"members": event.present, "others": event.public_present, "all": event.attendances}
    return gettext("Entered: %(all)s person-times, members %(members)s, residents %(others)s.") % counts


SHEET_STEPS = [
    Transition(
        RECORD,
        _("Enter the sign-in sheet"),
        _("Who came is ticked by name, in the order of the printed sheet; everything else is counted."),
        KEEPS,
        "activities.attendance.actions.enter_sheet",
        sources=(State.PLANNED, State.OPEN),
        target=State.HELD,
        applies=lambda event: event.day <= clock.today(),
        done=entered,
    ),
    Transition(
        "check",
        _("Check the sheet and the hours"),
        _("Compare the paper with the names below. Hours are credited when you confirm, and stand from then on."),
        KEEPS,
        "activities.attendance.actions.check_sheet",
        sources=(State.HELD,),
        target=State.ARCHIVED,
        excluded=("entered_by_id",),
        done=_("Checked."),
    ),
    Transition(
        CORRECT,
        _("Correct the sign-in sheet"),
        _("What was wrong on the sheet is put right with a reason; then it is checked again."),
        KEEPS,
        "activities.attendance.actions.enter_sheet",
        sources=(State.HELD, State.ARCHIVED),
        target=State.HELD,
        leads_on=False,
        done=entered,
    ),
]
EVENTS = Workflow(
    [*SHEET_STEPS, *EVENT_STEPS],
    words=_("You entered this sheet yourself. A second person compares it with the paper and checks the hours."),
)

"""What is done with a meeting beside its sign-in sheet: minutes are written, study is brought to those who could not come."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.events.models import Activity
from config.kit.workflow.transitions import Transition, Workflow

Kind = Activity.Kind
MEETINGS = (
    Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING, Kind.PARTY_LESSON, Kind.THEME_PARTY_DAY,
    Kind.ORG_LIFE_MEETING, Kind.STUDY_DAY,
)  # fmt: skip
# What is studied there, so that it can be studied at home.
STUDIED = (Kind.STUDY_DAY, Kind.PARTY_LESSON, Kind.THEME_PARTY_DAY)


def noted(rows):
    """What is said after home study was noted."""
    count = len(rows)
    return ngettext("Noted for %(count)s member.", "Noted for %(count)s members.", count) % {"count": count}


MEETING_STEPS = [
    Transition(
        "minutes",
        _("Write the minutes"),
        _(
            "Agenda, speaker, discussion, decisions and votes. They stay inside the branch; residents see title and summary."
        ),
        "activities.add_minutes",
        "activities.meetings.actions.write_minutes",
        sources=Activity.HELD,
        applies=lambda event: event.kind in MEETINGS,
        leads_on=False,
        done=_("The minutes are written."),
    ),
    Transition(
        "home_study",
        _("Note study at home"),
        _("For those who could not come: who brought what to whom. It is counted beside attendance, never inside it."),
        "activities.add_homestudy",
        "activities.meetings.actions.note_home_study",
        sources=Activity.HELD,
        applies=lambda event: event.kind in STUDIED,
        leads_on=False,
        done=noted,
    ),
]
MEETINGS_ACTS = Workflow(MEETING_STEPS)

"""微心愿认领: the way of a wish, each step by a person on a day; none is left out and none is typed (§5.4 of the handbook)."""

from django.utils.translation import gettext_lazy as _

from activities.wishes.models import MiniWish
from config.kit.workflow.transitions import Transition, Workflow

State = MiniWish.State
KEEPS = "activities.change_miniwish"


def _row(name, label, explanation, sources, target, *, function, **options):
    return Transition(
        name, label, explanation, KEEPS, f"activities.wishes.actions.{function}", sources, target, **options
    )


def _waits_for_a_call(wish):
    return wish.contact_by is not None


def _text(wish):
    return {"public_text": wish.public_text}


WISHES = Workflow(
    [
        _row(
            "post",
            _("Post it on the wall"),
            _("Everybody can read its text then; who wishes stays inside."),
            (State.COLLECTED,),
            State.POSTED,
            function="post_wish",
            form="activities.wishes.forms.PostForm",
            initial=_text,
            done=_("It stands on the wall now."),
        ),
        _row(
            "claim",
            _("Note who claims it"),
            _("One person or one team; they have thirty days."),
            (State.POSTED,),
            State.CLAIMED,
            function="claim_wish",
            form="activities.wishes.forms.ClaimForm",
            done=_("Claimed. Bring the two together within seven days."),
        ),
        _row(
            "contact",
            _("They were rung"),
            _("Whoever wished or claimed by the page is promised a call within seven days."),
            (State.COLLECTED, State.POSTED, State.CLAIMED),
            None,
            function="contact_wish",
            form="activities.wishes.forms.ContactForm",
            applies=_waits_for_a_call,
            done=_("Noted."),
            leads_on=False,
        ),
        _row(
            "start",
            _("They have met"),
            _("The claimer has talked with the person who wished; the claim does not lapse any more."),
            (State.CLAIMED,),
            State.IN_PROGRESS,
            function="start_wish",
            asks=("day",),
        ),
        _row(
            "fulfil",
            _("It is fulfilled"),
            _("What was done is public; then the person who wished confirms it."),
            (State.IN_PROGRESS,),
            State.FULFILLED,
            function="fulfil_wish",
            form="activities.wishes.forms.FulfilForm",
        ),
        _row(
            "confirm",
            _("The person who wished confirms it"),
            _("On paper or by phone; the wish is closed then."),
            (State.FULFILLED,),
            State.CLOSED,
            function="confirm_wish",
            form="activities.wishes.forms.ConfirmForm",
            done=_("Closed. Thank you."),
        ),
        _row(
            "give_back",
            _("Give it back to the wall"),
            _("The claimer cannot do it; the wish waits for somebody again, and nobody minds."),
            (State.CLAIMED, State.IN_PROGRESS),
            State.POSTED,
            function="give_back_wish",
            asks=("day", "reason"),
            leads_on=False,
        ),
        _row(
            "withdraw",
            _("Withdraw it"),
            _("The person does not wish it any more; its words are no longer shown."),
            (State.COLLECTED, State.POSTED, State.CLAIMED, State.IN_PROGRESS),
            State.WITHDRAWN,
            function="withdraw_wish",
            asks=("day", "reason"),
            leads_on=False,
        ),
    ],
    words=_("Somebody else does this."),
)

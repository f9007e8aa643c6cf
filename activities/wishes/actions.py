"""How a wish is noted down, and every step of its way: who did it, on which day. Days in dates, money in yuan."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.wishes.models import MiniWish, WishStep
from activities.wishes.rules import (
    refuse_day_ahead,
    refuse_day_before,
    refuse_ended_claim,
    refuse_taken,
    refuse_unconfirmed,
    refuse_without_words,
)
from activities.wishes.transitions import WISHES
from branches.models import Organization
from config.kit import clock
from config.kit.numbering import next_label
from config.kit.public_text import refuse_private_words
from config.kit.workflow.locks import locked

# 2018-001: a street collects fewer than a thousand wishes a year.
DIGITS = 3
# A claim on which nobody has begun lapses after so long (§5.4 of the handbook).
CLAIM_LASTS = timedelta(days=30)
# Within so long the office rings whoever wished or claimed by the page (§5.4 of the handbook).
CONTACT_WITHIN = timedelta(days=7)
UNCLAIMED = {
    "claimed_by": "", "claimer_named": False, "claimer_phone": "", "claimer_word": "", "claimed_on": None,
    "due_on": None, "contact_by": None,
}  # fmt: skip


def _hold_numbers(wish):
    """Nobody else takes a number of this organisation meanwhile."""
    Organization.objects.select_for_update().get(pk=wish.organization_id)


@transaction.atomic
def record_wish(wish):
    """Store a wish; without a number it gets the next one of its organisation and the year it was collected in."""
    if not wish.code:
        _hold_numbers(wish)
        given = MiniWish.objects.filter(organization_id=wish.organization_id).values_list("code", flat=True)
        wish.code = next_label(given, prefix=f"{wish.collected_on.year}-", digits=DIGITS)
    wish.save()
    return wish


@transaction.atomic
def take_wish(wish, *, said, key=None):
    """Store what a resident wished on the page; nobody reads it before a person of the office has checked it.

    With a `key` taken before, the first wish comes back and nothing is stored.
    """
    _hold_numbers(wish)
    first = MiniWish.objects.filter(sent_key=key).first() if key else None
    if first:
        return first
    wish.sent_key, wish.said, wish.channel = key, said, MiniWish.Channel.WEB
    wish.collected_on = clock.today()
    wish.contact_by = wish.collected_on + CONTACT_WITHIN
    wish.public_text = said if _may_be_read(said, names=[wish.wisher]) else ""
    return record_wish(wish)


def _may_be_read(text, *, names):
    """Whether a text could go public as it is; else the office finds words of its own."""
    try:
        refuse_private_words(text, names=names, about_one=True)
    except ValidationError:
        return False
    return len(text) <= MiniWish._meta.get_field("public_text").max_length


def _step(wish, name, *, by, on, written=None, **fields):
    """Do a step of a locked wish; `written` is kept with the step, `fields` with the wish.

    Raises ValidationError: wrong step, a day ahead or before the last step, a private word.
    """
    transition = WISHES.begin(wish, name, by=by)
    refuse_day_ahead(day=on, today=clock.today())
    last = wish.steps.order_by("-on").values_list("on", flat=True).first()
    refuse_day_before(day=on, last=max(last or wish.collected_on, wish.collected_on))
    for field, value in fields.items():
        setattr(wish, field, value)
    wish.state = transition.target or wish.state
    # To a resident on the page the rule about names would tell whose name is known here.
    wish.full_clean(exclude=["organization", "branch", *([] if by else ["public_text", "result"])])
    transition.move(wish, by=by)
    WishStep.objects.create(wish=wish, act=name, by=by, on=on, **(written or {}))
    return wish


@transaction.atomic
def post_wish(wish, *, by, on, public_text):
    """Put a wish on the wall: a person has checked its text, and so does the program."""
    refuse_without_words(public_text)
    return _step(locked(wish), "post", by=by, on=on, public_text=public_text)


@transaction.atomic
def claim_wish(wish, *, by, on, claimed_by, claimer_named=False, claimer_phone=""):
    """Note the one person or team that claims a wish; `claimed_already` for everybody who comes after."""
    wish = locked(wish)
    _refuse_taken(wish)
    claimer = {"claimed_by": claimed_by, "claimer_named": claimer_named, "claimer_phone": claimer_phone}
    return _claim(wish, by=by, on=on, **claimer)


@transaction.atomic
def claim_from_page(wish, *, claimed_by, claimer_phone, claimer_named=False, claimer_word="", key=None):
    """The claim of a resident on the page of a wish, by nobody of the office; one form sent again claims once."""
    wish = locked(wish)
    if key and WishStep.objects.filter(wish=wish, sent_key=key).exists():
        refuse_ended_claim(is_waiting=wish.state == MiniWish.State.POSTED)
        return wish
    _refuse_taken(wish)
    claimer = {"claimed_by": claimed_by, "claimer_named": claimer_named, "claimer_phone": claimer_phone}
    written = {"from_page": True, "sent_key": key}
    return _claim(wish, by=None, on=clock.today(), written=written, claimer_word=claimer_word, **claimer)


def _refuse_taken(wish):
    """Whether a locked wish waits for somebody; a claim that lapsed goes back to the wall first."""
    if MiniWish.objects.lapsed(clock.today()).filter(pk=wish.pk).exists():
        _lapse(wish)
    refuse_taken(
        is_waiting=wish.state == MiniWish.State.POSTED,
        is_done=wish.state in {MiniWish.State.FULFILLED, MiniWish.State.CLOSED},
        is_withdrawn=wish.state == MiniWish.State.WITHDRAWN,
    )


def _claim(wish, *, by, on, **claim):
    return _step(
        wish, "claim", by=by, on=on, claimed_on=on, due_on=on + CLAIM_LASTS, contact_by=on + CONTACT_WITHIN, **claim
    )


@transaction.atomic
def contact_wish(wish, *, by, on, remark=""):
    """Whoever wished or claimed was rung, as was promised."""
    return _step(locked(wish), "contact", by=by, on=on, written={"remark": remark}, contact_by=None)


@transaction.atomic
def start_wish(wish, *, by, on):
    """The claimer and the person who wished have met."""
    return _step(locked(wish), "start", by=by, on=on, contact_by=None)


@transaction.atomic
def fulfil_wish(wish, *, by, on, result):
    return _step(locked(wish), "fulfil", by=by, on=on, fulfilled_on=on, result=result)


@transaction.atomic
def confirm_wish(wish, *, by, on, way, remark):
    """Close a wish by the word (`remark`) of the person who wished, and the `way` it came."""
    refuse_unconfirmed(way=way, word=remark)
    return _step(locked(wish), "confirm", by=by, on=on, written={"way": way, "remark": remark}, closed_on=on)


@transaction.atomic
def give_back_wish(wish, *, by, on, reason):
    return _step(locked(wish), "give_back", by=by, on=on, written={"remark": reason}, **UNCLAIMED)


@transaction.atomic
def withdraw_wish(wish, *, by, on, reason):
    return _step(
        locked(wish),
        "withdraw",
        by=by,
        on=on,
        written={"remark": reason},
        withdrawn_because=reason,
        contact_by=None,
    )


def _lapse(wish):
    wish._history_user = None
    lapsed_on = wish.due_on + timedelta(days=1)
    for field, value in (UNCLAIMED | {"state": MiniWish.State.POSTED}).items():
        setattr(wish, field, value)
    wish.save()
    WishStep.objects.create(wish=wish, act=WishStep.Act.LAPSE, on=lapsed_on)


def return_lapsed_claims(today):
    """Put claims whose day is past back on the wall, by nobody's act; returns how many. One query where there are none."""
    keys = list(MiniWish.objects.lapsed(today).values_list("pk", flat=True))
    returned = 0
    for key in keys:
        with transaction.atomic():
            # Somebody may have begun on it, or taken it back, since the keys were read.
            wish = MiniWish.objects.lapsed(today).select_for_update().filter(pk=key).first()
            if wish is not None:
                _lapse(wish)
                returned += 1
    return returned

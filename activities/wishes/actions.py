"""How a wish is noted down, and every step of its way: who did it, on which day. Days in dates, money in yuan."""

from datetime import timedelta

from django.db import transaction

from activities.wishes.models import MiniWish, WishStep
from activities.wishes.rules import refuse_day_ahead, refuse_day_before, refuse_taken
from activities.wishes.transitions import WISHES
from branches.models import Organization
from config.kit import clock
from config.kit.numbering import next_label

# 2018-001: a street collects fewer than a thousand wishes a year.
DIGITS = 3
# A claim on which nobody has begun lapses after so long (§5.4 of the handbook).
CLAIM_LASTS = timedelta(days=30)
UNCLAIMED = {"claimed_by": "", "claimer_named": False, "claimer_phone": "", "claimed_on": None, "due_on": None}


@transaction.atomic
def record_wish(wish):
    """Store a wish; without a number it gets the next one of its organisation and the year it was collected in."""
    if not wish.code:
        # Nobody else takes a number of this organisation meanwhile.
        Organization.objects.select_for_update().get(pk=wish.organization_id)
        given = MiniWish.objects.filter(organization_id=wish.organization_id).values_list("code", flat=True)
        wish.code = next_label(given, prefix=f"{wish.collected_on.year}-", digits=DIGITS)
    wish.save()
    return wish


def _locked(wish):
    """A wish as it stands now; whoever acts on it at the same moment comes after."""
    MiniWish.objects.select_for_update().get(pk=wish.pk)
    wish.refresh_from_db()
    return wish


def _step(wish, name, *, by, on, remark="", **fields):
    """Do a step of a locked wish. Raises ValidationError: wrong step, a day ahead or before the last step, a private word."""
    transition = WISHES.begin(wish, name, by=by)
    refuse_day_ahead(day=on, today=clock.today())
    last = wish.steps.order_by("-on").values_list("on", flat=True).first()
    refuse_day_before(day=on, last=max(last or wish.collected_on, wish.collected_on))
    for field, value in fields.items():
        setattr(wish, field, value)
    wish.state = transition.target
    wish.full_clean(exclude=["organization", "branch"])
    transition.move(wish, by=by)
    WishStep.objects.create(wish=wish, act=name, by=by, on=on, remark=remark)
    return wish


@transaction.atomic
def post_wish(wish, *, by, on, public_text):
    """Put a wish on the wall: a person has checked its text, and so does the program."""
    return _step(_locked(wish), "post", by=by, on=on, public_text=public_text)


@transaction.atomic
def claim_wish(wish, *, by, on, claimed_by, claimer_named=False, claimer_phone=""):
    """Note the one person or team that claims a wish; `claimed_already` for everybody who comes after."""
    wish = _locked(wish)
    if MiniWish.objects.lapsed(clock.today()).filter(pk=wish.pk).exists():
        _lapse(wish)
    refuse_taken(is_waiting=wish.state == MiniWish.State.POSTED)
    return _step(
        wish,
        "claim",
        by=by,
        on=on,
        claimed_by=claimed_by,
        claimer_named=claimer_named,
        claimer_phone=claimer_phone,
        claimed_on=on,
        due_on=on + CLAIM_LASTS,
    )


@transaction.atomic
def start_wish(wish, *, by, on):
    """The claimer and the person who wished have met."""
    return _step(_locked(wish), "start", by=by, on=on)


@transaction.atomic
def fulfil_wish(wish, *, by, on, result):
    return _step(_locked(wish), "fulfil", by=by, on=on, fulfilled_on=on, result=result)


@transaction.atomic
def confirm_wish(wish, *, by, on, remark):
    """Close a wish by the word of the person who wished; `remark` says how it was given."""
    return _step(_locked(wish), "confirm", by=by, on=on, remark=remark, closed_on=on)


@transaction.atomic
def give_back_wish(wish, *, by, on, reason):
    return _step(_locked(wish), "give_back", by=by, on=on, remark=reason, **UNCLAIMED)


@transaction.atomic
def withdraw_wish(wish, *, by, on, reason):
    return _step(_locked(wish), "withdraw", by=by, on=on, remark=reason, withdrawn_because=reason)


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

"""Signing up, cancelling, and moving up from the waiting list; each under the lock of the event's row. Places in persons."""

from django.db import transaction

from activities.events.models import Activity
from activities.signups.models import SignUp, SignUpStep, is_open, places_left
from activities.signups.rules import refuse_closed, refuse_minor_alone, refuse_too_many, refuse_twice
from activities.signups.transitions import SIGNUPS
from config.kit import clock

State, Act = SignUp.State, SignUpStep.Act


def _locked(activity_id):
    """The event as it stands now; whoever signs up or cancels at the same moment comes after."""
    return Activity.objects.select_for_update().get(pk=activity_id)


def _write(signup, act, *, by, from_page=False):
    SignUpStep.objects.create(signup=signup, act=act, by=by, from_page=from_page)


@transaction.atomic
def sign_up(signup, *, by=None, key=None):
    """Take a sign-up: with a place, or on the waiting list where there are fewer free than come.

    With a `key` taken before, the first sign-up comes back and nothing is stored. Raises ValidationError: `not_open`,
    `twice`, `too_many`, `guardian_missing`, and what the fields refuse.
    """
    activity = _locked(signup.activity_id)
    first = SignUp.objects.filter(sent_key=key, activity=activity).first() if key else None
    if first:
        return first
    refuse_closed(is_open=is_open(activity))
    refuse_too_many(persons=signup.persons, capacity=activity.capacity)
    refuse_minor_alone(
        is_minor=signup.is_minor,
        guardian=signup.guardian,
        phone=signup.guardian_phone,
        note=signup.guardian_note,
    )
    signup.clean_fields(exclude=["activity"])
    others = list(activity.signups.in_force())
    refuse_twice(is_known=any((one.name, one.phone) == (signup.name, signup.phone) for one in others))
    left = places_left(activity)
    is_full = left is not None and (left < signup.persons or any(one.state == State.WAITING for one in others))
    signup.state = State.WAITING if is_full else State.PLACED
    signup.sent_key, signup._history_user = key, by
    signup.save()
    _write(signup, Act.SIGN, by=by, from_page=by is None)
    return signup


@transaction.atomic
def cancel_signup(signup, *, by=None):
    """Cancel a sign-up, by the office or with its code on the page; its place goes to who waits longest."""
    activity = _locked(signup.activity_id)
    signup.refresh_from_db()
    SIGNUPS.begin(signup, "cancel", by=by).move(signup, by=by, ring_since=None)
    _write(signup, Act.CANCEL, by=by, from_page=by is None)
    _fill(activity)
    return signup


@transaction.atomic
def fill_places(activity):
    """Move up who waits, where places became free because the event takes more."""
    _fill(_locked(activity.pk))


def _fill(activity):
    """In the order of the list; where the first needs more places than are free, nobody passes."""
    if not is_open(activity):
        return
    for signup in activity.signups.filter(state=State.WAITING).order_by("id"):
        left = places_left(activity)
        if left is not None and left < signup.persons:
            return
        signup.state, signup.ring_since, signup._history_user = State.PLACED, clock.today(), None
        signup.save()
        _write(signup, Act.MOVE_UP, by=None)


@transaction.atomic
def note_call(signup, *, by):
    """Whoever moved up was rung."""
    _locked(signup.activity_id)
    signup.refresh_from_db()
    SIGNUPS.begin(signup, "ring", by=by).move(signup, by=by, ring_since=None)
    _write(signup, Act.RING, by=by)
    return signup

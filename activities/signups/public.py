"""What residents may read of the sign-up for an event: how many places are left, never who has them."""

from dataclasses import dataclass
from hmac import compare_digest

from django.db.models import Sum

from activities.events.models import Activity
from activities.events.public import ActivityLine, activity_line
from activities.signups.models import SignUp, is_open, places_left


@dataclass(frozen=True)
class SignUpPage:
    """An event with its free places (None: no limit) and the number of persons who wait."""

    line: ActivityLine
    is_open: bool
    left: int | None
    waiting: int

    @property
    def is_full(self):
        return self.left is not None and (self.left == 0 or self.waiting > 0)


def signup_page(pk):
    """The sign-up of the event with this key, or None."""
    activity = Activity.objects.select_related("branch", "organization").filter(pk=pk).first()
    if activity is None:
        return None
    activity.moves = list(activity.steps.moves())
    waiting = activity.signups.filter(state=SignUp.State.WAITING).aggregate(total=Sum("persons"))["total"] or 0
    return SignUpPage(activity_line(activity), is_open(activity), places_left(activity), waiting)


def signup_with_code(pk, code):
    """The sign-up for an event that this code belongs to, or None."""
    number = code.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    signup = SignUp.objects.filter(activity_id=pk, pk=int(number)).first()
    return signup if signup and compare_digest(signup.code, code) else None


def place_in_line(signup):
    """Which of those who wait it is, from 1."""
    return SignUp.objects.filter(activity_id=signup.activity_id, state=SignUp.State.WAITING, pk__lte=signup.pk).count()

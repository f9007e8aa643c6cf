"""What waits for a user among sign-ups."""

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.events.models import Activity
from activities.signups.models import SignUp
from config.kit.tasks import AT_MOST, Task


def places_to_tell(user, today):
    """Whoever moved up from a waiting list and does not know it yet."""
    rows = SignUp.objects.visible_to(user).exclude(ring_since=None).filter(activity__day__gte=today)
    return [
        _call(row, row.ring_since, _("Ring %(name)s: a place is free now"), today)
        for row in rows.select_related("activity").order_by("ring_since", "id")[:AT_MOST]
    ]


def cancelled_to_tell(user, today):
    """Whoever signed up for an event that was cancelled since; their sign-up is cancelled when they were rung."""
    rows = SignUp.objects.visible_to(user).in_force()
    rows = rows.filter(activity__state=Activity.State.CANCELLED, activity__day__gte=today)
    return [
        _call(row, row.activity.day, _("Ring %(name)s: the event is cancelled"), today)
        for row in rows.select_related("activity").order_by("activity__day", "id")[:AT_MOST]
    ]


def _call(signup, due, words, today):
    return Task(
        due=due,
        title=words % {"name": signup.name},
        sentence=signup.activity.title,
        address=reverse("admin:activities_signup_change", args=[signup.pk]),
        button=_("Go there"),
        today=today,
    )

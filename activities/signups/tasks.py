"""What waits for a user among sign-ups."""

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.signups.models import SignUp
from config.kit.tasks import AT_MOST, Task


def places_to_tell(user, today):
    """Whoever moved up from a waiting list and does not know it yet."""
    rows = SignUp.objects.visible_to(user).exclude(ring_since=None).filter(activity__day__gte=today)
    return [
        Task(
            due=row.ring_since,
            title=_("Ring %(name)s: a place is free now") % {"name": row.name},
            sentence=row.activity.title,
            address=reverse("admin:activities_signup_change", args=[row.pk]),
            button=_("Go there"),
            today=today,
        )
        for row in rows.select_related("activity").order_by("ring_since", "id")[:AT_MOST]
    ]

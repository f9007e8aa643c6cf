"""What waits for a user among events."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.events.models import Activity
from config.kit.tasks import AT_MOST, Task

DAYS_AHEAD = 30


def days_without_leader(user, today):
    """Activities of the next month that nobody leads yet."""
    ahead = Activity.objects.visible_to(user).filter(
        state__in=[Activity.State.PLANNED, Activity.State.OPEN],
        leader="",
        day__gte=today,
        day__lte=today + timedelta(days=DAYS_AHEAD),
    )
    return [
        Task(
            due=activity.day,
            title=_("%(title)s: nobody leads it yet") % {"title": activity.title},
            sentence=_("%(kind)s on %(day)s.")
            % {"kind": activity.get_kind_display(), "day": date_format(activity.day)},
            address=reverse("admin:activities_activity_change", args=[activity.pk]),
            button=_("Name a leader"),
            today=today,
        )
        for activity in ahead.order_by("day")[:AT_MOST]
    ]


def activities_not_recorded(user, today):
    """Activities whose day has passed and of which nobody has written down what happened."""
    past = Activity.objects.visible_to(user).filter(
        state__in=[Activity.State.PLANNED, Activity.State.OPEN], day__lt=today
    )
    return [
        Task(
            due=activity.day,
            title=_("%(title)s: not recorded yet") % {"title": activity.title},
            sentence=_("Enter who came from the sign-in sheet, or write why it was cancelled."),
            address=reverse("admin:activities_activity_transition", args=[activity.pk, "record"]),
            button=_("Enter the sign-in sheet"),
            today=today,
        )
        for activity in past.order_by("day")[:AT_MOST]
    ]

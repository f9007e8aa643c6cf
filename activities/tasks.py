"""What waits for a user among activities and wishes."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import Activity, MiniWish
from config.kit.tasks import AT_MOST, Task

DAYS_AHEAD = 30


def tasks_for(user, *, today):
    tasks = []
    if user.has_perm("activities.change_activity"):
        tasks += days_without_leader(user, today) + activities_not_recorded(user, today)
    if user.has_perm("activities.change_miniwish"):
        tasks += wishes_to_post(user, today) + wishes_due(user, today)
    return tasks


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
            sentence=_("Write down who came and what was done, or why it was cancelled."),
            address=reverse("admin:activities_activity_change", args=[activity.pk]),
            button=_("Record it"),
            today=today,
        )
        for activity in past.order_by("day")[:AT_MOST]
    ]


def wishes_to_post(user, today):
    """Wishes that were collected and whose public text nobody has checked."""
    collected = MiniWish.objects.visible_to(user).filter(state=MiniWish.State.COLLECTED)
    return [
        Task(
            due=wish.collected_on + timedelta(days=7),
            title=_("Wish %(code)s waits to be posted") % {"code": wish.code},
            sentence=_("Check that its text names nobody, then post it."),
            address=reverse("admin:activities_miniwish_change", args=[wish.pk]),
            button=_("Check and post"),
            today=today,
        )
        for wish in collected.order_by("collected_on")[:AT_MOST]
    ]


def wishes_due(user, today):
    """Claimed wishes whose last day is past or near."""
    due = MiniWish.objects.visible_to(user).filter(
        state__in=[MiniWish.State.CLAIMED, MiniWish.State.IN_PROGRESS], due_on__lte=today + timedelta(days=7)
    )
    return [
        Task(
            due=wish.due_on,
            title=_("Wish %(code)s is due") % {"code": wish.code},
            sentence=wish.public_text,
            address=reverse("admin:activities_miniwish_change", args=[wish.pk]),
            button=_("Go there"),
            today=today,
        )
        for wish in due.order_by("due_on")[:AT_MOST]
    ]

"""What waits for a user among sign-in sheets."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.events.models import Activity
from config.kit.tasks import AT_MOST, Task

WITHIN = timedelta(days=7)


def sheets_to_check(user, today):
    """Sheets of service that somebody else entered, whose hours wait for a second person."""
    entered = Activity.objects.visible_to(user).filter(state=Activity.State.HELD, kind__in=Activity.SERVICE_KINDS)
    entered = entered.exclude(entered_by=None).exclude(entered_by=user)
    return [
        Task(
            due=activity.day + WITHIN,
            title=_("%(title)s: hours wait to be checked") % {"title": activity.title},
            sentence=_("Held on %(day)s. Compare the paper with what was typed in.")
            % {"day": date_format(activity.day)},
            address=reverse("admin:activities_activity_transition", args=[activity.pk, "check"]),
            button=_("Check the sheet"),
            today=today,
        )
        for activity in entered.order_by("day")[:AT_MOST]
    ]

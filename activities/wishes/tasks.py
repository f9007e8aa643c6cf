"""What waits for a user among wishes."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.wishes.models import MiniWish
from config.kit.tasks import AT_MOST, Task


def wishes_to_post(user, today):
    """Wishes that were collected and whose public text nobody has checked."""
    collected = MiniWish.objects.visible_to(user).filter(state=MiniWish.State.COLLECTED)
    return [
        Task(
            due=wish.collected_on + timedelta(days=7),
            title=_("Wish %(code)s waits to be posted") % {"code": wish.code},
            sentence=_("Check that its text names nobody, then post it."),
            address=reverse("admin:activities_miniwish_transition", args=[wish.pk, "post"]),
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


def calls_promised(user, today):
    """Whoever wished or claimed and waits for the call of the office, late ones among them."""
    rows = MiniWish.objects.visible_to(user).exclude(contact_by=None).order_by("contact_by", "id")[:AT_MOST]
    return [_call(wish, today) for wish in rows]


def _call(wish, today):
    until = {"code": wish.code, "day": date_format(wish.contact_by, "MONTH_DAY_FORMAT")}
    if wish.claimed_on:
        title = _("Ring who claimed wish %(code)s, by %(day)s") % until
    else:
        title = _("Ring who sent in wish %(code)s, by %(day)s") % until
    return Task(
        due=wish.contact_by,
        title=title,
        sentence=_("Contact was promised within 7 days. The phone stands in the private data."),
        address=reverse("admin:activities_miniwish_change", args=[wish.pk]),
        button=_("Go there"),
        today=today,
    )

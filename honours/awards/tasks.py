"""What waits for a user among honours."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.tasks import AT_MOST, Task
from honours.awards.models import Honour


def tasks_for(user, *, today):
    """Honours that were entered and whose proof nobody has checked."""
    if not user.has_perm("honours.change_honour"):
        return []
    entered = Honour.objects.visible_to(user).filter(state=Honour.State.ENTERED)
    return [
        Task(
            due=None,
            title=_("Honour to check: %(title)s") % {"title": honour.title},
            sentence=_("Look at the certificate and the consent, then make it public or keep it internal."),
            address=reverse("admin:honours_honour_change", args=[honour.pk]),
            button=_("Check"),
            today=today,
        )
        for honour in entered.order_by("id")[:AT_MOST]
    ]

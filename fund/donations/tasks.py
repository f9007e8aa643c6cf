"""What waits for a user among gifts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.tasks import AT_MOST, Task
from fund.donations.models import Collection, Donation


def gifts_to_count(user, today):
    """Collections and single gifts that somebody else took down and nobody has counted."""
    if not user.has_perm("fund.count_donation"):
        return []
    collections = Collection.objects.visible_to(user).filter(counted_by=None).exclude(registered_by=user)
    tasks = [
        Task(
            due=None,
            title=_("Collection of %(day)s") % {"day": row},
            sentence=_("Waits for counting by a second person."),
            address=reverse("admin:fund_collection_change", args=[row.pk]),
            button=_("Count it"),
            today=today,
        )
        for row in collections.order_by("id")[:AT_MOST]
    ]
    gifts = Donation.objects.visible_to(user).filter(entry=None, refusal="", collection=None)
    number = gifts.exclude(registered_by=user).count()
    if number:
        words = ngettext("%(count)s gift waits for counting", "%(count)s gifts wait for counting", number)
        tasks.append(
            Task(
                due=None,
                title=words % {"count": number},
                sentence=_("Somebody else took them down; count and give receipts."),
                address=f"{reverse('admin:fund_donation_changelist')}?step=waiting",
                button=_("Count them"),
                today=today,
            )
        )
    return tasks

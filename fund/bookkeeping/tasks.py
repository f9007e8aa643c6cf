"""What waits for a user among cash counts and bank lists."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.tasks import AT_MOST, Task
from fund.bookkeeping.models import BankLine, CashCount


def checks_to_finish(user, today):
    """Cash counted by one person only, and lines of the bank without an entry."""
    tasks = []
    if user.has_perm("fund.confirm_cashcount"):
        counts = CashCount.objects.visible_to(user).filter(second_by=None).exclude(first_by=user)
        tasks += [
            Task(
                due=None,
                title=_("Cash count of %(day)s") % {"day": row},
                sentence=_("Waits for the second person."),
                address=reverse("admin:fund_cashcount_change", args=[row.pk]),
                button=_("Count too"),
                today=today,
            )
            for row in counts.order_by("id")[:AT_MOST]
        ]
    if user.has_perm("fund.match_bankstatement"):
        open_lines = (
            BankLine.objects.visible_to(user)
            .filter(entry=None)
            .order_by()
            .values("statement")
            .annotate(number=Count("id"), first=Min("day"))
        )
        for row in open_lines.order_by("first")[:AT_MOST]:
            words = ngettext(
                "%(count)s line of the bank has no entry", "%(count)s lines of the bank have no entry", row["number"]
            )
            tasks.append(
                Task(
                    due=None,
                    title=words % {"count": row["number"]},
                    sentence=_("Find the entry, or book what is missing."),
                    address=reverse("admin:fund_bankstatement_change", args=[row["statement"]]),
                    button=_("Look at them"),
                    today=today,
                )
            )
    return tasks

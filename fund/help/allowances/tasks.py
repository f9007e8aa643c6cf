"""What waits for a user among allowance rules: months without a list."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.tasks import AT_MOST, Task
from fund.help.allowances.actions import missing_months_of
from fund.help.allowances.models import AllowanceRule


def allowance_to_prepare(user, today):
    """Allowance rules with months that are due and have no list."""
    if not user.has_perm("fund.add_allowancerun"):
        return []
    tasks = []
    every = list(AllowanceRule.objects.visible_to(user).select_related("pot").order_by("pot_id", "id"))
    for rule, months in missing_months_of(every, today=today):
        if months and len(tasks) < AT_MOST:
            words = ngettext(
                "%(pot)s: the list of %(count)s month is missing",
                "%(pot)s: the lists of %(count)s months are missing",
                len(months),
            )
            tasks.append(
                Task(
                    due=months[0].replace(day=rule.full_month_day),
                    title=words % {"pot": rule.pot.name, "count": len(months)},
                    sentence=_("The oldest is %(month)s.") % {"month": f"{months[0]:%Y-%m}"},
                    address=reverse("admin:fund_allowancerule_change", args=[rule.pk]),
                    button=_("Make the list"),
                    today=today,
                )
            )
    return tasks

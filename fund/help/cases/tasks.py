"""What waits for a user among cases."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.tasks import AT_MOST, Task
from config.kit.workflow.transitions import waiting_for_others
from fund.help.cases.models import AssistanceCase, CaseState
from fund.help.cases.transitions import CASES

READ_AT_ONCE = 60


def cases_to_act_on(user, today):
    """Cases whose next transition this user may do: by right, as no excluded actor, and not before its day."""
    steps = [row for row in CASES if row.leads_on and row.name != "propose" and user.has_perm(row.permission)]
    if not steps:
        return []
    states = waiting_for_others(steps, user)
    # What is in its notice waits for nobody before the last day is over; what was visited is not visited again.
    states &= ~Q(state=CaseState.IN_NOTICE, notice_to__gte=today) & ~Q(
        state=CaseState.PAID, spot_checked_on__isnull=False
    )
    rows = AssistanceCase.objects.visible_to(user).filter(states).select_related("pot").order_by("id")
    tasks = []
    for case in rows.iterator(chunk_size=READ_AT_ONCE):
        if len(tasks) == AT_MOST:
            break
        # In an emergency the notice follows the payment, and the file is closed after it.
        fitting = [row for row in steps if row.fits(case) and user.pk not in row.excluded_actors(case)]
        if not fitting or (fitting[0].name == "close" and case.notice_to and case.notice_to >= today):
            continue
        tasks.append(
            Task(
                due=None,
                title=_("%(kind)s %(record)s") % {"kind": AssistanceCase._meta.verbose_name, "record": case},
                sentence=_("%(state)s, %(amount)s yuan.")
                % {"state": case.get_state_display(), "amount": yuan(case.approved_amount or case.applied_amount)},
                address=reverse("admin:fund_assistancecase_change", args=[case.pk]),
                button=str(fitting[0].label),
                today=today,
            )
        )
    return tasks

"""What waits for a user among condolence rounds and allowance lists."""

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.tasks import AT_MOST, Task
from config.kit.workflow.transitions import waiting_for_others
from fund.help.allowances.models import AllowanceRun
from fund.help.allowances.transitions import ALLOWANCES
from fund.help.visits.models import CondolenceRound
from fund.help.visits.transitions import ROUNDS


def _words():
    return {"approve": _("Decide"), "pay": _("Pay it"), "sign": _("Collect the signatures")}


def records_to_act_on(user, today):
    """Rounds and runs that wait for approval, payment or signatures by this user."""
    tasks = []
    for model, way in ((CondolenceRound, ROUNDS), (AllowanceRun, ALLOWANCES)):
        name = model._meta.model_name
        steps = [row for row in way if row.leads_on and row.name != "propose" and user.has_perm(row.permission)]
        rows = model.objects.visible_to(user).filter(waiting_for_others(steps, user)).select_related("pot")
        tasks += [
            Task(
                due=None,
                title=_("%(kind)s %(record)s") % {"kind": model._meta.verbose_name, "record": row},
                sentence=_("%(pot)s: %(state)s.") % {"pot": row.pot.name, "state": row.get_state_display()},
                address=reverse(f"admin:fund_{name}_change", args=[row.pk]),
                button=_words()[way.next_of(row)[0].name],
                today=today,
            )
            for row in rows.order_by("id")[:AT_MOST]
        ]
    return tasks

"""What waits for a user among statements: signatures, and periods that are over."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.tasks import AT_MOST, Task
from config.kit.workflow.transitions import waiting_for_others
from fund.disclosure.periods import due_on, period_end
from fund.disclosure.statements.models import Statement
from fund.disclosure.statements.transitions import STATEMENTS
from fund.disclosure.wording import period_label
from fund.ledger.models import Pot

State = Statement.State


def _words():
    return {
        "review-first": _("Review it first"),
        "review-second": _("Review it second"),
        "publish": _("Publish it"),
        "draft-again": _("Draft it again"),
    }


def statements_to_sign(user, today):
    """Statements on their way whose next step this user may take and has not taken part in before."""
    steps = [row for row in STATEMENTS if row.leads_on and user.has_perm(row.permission)]
    rows = Statement.objects.visible_to(user).filter(waiting_for_others(steps, user)).select_related("pot")
    tasks = []
    for row in rows.defer("document")[:AT_MOST]:
        period = period_label(row.period_from, row.period_to, opened_on=row.pot.opened_on)
        tasks.append(
            Task(
                due=due_on(row.pot, row.period_to),
                title=_("%(pot)s, %(period)s") % {"pot": row.pot.name, "period": period},
                sentence=row.return_reason or str(row.get_state_display()),
                address=reverse("admin:fund_statement_change", args=[row.pk]),
                button=_words()[STATEMENTS.next_of(row)[0].name],
                today=today,
            )
        )
    return tasks


def statements_to_draft(user, today):
    """Pots whose last period is over and not accounted for: on the wall by the 10th of the month after."""
    if not user.has_perm("fund.add_statement"):
        return []
    tasks = []
    pots = Pot.objects.at_desk_of(user).filter(kind=Pot.Kind.MUTUAL_AID).order_by("id")
    rows = Statement.objects.filter(pot__in=pots).order_by("period_to").values_list("pot", "period_to", "state")
    last = {pot: (period_to, state) for pot, period_to, state in rows}
    for pot in pots:
        if len(tasks) == AT_MOST:
            break
        covered, state = last.get(pot.pk, (None, State.PUBLISHED))
        first = covered + timedelta(days=1) if covered else pot.opened_on
        end = period_end(pot, first)
        if state != State.PUBLISHED or end >= today:
            continue
        tasks.append(
            Task(
                due=due_on(pot, end),
                title=_("%(pot)s, %(period)s")
                % {"pot": pot.name, "period": period_label(first, end, opened_on=pot.opened_on)},
                sentence=_("The period is over; its statement is to be drafted."),
                address=f"{reverse('admin:fund_statement_add')}?pot={pot.pk}",
                button=_("Draft it"),
                today=today,
            )
        )
    return tasks

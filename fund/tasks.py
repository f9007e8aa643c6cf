"""What waits for a user among statements, cases, rounds and allowance runs."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.tasks import Task
from config.kit.workflow.transitions import waiting_for_others
from fund.desk_tasks import desk_tasks
from fund.disclosure.periods import due_on, period_end
from fund.disclosure.statements.models import Statement
from fund.disclosure.statements.transitions import STATEMENTS
from fund.disclosure.wording import period_label
from fund.help.allowances.models import AllowanceRun
from fund.help.allowances.transitions import ALLOWANCES
from fund.help.cases.models import AssistanceCase, CaseState
from fund.help.cases.transitions import CASES
from fund.help.visits.models import CondolenceRound
from fund.help.visits.transitions import ROUNDS
from fund.ledger.models import Pot

AT_MOST, READ_AT_ONCE = 10, 60
State = Statement.State


def tasks_for(user, *, today):
    return [
        *statements_to_sign(user, today),
        *cases_to_act_on(user, today),
        *records_to_act_on(user, today),
        *statements_to_draft(user, today),
        *desk_tasks(user, today),
    ]


def _words():
    return {
        "review-first": _("Review it first"),
        "review-second": _("Review it second"),
        "publish": _("Publish it"),
        "draft-again": _("Draft it again"),
        "approve": _("Decide"),
        "pay": _("Pay it"),
        "sign": _("Collect the signatures"),
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
                sentence=_sentence(case),
                address=reverse("admin:fund_assistancecase_change", args=[case.pk]),
                button=str(fitting[0].label),
                today=today,
            )
        )
    return tasks


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
                sentence=_sentence(row),
                address=reverse(f"admin:fund_{name}_change", args=[row.pk]),
                button=_words()[way.next_of(row)[0].name],
                today=today,
            )
            for row in rows.order_by("id")[:AT_MOST]
        ]
    return tasks


def _sentence(row):
    if isinstance(row, AssistanceCase):
        amount = row.approved_amount or row.applied_amount
        return _("%(state)s, %(amount)s yuan.") % {"state": row.get_state_display(), "amount": yuan(amount)}
    return _("%(pot)s: %(state)s.") % {"pot": row.pot.name, "state": row.get_state_display()}


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

"""What waits for a user among statements, cases, rounds and allowance runs."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from config.kit.money import yuan
from config.kit.waiting import Waiting
from fund.desk import waiting_at_desk
from fund.models import AllowanceRun, AssistanceCase, CondolenceRound, Pot, Statement
from fund.models.cases import ACT_WORDS, TRANSITIONS, CaseState
from fund.models.help import Step
from fund.public.wording import period_label
from fund.rhythm import due_on, period_end

AT_MOST, READ_AT_ONCE = 10, 60
State = Statement.State
# At which step a statement waits for whom: the right it takes, the act, the word on the button, who has signed already.
REVIEWS = {
    State.DRAFT: ("fund.review_first_statement", "review-first", ("drafted_by_id",)),
    State.FIRST_REVIEWED: (
        "fund.review_second_statement",
        "review-second",
        ("drafted_by_id", "first_reviewed_by_id"),
    ),
    State.SECOND_REVIEWED: ("fund.publish_statement", "publish", ("drafted_by_id",)),
    State.RETURNED: ("fund.add_statement", "draft-again", ()),
}
STEPS = {
    Step.PROPOSED: ("approve", ("proposed_by_id",)),
    Step.APPROVED: ("pay", ("proposed_by_id", "approved_by_id")),
    Step.PAID: ("sign", ()),
}


def waiting_for(user, *, today):
    return [
        *statements_to_sign(user, today),
        *cases_to_act_on(user, today),
        *records_to_act_on(user, today),
        *statements_to_draft(user, today),
        *waiting_at_desk(user, today),
    ]


def _for_other_hands(steps, user):
    """Records at one of the steps (`{state: names of hands}`) in which this user had no hand before.

    The database leaves out one's own before the list is cut, so that no work behind them disappears.
    """
    found = Q(pk__in=())
    for state, hands in steps.items():
        own = Q()
        for hand in hands:
            own |= Q(**{hand: user.pk})
        found |= Q(state=state) & ~own if hands else Q(state=state)
    return found


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
    steps = {state: hands for state, (right, _act, hands) in REVIEWS.items() if user.has_perm(right)}
    rows = Statement.objects.visible_to(user).filter(_for_other_hands(steps, user)).select_related("pot")
    tasks = []
    for row in rows.defer("document")[:AT_MOST]:
        _right, act, _hands = REVIEWS[row.state]
        period = period_label(row.period_from, row.period_to, opened_on=row.pot.opened_on)
        tasks.append(
            Waiting(
                due=due_on(row.pot, row.period_to),
                title=_("%(pot)s, %(period)s") % {"pot": row.pot.name, "period": period},
                sentence=row.return_reason or str(row.get_state_display()),
                address=reverse("admin:fund_statement_change", args=[row.pk]),
                button=_words()[act],
                today=today,
            )
        )
    return tasks


def cases_to_act_on(user, today):
    """Cases whose next act this user may do: by right, with no hand on the other side, and not before its day."""
    acts = [row for row in TRANSITIONS if row.leads_on and row.act != "propose" and user.has_perm(row.permission)]
    if not acts:
        return []
    states = Q(pk__in=())
    for row in acts:
        own = Q()
        for hand in row.barred:
            own |= Q(**{hand: user.pk})
        states |= Q(state__in=row.sources) & ~own if row.barred else Q(state__in=row.sources)
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
        fitting = [row for row in acts if row.fits(case) and user.pk not in row.barred_hands(case)]
        if not fitting or (fitting[0].act == "close" and case.notice_to and case.notice_to >= today):
            continue
        tasks.append(
            Waiting(
                due=None,
                title=_("%(kind)s %(record)s") % {"kind": AssistanceCase._meta.verbose_name, "record": case},
                sentence=_sentence(case),
                address=reverse("admin:fund_assistancecase_change", args=[case.pk]),
                button=str(ACT_WORDS[fitting[0].act]),
                today=today,
            )
        )
    return tasks


def records_to_act_on(user, today):
    """Rounds and runs that wait for approval, payment or signatures by this user."""
    tasks = []
    for model in (CondolenceRound, AllowanceRun):
        name = model._meta.model_name
        steps = {state: hands for state, (act, hands) in STEPS.items() if user.has_perm(f"fund.{act}_{name}")}
        rows = model.objects.visible_to(user).filter(_for_other_hands(steps, user)).select_related("pot")
        for row in rows.order_by("id")[:AT_MOST]:
            act, _hands = STEPS[row.state]
            tasks.append(
                Waiting(
                    due=None,
                    title=_("%(kind)s %(record)s") % {"kind": model._meta.verbose_name, "record": row},
                    sentence=_sentence(row),
                    address=reverse(f"admin:fund_{name}_change", args=[row.pk]),
                    button=_words()[act],
                    today=today,
                )
            )
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
            Waiting(
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

"""How help is proposed, approved and paid: cases, condolence rounds and allowance runs share the same three hands."""

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit.money import ZERO
from fund import rules
from fund.actions.ledger import book_language, lock_pot, post, stamp
from fund.models import Account, AllowanceRun, AssistanceCase, CondolenceRound
from fund.models.help import PaidBy, Step
from members.models import AccessLog

ASSET_OF = {PaidBy.CASH: "cash", PaidBy.TRANSFER: "bank"}


def _held(record):
    """The record as it stands now, with its pot held: two clerks at once act one after the other."""
    lock_pot(record.pot)
    record.refresh_from_db()
    return record


def _step(record, *, by, state, **fields):
    record._history_user = by
    for name, value in (fields | {"state": state}).items():
        setattr(record, name, value)
    record.save()
    return record


def _propose(record, *, by):
    rules.refuse_wrong_step(state=record.state, wanted=Step.DRAFT)
    return _step(record, by=by, state=Step.PROPOSED, proposed_by=by)


def _approve(record, *, by, **fields):
    rules.refuse_wrong_step(state=record.state, wanted=Step.PROPOSED)
    rules.refuse_same_hands(proposed=record.proposed_by_id, acting=by.pk)
    return _step(record, by=by, state=Step.APPROVED, approved_by=by, **fields)


def _pay(record, *, by, on, amount, use, persons, summary, key):
    rules.refuse_wrong_step(state=record.state, wanted=Step.APPROVED)
    rules.refuse_same_hands(proposed=record.proposed_by_id, approved=record.approved_by_id, acting=by.pk)
    entry = post(
        pot=record.pot,
        debit=record.pot.use(use),
        credit=record.pot.account(Account.Kind.ASSET, ASSET_OF[record.method]),
        amount=amount,
        booked_on=on,
        summary=summary,
        by=by,
        key=key,
        persons=persons,
    )
    return _step(record, by=by, state=Step.PAID, paid_by=by, paid_on=on, entry=entry)


@transaction.atomic
def reject(record, *, by, reason):
    """Reject a proposed case, round or run; the reason is kept."""
    _held(record)
    rules.refuse_without_reason(reason)
    rules.refuse_wrong_step(state=record.state, wanted=Step.PROPOSED)
    rules.refuse_same_hands(proposed=record.proposed_by_id, acting=by.pk)
    return _step(record, by=by, state=Step.REJECTED, approved_by=by, rejection=reason)


def next_case_no(pot, year):
    """`救2018-0001`: the next application number of a year in a pot."""
    prefix = f"救{year}-"
    numbers = AssistanceCase.objects.filter(pot=pot, case_no__startswith=prefix).values_list("case_no", flat=True)
    return f"{prefix}{max((int(number.rpartition('-')[2]) for number in numbers), default=0) + 1:04}"


@transaction.atomic
def propose_case(case, *, by):
    """Hand in an application; an unsaved case is stored on the way."""
    pot = lock_pot(case.pot)
    if case.pk:
        case.refresh_from_db()
    rules.refuse_unless_positive(case.applied_amount)
    case.case_no = case.case_no or next_case_no(pot, case.applied_on.year)
    case.full_clean()
    return _propose(case, by=by)


@transaction.atomic
def approve_case(case, *, by, on, amount=None):
    """Approve a case on a day, with the amount asked for or another one (yuan)."""
    _held(case)
    amount = case.applied_amount if amount is None else amount
    rules.refuse_unless_positive(amount)
    return _approve(case, by=by, approved_amount=amount, approved_on=on)


@transaction.atomic
def pay_case(case, *, by, on):
    """Pay an approved case: its entry and its state change together or not at all."""
    _held(case)
    with book_language():
        summary = _("help for one person: %(category)s") % {"category": case.get_category_display()}
    return _pay(
        case,
        by=by,
        on=on,
        amount=case.approved_amount,
        use="assistance",
        persons=1,
        summary=summary,
        key=f"case-{case.pk}",
    )


def _visit_sums(round_):
    amounts = [visit.amount for visit in round_.visits.all()]
    return len(amounts), sum(amounts, ZERO)


@transaction.atomic
def propose_round(round_, *, by):
    """Hand in the list of a condolence round; its visits are stored already."""
    _held(round_)
    rules.refuse_empty_list(_visit_sums(round_)[0])
    return _propose(round_, by=by)


@transaction.atomic
def approve_round(round_, *, by):
    return _approve(_held(round_), by=by)


@transaction.atomic
def pay_round(round_, *, by, on):
    """Pay an approved round with one voucher over all its visits."""
    _held(round_)
    persons, amount = _visit_sums(round_)
    rules.refuse_empty_list(persons)
    with book_language():
        summary = _("condolence visits: %(season)s, %(persons)s people") % {
            "season": round_.get_season_display(),
            "persons": persons,
        }
    return _pay(
        round_,
        by=by,
        on=on,
        amount=amount,
        use="condolence_cash",
        persons=persons,
        summary=summary,
        key=f"round-{round_.pk}",
    )


def _line_sums(run):
    amounts = [line.amount for line in run.lines.all()]
    return len(amounts), sum(amounts, ZERO)


@transaction.atomic
def propose_allowance(run, *, by):
    """Hand in the allowance list of a month; its lines are stored already."""
    _held(run)
    rules.refuse_empty_list(_line_sums(run)[0])
    return _propose(run, by=by)


@transaction.atomic
def approve_allowance(run, *, by):
    return _approve(_held(run), by=by)


@transaction.atomic
def pay_allowance(run, *, by, on):
    """Pay the allowance of a month with one voucher over all its lines."""
    _held(run)
    persons, amount = _line_sums(run)
    rules.refuse_empty_list(persons)
    with book_language():
        summary = _("secretary allowance %(month)s, %(persons)s people") % {
            "month": f"{run.month:%Y-%m}",
            "persons": persons,
        }
    return _pay(
        run, by=by, on=on, amount=amount, use="allowance", persons=persons, summary=summary, key=f"allowance-{run.pk}"
    )


def log_full_view(case, *, by, reason):
    """Somebody reads the difficulty behind a case in full: who, when and why is written down."""
    AccessLog.objects.create(
        user=by,
        act=AccessLog.Act.VIEW,
        member=case.beneficiary_member,
        what=case.case_no or str(case.pk),
        reason=reason,
    )


ACTS = {
    AssistanceCase: {"propose": propose_case, "approve": approve_case, "pay": pay_case},
    CondolenceRound: {"propose": propose_round, "approve": approve_round, "pay": pay_round},
    AllowanceRun: {"propose": propose_allowance, "approve": approve_allowance, "pay": pay_allowance},
}


def act(record, step, *, by, on=None, amount=None):
    """One step of the path of a case, round or run, as the office's buttons name it (`propose`, `approve`, `pay`)."""
    day = on or stamp().today()
    run = ACTS[type(record)][step]
    if step == "pay":
        return run(record, by=by, on=day)
    if step == "approve" and isinstance(record, AssistanceCase):
        return run(record, by=by, on=day, amount=amount)
    return run(record, by=by)

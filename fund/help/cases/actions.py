"""How an assistance case goes its way: handed in, reviewed, checked, approved, noticed, paid, signed for, filed."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from branches.calendar import notice_days
from config.kit import clock
from config.kit.numbering import next_label
from config.kit.person.names import called
from fund.help.cases.earlier import cases_in_a_year_before, facts_of_check, refuse_too_often
from fund.help.cases.models import PAID_STATES, UNFILED_STATES, AssistanceCase, CaseState, CaseStep
from fund.help.cases.recusals import Recusal
from fund.help.cases.rules import (
    refuse_above_standard,
    refuse_during_notice,
    refuse_excluded,
    refuse_incomplete,
    refuse_objection_outside,
    refuse_odd_votes,
    refuse_open_objection,
    refuse_other_day,
    refuse_own_case,
    refuse_recused,
    refuse_recused_actors,
    refuse_undecided_namesake,
    refuse_unexplained_emergency,
    refuse_without_finding,
)
from fund.help.cases.transitions import APPROVERS, CASES, OBJECTED, PROPOSERS
from fund.help.payments import book_payment, refuse_unpayable_record
from fund.help.rules import refuse_branch_of_other_fund, refuse_other_kind_of_pot, refuse_unsigned
from fund.ledger.actions import book_language, lock_and_refresh, lock_pot
from fund.ledger.models import Pot
from fund.ledger.rules import (
    refuse_day_before_opening,
    refuse_earlier,
    refuse_future_day,
    refuse_long,
    refuse_unless_positive,
    refuse_without_reason,
)


def refuse_recused_user(case, *, by):
    """Nobody acts on their own case or one of the family: by the register of recusals, and by the name itself."""
    refuse_recused(is_recused=bool(Recusal.objects.between([by.pk], case)))
    refuse_own_case(account_name=called(by), beneficiary=case.beneficiary)


def _begin(case, name, *, by):
    """The transition of a name. Raises what any is refused for: another step by now, an excluded actor, recusal."""
    row = CASES.begin(case, name, by=by)
    refuse_recused_user(case, by=by)
    return row


def _move(case, transition, *, by, remark="", **fields):
    """Write the transition into the case and into its file."""
    refuse_long(remark.strip(), most=CaseStep._meta.get_field("remark").max_length)
    before = case.state
    fields["state"] = transition.target or before
    for name, value in fields.items():
        setattr(case, name, value)
    case._history_user = by
    if before in PAID_STATES:
        # What was paid to whom is written once; the database refuses to have it written again.
        case.save(update_fields=fields)
    else:
        case.save()
    CaseStep.objects.create(
        case=case,
        act=transition.name,
        from_state=before,
        to_state=case.state,
        by=by,
        at=clock.now(),
        remark=remark.strip(),
    )
    return case


def _day(on):
    """A day an act happened on: today where none is given, never a day to come."""
    today = clock.today()
    day = on or today
    refuse_future_day(day=day, today=today)
    return day


def next_case_no(pot, year):
    """`救2018-0001`: the next application number of a year in a pot."""
    return _next_label(pot, "case_no", f"救{year}-")


def next_file_no(pot, year):
    """归档号 `档2018-0001`: the next file number of a year in a pot, without a gap."""
    return _next_label(pot, "file_no", f"档{year}-")


def _next_label(pot, field, prefix):
    rows = AssistanceCase.objects.filter(pot=pot, **{f"{field}__startswith": prefix})
    return next_label(rows.values_list(field, flat=True), prefix=prefix)


def application_rules(case):
    """`(field, rule)` of what an application is refused for by itself; a rule whose facts are missing is left out."""
    pot, today = case.pot if case.pot_id else None, clock.today()
    is_mutual_aid = pot is not None and pot.kind == Pot.Kind.MUTUAL_AID
    if pot:
        yield "pot", partial(refuse_other_kind_of_pot, fits=is_mutual_aid)
    if is_mutual_aid and case.branch:
        yield "pot", partial(refuse_branch_of_other_fund, serves=pot.serves(case.branch))
    if case.applied_amount is not None:
        yield "applied_amount", partial(refuse_unless_positive, case.applied_amount)
    for name in ("applied_on", "birth_date"):
        if getattr(case, name):
            yield name, partial(refuse_future_day, day=getattr(case, name), today=today)
    if pot and case.applied_on:
        yield "applied_on", partial(refuse_day_before_opening, day=case.applied_on, opened_on=pot.opened_on)
    emergency = {"is_emergency": case.is_emergency, "reason": case.emergency_reason}
    yield "emergency_reason", partial(refuse_unexplained_emergency, **emergency)


@transaction.atomic
def propose_case(case, *, by):
    """Hand in an application; an unsaved case is stored on the way.

    ValidationError codes of every act here: `wrong_step`, `excluded_actor`, `recused`, `own_case`, `in_future`; what an act
    adds to them stands with it. Here: those of `application_rules`.
    """
    pot = lock_pot(case.pot)
    if case.pk:
        case.refresh_from_db()
    case.pot = pot
    for _field, rule in application_rules(case):
        rule()
    row = _begin(case, "propose", by=by)
    case.case_no = case.case_no or next_case_no(pot, case.applied_on.year)
    case.full_clean()
    return _move(case, row, by=by, proposed_by=by)


@transaction.atomic
def review_case(case, *, by, on=None, votes_for=0, votes_against=0, votes_abstained=0, amount=None, reason=""):
    """支部评议: the branch meeting agreed to an amount (yuan), or, where a reason is given, rejected the application.

    An emergency need not wait for the meeting: without votes the secretary agrees alone. Codes: `votes`, `too_early`,
    `not_positive`.
    """
    lock_and_refresh(case)
    row = _begin(case, "disagree" if reason.strip() else "agree", by=by)
    day = _day(on)
    refuse_earlier(day=day, earlier=case.applied_on)
    refuse_odd_votes(
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstained=votes_abstained,
        agreed=row.name == "agree",
        is_needed=not case.is_emergency,
    )
    review = {
        "reviewed_by": by,
        "reviewed_on": day,
        "votes_for": votes_for,
        "votes_against": votes_against,
        "votes_abstained": votes_abstained,
    }
    if row.name == "disagree":
        return _move(case, row, by=by, remark=reason, rejection=reason.strip(), **review)
    amount = case.applied_amount if amount is None else amount
    refuse_unless_positive(amount)
    return _move(case, row, by=by, agreed_amount=amount, **review)


@transaction.atomic
def check_case(case, *, by, on=None, excluded=(), remark="", other_person=""):
    """初审: balance, standard and exclusions (§4.9) as they are now are stored with the case.

    `other_person` says how the keeper knows that cases of the same name are somebody else's. Codes: `too_early`,
    `same_name` where that has to be said.
    """
    lock_and_refresh(case)
    row = _begin(case, "check", by=by)
    day = _day(on)
    refuse_earlier(day=day, earlier=case.reviewed_on)
    case.other_person = other_person.strip()
    sure, perhaps = cases_in_a_year_before(case, day)
    refuse_undecided_namesake(sure=len(sure), perhaps=len(perhaps), most=case.pot.case_most, numbers=perhaps)
    return _move(
        case,
        row,
        by=by,
        remark=remark,
        checked_by=by,
        checked_on=day,
        excluded=" ".join(excluded),
        **facts_of_check(case, recent=sure),
    )


@transaction.atomic
def check_again(case, *, by, reason):
    """退回初审: something was ticked or written wrongly at the check; the file keeps both checks and the reason."""
    lock_and_refresh(case)
    refuse_without_reason(reason)
    row = _begin(case, "check_again", by=by)
    empty = dict.fromkeys(("checked_on", "checked_by", "checked_balance", "checked_highest", "checked_recent"))
    return _move(case, row, by=by, remark=reason, excluded="", other_person="", **empty)


@transaction.atomic
def approve_case(case, *, by, on=None, amount=None, remark="", other_person=""):
    """审批: the street approves an amount (yuan); in an emergency at once, after an objection again.

    Approved again with the same amount, the notice that ran stays good; with another amount it starts anew. A second
    approver is asked anew either way. An emergency has no check, so `other_person` is said here. Codes: `not_positive`,
    `too_early`, `excluded`, `above_standard`, `too_many_cases`, `same_name`, `open_objection`, `overdraft`.
    """
    lock_and_refresh(case)
    act = {CaseState.UNDER_REVIEW: "approve_again", CaseState.BRANCH_AGREED: "approve_urgently"}.get(
        case.state, "approve"
    )
    row = _begin(case, act, by=by)
    day = _day(on)
    refuse_earlier(day=day, earlier=case.checked_on or case.reviewed_on)
    usual = case.approved_amount if act == "approve_again" else case.agreed_amount
    amount = (usual or case.applied_amount) if amount is None else amount
    refuse_unless_positive(amount)
    refuse_excluded(words=case.excluded_words)
    refuse_above_standard(amount=amount, highest=case.pot.case_highest)
    if act == "approve_urgently":
        case.other_person = other_person.strip()
    refuse_too_often(case, day)
    refuse_unpayable_record(case, amount=amount)
    fields = {"approved_by": by, "approved_on": day, "approved_amount": amount, "approved_second_by": None}
    if act == "approve_again":
        refuse_open_objection(count=case.questions.open_objections().count())
        if amount != case.approved_amount:
            fields |= {"notice_from": None, "notice_to": None}
    return _move(case, row, by=by, remark=remark, **fields)


@transaction.atomic
def approve_second(case, *, by):
    """Another person approves an amount from which the pot asks for two."""
    lock_and_refresh(case)
    return _move(case, _begin(case, "approve_second", by=by), by=by, approved_second_by=by)


@transaction.atomic
def reject_case(case, *, by, reason):
    """不予救助: with a reason, which the file keeps; a notice that runs ends with it."""
    lock_and_refresh(case)
    refuse_without_reason(reason)
    row = _begin(case, "reject_urgently" if case.state == CaseState.BRANCH_AGREED else "reject", by=by)
    return _move(case, row, by=by, remark=reason, rejection=reason.strip())


@transaction.atomic
def start_notice(case, *, by, on=None):
    """公示: put the case on the board for the pot's working days; in an emergency afterwards.

    It begins today, whatever day was meant: the days count from when residents can read it. Codes: `notice_day`,
    `too_early` where the approval is dated later.
    """
    lock_and_refresh(case)
    row = _begin(case, "notice_afterwards" if case.state in PAID_STATES else "start_notice", by=by)
    day = clock.today()
    refuse_other_day(day=on or day, today=day)
    refuse_earlier(day=day, earlier=case.approved_on)
    first, last = notice_days(day, case.pot.case_notice_days)
    return _move(case, row, by=by, notice_from=first, notice_to=last)


@transaction.atomic
def end_notice(case, *, by, on=None):
    """The notice is over and nobody objects: the case may be paid. Codes: `in_notice`, `open_objection`."""
    lock_and_refresh(case)
    row = _begin(case, "end_notice", by=by)
    refuse_open_objection(count=case.questions.open_objections().count())
    refuse_during_notice(on=_day(on), notice_to=case.notice_to)
    return _move(case, row, by=by)


@transaction.atomic
def object_to_case(case, *, by=None):
    """异议: an objection was taken (`by` is None where it came by the web form); the case is looked at again.

    One that was paid in an emergency stays paid; its file is not closed before the objection is answered.
    Codes: `wrong_step` where the case stands in no notice.
    """
    lock_and_refresh(case)
    fits = OBJECTED.fits(case)
    paid_at_once = case.is_emergency and case.state in UNFILED_STATES
    looked_at = case.state == CaseState.UNDER_REVIEW
    refuse_objection_outside(in_notice=fits or looked_at or (paid_at_once and case.notice_from is not None))
    return _move(case, OBJECTED, by=by) if fits else case


@transaction.atomic
def pay_case(case, *, by, on):
    """Pay a case: its entry and its state change together or not at all.

    Codes: those of `post`, and `in_notice` (an emergency is paid before its notice), `open_objection`.
    """
    lock_and_refresh(case)
    row = _begin(case, "pay", by=by)
    refuse_open_objection(count=case.questions.open_objections().count())
    if not case.is_emergency:
        refuse_during_notice(on=on, notice_to=case.notice_to)
    refuse_earlier(day=on, earlier=case.approved_on)
    # Somebody may have been registered as recused after acting; the database would refuse the payment too.
    actors = {getattr(case, name) for name in (*PROPOSERS, *APPROVERS)} - {None}
    refuse_recused_actors(count=len(Recusal.objects.between(actors, case)))
    with book_language():
        summary = _("help for one person: %(category)s") % {"category": case.get_category_display()}
    entry = book_payment(
        case,
        by=by,
        on=on,
        amount=case.approved_amount,
        use="assistance",
        persons=1,
        summary=summary,
        key=f"case-{case.pk}",
    )
    return _move(case, row, by=by, paid_by=by, paid_on=on, entry=entry)


@transaction.atomic
def sign_case(case, *, by, on=None, signed_by="", slip_no=""):
    """签收: who signed for the money, or the number of the transfer slip. Codes: `not_signed`, `too_early`."""
    lock_and_refresh(case)
    row = _begin(case, "sign", by=by)
    day = _day(on)
    refuse_earlier(day=day, earlier=case.paid_on)
    refuse_unsigned(is_signed=bool(signed_by.strip() or slip_no.strip()))
    refuse_long(slip_no.strip(), most=case._meta.get_field("slip_no").max_length)
    return _move(case, row, by=by, signed_on=day, signed_by=signed_by.strip(), slip_no=slip_no.strip())


@transaction.atomic
def spot_check_case(case, *, by, way, finding, on=None):
    """回访: somebody without a hand in the case asks the recipient, by visit or phone. Codes: `reason_missing`, `too_early`."""
    lock_and_refresh(case)
    row = _begin(case, "spot_check", by=by)
    day = _day(on)
    refuse_earlier(day=day, earlier=case.paid_on)
    refuse_without_finding(finding)
    return _move(
        case,
        row,
        by=by,
        spot_checked_on=day,
        spot_checked_by=by,
        spot_check_way=way,
        spot_check_finding=finding.strip(),
    )


@transaction.atomic
def close_case(case, *, by, on=None):
    """归档: the file is complete and gets its number, gap-free in its pot and year. Codes: `incomplete`, `in_notice`,
    `open_objection`."""
    lock_and_refresh(case)
    refuse_incomplete(
        is_signed=case.signed_on is not None,
        is_spot_checked=case.spot_checked_on is not None,
        has_notice=not case.is_emergency or case.notice_to is not None,
    )
    row = _begin(case, "close", by=by)
    day = _day(on)
    if case.is_emergency:
        refuse_during_notice(on=day, notice_to=case.notice_to)
    refuse_open_objection(count=case.questions.open_objections().count())
    return _move(case, row, by=by, closed_on=day, file_no=next_file_no(case.pot, day.year))


@transaction.atomic
def withdraw_case(case, *, by, reason):
    """撤回: the applicant takes the application back before the money is paid; the reason is kept."""
    lock_and_refresh(case)
    refuse_without_reason(reason)
    return _move(case, _begin(case, "withdraw", by=by), by=by, remark=reason)

"""Whether a case goes its way from the application to the archive, and by whom."""

from datetime import date
from decimal import Decimal

import pytest

from fund.disclosure.questions.actions import answer_question, take_question
from fund.help.cases.actions import (
    approve_case,
    approve_second,
    check_case,
    close_case,
    end_notice,
    pay_case,
    propose_case,
    reject_case,
    review_case,
    sign_case,
    spot_check_case,
    start_notice,
    withdraw_case,
)
from fund.help.cases.models import ASKED_STATES, LAST_STATES, PAID_STATES, PROMISED_STATES, REFUSED_STATES, CaseState
from fund.help.cases.transitions import CASES
from fund.models import CaseStep, Question, Recusal
from fund.verification import verify
from tests.fund.make import book, make_case, make_pot, notice_on, noticed_case, on_day, paid_case, payable_case
from tests.make import make_branch, make_member, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 18)


def make_objection(case, **fields):
    defaults = {"kind": Question.Kind.OBJECTION, "text": "他家不困难", "asked_on": date(2018, 4, 10)}
    return take_question(Question(pot=case.pot, case=case, **defaults | fields))


def answer(objection, **fields):
    defaults = {"public_text": "情况是否属实", "answer": "经核实属实", "outcome": "not_upheld", "by": make_user()}
    return answer_question(objection, **defaults | fields)


def test_the_table_names_each_act_once_and_leads_every_state_somewhere():
    leaving = {state for row in CASES if row.target for state in row.sources}

    assert len(CASES.by_name) == len(CASES.transitions)
    assert leaving == set(CaseState) - set(LAST_STATES)
    assert {f"fund.{permission.codename}" for permission in case_rights()} >= {row.permission for row in CASES}


def test_each_state_after_the_draft_is_in_one_group():
    grouped = [CaseState.DRAFT, *ASKED_STATES, *PROMISED_STATES, *PAID_STATES, *REFUSED_STATES]

    assert sorted(grouped) == sorted(CaseState)


def case_rights():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__model="assistancecase")


def test_a_case_goes_from_the_application_to_the_archive():
    branch = make_branch()
    case = make_case(branch=branch)
    secretary, keeper, street, cashier, discipline = (make_user() for _ in range(5))

    propose_case(case, by=secretary)
    review_case(
        case, by=secretary, on=date(2018, 4, 3), votes_for=20, votes_against=1, votes_abstained=2, amount=Decimal(280)
    )
    check_case(case, by=keeper, on=date(2018, 4, 4), remark="材料齐全")
    approve_case(case, by=street, on=date(2018, 4, 9), amount=Decimal(250))
    notice_on(case, by=keeper, on=date(2018, 4, 10))
    end_notice(case, by=keeper, on=date(2018, 4, 17))
    pay_case(case, by=cashier, on=DAY)
    sign_case(case, by=cashier, on=DAY, signed_by="陈志强")
    spot_check_case(case, by=discipline, on=date(2018, 4, 25), way="visit", finding="全额收到")
    close_case(case, by=keeper, on=date(2018, 4, 26))

    case.refresh_from_db()
    assert (case.case_no, case.file_no, case.state) == ("救2018-0001", "档2018-0001", "closed")
    assert (case.checked_balance, case.checked_recent, case.excluded) == (Decimal(1000), 0, "")
    assert (case.notice_from, case.notice_to) == (date(2018, 4, 10), date(2018, 4, 16))
    assert (case.entry.amount, case.entry.summary) == (Decimal("250.00"), "救助1人（困难党员）")
    assert case.pot.balance() == Decimal("750.00")
    assert [(step.act, step.to_state, step.by) for step in case.steps.all()] == [
        ("propose", "applied", secretary),
        ("agree", "branch_agreed", secretary),
        ("check", "checked", keeper),
        ("approve", "approved", street),
        ("start_notice", "in_notice", keeper),
        ("end_notice", "payable", keeper),
        ("pay", "paid", cashier),
        ("sign", "receipted", cashier),
        ("spot_check", "receipted", discipline),
        ("close", "closed", keeper),
    ]
    verify()


def test_every_act_fits_its_step_alone():
    case, hands = make_case(), [make_user(is_superuser=True) for _ in range(3)]
    propose_case(case, by=hands[0])

    for act, extra in (
        (propose_case, {}),
        (check_case, {}),
        (approve_case, {"on": DAY}),
        (start_notice, {"on": DAY}),
        (end_notice, {"on": DAY}),
        (pay_case, {"on": DAY}),
        (sign_case, {"signed_by": "x"}),
        (spot_check_case, {"way": "visit", "finding": "x"}),
    ):
        assert refusal_of(act, case, by=hands[1], **extra) == "wrong_step"
    assert CaseStep.objects.count() == 1


def test_nobody_acts_on_two_sides_superusers_included():
    secretary, street, cashier = (make_user(is_superuser=True) for _ in range(3))
    case = propose_case(make_case(applied_on=date(2018, 4, 2)), by=make_user())
    review_case(case, by=secretary, on=date(2018, 4, 3), votes_for=5)
    check_case(case, by=secretary, on=date(2018, 4, 3))

    assert refusal_of(approve_case, case, by=secretary, on=date(2018, 4, 4)) == "excluded_actor"
    approve_case(case, by=street, on=date(2018, 4, 4))
    notice_on(case, by=street, on=date(2018, 4, 4))
    end_notice(case, by=street, on=DAY)
    for hand in (case.proposed_by, secretary, street):
        assert refusal_of(pay_case, case, by=hand, on=DAY) == "excluded_actor"
    pay_case(case, by=cashier, on=DAY)
    assert refusal_of(spot_check_case, case, by=cashier, on=DAY, way="phone", finding="收到") == "excluded_actor"


def test_nobody_acts_on_the_case_of_their_family_or_their_own():
    member = make_member(name="莫大山")
    wife, street = make_user(is_superuser=True), make_user()
    Recusal.objects.create(organization=make_organization(), user=wife, member=member, relation=Recusal.Relation.SPOUSE)
    namesake = make_user(last_name="莫", first_name="大山")
    other = make_user(is_superuser=True)
    Recusal.objects.create(
        organization=make_organization(), user=other, name="李小明", unit="荔江支部", relation=Recusal.Relation.SIBLING
    )

    # However the applicant is written down: by the roster, or by name and branch.
    by_roster = make_case(beneficiary="莫大山", beneficiary_member=member, branch=member.branch)
    by_name = make_case(beneficiary="莫大山", branch=member.branch)
    brother = make_case(beneficiary="李小明", unit="荔江支部")

    for case in (by_roster, by_name):
        assert refusal_of(propose_case, case, by=wife) == "recused"
        assert refusal_of(propose_case, case, by=namesake) == "own_case"
    assert refusal_of(propose_case, brother, by=other) == "recused"
    case = noticed_case(by_roster, by=[street, make_user()])
    assert refusal_of(end_notice, case, by=wife, on=DAY) == "recused"
    propose_case(make_case(beneficiary="李小明", unit="别的支部"), by=other)


def test_a_hand_that_turns_out_to_be_family_stops_the_payment():
    clerk, street, cashier = (make_user() for _ in range(3))
    case = payable_case(by=[clerk, street], on=DAY)
    Recusal.objects.create(
        organization=case.pot.organization, user=clerk, name=case.beneficiary, relation=Recusal.Relation.PARENT
    )

    assert refusal_of(pay_case, case, by=cashier, on=DAY) == "recused_hand"
    withdraw_case(case, by=street, reason="由他人重新办理")


def test_the_branch_agrees_by_more_than_half_of_those_present():
    case = propose_case(make_case(), by=make_user())

    for votes in ({}, {"votes_for": 5, "votes_against": 5}, {"votes_for": 5, "votes_abstained": 5}, {"votes_for": -1}):
        assert refusal_of(review_case, case, by=make_user(), on=DAY, **votes) == "votes"
    assert refusal_of(review_case, case, by=make_user(), on=date(2018, 4, 1), votes_for=5) == "too_early"
    review_case(case, by=make_user(), on=DAY, votes_for=2, votes_against=9, reason="不属困难")

    assert (case.state, case.rejection, case.steps.last().remark) == ("rejected", "不属困难", "不属困难")
    assert refusal_of(withdraw_case, case, by=make_user(), reason="x") == "wrong_step"


@pytest.mark.parametrize(
    ("excluded", "setting", "code"),
    [
        (["inactive"], {}, "excluded"),
        ([], {"case_highest": Decimal("299.99")}, "above_standard"),
        ([], {"case_most": 1}, "too_many_cases"),
    ],
)
def test_what_the_check_finds_is_not_approved(excluded, setting, code):
    pot = make_pot(holding=1000)
    paid_case(pot=pot, on=date(2018, 4, 2))
    for name, value in setting.items():
        setattr(pot, name, value)
    pot.save()
    case = propose_case(make_case(pot=pot, applied_on=date(2018, 4, 3)), by=make_user())
    review_case(case, by=make_user(), on=date(2018, 4, 3), votes_for=5)

    check_case(case, by=make_user(), on=date(2018, 4, 3), excluded=excluded)

    assert case.checked_recent == 1
    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == code
    reject_case(case, by=make_user(), reason="不符合规定")
    assert case.state == "rejected"


def test_from_the_pots_amount_on_two_people_approve():
    pot = make_pot(holding=1000)
    pot.second_approval_from = Decimal(300)
    pot.save()
    clerk, first, second = (make_user() for _ in range(3))
    case = propose_case(make_case(pot=pot), by=clerk)
    review_case(case, by=clerk, on=date(2018, 4, 3), votes_for=5)
    check_case(case, by=clerk, on=date(2018, 4, 3))
    approve_case(case, by=first, on=date(2018, 4, 4))

    assert refusal_of(start_notice, case, by=first, on=date(2018, 4, 4)) == "wrong_step"
    assert refusal_of(approve_second, case, by=first) == "excluded_actor"
    assert refusal_of(approve_second, case, by=clerk) == "excluded_actor"
    approve_second(case, by=second)
    notice_on(case, by=first, on=date(2018, 4, 4))

    assert (case.state, case.approved_second_by) == ("in_notice", second)
    assert refusal_of(approve_second, case, by=make_user()) == "wrong_step"


def test_nothing_is_paid_before_the_last_day_of_the_notice_is_over():
    case, cashier = noticed_case(on=DAY), make_user()
    last = case.notice_to

    assert refusal_of(end_notice, case, by=make_user(), on=last) == "in_notice"
    assert refusal_of(pay_case, case, by=cashier, on=DAY) == "wrong_step"
    end_notice(case, by=make_user(), on=DAY)
    assert refusal_of(pay_case, case, by=cashier, on=last) == "in_notice"
    with on_day(DAY):
        assert refusal_of(pay_case, case, by=cashier, on=date(2018, 4, 19)) == "in_future"
    pay_case(case, by=cashier, on=DAY)

    assert case.state == "paid"


def test_the_notice_leaves_out_holidays_and_counts_days_worked_in_exchange():
    from branches.models import Holiday

    case = propose_case(make_case(applied_on=date(2018, 3, 20)), by=make_user())
    for day, makeup in (("2018-04-05", False), ("2018-04-06", False), ("2018-04-08", True)):
        Holiday.objects.create(day=day, is_makeup=makeup)
    review_case(case, by=make_user(), on=date(2018, 3, 21), votes_for=5)
    check_case(case, by=make_user(), on=date(2018, 3, 21))
    approve_case(case, by=make_user(), on=date(2018, 3, 22))

    notice_on(case, by=make_user(), on=date(2018, 4, 3))

    # Tuesday, Wednesday, the Sunday worked in exchange, Monday, Tuesday.
    assert (case.notice_from, case.notice_to) == (date(2018, 4, 3), date(2018, 4, 10))


def test_an_open_objection_stops_the_case_until_it_is_answered():
    clerk, street, cashier = (make_user() for _ in range(3))
    case = noticed_case(by=[clerk, street], on=DAY)
    window = (case.notice_from, case.notice_to)

    objection = make_objection(case)
    case.refresh_from_db()
    assert (case.state, case.steps.last().by) == ("under_review", None)
    assert refusal_of(end_notice, case, by=street, on=DAY) == "wrong_step"
    assert refusal_of(approve_case, case, by=street, on=DAY) == "open_objection"
    answer(objection)
    approve_case(case, by=street, on=DAY, remark="核实无误")

    # The same amount: the notice that ran stays good.
    assert (case.state, (case.notice_from, case.notice_to)) == ("approved", window)
    end_notice(case, by=street, on=DAY)
    second = make_objection(case)
    case.refresh_from_db()
    answer(second)
    approve_case(case, by=street, on=DAY, amount=Decimal(200))
    assert (case.notice_from, case.notice_to) == (None, None)
    assert refusal_of(end_notice, case, by=street, on=DAY) == "wrong_step"
    notice_on(case, by=street, on=DAY)
    end_notice(case, by=street, on=date(2018, 4, 30))
    pay_case(case, by=cashier, on=date(2018, 4, 30))
    assert case.entry.amount == Decimal("200.00")


def test_an_objection_upheld_ends_in_a_rejection():
    case = noticed_case(on=DAY)
    answer(make_objection(case), outcome="upheld")
    case.refresh_from_db()

    reject_case(case, by=make_user(), reason="异议成立")

    assert (case.state, case.rejection) == ("rejected", "异议成立")
    assert refusal_of(make_objection, case) == "wrong_step"


def test_an_emergency_is_paid_at_once_and_noticed_afterwards():
    secretary, street, keeper, cashier, discipline = (make_user() for _ in range(5))
    case = make_case(is_emergency=True)
    assert refusal_of(propose_case, case, by=secretary) == "reason_missing"
    case.emergency_reason = "突发火灾"

    propose_case(case, by=secretary)
    assert refusal_of(check_case, case, by=keeper) == "wrong_step"
    review_case(case, by=secretary, on=date(2018, 4, 2))
    approve_case(case, by=street, on=date(2018, 4, 2))
    pay_case(case, by=cashier, on=date(2018, 4, 2))
    sign_case(case, by=cashier, on=date(2018, 4, 2), slip_no="工行0402-7")
    spot_check_case(case, by=discipline, on=date(2018, 4, 3), way="phone", finding="收到")
    assert refusal_of(close_case, case, by=keeper, on=DAY) == "incomplete"
    notice_on(case, by=keeper, on=date(2018, 4, 3))
    objection = make_objection(case, asked_on=date(2018, 4, 4))

    case.refresh_from_db()
    assert case.state == "receipted"
    assert refusal_of(close_case, case, by=keeper, on=case.notice_to) == "in_notice"
    assert refusal_of(close_case, case, by=keeper, on=DAY) == "open_objection"
    answer(objection)
    close_case(case, by=keeper, on=DAY)
    assert (case.state, case.file_no) == ("closed", "档2018-0001")


def test_an_application_is_withdrawn_before_payment_and_not_after():
    case = noticed_case()
    assert refusal_of(withdraw_case, case, by=make_user(), reason="") == "reason_missing"
    withdraw_case(case, by=make_user(), reason="家里已有办法")

    assert (case.state, case.steps.last().remark) == ("withdrawn", "家里已有办法")
    assert refusal_of(withdraw_case, paid_case(), by=make_user(), reason="x") == "wrong_step"


def test_a_file_is_closed_complete_and_numbered_without_a_gap():
    pot, keeper = make_pot(holding=1000), make_user()
    numbers = []
    for way in ("visit", "phone"):
        case = paid_case(pot=pot)
        assert refusal_of(sign_case, case, by=keeper, on=DAY) == "not_signed"
        assert refusal_of(sign_case, case, by=keeper, on=date(2018, 4, 17), signed_by="x") == "too_early"
        sign_case(case, by=keeper, on=DAY, signed_by="陈志强")
        assert refusal_of(close_case, case, by=keeper, on=DAY) == "incomplete"
        assert refusal_of(spot_check_case, case, by=make_user(), on=DAY, way=way, finding=" ") == "reason_missing"
        spot_check_case(case, by=make_user(), on=DAY, way=way, finding="收到")
        numbers.append(close_case(case, by=keeper, on=DAY).file_no)

    assert numbers == ["档2018-0001", "档2018-0002"]


def test_a_payment_beyond_the_balance_books_nothing_and_the_case_waits():
    case = payable_case(pot=make_pot(holding=1000))
    book(case.pot, case.pot.use("fee"), case.pot.cash, 900, DAY)

    assert refusal_of(pay_case, case, by=make_user(), on=DAY) == "overdraft"

    case.refresh_from_db()
    assert (case.state, case.entry) == ("payable", None)

"""Whether help needs three people, is paid once, and never beyond what the pot holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fund import actions
from fund.models import AllowanceLine, AllowanceRun, AssistanceCase, Pot
from fund.public.figures import persons_helped
from fund.verification import verify
from tests.fund.make import book, make_case, make_pot, make_round
from tests.make import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 18)


def refusal_of(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def test_a_case_is_proposed_approved_and_paid_by_three_people():
    case, hands = make_case(), [make_user(is_superuser=True) for _ in range(3)]

    actions.propose_case(case, by=hands[0])
    assert refusal_of(actions.pay_case, case, by=hands[2], on=DAY) == "wrong_step"
    assert refusal_of(actions.approve_case, case, by=hands[0], on=DAY) == "same_hands"
    actions.approve_case(case, by=hands[1], on=DAY, amount=Decimal("250.00"))
    assert refusal_of(actions.pay_case, case, by=hands[0], on=DAY) == "same_hands"
    assert refusal_of(actions.pay_case, case, by=hands[1], on=DAY) == "same_hands"
    actions.pay_case(case, by=hands[2], on=DAY)

    assert case.case_no == "救2018-0001"
    assert (case.state, case.paid_on, case.entry.amount) == ("paid", DAY, Decimal("250.00"))
    assert case.entry.summary == "救助1人（困难党员）"
    assert case.pot.balance() == Decimal("750.00")
    assert refusal_of(actions.pay_case, case, by=hands[2], on=DAY) == "wrong_step"
    verify()


def test_the_database_refuses_a_payment_by_one_person():
    case, user = make_case(), make_user()
    actions.propose_case(case, by=user)
    entry = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        AssistanceCase.objects.filter(pk=case.pk).update(
            state="paid", proposed_by=user, approved_by=user, paid_by=user, entry=entry, paid_on=DAY
        )


def test_a_payment_beyond_the_balance_books_nothing_and_the_case_waits():
    case = make_case(pot=make_pot(holding=100))
    actions.propose_case(case, by=make_user())
    actions.approve_case(case, by=make_user(), on=DAY)

    assert refusal_of(actions.pay_case, case, by=make_user(), on=DAY) == "overdraft"
    case.refresh_from_db()
    assert (case.state, case.entry) == ("approved", None)


def test_a_rejected_case_keeps_its_reason_and_goes_no_further():
    case = make_case()
    actions.propose_case(case, by=make_user())
    assert refusal_of(actions.reject, case, by=make_user(), reason=" ") == "reason_missing"

    actions.reject(case, by=make_user(), reason="不属困难党员")

    assert (case.state, case.rejection) == ("rejected", "不属困难党员")
    assert refusal_of(actions.approve_case, case, by=make_user(), on=DAY) == "wrong_step"


def test_a_round_is_one_voucher_over_all_visits():
    round_ = make_round(pot=make_pot(holding=2000), visits=30)
    actions.propose_round(round_, by=make_user())
    actions.approve_round(round_, by=make_user())

    actions.pay_round(round_, by=make_user(), on=date(2018, 6, 29))

    assert (round_.entry.amount, round_.entry.persons) == (Decimal("1800.00"), 30)
    assert round_.entry.summary == "“七一”走访慰问30人"
    assert round_.pot.balance() == Decimal("200.00")


def test_an_empty_round_is_not_handed_in():
    assert refusal_of(actions.propose_round, make_round(visits=0), by=make_user()) == "empty_list"


def test_a_person_helped_twice_is_one_person_and_two_person_times():
    pot, branch = make_pot(holding=1000), make_branch()
    member = make_member(branch=branch)
    hands = [make_user() for _ in range(3)]
    for _ in range(2):
        case = make_case(pot=pot, beneficiary=member.name, beneficiary_member=member)
        actions.propose_case(case, by=hands[0])
        actions.approve_case(case, by=hands[1], on=DAY)
        actions.pay_case(case, by=hands[2], on=DAY)
    same_name = make_case(pot=pot, beneficiary=member.name, branch=branch)
    actions.propose_case(same_name, by=hands[0])
    actions.approve_case(same_name, by=hands[1], on=DAY)
    actions.pay_case(same_name, by=hands[2], on=DAY)

    assert persons_helped(pot) == 2
    actions.reverse(same_name.entry, by=hands[0], on=DAY, reason="付错")
    assert persons_helped(pot) == 1


def test_an_allowance_run_pays_the_month_once():
    pot = make_pot(kind=Pot.Kind.ALLOWANCE)
    book(pot, pot.bank, pot.source("fiscal"), 600, date(2018, 3, 1))
    run = AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))
    for name in ("韦书记", "陆书记"):
        AllowanceLine.objects.create(run=run, name=name, branch=make_branch(), amount=Decimal("300.00"))
    actions.propose_allowance(run, by=make_user())
    actions.approve_allowance(run, by=make_user())

    actions.pay_allowance(run, by=make_user(), on=date(2018, 3, 28))

    assert (run.entry.amount, run.entry.persons, run.entry.debit.code) == (Decimal("600.00"), 2, "allowance")
    with pytest.raises(IntegrityError), transaction.atomic():
        AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))

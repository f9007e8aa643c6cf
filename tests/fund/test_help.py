"""Whether help by list needs three people, is paid once and signed for by everybody."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from fund.board.figures import persons_helped
from fund.help.allowances.actions import approve_allowance, pay_allowance, propose_allowance, sign_allowance
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.ledger.actions import reverse_entry
from fund.models import AllowanceLine, AllowanceRun, Pot
from tests.fund.make import book, make_pot, make_round, paid_case
from tests.make import make_branch, make_member, make_user, refusal_of

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 18)


def test_a_round_is_one_voucher_over_all_visits():
    round_ = make_round(pot=make_pot(holding=2000), visits=30)
    propose_round(round_, by=make_user())
    approve_round(round_, by=make_user())

    pay_round(round_, by=make_user(), on=date(2018, 6, 29))

    assert (round_.entry.amount, round_.entry.persons) == (Decimal("1800.00"), 30)
    assert round_.entry.summary == "“七一”走访慰问30人"
    assert round_.pot.balance() == Decimal("200.00")


def test_an_empty_round_is_not_handed_in():
    assert refusal_of(propose_round, make_round(visits=0), by=make_user()) == "empty_list"


def test_a_person_helped_twice_is_one_person_and_two_person_times():
    branch = make_branch()
    pot, member = make_pot(organization=branch.organization, holding=1000), make_member(branch=branch)
    for _ in range(2):
        paid_case(pot=pot, beneficiary=member.name, beneficiary_member=member, on=DAY)
    same_name = paid_case(pot=pot, beneficiary=member.name, branch=branch, on=DAY)

    assert persons_helped(pot) == 2
    reverse_entry(same_name.entry, by=make_user(), on=DAY, reason="付错")
    assert persons_helped(pot) == 1


def test_an_allowance_run_pays_the_month_once():
    pot = make_pot(kind=Pot.Kind.ALLOWANCE)
    book(pot, pot.bank, pot.source("fiscal"), 600, date(2018, 3, 1))
    run = AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))
    for name in ("韦书记", "陆书记"):
        AllowanceLine.objects.create(run=run, name=name, branch=make_branch(), amount=Decimal("300.00"))
    propose_allowance(run, by=make_user())
    approve_allowance(run, by=make_user())

    pay_allowance(run, by=make_user(), on=date(2018, 3, 28))

    assert (run.entry.amount, run.entry.persons, run.entry.debit.code) == (Decimal("600.00"), 2, "allowance")
    with pytest.raises(IntegrityError), transaction.atomic():
        AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))
    sign_allowance(run, by=make_user(), on=date(2018, 3, 30))
    assert (run.state, run.signed_on) == ("signed", date(2018, 3, 30))

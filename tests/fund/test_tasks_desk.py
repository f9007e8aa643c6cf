"""What waits at the desk reaches those who may do it, never the person who did the first half."""

from datetime import date
from decimal import Decimal

import pytest

from fund.bookkeeping.actions import count_cash
from fund.bookkeeping.tasks import checks_to_finish
from fund.disclosure.postings.queries import postings_due
from fund.disclosure.questions.actions import take_question
from fund.disclosure.questions.tasks import questions_to_answer
from fund.donations.actions import register_collection, register_donation
from fund.donations.tasks import gifts_to_count
from fund.help.allowances.tasks import allowance_to_prepare
from fund.models import BankLine, BankStatement, CashCount, Collection, Question
from tests.fund.make import make_donation, noticed_case

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 1)
KINDS = (questions_to_answer, gifts_to_count, allowance_to_prepare, checks_to_finish, postings_due)


def titles(office, role):
    user = type(office.users[role]).objects.get(pk=office.users[role].pk)
    return [task.title for kind in KINDS for task in kind(user, TODAY)]


def test_a_gift_waits_for_everybody_but_who_took_it_down(office):
    keeper = office.users["fund_keeper"]
    register_donation(make_donation(pot=office.pot), by=keeper)
    gifts = [make_donation(pot=office.pot)]
    register_collection(Collection(pot=office.pot, collected_on=date(2018, 6, 28)), gifts, by=keeper)

    assert titles(office, "cashier") == ["2018-06-28 的收款登记", "1 笔捐款待清点"]
    assert titles(office, "fund_keeper") == []
    assert titles(office, "accountant") == []


def test_questions_wait_by_their_due_day_and_objections_for_who_decides(office):
    case = noticed_case(pot=office.pot)
    for fields in ({}, {"kind": "objection", "case": case}):
        take_question(Question(pot=office.pot, text="为什么？", asked_on=date(2018, 4, 17), **fields))

    assert titles(office, "fund_keeper") == ["质询 问〔2018〕1 号"]
    assert titles(office, "discipline_officer") == ["质询 问〔2018〕1 号", "异议 问〔2018〕2 号"]
    assert titles(office, "cashier") == []


def test_half_done_checks_wait_for_the_second_half(office):
    count = CashCount(pot=office.pot, counted_on=date(2018, 7, 31), amount=Decimal("1000.00"))
    count_cash(count, by=office.users["cashier"])
    bank = BankStatement.objects.create(
        pot=office.pot,
        first_day=date(2018, 7, 1),
        last_day=date(2018, 7, 31),
        digest="x",
        uploaded_by=office.users["accountant"],
    )
    BankLine.objects.create(statement=bank, row=1, day=date(2018, 7, 3), is_income=True, amount=Decimal("5.00"))

    assert titles(office, "accountant") == ["2018-07-31 的现金盘点", "银行有 1 笔没有对应的流水"]
    assert titles(office, "cashier") == []

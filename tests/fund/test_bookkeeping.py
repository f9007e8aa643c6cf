"""The office's books cost their span and add up; cash is counted by two, the bank's list is matched with the entries."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fund.bookkeeping.actions import confirm_cash, count_cash, match_line, take_bank_list, unmatch_line
from fund.bookkeeping.queries import account_book, budget_of, day_book, reconcile
from fund.ledger.actions import reverse_entry
from fund.models import BankLine, BankStatement, Budget, CashCount
from tests.fund.make import OPENED, book, make_pot
from tests.make import codes_of, make_user, refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot():
    """1,000 yuan in the cash box since January; in May 300 to the bank, 50 spent, 20 of it taken back, 8 interest."""
    pot = make_pot(holding=1000)
    book(pot, pot.bank, pot.cash, 300, date(2018, 5, 2), summary="存入银行")
    spent = book(pot, pot.use("fee"), pot.bank, 50, date(2018, 5, 3), summary="手续费")
    reverse_entry(spent, by=make_user(), on=date(2018, 5, 4), reason="记错")
    book(pot, pot.use("fee"), pot.bank, 30, date(2018, 5, 4), summary="手续费")
    book(pot, pot.bank, pot.source("interest"), 8, date(2018, 6, 1), summary="利息")
    return pot


def test_the_day_book_runs_from_opening_to_closing_and_shows_a_red_line_below_zero(pot):
    may = day_book(pot, date(2018, 5, 1), date(2018, 5, 31))

    assert (may.opening, may.income, may.spending, may.closing) == (1000, 0, 30, 970)
    assert [(line.number, line.spending, line.moved, line.balance) for line in may.lines] == [
        (2, None, 300, 1000),
        (3, 50, None, 950),
        (4, -50, None, 1000),
        (5, 30, None, 970),
    ]
    assert day_book(pot, date(2018, 5, 4), date(2018, 6, 30)).opening == 950
    assert day_book(pot, date(2018, 7, 1), date(2018, 7, 31)).closing == pot.balance() == 978


def test_an_account_has_its_own_running_balance(pot):
    bank = account_book(pot.bank, date(2018, 5, 1), date(2018, 5, 31))
    fee = account_book(pot.use("fee"), date(2018, 5, 1), date(2018, 5, 31))
    interest = account_book(pot.source("interest"), date(2018, 6, 1), date(2018, 6, 30))

    assert [line.balance for line in bank.lines] == [300, 250, 300, 270]
    assert (fee.opening, fee.income, fee.spending, fee.closing) == (0, 80, 50, 30)
    assert (interest.opening, interest.closing) == (0, 8)


def test_a_book_asks_the_same_queries_for_any_history(pot, django_assert_num_queries):
    with django_assert_num_queries(4):
        day_book(pot, date(2018, 5, 1), date(2018, 5, 31))
    for _ in range(5):
        book(pot, pot.cash, pot.source("interest"), 1, OPENED)

    with django_assert_num_queries(4):
        day_book(pot, date(2018, 5, 1), date(2018, 5, 31))


def test_a_budget_stands_beside_what_moved(pot):
    Budget.objects.create(pot=pot, year=2018, account=pot.use("fee"), amount=100)

    lines = {line.account: (line.planned, line.actual, line.left) for line in budget_of(pot, 2018)}

    assert lines[pot.use("fee").pk] == (100, 30, 70)
    assert lines[pot.source("interest").pk] == (None, 8, None)


def test_the_cash_box_is_counted_by_two_people_and_a_difference_has_its_reason(pot):
    first, second = make_user(), make_user()
    short = CashCount(pot=pot, counted_on=date(2018, 5, 31), amount=Decimal("699.50"))

    assert refusal_of(count_cash, short, by=first) == "difference"
    short.reason = "零钱找错，待查"
    count_cash(short, by=first)
    own = refusal_of(confirm_cash, short, by=first, amount=Decimal("699.50"))
    other = refusal_of(confirm_cash, short, by=second, amount=Decimal("700"))
    confirm_cash(short, by=second, amount=Decimal("699.50"))

    assert (own, other, short.difference) == ("excluded_actor", "count_differs", Decimal("-0.50"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CashCount.objects.update(second_by=first)


BANK = """交易日期,摘要,收入(贷方)金额,支出(借方)金额,余额,对方户名
2018-05-03,现金存入,300.00,,300.00,
2018-05-05,手续费,,30.00,270.00,荔香银行
2018-05-31,账户管理费,0.00,2.00,268.00,荔香银行
"""


def test_a_list_of_the_bank_is_matched_and_the_rest_reconciled(pot):
    clerk = make_user()

    statement = take_bank_list(pot, "五月.csv", BANK.encode("gb18030"), by=clerk)
    again = take_bank_list(pot, "五月.csv", BANK.encode("gb18030"), by=clerk)

    assert again == statement
    assert BankStatement.objects.count() == 1
    matched = {line.row: line.entry and line.entry.number for line in statement.lines.all()}
    assert matched == {1: 2, 2: 5, 3: None}
    table = reconcile(statement)
    assert (table.bank, table.books) == (268, 270)
    assert [line.amount for line in table.only_bank_out] == [2]
    assert {entry.number for entry in table.only_books_out} == {3}
    assert {entry.number for entry in table.only_books_in} == {4}
    assert table.bank_adjusted == table.books_adjusted == 268
    assert table.is_even


def test_lines_are_matched_by_hand_only_with_what_fits(pot):
    statement = take_bank_list(pot, "五月.csv", BANK.encode(), by=make_user())
    line = statement.lines.get(row=3)
    other, fitting = pot.entries.get(number=6), book(pot, pot.use("fee"), pot.bank, 2, date(2018, 5, 31))

    assert refusal_of(match_line, line, other, by=make_user()) == "unlike"
    match_line(line, fitting, by=make_user())
    assert BankLine.objects.get(row=3).entry == fitting
    unmatch_line(line, by=make_user())
    assert BankLine.objects.get(row=3).entry is None


def test_two_equal_movements_are_left_to_people(pot):
    for _ in range(2):
        book(pot, pot.use("fee"), pot.bank, 5, date(2018, 5, 10))
    text = "日期,借贷,金额\n2018-05-10,借,5.00\n2018-05-11,借,5.00\n"

    statement = take_bank_list(pot, "b.csv", text.encode(), by=make_user())

    assert [line.entry for line in statement.lines.all()] == [None, None]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("交易日期,收入,支出\n2018-05-03,5,5\n", "refused_row"),
        ("交易日期,收入,支出\n2018-05-03,,\n", None),
        ("交易日期,收入,支出\n不知道,5,\n", "refused_row"),
        ("姓名,年龄\n韦怀德,80\n", None),
        ("", None),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_whole_and_says_where(pot, text, code):
    with pytest.raises(ValidationError) as refusal:
        take_bank_list(pot, "b.csv", text.encode(), by=make_user())

    assert refusal.value.messages
    assert code is None or refusal.value.error_list[0].code == code
    assert not BankStatement.objects.exists()


def test_a_list_of_which_many_rows_cannot_be_read_names_some_and_counts_the_rest(pot):
    text = "交易日期,收入,支出\n" + "不知道,5,\n" * 23

    with pytest.raises(ValidationError) as refusal:
        take_bank_list(pot, "b.csv", text.encode(), by=make_user())

    assert len(refusal.value.messages) == 21
    assert refusal.value.messages[-1] == "另有 3 行读不出来。"


def test_no_lock_is_held_while_a_list_is_read(pot):
    with CaptureQueriesContext(connection) as queries, pytest.raises(ValidationError):
        take_bank_list(pot, "b.csv", "交易日期,收入,支出\n不知道,5,\n".encode(), by=make_user())

    # The savepoint stands for the transaction: a test runs in one already.
    assert not [query["sql"] for query in queries if "SAVEPOINT" in query["sql"] or "FOR UPDATE" in query["sql"]]


def test_no_day_of_the_bank_is_told_twice(pot):
    take_bank_list(pot, "五月.csv", BANK.encode(), by=make_user())
    later = "交易日期,收入,支出\n2018-05-31,,1.00\n"

    assert refusal_of(take_bank_list, pot, "六月.csv", later.encode(), by=make_user()) == "covered"


def test_a_budget_line_itself_refuses_what_is_no_source_or_use_of_its_pot_and_a_second_plan(pot):
    plan = {"pot": pot, "year": 2018, "amount": Decimal("100.00")}
    Budget.objects.create(account=pot.use("fee"), **plan)

    assert codes_of(Budget(account=pot.cash, **plan)) == {"account": "wrong_pot"}
    assert codes_of(Budget(account=make_pot().use("fee"), **plan)) == {"account": "wrong_pot"}
    assert codes_of(Budget(account=pot.use("fee"), **plan)) == {"account": "unique"}
    assert codes_of(Budget(account=pot.use("assistance"), **plan)) == {}

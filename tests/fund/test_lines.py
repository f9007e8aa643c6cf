"""Whether the sums of the public lines, read from month totals, are those of the lines themselves."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict

from fund.board import lines
from fund.board.lines import MovementLine, movements
from fund.ledger.actions import reverse_entry
from fund.models import Entry
from tests.fund.make import OPENED, book, make_pot
from tests.make import make_user

pytestmark = pytest.mark.django_db

PERIODS = [
    "",
    "year=2018",
    "year=2019",
    "year=2018&quarter=2",
    "since=2018-05-17",
    "since=2018-06-01",
    "since=9999-12-15",
]
KINDS = ["", "side=income", "side=expense", "kind=fee", "side=income&kind=interest", "side=expense&kind=interest"]


def make_movements():
    """A pot with income, spending, transfers and reversals on many days of a year and a half."""
    dice, clerk = random.Random(7), make_user()
    pot = make_pot(holding=10_000)
    cash, bank = pot.cash, pot.bank
    pairs = [
        (cash, pot.source("interest")),
        (bank, pot.source("member_donation")),
        (pot.use("fee"), cash),
        (pot.use("assistance"), cash),
        (bank, cash),
    ]
    for number in range(60):
        debit, credit = pairs[number % len(pairs)]
        day = OPENED + timedelta(days=9 * number)
        entry = book(pot, debit, credit, Decimal(dice.randrange(1, 5000)) / 100, day, by=clerk, persons=1)
        if number % 7 == 3:
            reverse_entry(entry, by=clerk, on=day + timedelta(days=dice.randrange(40)), reason="x")
    return pot


def every_line(pot, query, few=0):
    rows, page = [], 1
    while True:
        answer = movements(pot, QueryDict(f"{query}&page={page}"), few=few)
        rows += answer.page.object_list
        if not answer.page.has_next():
            return answer, rows
        page += 1


@pytest.mark.parametrize("few", [0, 2000])
def test_every_sum_is_the_sum_of_its_lines(few):
    pot = make_movements()

    for period in PERIODS:
        for kind in KINDS:
            answer, rows = every_line(pot, f"{period}&{kind}", few)
            by_side = {
                side: sum((line.amount for line in rows if line.side == side), Decimal(0))
                for side in ("income", "expense")
            }
            assert all(isinstance(line, MovementLine) for line in rows)
            assert (answer.income, answer.spending) == (by_side["income"], by_side["expense"]), (period, kind)
            assert answer.count == sum(-1 if line.reverses else 1 for line in rows), (period, kind)
            assert answer.page.paginator.count == len(rows), (period, kind)
            assert [(line.booked_on, line.number) for line in rows] == sorted(
                ((line.booked_on, line.number) for line in rows), reverse=True
            )


def test_all_lines_are_all_movements_but_transfers():
    pot = make_movements()
    transfers = Entry.objects.filter(pot=pot, debit__kind="asset", credit__kind="asset").count()

    _, rows = every_line(pot, "")

    assert transfers > 5
    assert len(rows) == Entry.objects.filter(pot=pot).count() - transfers


def test_a_period_is_cut_into_whole_months_and_the_days_beside_them():
    cut = lines._whole_months
    day = date.fromisoformat

    assert cut(day("2018-04-01"), day("2018-06-30")) == (day("2018-04-01"), day("2018-06-30"), [])
    assert cut(day("2018-04-02"), day("2018-06-29")) == (
        day("2018-05-01"),
        day("2018-05-31"),
        [(day("2018-04-02"), day("2018-04-30")), (day("2018-06-01"), day("2018-06-29"))],
    )
    assert cut(day("2018-04-02"), day("2018-04-05"))[2] == [(day("2018-04-02"), day("2018-04-05"))]
    assert cut(day("2018-04-02"), date.max) == (day("2018-05-01"), date.max, [(day("2018-04-02"), day("2018-04-30"))])

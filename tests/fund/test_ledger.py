"""Whether money is booked once, in the right pot, never beyond the balance, and never changed afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fund.ledger.actions import reverse_entry
from fund.ledger.models import LedgerIsAppendOnly
from fund.models import Entry, MonthTotal, Pot
from fund.verification import verify
from tests.fund.make import OPENED, book, make_pot, make_quarter, published
from tests.make import make_user, refusal_of

pytestmark = pytest.mark.django_db
MAY = date(2018, 5, 10)


def test_a_movement_is_numbered_chained_and_counted_in_its_month():
    pot = make_pot()

    first = book(pot, pot.cash, pot.source("member_donation"), "100.00", MAY, persons=1)
    second = book(pot, pot.use("assistance"), pot.cash, "30.01", MAY, persons=1)

    assert (first.number, second.number) == (1, 2)
    assert second.previous_digest == first.digest
    assert pot.balance() == Decimal("69.99")
    total = MonthTotal.objects.get(account=pot.cash)
    assert (total.month, total.debit, total.credit, total.movements, total.persons) == (
        date(2018, 5, 1),
        Decimal("100.00"),
        Decimal("30.01"),
        2,
        2,
    )


def test_the_same_key_books_once_and_refuses_another_content():
    pot = make_pot()
    first = book(pot, pot.cash, pot.source("interest"), 5, MAY, key="once")

    again = book(pot, pot.cash, pot.source("interest"), 5, MAY, key="once")

    assert again == first
    assert Entry.objects.filter(pot=pot).count() == 1
    assert refusal_of(book, pot, pot.cash, pot.source("interest"), 6, MAY, key="once") == "key_reused"


def test_a_repeated_key_is_answered_even_after_its_period_was_closed():
    pot = make_pot()
    first = book(pot, pot.cash, pot.source("interest"), 5, MAY, key="once")
    published(pot, OPENED, date(2018, 6, 30))

    assert book(pot, pot.cash, pot.source("interest"), 5, MAY, key="once") == first


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "not_positive"),
        ("-1", "not_positive"),
        ("0.001", "sub_fen"),
        ("1000.01", "overdraft"),
        ("NaN", "not_money"),
    ],
)
def test_an_amount_that_cannot_be_paid_books_nothing(amount, code):
    pot = make_pot(holding=1000)

    assert refusal_of(book, pot, pot.use("fee"), pot.cash, amount, MAY) == code
    assert pot.balance() == Decimal("1000.00")
    assert Entry.objects.filter(pot=pot).count() == 1


def test_money_never_moves_to_another_pot():
    pot, other = make_pot(holding=100), make_pot()

    assert refusal_of(book, pot, other.cash, pot.cash, 1, MAY) == "wrong_pot"
    assert refusal_of(book, pot, pot.cash, other.source("interest"), 1, MAY) == "wrong_pot"
    assert refusal_of(book, pot, pot.use("fee"), pot.source("interest"), 1, MAY) == "wrong_accounts"
    assert refusal_of(book, pot, pot.cash, pot.cash, 1, MAY) == "same_account"


def test_days_before_opening_in_the_future_and_in_a_closed_period_are_refused():
    pot = make_pot(holding=100)
    published(pot, OPENED, date(2018, 3, 31))

    assert refusal_of(book, pot, pot.cash, pot.source("interest"), 1, date(2017, 12, 31)) == "before_opening"
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal_of(book, pot, pot.cash, pot.source("interest"), 1, tomorrow) == "in_future"
    assert refusal_of(book, pot, pot.cash, pot.source("interest"), 1, date(2018, 3, 31)) == "closed_period"
    late = book(pot, pot.cash, pot.source("interest"), 1, date(2018, 4, 1), happened_on=date(2018, 3, 31))
    assert late.happened_on == date(2018, 3, 31)


def test_a_payment_dated_back_may_not_empty_a_later_month():
    pot = make_pot(holding=100)
    book(pot, pot.use("fee"), pot.cash, 80, date(2018, 3, 5))
    book(pot, pot.cash, pot.source("interest"), 500, date(2018, 5, 5))

    assert refusal_of(book, pot, pot.use("fee"), pot.cash, 30, date(2018, 2, 1)) == "overdraft"
    assert refusal_of(book, pot, pot.use("fee"), pot.cash, "20.01", date(2018, 4, 30)) == "overdraft"
    book(pot, pot.use("fee"), pot.cash, 20, date(2018, 2, 1))


def test_a_reversal_mirrors_its_entry_once():
    pot = make_pot(holding=100)
    entry = book(pot, pot.use("assistance"), pot.cash, 30, MAY, persons=1)

    red = reverse_entry(entry, by=make_user(), on=MAY, reason="金额有误")

    assert (red.debit, red.credit, red.amount, red.reverses) == (entry.credit, entry.debit, entry.amount, entry)
    assert pot.balance() == Decimal("100.00")
    use = MonthTotal.objects.get(account=pot.use("assistance"))
    assert (use.debit, use.credit, use.movements, use.persons) == (Decimal(30), Decimal(30), 0, 0)
    assert refusal_of(reverse_entry, entry, by=make_user(), on=MAY, reason="又来") == "already_reversed"
    assert refusal_of(reverse_entry, red, by=make_user(), on=MAY, reason="又来") == "is_reversal"
    verify()


def test_reversing_income_that_was_spent_is_refused():
    pot = make_pot()
    gift = book(pot, pot.cash, pot.source("interest"), 100, MAY)
    book(pot, pot.use("fee"), pot.cash, 60, MAY)

    assert refusal_of(reverse_entry, gift, by=make_user(), on=MAY, reason="退回") == "overdraft"


def test_an_entry_is_never_changed_or_removed_by_the_program():
    entry = book(make_pot(), *_cash_and_interest(), 5, MAY)

    for act in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(amount=1),
        lambda: Entry.objects.bulk_update([entry], ["amount"]),
        lambda: Entry.objects.bulk_create([Entry()]),
    ):
        with pytest.raises(LedgerIsAppendOnly):
            act()


def _cash_and_interest():
    pot = Pot.objects.latest("id")
    return pot.cash, pot.source("interest")


def refused_by_database(sql, params=()):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_the_database_itself_refuses_changes_to_entries():
    entry = book(make_pot(), *_cash_and_interest(), 5, MAY)

    refused_by_database("UPDATE fund_entry SET amount = 600 WHERE id = %s", [entry.pk])
    refused_by_database("DELETE FROM fund_entry WHERE id = %s", [entry.pk])
    if connection.vendor == "postgresql":
        refused_by_database("TRUNCATE fund_entry CASCADE")


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 10_001, "debit": "use", "credit": "cash"},
        {"booked_on": "2018-03-31"},
        {"booked_on": "2017-12-31"},
        {"number": 3},
        {"previous_digest": "0" * 64},
        {"credit": "other pot"},
        {"credit": "cash", "debit": "cash"},
    ],
)
def test_the_database_itself_refuses_a_wrong_entry(change):
    pot, other = make_pot(holding=100), make_pot()
    published(pot, OPENED, date(2018, 3, 31))
    last = Entry.objects.get(pot=pot)
    accounts = {
        "cash": pot.cash.pk,
        "use": pot.use("fee").pk,
        "source": pot.source("interest").pk,
        "other pot": other.source("interest").pk,
    }
    row = {
        "number": 2,
        "booked_on": "2018-05-10",
        "debit": "cash",
        "credit": "source",
        "amount": 100,
        "previous_digest": last.digest,
    }
    right, wrong = dict(row), row | change

    refused_by_database(*_insert(pot, last, accounts, wrong))

    with connection.cursor() as cursor:
        cursor.execute(*_insert(pot, last, accounts, right))


def _insert(pot, last, accounts, row):
    values = {
        "id": last.pk + 1,
        "pot_id": pot.pk,
        "number": row["number"],
        "booked_on": row["booked_on"],
        "debit_id": accounts[row["debit"]],
        "credit_id": accounts[row["credit"]],
        "amount": row["amount"],
        "persons": 0,
        "summary": "x",
        "recorded_by_id": last.recorded_by_id,
        "recorded_at": "2018-05-10 00:00:00+00:00" if connection.vendor == "postgresql" else "2018-05-10 00:00:00",
        "previous_digest": row["previous_digest"],
        "digest": "f" * 64,
    }
    places = ", ".join(["%s"] * len(values))
    return f"INSERT INTO fund_entry ({', '.join(values)}) VALUES ({places})", list(values.values())


def test_nothing_booked_is_replaced():
    pot, statement = make_quarter()
    first, last = Entry.objects.filter(pot=pot).order_by("number")[0], Entry.objects.filter(pot=pot).latest("number")
    accounts = {"cash": pot.cash.pk, "source": pot.source("interest").pk}
    row = {"number": last.number + 1, "booked_on": "2018-08-01", "debit": "cash", "credit": "source", "amount": 5}
    sql, values = _insert(pot, last, accounts, row | {"previous_digest": last.digest})

    refused_by_database(sql, [first.pk, *values[1:]])
    refused_by_database(sql.replace("(id,", "(key, id,").replace("(%s", "(%s, %s", 1), [last.key, *values])
    if connection.vendor == "sqlite":
        refused_by_database(sql.replace("INSERT", "INSERT OR REPLACE"), [first.pk, *values[1:]])
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM fund_statement WHERE id = %s", [statement.pk])
            columns, published_row = [column[0] for column in cursor.description], list(cursor.fetchone())
        places = ", ".join(["%s"] * len(columns))
        for change in ({}, {"id": 9999}):
            row = dict(zip(columns, published_row, strict=True)) | change
            refused_by_database(
                f"INSERT OR REPLACE INTO fund_statement ({', '.join(columns)}) VALUES ({places})", list(row.values())
            )


def test_the_database_holds_whole_fen_alone():
    pot = make_pot(holding=100)
    last = Entry.objects.get(pot=pot)
    accounts = {"cash": pot.cash.pk, "source": pot.source("interest").pk}
    row = {"number": 2, "booked_on": "2018-05-10", "debit": "cash", "credit": "source"}
    statement = _insert(pot, last, accounts, row | {"amount": 0.6, "previous_digest": last.digest})

    if connection.vendor == "sqlite":
        refused_by_database(*statement)
    else:
        with connection.cursor() as cursor:
            cursor.execute(*statement)
            cursor.execute("SELECT pg_typeof(amount)::text, amount FROM fund_entry WHERE number = 2")
            assert cursor.fetchone() == ("bigint", 1)

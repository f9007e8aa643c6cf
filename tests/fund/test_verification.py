"""Whether a change behind the program's back is found, wherever it is made, and named."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from fund.ledger.actions import reverse_entry
from fund.ledger.triggers import install, missing, remove
from fund.models import Entry
from fund.verification import Difference, verify
from tests.fund.make import book, change_and_verify, make_pot, make_quarter
from tests.make import make_user

pytestmark = pytest.mark.django_db
MAY = date(2018, 5, 10)

CHANGES = {
    "id": "id + 1000",
    "pot_id": "{other_pot}",
    "number": "number + 1000",
    "booked_on": "'2018-05-11'",
    "happened_on": "'2018-05-01'",
    "debit_id": "{bank}",
    "credit_id": "{bank}",
    "amount": "amount + 1",
    "persons": "persons + 1",
    "summary": "summary || '。'",
    "reverses_id": "NULL",
    "recorded_by_id": "{other_user}",
    "recorded_at": "'2018-05-10 00:00:01+00:00'",
    "key": "'other'",
    "previous_digest": "'{zeros}'",
    "digest": "'{zeros}'",
}


def make_books():
    """A pot with five entries, the third of which is reversed by the fourth."""
    pot = make_pot(holding=100)
    book(pot, pot.bank, pot.cash, 40, MAY)
    wrong = book(pot, pot.use("fee"), pot.cash, 10, MAY, persons=1, key="third")
    reverse_entry(wrong, by=make_user(), on=MAY, reason="重复")
    book(pot, pot.use("fee"), pot.cash, 10, MAY)
    verify()
    return pot


def test_every_column_of_an_entry_is_covered():
    assert {field.column for field in Entry._meta.local_fields} == set(CHANGES)


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("number", [3, 4, 5])
def test_a_changed_column_of_an_entry_is_found_and_named(column, number):
    pot, other = make_books(), make_pot()
    change = CHANGES[column]
    if column == "reverses_id" and number != 4:
        change = "(SELECT MIN(id) FROM fund_entry)"
    value = change.format(other_pot=other.pk, bank=pot.bank.pk, other_user=make_user().pk, zeros="0" * 64)
    if connection.vendor == "sqlite":
        value = value.replace("+00:00", "")
    remove(connection)

    with pytest.raises(Difference) as difference:
        change_and_verify(
            f"UPDATE fund_entry SET {column} = {value} WHERE pot_id = %s AND number = %s", [pot.pk, number]
        )

    assert pot.name in str(difference.value) or other.name in str(difference.value)
    assert any(digit in str(difference.value) for digit in "12345")


def test_a_removed_entry_is_found_and_named():
    pot = make_books()
    remove(connection)

    for number in (2, 5):
        with pytest.raises(Difference) as difference:
            change_and_verify("DELETE FROM fund_entry WHERE pot_id = %s AND number = %s", [pot.pk, number])
        assert pot.name in str(difference.value)


@pytest.mark.parametrize("column", ["debit", "credit", "movements", "persons", "month"])
def test_a_changed_month_total_is_found_and_named(column):
    pot = make_books()
    value = "'2018-06-01'" if column == "month" else f"{column} + 1"
    remove(connection)

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE fund_monthtotal SET {column} = {value} WHERE account_id = %s AND month > '2018-02-01'",
            [pot.cash.pk],
        )

    with pytest.raises(Difference, match=r"2018-0[56]"):
        verify()


def test_the_command_says_what_it_checked_and_fails_where_something_differs(capsys):
    pot = make_books()
    call_command("verify")
    assert "5" in capsys.readouterr().out
    remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fund_entry SET summary = 'x' WHERE pot_id = %s AND number = 2", [pot.pk])

    with pytest.raises(CommandError, match=pot.name):
        call_command("verify")


def test_a_missing_trigger_is_said_and_put_back(capsys):
    assert missing(connection) == []
    remove(connection)

    call_command("verify")

    assert "fund_entry" in capsys.readouterr().err
    install(connection)
    assert missing(connection) == []


def refused_at(place, table, change, where, *params):
    with pytest.raises(Difference, match=place):
        change_and_verify(f"UPDATE {table} SET {change} WHERE {where}", params)


@pytest.mark.parametrize("day", ["NULL", "'2018-07-31'"])
def test_a_closed_period_that_is_not_the_one_of_the_statements_is_named(day):
    pot, _ = make_quarter()
    remove(connection)

    refused_at(pot.name, "fund_pot", f"closed_until = {day}", "id = %s", pot.pk)


@pytest.mark.parametrize("change", ["name = 'test:AAAA'", "name = ''", "name_salt = 'x'"])
def test_a_name_that_cannot_be_read_or_lost_its_half_is_named(change):
    _, statement = make_quarter()
    row = statement.names.exclude(name_salt="").first()
    remove(connection)

    refused_at(statement.number, "fund_statementname", change, "id = %s", row.pk)


def test_a_value_of_a_wrong_type_is_named():
    pot, statement = make_quarter()
    remove(connection)
    # The types of PostgreSQL hold no such values.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        refused_at(statement.number, "fund_statement", "corrects_id = 'x'", "id = %s", statement.pk)
        refused_at(statement.number, "fund_statement", "notice_to = 'x'", "id = %s", statement.pk)
        refused_at("2018-04", "fund_monthtotal", "debit = debit + 0.5", "month = '2018-04-01'")
        refused_at(pot.name, "fund_monthtotal", "month = 'x'", "month = '2018-04-01'")
        refused_at("3", "fund_entry", "reverses_id = 'x'", "pot_id = %s AND number = 3", pot.pk)


def test_a_trigger_that_was_emptied_is_missing():
    name = "fund_entry_no_update"
    if connection.vendor == "sqlite":
        change = [
            "DROP TRIGGER fund_entry_no_update",
            "CREATE TRIGGER fund_entry_no_update BEFORE UPDATE ON fund_entry BEGIN SELECT 1; END",
        ]
    else:
        change = [
            "CREATE OR REPLACE FUNCTION fund_entry_no_update() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$"
        ]
    with connection.cursor() as cursor:
        for statement in change:
            cursor.execute(statement)

    assert missing(connection) == [name]

    install(connection)
    assert missing(connection) == []

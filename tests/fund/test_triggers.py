"""Whether the database refuses by itself what the books forbid, and tells the pages."""

from datetime import date

import pytest
from django.contrib.auth.models import update_last_login
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.db.migrations import Migration

from branches.models import Branch
from fund.disclosure.statements.actions import draft_statement
from fund.ledger.triggers import EDITIONS, GUARDS, missing, wanted
from fund.models import Edition, Entry, StatementName
from fund.verification import verify
from tests.fund.make import OPENED, book, make_pot, make_quarter
from tests.make import make_branch, make_user


def refused(sql, *params):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(refusal.value)


@pytest.mark.django_db(transaction=True)
def test_a_later_migration_rebuilds_the_books_and_finds_them_guarded_again():
    """SQLite renames no table that a trigger speaks of, and loses the triggers of a table that it rebuilds."""
    book(pot := make_pot(), pot.cash, pot.source("interest"), 1, OPENED)
    assert "entries are never changed" in refused("UPDATE fund_entry SET summary = 'y'")
    old = Entry._meta.get_field("summary")
    new = old.clone()
    new.max_length = old.max_length + 1
    new.set_attributes_from_name("summary")

    plan = [(Migration("0002_longer", "fund"), False)]
    for source, target in ((old, new), (new, old)):
        emit_pre_migrate_signal(0, False, connection.alias, plan=plan)
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, source, target)
        emit_post_migrate_signal(0, False, connection.alias, plan=plan)

    assert missing(connection) == []
    assert {guard.name for guard in wanted(connection)} >= {
        guard.name for guard in [*GUARDS, *EDITIONS] if guard.vendor in {"both", connection.vendor}
    }
    assert "entries are never changed" in refused("UPDATE fund_entry SET summary = 'y'")
    assert verify()[1] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE fund_pot SET code = 'x' WHERE id = {pot}", "keeps its kind"),
        ("UPDATE fund_pot SET kind = 'activity' WHERE id = {pot}", "keeps its kind"),
        ("UPDATE fund_pot SET opened_on = '2017-01-01' WHERE id = {pot}", "keeps its kind"),
        ("DELETE FROM fund_pot WHERE id = {pot}", "a pot with entries stays"),
        ("UPDATE fund_account SET kind = 'income' WHERE id = {cash}", "keeps its pot"),
        ("UPDATE fund_account SET code = 'x' WHERE id = {cash}", "keeps its pot"),
        ("UPDATE fund_account SET pot_id = {other} WHERE id = {cash}", "keeps its pot"),
        ("DELETE FROM fund_account WHERE id = {cash}", "an account with entries stays"),
        ("UPDATE fund_monthtotal SET month = '2018-02-01' WHERE account_id = {cash}", "keeps its account"),
        ("UPDATE fund_monthtotal SET account_id = {bank} WHERE account_id = {cash}", "keeps its account"),
        ("UPDATE fund_monthtotal SET debit = debit - 1 WHERE account_id = {cash}", "only grows"),
        ("DELETE FROM fund_monthtotal WHERE account_id = {cash}", "never removed"),
    ],
)
def test_what_entries_stand_on_is_fixed(sql, word):
    pot, other = make_pot(holding=10), make_pot()

    said = refused(sql.format(pot=pot.pk, other=other.pk, cash=pot.cash.pk, bank=pot.bank.pk))

    assert word in said
    verify()


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["fund_pot", "fund_account"])
def test_what_entries_stand_on_is_not_replaced(table):
    """REPLACE is a word of SQLite; PostgreSQL refuses it as such."""
    pot = make_pot(holding=10)
    pk = pot.pk if table == "fund_pot" else pot.cash.pk

    said = refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = %s", pk)

    assert "replaced" in said or "syntax error" in said


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["NULL", "'2018-06-29'"])
def test_a_closed_period_is_never_opened_again(day):
    pot, _ = make_quarter()

    said = refused(f"UPDATE fund_pot SET closed_until = {day} WHERE id = %s", pot.pk)

    assert "not opened again" in said


@pytest.mark.django_db
def test_no_statement_is_published_while_its_period_is_open():
    pot, statement = make_quarter()
    draft = draft_statement(pot=pot, period_from=date(2018, 7, 1), period_to=date(2018, 9, 30), by=make_user())
    changed = {"id": "id + 1", "number": "'x'", "sequence": "99", "previous_id": "id", "period_to": "'2018-09-30'"}
    columns = [field.column for field in type(statement)._meta.concrete_fields]
    row = ", ".join(changed.get(column, column) for column in columns)

    for said in (
        refused("UPDATE fund_statement SET state = 'published' WHERE id = %s", draft.pk),
        refused(
            f"INSERT INTO fund_statement ({', '.join(columns)}) SELECT {row} FROM fund_statement WHERE id = %s",
            statement.pk,
        ),
    ):
        assert "published once its period is closed" in said


@pytest.mark.django_db
def test_a_pot_without_entries_may_still_be_corrected_and_every_pot_renamed():
    empty, used = make_pot(), make_pot(holding=10)

    empty.code, empty.opened_on, used.name = "corrected", date(2017, 1, 1), "新名"
    empty.save()
    used.save()

    assert (type(empty).objects.get(code="corrected"), type(used).objects.get(name="新名")) == (empty, used)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["masked = 'x'", "masked_salt = 'x'", "line = 99", "position = 99", "name = 'x'"])
def test_a_published_name_is_never_changed(change):
    _, statement = make_quarter()
    row = statement.names.exclude(name_salt="").first()

    said = refused(f"UPDATE fund_statementname SET {change} WHERE id = %s", row.pk)

    assert "only wiped" in said


@pytest.mark.django_db
def test_a_published_name_is_wiped_but_neither_added_nor_removed():
    _, statement = make_quarter()
    row = statement.names.exclude(name_salt="").first()

    StatementName.objects.filter(pk=row.pk).update(name="", name_salt="")

    assert "never removed" in refused("DELETE FROM fund_statementname WHERE id = %s", row.pk)
    assert "never added" in refused(
        "INSERT INTO fund_statementname (statement_id, line, position, masked, masked_salt, name, name_salt)"
        " VALUES (%s, 99, 0, 'x', 'x', '', '')",
        statement.pk,
    )
    verify()


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["fund_entry", "fund_monthtotal", "fund_statement", "fund_statementname"])
def test_no_table_of_the_books_is_emptied_at_once(table):
    pot, _ = make_quarter()

    # SQLite has no TRUNCATE; a DELETE of every row meets the guard of the first.
    refused(f"DELETE FROM {table}" if connection.vendor == "sqlite" else f"TRUNCATE {table} CASCADE")

    assert Entry.objects.filter(pot=pot).exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_of_a_public_table_draws_a_new_edition_and_a_change_undone_draws_none():
    pot, branch = make_pot(), make_branch()
    before = Edition.objects.current()

    with transaction.atomic():
        Branch.objects.filter(pk=branch.pk).update(name="别名")
        transaction.set_rollback(True)
    assert Edition.objects.current() == before
    pot.name = "新名"
    pot.save()
    changed = Edition.objects.current()
    user = make_user()
    named = Edition.objects.current()
    update_last_login(None, user)

    assert len({before, changed, named}) == 3
    assert Edition.objects.current() == named


@pytest.mark.django_db(transaction=True)
def test_a_booking_is_seen_by_the_pages_of_its_own_pot_alone():
    pot, other = make_pot(holding=10), make_pot(holding=10)
    clerk, cash, use = make_user(), pot.cash, pot.use("fee")
    edition, mine, others = (
        Edition.objects.current(),
        Edition.objects.current_with_ledger(pot.code),
        Edition.objects.current_with_ledger(other.code),
    )

    book(pot, use, cash, 1, OPENED, by=clerk)

    assert Edition.objects.current() == edition
    assert Edition.objects.current_with_ledger(pot.code) != mine
    assert Edition.objects.current_with_ledger("") == Edition.objects.current_with_ledger(pot.code)
    assert Edition.objects.current_with_ledger(other.code) == others


@pytest.mark.django_db(transaction=True)
def test_an_account_that_became_usual_is_added_to_standing_pots_by_migrate():
    pot = make_pot(holding=100)
    pot.accounts.filter(code="fee").delete()
    standing = set(pot.accounts.values_list("pk", flat=True))

    for _ in range(2):
        emit_post_migrate_signal(0, False, connection.alias, plan=[])

    accounts = set(pot.accounts.values_list("pk", flat=True))
    assert accounts == standing | {pot.use("fee").pk}
    assert len(accounts) == len(standing) + 1

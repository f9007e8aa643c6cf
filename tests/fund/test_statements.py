"""Whether a statement says what the ledger says, needs three people, and cannot be changed once published."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from fund.disclosure.statements.actions import (
    draft_statement,
    publish_statement,
    return_statement,
    review_first,
    review_second,
    withdraw_name,
)
from fund.disclosure.statements.document import commitment, document_digest, short_code
from fund.donations.actions import receive_donation, return_donation
from fund.ledger.triggers import remove
from fund.models import Statement, StatementName
from fund.verification import Difference, verify
from tests.fund.lifted_triggers import lifted
from tests.fund.make import OPENED, book, change_and_verify, make_donation, make_pot, make_quarter, published
from tests.make import make_user, refusal_of

pytestmark = pytest.mark.django_db
MARCH_END, APRIL, JUNE_END = date(2018, 3, 31), date(2018, 4, 1), date(2018, 6, 30)


def test_the_second_quarter_adds_up_as_in_the_handbook():
    pot, statement = make_quarter()

    assert (statement.opening, statement.income, statement.expense, statement.closing) == (
        Decimal("2200.00"),
        Decimal("3600.00"),
        Decimal("2400.00"),
        Decimal("3400.00"),
    )
    assert (statement.number, statement.office_number) == (f"{pot.code}-2018-2", "〔2018〕2 号")
    assert (statement.notice_from, statement.notice_to) == (date(2018, 7, 10), date(2018, 7, 18))
    document = json.loads(statement.document)
    assert [(row["code"], row["fen"], row["movements"], row["persons"]) for row in document["accounts"]] == [
        ("member_donation", 360_000, 30, 30),
        ("assistance", 60_000, 2, 2),
        ("condolence_cash", 180_000, 1, 30),
    ]
    verify()


def test_the_document_holds_no_name_and_its_code_follows_from_its_bytes():
    _, statement = make_quarter()

    assert "黄" not in statement.document
    assert "韦" not in statement.document
    assert document_digest(statement.document) == statement.digest
    assert short_code(statement.digest) == statement.short_code
    assert len(statement.short_code.replace("-", "")) == 20
    assert json.loads(statement.document)["previous"]["digest"] == statement.previous.digest


def test_names_stand_beside_the_document_by_the_wish_of_each_donor():
    _, statement = make_quarter()

    rows = list(statement.names.filter(line__gte=4).order_by("line", "position")[:3])
    assert [(row.masked, row.name, row.shown) for row in rows] == [
        ("黄*德", "", "黄*德"),
        ("黄*德", "黄英德", "黄英德"),
        ("爱心人士", "", "爱心人士"),
    ]
    cases = statement.names.filter(line__lt=4).order_by("line")
    assert [row.masked for row in cases] == ["韦**", "陈**"]


def test_a_withdrawn_consent_takes_the_name_away_and_everything_still_verifies():
    pot, statement = make_quarter()
    donation = pot.donations.get(donor="黄英德")

    withdraw_name(donation, by=make_user())

    row = statement.names.get(line=donation.entry.number)
    assert (row.shown, row.name, row.name_salt) == ("黄*德", "", "")
    verify()


def test_three_people_draft_and_review_and_the_drafter_does_not_publish():
    pot = make_pot(holding=100)
    keeper, accountant, officer = make_user(is_superuser=True), make_user(is_superuser=True), make_user()
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=MARCH_END, by=keeper)

    assert refusal_of(review_second, statement, by=officer) == "wrong_step"
    assert refusal_of(review_first, statement, by=keeper) == "excluded_actor"
    review_first(statement, by=accountant)
    assert refusal_of(review_second, statement, by=keeper) == "excluded_actor"
    assert refusal_of(review_second, statement, by=accountant) == "excluded_actor"
    assert refusal_of(publish_statement, statement, by=make_user()) == "wrong_step"
    review_second(statement, by=officer)
    assert refusal_of(publish_statement, statement, by=keeper) == "excluded_actor"
    publish_statement(statement, by=accountant)

    assert statement.is_published


def test_a_returned_statement_is_drafted_again_in_its_place():
    pot = make_pot(holding=100)
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=MARCH_END, by=make_user())
    review_first(statement, by=make_user())
    assert (
        refusal_of(draft_statement, pot=pot, period_from=OPENED, period_to=MARCH_END, by=make_user())
        == "already_drafted"
    )
    assert refusal_of(return_statement, statement, by=make_user(), reason=" ") == "reason_missing"

    return_statement(statement, by=make_user(), reason="少一笔")
    again = draft_statement(pot=pot, period_from=OPENED, period_to=MARCH_END, by=make_user())

    assert again.pk == statement.pk
    assert (again.state, again.first_reviewed_by, again.return_reason) == (Statement.State.DRAFT, None, "")


def test_a_movement_booked_after_the_draft_stops_the_reviews():
    pot = make_pot(holding=100)
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=MARCH_END, by=make_user())

    book(pot, pot.use("fee"), pot.cash, 1, MARCH_END)

    assert refusal_of(review_first, statement, by=make_user()) == "ledger_changed"


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ((date(2018, 1, 2), MARCH_END), "gap"),
        ((MARCH_END, OPENED), "period_order"),
        ((OPENED, date(2999, 1, 1)), "not_over"),
    ],
)
def test_a_first_period_covers_the_time_since_the_opening(period, code):
    pot = make_pot()

    assert refusal_of(draft_statement, pot=pot, period_from=period[0], period_to=period[1], by=make_user()) == code


def test_periods_follow_without_gap_or_overlap():
    pot = make_pot(holding=100)
    published(pot, OPENED, MARCH_END)

    for first, code in ((date(2018, 4, 2), "gap"), (MARCH_END, "overlap")):
        assert refusal_of(draft_statement, pot=pot, period_from=first, period_to=JUNE_END, by=make_user()) == code


def test_a_gift_and_its_return_stand_as_line_and_red_line_and_count_nobody():
    pot = make_pot(holding=100)
    donation = receive_donation(make_donation(pot=pot, donated_on=date(2018, 2, 1)), by=make_user())
    return_donation(donation, by=make_user(), on=date(2018, 2, 5), reason="捐款人要求退回")

    statement = published(pot, OPENED, MARCH_END)

    document = json.loads(statement.document)
    assert [(line["fen"], line["persons"], line["reverses"]) for line in document["lines"]] == [
        (10_000, 0, None),
        (10_000, 1, None),
        (-10_000, -1, 2),
    ]
    assert [(row["fen"], row["movements"], row["persons"]) for row in document["accounts"]] == [
        (0, 0, 0),
        (10_000, 1, 0),
    ]
    assert statement.income == Decimal("100.00")
    verify()


def test_moving_money_between_cash_box_and_bank_is_neither_income_nor_spending():
    pot = make_pot(holding=100)
    book(pot, pot.bank, pot.cash, 60, date(2018, 2, 1))

    statement = published(pot, OPENED, MARCH_END)

    assert (statement.income, statement.expense, statement.closing) == (Decimal(100), Decimal(0), Decimal(100))
    assert len(json.loads(statement.document)["lines"]) == 1


def test_a_correction_points_to_what_it_corrects_and_both_stay():
    pot, first = make_quarter()

    correction = published(pot, APRIL, JUNE_END, on=date(2018, 7, 18), corrects=first, correction_reason="慰问人数写错")

    assert correction.office_number == "〔2018〕3 号"
    assert correction.previous == first
    assert list(first.corrected_by.all()) == [correction]
    assert json.loads(correction.document)["corrects"]["digest"] == first.digest
    assert (
        refusal_of(
            draft_statement,
            pot=pot,
            period_from=APRIL,
            period_to=JUNE_END,
            by=make_user(),
            corrects=first,
            correction_reason="再来",
        )
        == "already_corrected"
    )
    published(pot, date(2018, 7, 1), date(2018, 9, 30), on=date(2018, 10, 10))
    verify()


def test_the_database_refuses_changes_to_a_published_statement():
    _, statement = make_quarter()

    for sql in (
        "UPDATE fund_statement SET closing = closing WHERE id = %s",
        "UPDATE fund_statement SET state = 'draft' WHERE id = %s",
        "DELETE FROM fund_statement WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [statement.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(correction_reason="x")
    statement.correction_reason = "x"
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.save()


def test_the_database_refuses_publishing_by_one_person():
    pot = make_pot(holding=100)
    user = make_user()
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=MARCH_END, by=user)

    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(
            state="published",
            number="x",
            sequence=1,
            digest="x",
            published_on=MARCH_END,
            first_reviewed_by=user,
            second_reviewed_by=user,
            published_by=user,
        )


STATEMENT_CHANGES = [
    ("period_from", "'2018-04-02'"),
    ("period_to", "'2018-06-29'"),
    ("state", "'returned'"),
    ("return_reason", "'x'"),
    ("number", "'x'"),
    ("year", "2019"),
    ("year_number", "7"),
    ("sequence", "9"),
    ("opening", "opening + 1, closing = closing + 1"),
    ("income", "income + 1, closing = closing + 1"),
    ("expense", "expense + 1, closing = closing - 1"),
    ("document", "REPLACE(document, '360000', '360001')"),
    ("digest", f"'{'0' * 64}'"),
    ("short_code", "'AAAA-AAAA-AAAA-AAAA-AAAA'"),
    ("previous_id", "NULL"),
    ("corrects_id", "previous_id"),
    ("correction_reason", "'x'"),
    ("published_on", "'2018-07-11'"),
    ("notice_from", "'2018-07-11'"),
    ("notice_to", "'2018-07-11'"),
    ("drafted_by_id", "published_by_id, published_by_id = drafted_by_id"),
    ("first_reviewed_by_id", "second_reviewed_by_id, second_reviewed_by_id = first_reviewed_by_id"),
]


def test_any_changed_column_of_a_published_statement_is_found_and_named():
    pot, statement = make_quarter()
    columns = {field.column for field in Statement._meta.local_fields} - {"id", "pot_id"}
    # These three change together with another column, as the constraints ask.
    assert columns == {column for column, _ in STATEMENT_CHANGES} | {
        "closing",
        "published_by_id",
        "second_reviewed_by_id",
    }
    remove(connection)

    for column, value in STATEMENT_CHANGES:
        with pytest.raises(Difference) as difference:
            change_and_verify(f"UPDATE fund_statement SET {column} = {value} WHERE id = %s", [statement.pk])
        assert pot.name in str(difference.value), column

    verify()


def test_a_published_statement_that_is_gone_or_in_another_pot_is_found_and_named():
    pot, statement = make_quarter()
    other = make_pot(holding=100)
    remove(connection)

    for sql, params in (
        ("UPDATE fund_statement SET pot_id = %s WHERE id = %s", [other.pk, statement.pk]),
        ("UPDATE fund_statement SET state = 'draft', sequence = NULL WHERE id = %s", [statement.pk]),
        ("DELETE FROM fund_statement WHERE id = %s", [statement.pk]),
    ):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM fund_statementname WHERE statement_id = %s", [statement.pk])
        with pytest.raises(Difference, match=pot.name):
            change_and_verify(sql, params)


def test_an_exchanged_name_is_found_and_named():
    _, statement = make_quarter()
    row = statement.names.order_by("line", "position").last()
    assert commitment(row.masked_salt, row.masked) in statement.document
    remove(connection)

    StatementName.objects.filter(pk=row.pk).update(masked="莫**")

    with pytest.raises(Difference, match="30"):
        verify()


def test_verify_names_the_place_on_the_command_line():
    pot, _ = make_quarter()
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE fund_entry SET amount = amount + 1 WHERE pot_id = %s AND number = 3", [pot.pk])

    with pytest.raises(CommandError, match="3"):
        call_command("verify")


def test_a_statement_of_a_period_without_movements_rests_on_the_one_before():
    pot = make_pot()
    first = published(pot, OPENED, MARCH_END)
    book(pot, pot.cash, pot.source("interest"), 1, date(2018, 5, 1))
    published(pot, APRIL, JUNE_END)
    third = published(pot, date(2018, 7, 1), date(2018, 9, 30))

    assert json.loads(first.document)["last_entry"] is None
    assert json.loads(third.document)["last_entry"]["number"] == 1
    verify()

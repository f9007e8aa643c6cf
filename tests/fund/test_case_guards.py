"""What the database itself refuses about cases and what was paid."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from fund.donations.actions import receive_donation
from fund.help.cases.actions import propose_case
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.models import AssistanceCase, Question, Recusal
from fund.verification import verify
from tests.fund.make import book, make_case, make_pot, make_round, paid_case, payable_case
from tests.make import make_user

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 18)


# The database's own refusals


def refused_by_the_database(sql, *params):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return True


PAY_BY_HAND = (
    "UPDATE fund_assistancecase SET state = 'paid', paid_by_id = %s, paid_on = %s, entry_id = %s WHERE id = %s"
)


def test_the_database_refuses_a_payment_in_the_notice_or_with_an_open_objection_or_by_family():
    case, cashier = payable_case(on=DAY), make_user()
    entry = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, DAY, by=cashier)
    early = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, case.notice_to, by=cashier)

    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, case.notice_to, early.pk, case.pk)
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, early.pk, case.pk)
    assert refused_by_the_database(PAY_BY_HAND, case.approved_by_id, DAY, entry.pk, case.pk)
    recusal = Recusal.objects.create(
        organization=case.pot.organization, user=cashier, name=case.beneficiary, relation=Recusal.Relation.PARENT
    )
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, entry.pk, case.pk)
    recusal.delete()
    Question.objects.create(
        pot=case.pot, case=case, kind="objection", text="x", year=2018, year_number=1, asked_on=DAY, due_on=DAY
    )
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, entry.pk, case.pk)
    Question.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(PAY_BY_HAND, [cashier.pk, DAY, entry.pk, case.pk])
    case.refresh_from_db()
    assert case.state == "paid"


def test_the_database_refuses_a_payment_by_one_person_and_from_another_step():
    case, user = make_case(), make_user()
    propose_case(case, by=user)
    entry = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, DAY)

    for state in ("paid", "receipted", "closed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssistanceCase.objects.filter(pk=case.pk).update(
                state=state, proposed_by=user, approved_by=user, paid_by=user, entry=entry, paid_on=DAY
            )


FROZEN_BY_TABLE = {
    "fund_assistancecase": [
        "approved_amount = 1",
        "beneficiary = 'x'",
        "person_key = 'x'",
        "entry_id = NULL",
        "proposed_by_id = {other}",
        "approved_by_id = {other}",
        "paid_by_id = {other}",
        "pot_id = {pot}",
        "state = 'payable'",
        "is_emergency = NOT is_emergency",
    ],
    "fund_condolenceround": ["entry_id = NULL", "paid_by_id = {other}", "pot_id = {pot}", "state = 'approved'"],
    "fund_condolencevisit": ["amount = 1", "name = 'x'", "person_key = 'x'"],
    "fund_donation": ["amount = 1", "pot_id = {pot}", "source = 'interest'", "entry_id = NULL"],
    "fund_casestep": ["to_state = 'draft'", "by_id = {other}"],
}


def test_raw_sql_changes_and_removes_nothing_that_was_paid_or_booked():
    pot, hands = make_pot(holding=1000), [make_user() for _ in range(3)]
    paid_case(pot=pot, by=hands)
    round_ = make_round(pot=pot)
    propose_round(round_, by=hands[0])
    approve_round(round_, by=hands[1])
    pay_round(round_, by=hands[2], on=date(2018, 6, 29))
    book_a_gift(pot)
    names = {"other": make_user().pk, "pot": make_pot().pk}

    for table, changes in FROZEN_BY_TABLE.items():
        for change in changes:
            assert refused_by_the_database(f"UPDATE {table} SET {change.format(**names)}"), (table, change)
        assert refused_by_the_database(f"DELETE FROM {table}"), table
        if connection.vendor == "sqlite":
            assert refused_by_the_database(f"REPLACE INTO {table} SELECT * FROM {table}"), table
        else:
            assert refused_by_the_database(f"TRUNCATE {table} CASCADE"), table
    verify()


def book_a_gift(pot):
    from tests.fund.make import make_donation

    receive_donation(make_donation(pot=pot), by=make_user())


def test_a_paid_round_takes_no_further_visit():
    from fund.models import CondolenceVisit

    hands = [make_user() for _ in range(3)]
    round_, waiting = make_round(), make_round()
    propose_round(round_, by=hands[0])
    approve_round(round_, by=hands[1])
    pay_round(round_, by=hands[2], on=date(2018, 6, 29))

    with pytest.raises(IntegrityError), transaction.atomic():
        CondolenceVisit.objects.create(round=round_, name="后来的人", amount=Decimal(60))
    with pytest.raises(IntegrityError), transaction.atomic():
        CondolenceVisit.objects.filter(round=waiting).update(round=round_)

"""Whether each officer's today page names what waits for them, and nothing they may not do."""

from datetime import date
from decimal import Decimal

import pytest

from config.site.roles import sync_roles
from fund import actions
from fund.waiting import waiting_for
from tests.fund.make import OPENED, make_case, make_pot
from tests.make import make_organization, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2018, 4, 12)


def buttons(user):
    return [task.button for task in waiting_for(user, today=TODAY)]


def test_a_statement_waits_for_one_person_after_the_other():
    sync_roles()
    organization = make_organization()
    pot = make_pot(organization=organization, holding=Decimal("100.00"))
    keeper, accountant, discipline, street, cashier = (
        make_user(role, organization=organization)
        for role in ("fund_keeper", "accountant", "discipline_officer", "street_officer", "cashier")
    )

    due = waiting_for(keeper, today=TODAY)[0]
    assert (due.button, due.due) == ("去起草", date(2018, 4, 10))
    statement = actions.draft_statement(pot=pot, period_from=OPENED, period_to=date(2018, 3, 31), by=keeper)
    assert [buttons(user) for user in (keeper, accountant, discipline, street)] == [[], ["去初审"], [], []]
    actions.review_first(statement, by=accountant)
    assert [buttons(user) for user in (accountant, discipline, street)] == [[], ["去复审"], []]
    actions.review_second(statement, by=discipline)
    assert buttons(street) == ["去公示"]
    actions.publish_statement(statement, by=street)
    assert [buttons(user) for user in (keeper, accountant, discipline, street, cashier)] == [[], [], [], [], []]


def test_a_case_waits_for_approval_then_for_payment_but_not_by_the_same_hands():
    sync_roles()
    organization = make_organization()
    pot = make_pot(organization=organization, holding=Decimal("1000.00"))
    street, cashier = (make_user(role, organization=organization) for role in ("street_officer", "cashier"))
    admin = make_user(is_superuser=True)
    case = actions.propose_case(make_case(pot=pot), by=admin)

    assert (buttons(street), buttons(cashier)) == (["去审批"], [])
    assert "去审批" not in buttons(admin)
    actions.approve_case(case, by=street, on=TODAY)
    assert (buttons(street), buttons(cashier)) == ([], ["去付款"])

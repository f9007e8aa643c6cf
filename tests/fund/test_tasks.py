"""Whether each officer's today page names what waits for them, and nothing they may not do."""

from datetime import date
from decimal import Decimal

import pytest

from config.site.roles import sync_roles
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.help.cases.actions import approve_case, check_case, end_notice, pay_case, propose_case, review_case
from fund.help.cases.tasks import cases_to_act_on
from fund.tasks import tasks_for
from tests.fund.make import OPENED, make_case, make_pot, notice_on
from tests.make import make_branch, make_organization, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2018, 4, 12)


def buttons(user):
    return [task.button for task in tasks_for(user, today=TODAY)]


def test_a_statement_waits_for_one_person_after_the_other():
    sync_roles()
    organization = make_organization()
    pot = make_pot(organization=organization, holding=Decimal("100.00"))
    keeper, accountant, discipline, street, cashier = (
        make_user(role, organization=organization)
        for role in ("fund_keeper", "accountant", "discipline_officer", "street_officer", "cashier")
    )

    due = tasks_for(keeper, today=TODAY)[0]
    assert (due.button, due.due) == ("去起草", date(2018, 4, 10))
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=date(2018, 3, 31), by=keeper)
    assert [buttons(user) for user in (keeper, accountant, discipline, street)] == [[], ["去初审"], [], []]
    review_first(statement, by=accountant)
    assert [buttons(user) for user in (accountant, discipline, street)] == [[], ["去复审"], []]
    review_second(statement, by=discipline)
    assert buttons(street) == ["去公示"]
    publish_statement(statement, by=street)
    assert [buttons(user) for user in (keeper, accountant, discipline, street, cashier)] == [
        ["登记张贴"],
        [],
        [],
        [],
        [],
    ]


def test_a_case_waits_for_one_role_after_the_other_and_never_for_the_same_hands():
    sync_roles()
    organization = make_organization()
    pot, branch = make_pot(organization=organization, holding=1000), make_branch(organization=organization)
    users = {
        role: make_user(role, organization=organization)
        for role in ("fund_keeper", "street_officer", "cashier", "discipline_officer")
    }
    users["secretary"] = make_user("secretary", branch=branch)
    admin = make_user(is_superuser=True)

    def waits():
        buttons = {name: [task.button for task in cases_to_act_on(user, TODAY)] for name, user in users.items()}
        return {name: words for name, words in buttons.items() if words}

    case = propose_case(make_case(pot=pot, branch=branch, applied_on=date(2018, 3, 26)), by=admin)
    steps = [waits()]
    for act in (
        lambda: review_case(case, by=users["secretary"], on=date(2018, 3, 27), votes_for=5),
        lambda: check_case(case, by=users["fund_keeper"], on=date(2018, 3, 28)),
        lambda: approve_case(case, by=users["street_officer"], on=date(2018, 3, 29)),
        lambda: notice_on(case, by=users["fund_keeper"], on=date(2018, 3, 30)),
        lambda: end_notice(case, by=users["fund_keeper"], on=TODAY),
        lambda: pay_case(case, by=users["cashier"], on=TODAY),
    ):
        act()
        steps.append(waits())

    assert steps == [
        {"secretary": ["支部评议：同意"]},
        {"fund_keeper": ["初审"]},
        {"street_officer": ["批准"]},
        {"street_officer": ["开始公示"], "fund_keeper": ["开始公示"]},
        {"street_officer": ["结束公示"], "fund_keeper": ["结束公示"]},
        {"cashier": ["付款"]},
        {"cashier": ["登记签收"], "discipline_officer": ["登记回访"]},
    ]
    assert [task.button for task in cases_to_act_on(admin, TODAY)] == ["登记签收"]

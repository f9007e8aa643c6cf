"""The office's first page: work of others is not cut off by one's own, figures are of the own place, few queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from branches.models import CommitteeTerm, Organization
from branches.public import board_community, board_organizations, site_line
from branches.tasks import terms_ending
from config.site.roles import sync_roles
from config.site.today import own_figures, today_page
from fund.disclosure.statements.actions import draft_statement
from fund.disclosure.statements.tasks import statements_to_draft, statements_to_sign
from fund.help.cases.tasks import cases_to_act_on
from fund.help.tasks import records_to_act_on
from fund.models import AllowanceRun, Statement
from tests.fund.make import make_case, make_pot, paid_case
from tests.make import make_branch, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2018, 8, 1)
MORE_THAN_SHOWN = 12


@pytest.fixture
def place():
    sync_roles()
    return make_organization()


def queries_of(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def fresh(user):
    """The user as the next request loads it, with no rights remembered."""
    return type(user).objects.get(pk=user.pk)


def test_statements_of_others_are_named_behind_many_of_ones_own(place):
    accountant, keeper = make_user("accountant", organization=place), make_user("fund_keeper", organization=place)
    for number in range(MORE_THAN_SHOWN + 1):
        pot = make_pot(organization=place, code=f"pot-{number}", name=f"基金{number}", holding=Decimal(100))
        draft_statement(
            pot=pot, period_from=pot.opened_on, period_to=date(2018, 3, 31),
            by=keeper if number == MORE_THAN_SHOWN else accountant,
        )  # fmt: skip
    of_keeper = Statement.objects.get(drafted_by=keeper)

    assert [task.address for task in statements_to_sign(accountant, TODAY)] == [
        f"/admin/fund/statement/{of_keeper.pk}/change/"
    ]


def test_lists_of_others_are_named_behind_many_of_ones_own(place):
    street, other = make_user("street_officer", organization=place), make_user("fund_keeper", organization=place)
    pot = make_pot(organization=place)
    for number in range(MORE_THAN_SHOWN + 1):
        last = number == MORE_THAN_SHOWN
        AllowanceRun.objects.create(
            pot=pot, month=date(2000 + number, 1, 1), state="applied", proposed_by=other if last else street
        )

    assert len(records_to_act_on(street, TODAY)) == 1


def test_cases_of_others_are_named_behind_many_of_ones_own(place):
    street, other = make_user("street_officer", organization=place), make_user("secretary", organization=place)
    pot = make_pot(organization=place, holding=Decimal(90000))
    for number in range(70):
        user = other if number == 69 else street
        make_case(pot=pot, state="checked", proposed_by=user, case_no=f"救2018-{number:04}").save()

    assert [task.title[-9:] for task in cases_to_act_on(street, TODAY)] == ["2018-0069"]


def test_pots_to_account_for_are_named_behind_many_that_are_done(place):
    keeper = make_user("fund_keeper", organization=place)
    pots = [make_pot(organization=place, code=f"pot-{n}", name=f"基金{n}") for n in range(MORE_THAN_SHOWN + 1)]
    for pot in pots[:-1]:
        draft_statement(pot=pot, period_from=pot.opened_on, period_to=date(2018, 3, 31), by=keeper)

    assert [task.title.split()[0] for task in statements_to_draft(keeper, TODAY)] == [pots[-1].name]


def test_the_fund_of_the_own_place_is_shown_and_no_other(place):
    make_pot(holding=Decimal("999.00"), name="别处的基金", code="other")
    user = make_user("street_officer", organization=place)
    assert not [line for line in own_figures(user, TODAY) if line.unit == "元"]

    make_pot(organization=place, holding=Decimal("120.00"), name="本街道的基金", code="own")

    assert [(line.label, line.value) for line in own_figures(user, TODAY) if line.unit == "元"] == [
        ("本街道的基金", Decimal("120.00"))
    ]


def test_the_board_is_of_the_first_community_however_many_offices_come_before_it():
    county = make_organization(kind=Organization.Kind.COUNTY, name="县")
    streets = [make_organization(kind=Organization.Kind.STREET, name=f"街道{n}", parent=county) for n in range(25)]
    community = make_organization(name="荔园社区", parent=streets[-1])
    make_organization(name="后来的社区", parent=streets[0])

    assert (board_community(), site_line().name, site_line().street) == (community, "荔园社区", "街道24")
    assert set(board_organizations().values_list("name", flat=True)) == {"街道24", "荔园社区"}


def test_the_first_page_costs_the_same_with_one_fund_and_with_many(place, rf: RequestFactory):
    street = make_user("street_officer", organization=place)
    request = rf.get("/admin/")

    def page():
        request.user = fresh(street)
        today_page(request)

    def add(number):
        branch = make_branch(organization=place)
        make_member(branch=branch)
        paid_case(pot=make_pot(organization=place, code=f"p{number}", name=f"基金{number}", holding=Decimal(9000)))
        CommitteeTerm.objects.create(branch=branch, term_no=1, elected_on="2015-01-02", term_end="2018-01-02")

    add(0)
    before = queries_of(page)
    for number in range(1, 6):
        add(number)

    assert queries_of(page) == before


def test_only_the_last_term_of_a_branch_that_ends_soon_is_read(place):
    user, branch = make_user("street_officer", organization=place), make_branch(organization=place)
    for number, (begins, ends) in enumerate([("2012-01-02", "2015-01-02"), ("2015-01-02", "2018-01-02")], 1):
        CommitteeTerm.objects.create(branch=branch, term_no=number, elected_on=begins, term_end=ends)
    done = make_branch(organization=place)
    for number, (begins, ends) in enumerate([("2015-01-02", "2018-01-02"), ("2018-01-02", "2021-01-02")], 1):
        CommitteeTerm.objects.create(branch=done, term_no=number, elected_on=begins, term_end=ends)

    assert [task.due for task in terms_ending(user, TODAY)] == [date(2018, 1, 2)]

"""The pots page shows plans beside what moved and equipment money beside the register."""

from datetime import date

import pytest
from django.urls import reverse

from branches.models import Equipment
from fund.board.public import MOST_CHOICES, pot_of
from fund.models import Budget, Pot
from tests.fund.make import book, make_pot
from tests.make import make_organization

pytestmark = pytest.mark.django_db


def test_a_plan_stands_beside_what_moved_and_leads_to_its_lines(client):
    pot = make_pot(kind=Pot.Kind.ACTIVITY)
    book(pot, pot.bank, pot.source("dues_rebate"), 2600, date(2018, 2, 6))
    book(pot, pot.use("study"), pot.bank, 640, date(2018, 9, 14))
    Budget.objects.create(pot=pot, year=2018, account=pot.use("study"), amount=500)

    page = client.get(reverse("fund:pots"), {"year": "2018"})

    line = page.context["pots"].plans[0]
    assert (line.planned, line.actual, line.left) == (500, 640, -140)
    assert "超预算" in page.content.decode()
    assert client.get(line.address).context["lines"].spending == 640


@pytest.mark.parametrize(("price", "word"), [(1200, "两边相符"), (1100, "两边不符")])
def test_equipment_money_and_the_register_are_compared(client, price, word):
    pot = make_pot(kind=Pot.Kind.EQUIPMENT)
    book(pot, pot.bank, pot.source("fiscal"), 7200, date(2018, 3, 5))
    book(pot, pot.use("equipment"), pot.bank, 7200, date(2018, 3, 20))
    Equipment.objects.create(
        organization=pot.organization,
        asset_no="1",
        name="会议桌",
        quantity=6,
        unit_price=price,
        bought_on=date(2018, 3, 20),
    )

    assert word in client.get(reverse("fund:pots")).content.decode()


def test_the_pots_page_asks_the_same_queries_for_any_number_of_pots(client, django_assert_max_num_queries):
    make_pot(kind=Pot.Kind.EQUIPMENT)
    client.get(reverse("fund:pots"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("fund:pots"))
    for _ in range(3):
        make_pot(kind=Pot.Kind.EQUIPMENT)

    with django_assert_max_num_queries(12) as many:
        client.get(reverse("fund:pots"))

    assert len(few.captured_queries) == len(many.captured_queries)


def test_a_reader_is_offered_a_bounded_choice_of_pots_and_reaches_each(client, django_assert_max_num_queries):
    home, other = make_organization(), make_organization()
    first = [make_pot(organization=home) for _ in range(3)]
    far = [make_pot(organization=other, kind="activity") for _ in range(MOST_CHOICES + 5)][-1]

    assert [pot.pk for pot in pot_of("").all_pots] == [pot.pk for pot in first]
    with django_assert_max_num_queries(3):
        chosen = pot_of(far.code)
    assert chosen == far
    assert len(chosen.all_pots) == MOST_CHOICES
    assert far in chosen.all_pots
    page = client.get(reverse("fund:board"), {"pot": far.code}).content.decode()
    assert far.name in page
    assert first[0].name not in page

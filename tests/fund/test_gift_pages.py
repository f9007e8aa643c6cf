"""What the pages of a gift and of a collection day show, and which of their buttons is loud."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from fund.donations.actions import count_donation, register_donation
from tests.fund.make import make_donation
from tests.fund.office_pages import act_address

pytestmark = pytest.mark.django_db
HUNDRED = Decimal("100.00")


def change_page(client, record):
    return client.get(reverse(f"admin:fund_{record._meta.model_name}_change", args=[record.pk])).content.decode()


def button_of(html, record, act):
    """The class of the button that leads to an act, or None."""
    found = re.search(rf'class="([^"]+)" href="{act_address(record, act)}"', html)
    return found and found[1]


def waiting_gift(office, **fields):
    return register_donation(make_donation(pot=office.pot, **fields), by=office.users["fund_keeper"])


def test_only_an_act_that_leads_a_gift_on_is_loud(office):
    gift = waiting_gift(office)
    to_count = change_page(office("cashier"), gift)
    count_donation(gift, by=office.users["cashier"], amount=HUNDRED)
    booked = change_page(office("fund_keeper"), gift)

    assert button_of(to_count, gift, "count") == "button"
    assert button_of(booked, gift, "return") == "button button-plain"


def test_the_page_of_a_gift_shows_no_key_of_its_sending(office):
    gift = waiting_gift(office)

    assert "Once" not in change_page(office("fund_keeper"), gift)
    assert 'name="once"' in office("fund_keeper").get(reverse("admin:fund_donation_add")).content.decode()

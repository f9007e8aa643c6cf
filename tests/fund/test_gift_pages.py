"""What the pages of a gift and of a collection day show, and which of their buttons is loud."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from fund.donations.actions import count_collection, count_donation, register_collection, register_donation
from fund.models import Collection
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


def waiting_day(office):
    gifts = [
        make_donation(pot=office.pot, donor=name, amount=Decimal(amount))
        for name, amount in (("韦怀德", "110.00"), ("黄桂兰", "120.00"), ("李秀英", "130.00"))
    ]
    day = Collection(pot=office.pot, branch=office.branch, collected_on=date(2018, 6, 28))
    return register_collection(day, gifts, by=office.users["fund_keeper"])


def test_the_gifts_of_a_day_stand_as_on_the_paper_with_their_total(office):
    html = change_page(office("fund_keeper"), waiting_day(office))

    places = [html.index(words) for words in ("韦怀德", "110.00", "黄桂兰", "120.00", "李秀英", "130.00", "360.00")]
    assert places == sorted(places)
    assert "合计" in html


def test_whoever_counts_a_day_sees_no_amount_of_it_before(office):
    day, client = waiting_day(office), office("cashier")
    count = act_address(day, "count")

    pages = [change_page(client, day), client.get(count).content.decode()]
    pages += [change_page(client, gift) for gift in day.donations.all()]
    pages.append(client.post(count, {"amount": "350.00"}, follow=True).content.decode())

    assert "与登记的不一致" in pages[-1]
    assert [amount for amount in ("110.00", "120.00", "130.00", "360.00") if amount in "".join(pages)] == []
    count_collection(day, by=office.users["cashier"], amount=Decimal("360.00"))
    assert "360.00" in change_page(client, day)


def test_whoever_counts_a_gift_sees_no_amount_of_it_before(office):
    gift = waiting_gift(office, amount=Decimal("110.00"))
    address = reverse("admin:fund_donation_change", args=[gift.pk])

    client = office("cashier")
    pages = [client.get(page).content.decode() for page in (address, f"{address}?edit=all", act_address(gift, "count"))]

    assert "110.00" not in "".join(pages)
    assert "110.00" in change_page(office("fund_keeper"), gift)
    count_donation(gift, by=office.users["cashier"], amount=Decimal("110.00"))
    assert "110.00" in change_page(office("cashier"), gift)


def test_no_list_tells_who_counts_an_amount_of_what_waits(office):
    waiting_day(office)
    lists = [reverse(f"admin:fund_{name}_changelist") for name in ("donation", "collection")]
    lists += [reverse(f"admin:fund_{name}_export", args=["csv"]) for name in ("donation", "collection")]

    def told(role):
        text = "".join(b"".join(office(role).get(address)).decode() for address in lists)
        assert ("待您清点" in text, "清点前不显示" in text) == (role == "cashier",) * 2
        return [amount for amount in ("110.00", "120.00", "130.00", "360.00") if amount in text]

    assert told("cashier") == []
    assert told("fund_keeper") == ["110.00", "120.00", "130.00", "360.00"]
    assert told("accountant") == ["110.00", "120.00", "130.00", "360.00"]

"""Whether a gift is receipted and booked together, once, and given back by a red entry."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fund.donations.actions import receive_donation, return_donation
from fund.models import Donation, Entry
from fund.verification import verify
from tests.fund.make import OPENED, make_donation, make_pot, published
from tests.make import make_user, refusal_of

pytestmark = pytest.mark.django_db


def test_a_gift_gets_the_next_receipt_of_its_year_and_lies_where_it_was_given():
    pot, clerk = make_pot(), make_user()

    first = receive_donation(make_donation(pot=pot), by=clerk)
    second = receive_donation(make_donation(pot=pot, method="transfer", amount=Decimal("400.00")), by=clerk)
    other = receive_donation(make_donation(), by=clerk)

    assert [gift.receipt_no for gift in (first, second, other)] == ["2018-0001", "2018-0002", "2018-0001"]
    assert [gift.entry.debit.code for gift in (first, second)] == ["cash", "bank"]
    assert first.entry.credit.code == "member_donation"
    assert first.entry.summary == "党员捐款，收据 2018-0001"
    assert pot.balance() == Decimal("500.00")


def test_the_receipt_number_of_the_paper_is_kept_and_the_next_one_follows_it():
    pot, clerk = make_pot(), make_user()
    receive_donation(make_donation(pot=pot, receipt_no="2018-0007"), by=clerk)

    assert receive_donation(make_donation(pot=pot), by=clerk).receipt_no == "2018-0008"
    twice = make_donation(pot=pot, receipt_no="2018-0007")
    with pytest.raises(ValidationError):
        receive_donation(twice, by=clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_donation(pot=pot, receipt_no="2018-0007").save()


def test_the_same_key_gives_back_the_first_gift():
    pot, clerk = make_pot(), make_user()
    first = receive_donation(make_donation(pot=pot), by=clerk, key="row-1")

    again = receive_donation(make_donation(pot=pot), by=clerk, key="row-1")

    assert again == first
    assert (Donation.objects.count(), Entry.objects.count()) == (1, 1)
    other = make_donation(pot=pot, amount=Decimal("1.00"))
    assert refusal_of(receive_donation, other, by=clerk, key="row-1") == "key_reused"


def test_a_refused_gift_leaves_nothing_behind():
    pot = make_pot()
    published(pot, OPENED, date(2018, 6, 30))

    assert refusal_of(receive_donation, make_donation(pot=pot), by=make_user()) == "closed_period"
    assert (Donation.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_gift_of_a_closed_period_is_booked_later_and_keeps_its_day():
    pot = make_pot()
    published(pot, OPENED, date(2018, 6, 30))

    gift = receive_donation(make_donation(pot=pot), by=make_user(), booked_on=date(2018, 7, 2))

    assert (gift.entry.booked_on, gift.entry.happened_on) == (date(2018, 7, 2), date(2018, 6, 28))


def test_a_gift_is_returned_once_by_a_red_entry():
    gift = receive_donation(make_donation(), by=make_user())
    day = date(2018, 6, 30)

    return_donation(gift, by=make_user(), on=day, reason="捐款人要求退回")

    assert gift.returned_entry.reverses == gift.entry
    assert gift.pot.balance() == Decimal("0.00")
    assert refusal_of(return_donation, gift, by=make_user(), on=day, reason="又退") == "already_returned"
    assert refusal_of(return_donation, gift, by=make_user(), on=day, reason="") == "already_returned"
    verify()


def test_a_gift_of_goods_lies_in_stock():
    gift = receive_donation(make_donation(method="goods", goods="大米10袋"), by=make_user())

    assert gift.entry.debit.code == "goods"

"""Gifts are registered by one person and counted by another; numbers have no gap, a void one is kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from config.kit import clock
from fund.donations.actions import (
    count_collection,
    count_donation,
    refuse_donation,
    register_collection,
    register_donation,
    void_receipt,
)
from fund.models import Collection, Donation, VoidReceipt
from fund.verification import verify
from tests.fund.make import OPENED, make_donation, make_pot, published
from tests.make import make_user, refusal_of

pytestmark = pytest.mark.django_db
HUNDRED = Decimal("100.00")


def test_nothing_is_in_the_books_before_a_second_person_has_counted():
    keeper, cashier = make_user(), make_user()
    gift = register_donation(make_donation(), by=keeper)
    assert (gift.receipt_no, gift.pot.balance()) == (None, 0)

    own = refusal_of(count_donation, gift, by=keeper, amount=HUNDRED)
    wrong = refusal_of(count_donation, gift, by=cashier, amount=Decimal("99.99"))
    count_donation(gift, by=cashier, amount=HUNDRED)

    assert (own, wrong) == ("excluded_actor", "count_differs")
    assert (gift.receipt_no, gift.pot.balance(), gift.counted_by) == ("2018-0001", HUNDRED, cashier)
    assert refusal_of(count_donation, gift, by=cashier, amount=HUNDRED) == "already_booked"


def test_the_database_knows_two_people_too():
    keeper = make_user()
    gift = register_donation(make_donation(), by=keeper)

    with pytest.raises(IntegrityError), transaction.atomic():
        Donation.objects.filter(pk=gift.pk).update(counted_by=keeper)


def test_a_gift_registered_twice_by_the_same_form_is_one_gift():
    pot, keeper = make_pot(), make_user()

    first = register_donation(make_donation(pot=pot), by=keeper, key="form-1")
    again = register_donation(make_donation(pot=pot), by=keeper, key="form-1")

    assert first == again
    other = make_donation(pot=pot, amount=Decimal("1.00"))
    assert refusal_of(register_donation, other, by=keeper, key="form-1") == "key_reused"


def test_the_full_name_needs_a_consent_and_goods_need_words():
    named = make_donation(publicity="named")
    goods = make_donation(method="goods")

    assert refusal_of(register_donation, named, by=make_user()) == "consent_missing"
    assert refusal_of(register_donation, goods, by=make_user()) == "goods_missing"
    assert register_donation(make_donation(publicity="named", consent="slip"), by=make_user()).pk


def test_a_refused_gift_stays_in_the_register_and_takes_no_number():
    pot, keeper, cashier = make_pot(), make_user(), make_user()
    gift = register_donation(make_donation(pot=pot), by=keeper)

    refuse_donation(gift, by=keeper, reason="附带条件，不便接受")

    assert refusal_of(count_donation, gift, by=cashier, amount=HUNDRED) == "refused"
    after = register_donation(make_donation(pot=pot), by=keeper)
    assert count_donation(after, by=cashier, amount=HUNDRED).receipt_no == "2018-0001"


def test_a_gift_of_a_closed_period_is_booked_on_the_day_it_is_counted():
    pot, keeper = make_pot(holding=10), make_user()
    gift = register_donation(make_donation(pot=pot, donated_on=date(2018, 3, 20)), by=keeper)
    published(pot, OPENED, date(2018, 3, 31))

    count_donation(gift, by=make_user(), amount=HUNDRED)

    assert gift.entry.happened_on == date(2018, 3, 20)
    assert gift.entry.booked_on > date(2018, 3, 31)
    verify()


def test_a_spoilt_receipt_keeps_its_number_and_the_next_gift_leaves_no_gap():
    pot, keeper, cashier = make_pot(), make_user(), make_user()
    gift = register_donation(make_donation(pot=pot), by=keeper)
    count_donation(gift, by=cashier, amount=HUNDRED)

    void_receipt(gift, by=cashier, reason="写坏")
    after = register_donation(make_donation(pot=pot), by=keeper)
    count_donation(after, by=cashier, amount=HUNDRED)

    assert VoidReceipt.objects.get().number == "2018-0001"
    assert (gift.receipt_no, after.receipt_no) == ("2018-0002", "2018-0003")
    assert pot.balance() == 2 * HUNDRED


def test_a_whole_collection_is_counted_once_and_booked_in_the_order_of_the_list():
    pot, keeper, cashier = make_pot(), make_user(), make_user()
    gifts = [make_donation(pot=pot, donor=name) for name in ("韦怀德", "黄桂兰", "李秀英")]
    collection = Collection(pot=pot, collected_on=date(2018, 6, 28))

    register_collection(collection, gifts, by=keeper, key="k")
    again = register_collection(Collection(pot=pot, collected_on=date(2018, 6, 28)), gifts, by=keeper, key="k")
    wrong = refusal_of(count_collection, collection, by=cashier, amount=Decimal("301.00"))
    own = refusal_of(count_collection, collection, by=keeper, amount=Decimal("300.00"))
    count_collection(collection, by=cashier, amount=Decimal("300.00"))

    assert (again, wrong, own) == (collection, "count_differs", "excluded_actor")
    numbers = list(collection.donations.order_by("id").values_list("donor", "receipt_no"))
    assert numbers == [("韦怀德", "2018-0001"), ("黄桂兰", "2018-0002"), ("李秀英", "2018-0003")]
    assert pot.balance() == Decimal("300.00")


def test_taking_down_asks_what_the_form_of_a_gift_asks():
    pot = make_pot()
    ahead = make_donation(pot=pot, donated_on=clock.today() + timedelta(days=1))
    elsewhere = make_donation(pot=make_pot(kind="equipment"))

    assert refusal_of(register_donation, ahead, by=make_user()) == "in_future"
    assert refusal_of(register_donation, elsewhere, by=make_user()) == "wrong_pot"
    collection = Collection(pot=pot, collected_on=ahead.donated_on)
    assert refusal_of(register_collection, collection, [make_donation(pot=pot)], by=make_user()) == "in_future"

"""Money is taken back by a red entry alone, and the page says so of what is booked."""

import pytest

from fund.models import Donation
from tests.fund.make import OPENED, book, make_case, make_donation, make_pot
from tests.make import make_user
from tests.site.test_careful_saving import opened, record_page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return signed_in(make_user(is_superuser=True, last_name="韦", first_name="怀德"))


def undo_page(record):
    return f"{record_page(record).removesuffix('change/')}undo/"


def save(client, record, changes):
    address = f"{record_page(record)}?edit=all"
    assert client.post(address, opened(client, address) | changes).status_code == 302


def stored_case():
    case = make_case()
    case.save()
    return case


def test_money_is_never_taken_back_so_and_the_page_of_what_is_booked_names_the_red_entry(office):
    gift = make_donation()
    gift.save()
    save(office, gift, {"remark": "现金"})
    waiting = office.get(record_page(gift)).content.decode()
    Donation.objects.filter(pk=gift.pk).update(
        entry=book(gift.pot, gift.pot.cash, gift.pot.source(gift.source), 100, OPENED)
    )

    booked = office.get(record_page(gift)).content.decode()

    assert ("红字冲销" in waiting, "红字冲销" in booked) == (False, True)
    assert "撤回这次修改" not in waiting + booked
    assert office.post(undo_page(gift)).status_code == 404


@pytest.mark.parametrize("make", [make_pot, stored_case])
def test_what_was_saved_and_is_not_booked_speaks_of_no_red_entry(office, make):
    record = make()
    save(office, record, {})

    html = office.get(record_page(record)).content.decode()

    assert "红字冲销" not in html
    assert office.post(undo_page(record)).status_code == 404

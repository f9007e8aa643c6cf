"""Asked gifts are booked as they were answered and never unasked."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.kit.sheets.questions import field_name
from fund.donations.imports import confirm_donations, preview_donations
from fund.models import Donation
from fund.verification import verify
from tests.fund.make import make_pot, on_day
from tests.fund.registers import book_of, gift, strike
from tests.kit.workbooks import saved
from tests.make import make_user

# What becomes of it


@pytest.fixture
def pot(db):
    return make_pot(name="荔园社区党内互助基金", holding=100)


def three_asked():
    book = book_of(gift(1), gift(2, "乙捐", remark="作废"), gift(3, "丙捐", "1 234"), gift(4, "丁捐"))
    strike(book.active[2])
    return saved(book)


def previewed(pot, data):
    with on_day(date(2018, 12, 5)):
        return preview_donations(pot, "捐款.xlsx", data, by=make_user())


def confirmed(batch, **options):
    with on_day(date(2018, 12, 5)):
        return confirm_donations(batch, make_user(), **options)


def booked(pot):
    return dict(Donation.objects.filter(pot=pot, entry__isnull=False).values_list("donor", "amount"))


def test_asked_gifts_are_booked_as_they_were_answered_and_never_unasked(pot):
    batch = previewed(pot, three_asked())
    assert (batch.added, batch.asked, batch.refused) == (1, 3, 0)

    batch = confirmed(batch, answers={field_name(0, "taken_back"): "a_gift", field_name(1, "taken_back"): "leave_out"})

    assert booked(pot) == {"甲捐": 100, "丁捐": 100}
    assert (batch.added, batch.same) == (2, 0)
    notes = " ".join(batch.content()["notes"])
    assert "乙捐" in notes
    assert "丙捐" in notes
    verify()


def test_an_amount_that_was_asked_is_booked_as_the_one_it_was_said_to_be(pot):
    batch = confirmed(previewed(pot, three_asked()), answers={field_name(2, "amount"): "one"})

    assert booked(pot) == {"丙捐": 1234, "丁捐": 100}
    assert batch.added == 2


def test_asked_gifts_hold_up_a_register_that_can_ask_nobody(pot):
    batch = previewed(pot, three_asked())

    with pytest.raises(ValidationError) as refusal:
        confirmed(batch)

    assert refusal.value.code == "asked_rows"
    assert booked(pot) == {}
    assert booked(pot) != confirmed(batch, skip_refused=True)
    assert booked(pot) == {"丁捐": 100}


def test_a_gift_that_is_booked_and_struck_out_later_is_named_and_stays_booked(pot):
    confirmed(previewed(pot, saved(book_of(gift(1), gift(2, "乙捐")))), answers={})
    book = book_of(gift(1), gift(2, "乙捐"))
    strike(book.active[2])

    batch = previewed(pot, saved(book))

    assert (batch.added, batch.same, batch.asked) == (0, 1, 1)
    sentence = batch.content()["asked"][0]["questions"][0]["sentence"]
    assert "2018-0001" in sentence
    confirmed(batch, answers={field_name(0, "taken_back"): "a_gift"})
    assert booked(pot) == {"甲捐": 100, "乙捐": 100}


def test_the_amount_of_a_booked_gift_is_not_asked_again(pot):
    data = saved(book_of(gift(3, "丙捐", "1 234")))
    confirmed(previewed(pot, data), answers={field_name(0, "amount"): "one"})

    batch = previewed(pot, data)

    assert (batch.same, batch.asked, batch.refused) == (1, 0, 0)


def test_an_asked_gift_on_a_day_that_cannot_be_booked_is_refused(pot):
    book = book_of(gift(1, day="2019-01-05"))
    strike(book.active[2])

    batch = previewed(pot, saved(book))

    assert (batch.asked, batch.refused) == (0, 1)


def run(path, *options):
    try:
        with on_day(date(2018, 12, 5)):
            call_command("import_donations", str(path), "--pot", "荔园社区党内互助基金", *options)
    except (SystemExit, CommandError) as end:
        return getattr(end, "code", 1)
    return 0


def test_the_command_tells_asked_gifts_and_skip_refused_never_books_them(pot, tmp_path, capsys):
    path = tmp_path / "捐款.xlsx"
    path.write_bytes(three_asked())

    assert run(path, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [line["row"] for line in told["accepted"]] == [5]
    assert told["refused"] == []
    assert [line["row"] for line in told["asked"]] == [2, 3, 4]
    assert "作废" in told["asked"][1]["questions"][0]
    assert booked(pot) == {}

    assert run(path, "--skip-refused", "--json") == 1
    assert booked(pot) == {"丁捐": 100}


@pytest.mark.django_db
def test_the_preview_offers_the_answers_of_each_asked_gift(office, client):
    with on_day(date(2018, 12, 5)):
        batch = preview_donations(office.pot, "捐款.xlsx", three_asked(), by=make_user())
        keeper = office("fund_keeper")
        page = keeper.get(reverse("admin:fund_donation_import_batch", args=[batch.pk])).content.decode()

        assert page.count(f'type="radio" name="{field_name(0, "taken_back")}"') == 2
        assert "1,234.00" in page
        address = reverse("admin:fund_donation_import_act", args=[batch.pk, "confirm"])
        keeper.post(address, {field_name(2, "amount"): "one"})

    assert booked(office.pot) == {"丙捐": 1234, "丁捐": 100}

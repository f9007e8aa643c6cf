"""The posting log: residents read where the paper hung and how long; name and photo stay in the office."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from branches.models import Holiday
from config.kit import clock
from fund.disclosure.postings.queries import came_down_early, days_up, postings_due
from fund.models import Posting
from tests.fund.make import OPENED, make_pot, published
from tests.make import codes_of, make_organization, make_user

pytestmark = pytest.mark.django_db
TUESDAY = date(2018, 7, 10)


@pytest.fixture
def statement(db):
    pot = make_pot(organization=make_organization(), holding=100)
    return published(pot, OPENED, date(2018, 6, 30), on=TUESDAY)


@pytest.fixture
def keeper(statement, client):
    user = make_user("fund_keeper", organization=statement.pot.organization)
    client.force_login(user)
    return user


def make_posting(statement, **fields):
    defaults = {"place": "大门口公示栏", "posted_on": TUESDAY, "posted_by": "覃惠兰"}
    return Posting.objects.create(pot=statement.pot, statement=statement, **defaults | fields)


def data_of(record, /, **fields):
    return {
        "pot": record.pot_id,
        "statement": record.pk,
        "place": "大门口公示栏",
        "paper": "a3",
        "posted_on": "2018-07-10",
        "posted_by": "覃惠兰",
    } | fields


def picture():
    buffer = io.BytesIO()
    image = Image.new("RGB", (40, 30), "white")
    exif = image.getexif()
    exif[0x010F] = "camera-of-somebody"
    image.save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_somebody.jpg", buffer.getvalue(), "image/jpeg")


def test_working_days_count_from_the_first_day_without_weekends_and_holidays(statement):
    posting = make_posting(statement, taken_down_on=date(2018, 7, 18))
    assert days_up(posting, today=date(2018, 8, 1)) == 7
    assert not came_down_early(posting)

    Holiday.objects.create(day=date(2018, 7, 12))

    assert days_up(posting, today=date(2018, 8, 1)) == 6
    assert came_down_early(posting)
    Holiday.objects.create(day=date(2018, 7, 14), is_makeup=True)
    assert days_up(posting, today=date(2018, 8, 1)) == 7


def test_residents_read_place_and_days_and_no_name(statement, client):
    make_posting(statement, remark="由志愿者代贴", taken_down_on=date(2018, 7, 18))
    make_posting(statement, place="活动室门口", posted_on=date(2018, 7, 11))

    html = client.get(f"/fund/statements/{statement.number}/").content.decode()

    assert "张贴于大门口公示栏：2018年7月10日至2018年7月18日，共 7 个工作日" in html
    assert "2018年7月11日起张贴于活动室门口" in html
    assert "覃惠兰" not in html
    assert "由志愿者代贴" not in html


def test_a_posting_is_recorded_with_a_photo_that_only_the_desk_sees(statement, keeper, client):
    answer = client.post(reverse("admin:fund_posting_add"), data_of(statement, picture=picture()))

    assert answer.status_code == 302
    posting = Posting.objects.get()
    assert "somebody" not in posting.photo.name
    address = reverse("admin:fund_posting_photo", args=[posting.pk])
    photo = client.get(address)
    assert "no-store" in photo["Cache-Control"]
    assert b"camera-of-somebody" not in photo.content
    assert address in client.get(reverse("admin:fund_posting_change", args=[posting.pk])).content.decode()
    assert client.get(f"/media/{posting.photo.name}").status_code == 404
    client.force_login(make_user("fund_keeper", organization=make_organization()))
    assert client.get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused(statement, keeper, client):
    no_picture = SimpleUploadedFile("x.jpg", b"<svg/>", "image/jpeg")

    answer = client.post(reverse("admin:fund_posting_add"), data_of(statement, picture=no_picture))

    assert answer.status_code == 200
    assert not Posting.objects.exists()


def test_a_notice_taken_down_too_soon_is_told_in_the_office(statement, keeper, client):
    posting = make_posting(statement)
    address = reverse("admin:fund_posting_change", args=[posting.pk])

    early = client.post(address, data_of(statement, taken_down_on="2018-07-13"), follow=True).content.decode()
    in_time = client.post(address, data_of(statement, taken_down_on="2018-07-18"), follow=True).content.decode()

    assert "只张贴了 4 个工作日，应满 7 个" in early
    assert "只张贴了" not in in_time


@pytest.mark.parametrize(
    "fields",
    [
        {"posted_on": "2018-07-09"},
        {"taken_down_on": "2018-07-09"},
        {"statement": "", "subject": ""},
        {"place": ""},
    ],
)
def test_what_does_not_fit_is_refused_by_the_form(statement, keeper, client, fields):
    answer = client.post(reverse("admin:fund_posting_add"), data_of(statement, **fields))

    assert answer.status_code == 200
    assert not Posting.objects.exists()


def test_the_database_refuses_days_in_the_wrong_order_and_a_notice_of_nothing(statement):
    for fields in ({"taken_down_on": TUESDAY - timedelta(days=1)}, {"statement": None, "subject": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Posting.objects.create(
                **{
                    "pot": statement.pot,
                    "statement": statement,
                    "place": "门口",
                    "posted_on": TUESDAY,
                    "posted_by": "覃惠兰",
                }
                | fields
            )


def test_a_statement_without_paper_and_a_paper_past_its_days_wait_for_the_keeper(statement, keeper):
    (task,) = postings_due(keeper, TUESDAY)
    assert task.due == TUESDAY
    assert task.address.endswith(f"?pot={statement.pot_id}&statement={statement.pk}")

    posting = make_posting(statement)

    assert postings_due(keeper, date(2018, 7, 18)) == []
    (task,) = postings_due(keeper, date(2018, 7, 19))
    assert task.address == reverse("admin:fund_posting_change", args=[posting.pk])
    Posting.objects.update(taken_down_on=date(2018, 7, 19))
    assert postings_due(keeper, date(2018, 7, 20)) == []


def test_nothing_waits_for_another_desk_or_somebody_without_the_right(statement):
    make_posting(make_statement_elsewhere())

    for user in (
        make_user("cashier", organization=statement.pot.organization),
        make_user("fund_keeper", organization=make_organization()),
    ):
        assert postings_due(user, TUESDAY) == []


def make_statement_elsewhere():
    return published(make_pot(holding=5), OPENED, date(2018, 6, 30), on=TUESDAY)


def test_the_record_itself_refuses_another_pots_statement_and_days_that_cannot_be(statement):
    early = make_posting(statement, posted_on=TUESDAY - timedelta(days=1))
    foreign = make_posting(statement)
    foreign.pot = make_pot()
    ahead = make_posting(statement, taken_down_on=clock.today() + timedelta(days=1))

    assert codes_of(early) == {"posted_on": "too_early"}
    assert codes_of(foreign) == {"statement": "wrong_pot"}
    assert codes_of(ahead) == {"taken_down_on": "in_future"}
    assert codes_of(make_posting(statement)) == {}

"""How a donation register is booked: every gift once, undone by reversal."""

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from branches.models import ImportBatch
from config.site.roles import sync_roles
from fund.donations.actions import return_donation
from fund.donations.imports import confirm_donations, preview_donations, undo_donations
from fund.donations.reading import read_donations, row_of
from fund.models import Donation, Entry
from fund.verification import verify
from members.models import AccessLog
from tests.fund.make import make_pot
from tests.fund.register_rows import HEADER, gift, read
from tests.kit.workbooks import xlsx
from tests.make import make_organization, make_user

DATA = Path(__file__).parent.parent / "data"


def upload(pot, *rows, by=None):
    return preview_donations(pot, "捐款.xlsx", xlsx([HEADER, *rows]), by=by or make_user())


@pytest.mark.django_db
def test_the_sample_register_books_25_000_yuan_once():
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["donations.xlsx"]
    pot = make_pot(opened_on=date(2015, 1, 1))
    out = io.StringIO()

    call_command("import_donations", DATA / "donations.xlsx", "--pot", pot.name, "--json", stdout=out)
    call_command("import_donations", DATA / "donations.xlsx", "--pot", pot.name, stdout=io.StringIO())

    said = json.loads(out.getvalue())
    assert said["refused"] == []
    assert [{key: row[key] for key in expected["accepted"][0]} for row in said["accepted"]] == expected["accepted"]
    assert (Donation.objects.count(), Entry.objects.filter(pot=pot).count()) == (136, 136)
    assert pot.balance() == Decimal("25000.00")
    by_source, by_year = {}, {}
    for donation in Donation.objects.all():
        label = {"member_donation": "党员捐款", "social_donation": "社会捐款", "superior_allocation": "上级拨付"}[
            donation.source
        ]
        by_source[label] = by_source.get(label, 0) + donation.amount
        by_year[str(donation.donated_on.year)] = by_year.get(str(donation.donated_on.year), 0) + donation.amount
    assert {key: str(amount) for key, amount in by_source.items()} == expected["by_source"]
    assert {key: str(amount) for key, amount in by_year.items()} == expected["by_year"]


@pytest.mark.django_db
def test_a_repeated_register_without_receipt_numbers_books_only_what_is_new():
    pot = make_pot()
    rows = [gift(1, receipt=None), gift(2, receipt=None), gift(3, receipt=None, donor="黄德")]
    confirm_donations(upload(pot, *rows), make_user())

    batch = upload(pot, *rows, gift(4, receipt=None))
    confirm_donations(batch, make_user())

    assert (batch.added, batch.same) == (1, 3)
    assert pot.balance() == Decimal("400.00")


@pytest.mark.django_db
def test_a_receipt_number_of_another_gift_is_refused():
    pot = make_pot()
    confirm_donations(upload(pot, gift(1)), make_user())

    batch = upload(pot, gift(1, amount=200), gift(2))

    assert (batch.added, batch.refused) == (1, 1)
    assert batch.content()["refused"]["rows"][0]["reasons"][0][2] == "receipt_taken"


@pytest.mark.django_db
def test_a_day_before_the_pot_was_opened_is_refused_by_row():
    batch = upload(make_pot(), gift(1, day="2017-06-28"), gift(2))

    assert (batch.added, batch.refused) == (1, 1)
    with pytest.raises(ValidationError) as refusal:
        confirm_donations(batch, make_user())
    assert (refusal.value.code, Entry.objects.count()) == ("refused_rows", 0)


@pytest.mark.django_db
def test_confirming_twice_books_once():
    pot = make_pot()
    batch = upload(pot, gift(1))

    for _turn in range(2):
        confirm_donations(batch, make_user())

    assert pot.balance() == Decimal("100.00")


@pytest.mark.django_db
def test_undoing_reverses_every_gift_but_those_touched_since_and_the_register_can_come_again():
    pot, user = make_pot(), make_user()
    batch = confirm_donations(upload(pot, gift(1), gift(2, donor="黄德")), user)
    touched = Donation.objects.get(donor="黄德")
    touched.remark = "已核对"
    touched.save()

    done = undo_donations(batch, user)

    assert (done.removed, done.kept) == (1, ["2018-0002"])
    assert pot.balance() == Decimal("100.00")
    again = confirm_donations(upload(pot, gift(1), gift(2, donor="黄德")), user)
    assert (again.added, again.same) == (1, 1)
    assert pot.balance() == Decimal("200.00")
    assert verify() == (1, 4, 0)


@pytest.mark.django_db
def test_undoing_keeps_apart_long_receipt_numbers_that_begin_alike():
    numbers = ["桂财票据2018第0001234-A", "桂财票据2018第0001234-B"]
    assert numbers[0][:14] == numbers[1][:14]
    pot, user = make_pot(), make_user()
    rows = [gift(receipt=number, donor=donor) for number, donor in zip(numbers, ["韦怀德", "黄德"], strict=True)]
    batch = confirm_donations(upload(pot, *rows), user)

    done = undo_donations(batch, user)

    assert (done.removed, done.kept, pot.balance()) == (2, [], Decimal("0.00"))
    marked = {f"{number}/{batch.pk}" for number in numbers}
    assert set(Donation.objects.values_list("receipt_no", flat=True)) == marked
    again = confirm_donations(upload(pot, *rows), user)
    assert again.added == 2
    assert undo_donations(again, user).removed == 2
    assert Donation.objects.count() == len(set(Donation.objects.values_list("receipt_no", flat=True))) == 4
    assert verify() == (1, 8, 0)


@pytest.mark.django_db
def test_refused_rows_of_a_register_are_downloaded_and_the_download_is_logged(client):
    pot, user = make_pot(), get_user_model().objects.create_superuser("root")
    batch = upload(pot, gift(1, amount=None), by=user)
    client.force_login(user)

    client.get(reverse("admin:fund_donation_import_refused", args=[batch.pk]))

    assert AccessLog.objects.get().what == "捐款.xlsx 中存不了的行"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "pot"), [("missing.xlsx", None), ("donations.xlsx", "没有"), ("roster-street.xlsx", None)]
)
def test_the_command_says_what_it_cannot_find_or_read(name, pot):
    there = make_pot()

    with pytest.raises(CommandError) as refusal:
        call_command("import_donations", DATA / name, "--pot", pot or there.name, stdout=io.StringIO())

    assert (refusal.value.returncode, Entry.objects.count()) == (2, 0)


@pytest.mark.django_db
def test_the_keeper_imports_a_register_through_the_office(client):
    sync_roles()
    organization = make_organization()
    pot = make_pot(organization=organization, opened_on=date(2015, 1, 1))
    client.force_login(make_user("fund_keeper", organization=organization))

    sent = client.post(
        reverse("admin:fund_donation_import"),
        {"file": SimpleUploadedFile("捐款.xlsx", (DATA / "donations.xlsx").read_bytes()), "target": pot.pk},
        follow=True,
    )
    batch = ImportBatch.objects.get()
    assert "2015-0001" in sent.content.decode()
    assert pot.balance() == 0
    client.post(reverse("admin:fund_donation_import_act", args=[batch.pk, "confirm"]))

    assert pot.balance() == Decimal("25000.00")
    client.force_login(make_user("fund_keeper", organization=make_organization()))
    assert client.get(reverse("admin:fund_donation_import_batch", args=[batch.pk])).status_code == 404


@pytest.mark.parametrize(
    ("label", "typed", "key", "said"),
    [
        ("票据号码", None, "receipt_no", "2018-0001"), ("缴款日期", None, "donated_on", "2018-06-28"), ("到账时间", None, "donated_on", "2018-06-28"),
        ("捐款单位/个人", None, "donor", "韦怀德"), ("姓名/单位", None, "donor", "韦怀德"), ("捐款数目", None, "amount", 100),
        ("是否愿意公开", "不同意", "publicity", "匿名"), ("公示意愿", "实名公示", "publicity", "实名"), ("资金方式", "微信红包", "method", "转账"),
        ("支付方式", "现金捐款", "method", "现金"), ("类别", "离退休党员", "source", "党员捐款"), ("来源", "个体户", "source", "社会捐款"),
    ],
)  # fmt: skip
def test_columns_and_words_of_other_offices_are_known(label, typed, key, said):
    place = ["receipt_no", "donated_on", "donor", "source", "method", "amount", "publicity"].index(key)
    header, row = list(HEADER), gift()
    header[place] = label
    row[place] = typed or row[place]

    reading = read(row, header=header)

    assert row_of(reading.accepted[0])[key] == said


def test_a_receipt_number_keeps_the_zeros_it_is_shown_with():
    reading = read(gift(receipt=12), formats={(2, 1): "0000000"})

    assert reading.accepted[0].values["receipt_no"] == "0000012"


@pytest.mark.parametrize(
    "total",
    [
        ["合计人民币（大写）：贰佰元整", None, None, None, None, "¥200.00"],
        ["计", None, None, None, None, 200],
        [None, None, None, None, None, 200],
        [None, None, None, None, None, "=SUM(F2:F3)"],
        ["2笔", None, None, "合计", None, 200],
    ],
)
def test_a_total_under_the_amounts_is_no_gift_whatever_stands_beside_it(total):
    reading = read(gift(1), gift(2), total)

    assert (len(reading.accepted), reading.refused, reading.notes) == (2, [], [])


@pytest.mark.parametrize("where", ["column", "note"])
def test_a_register_in_ten_thousands_is_refused_wherever_it_says_so(where):
    header = [label.replace("(元)", "(万元)" if where == "column" else "") for label in HEADER]
    above = [["单位：万元"]] if where == "note" else []

    with pytest.raises(ValidationError) as refusal:
        read_donations("a.xlsx", xlsx([*above, header, gift(amount=1.5)]), refuse_day=lambda day: None)

    assert refusal.value.code == "unit"


@pytest.mark.django_db
def test_a_number_given_to_a_gift_without_one_is_none_that_stands_below():
    pot = make_pot()
    rows = [gift(9, receipt=None, donor="黄德"), gift(1)]

    batch = confirm_donations(upload(pot, *rows), make_user())
    again = upload(pot, *rows)

    assert (batch.added, again.same) == (2, 2)
    assert Donation.objects.get(donor="黄德").receipt_no == "2018-0002"


@pytest.mark.django_db
def test_a_gift_under_another_receipt_but_else_the_same_warns():
    pot = make_pot()
    confirm_donations(upload(pot, gift(9, receipt=None)), make_user())

    batch = upload(pot, gift(7))

    assert (batch.added, len(batch.content()["warnings"])) == (1, 1)


@pytest.mark.django_db
def test_a_repeated_register_leaves_a_returned_gift_returned():
    pot = make_pot()
    confirm_donations(upload(pot, gift(1), gift(2, receipt=None)), make_user())
    for donation in Donation.objects.all():
        return_donation(donation, by=make_user(), on=date(2018, 7, 1), reason="退回")

    batch = upload(pot, gift(1), gift(2, receipt=None))

    assert (batch.added, batch.same, batch.refused) == (0, 2, 0)

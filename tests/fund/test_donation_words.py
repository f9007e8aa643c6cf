"""What a register says beside the amount: who gave, which column counts, what was given back."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from fund.disclosure.statements.document import donor_name
from fund.donations.imports import confirm_donations, preview_donations
from fund.donations.reading import read_donations
from fund.models import Donation
from fund.verification import verify
from tests.fund.make import make_pot, on_day, published
from tests.kit.workbooks import xlsx
from tests.make import make_user

OUTSIDE = Path(__file__).parent.parent / "data" / "outside"
HEADER = ["捐款日期", "捐款人", "金额", "方式", "公开意愿", "类别"]


def read_file(name):
    return read_donations(name, (OUTSIDE / name).read_bytes(), refuse_day=lambda day: None)


def read_donor(donor, publicity="隐名"):
    row = ["2018-12-05", donor, 100, "现金", publicity, "社会捐款"]
    return read_donations("捐款.xlsx", xlsx([HEADER, row]), refuse_day=lambda day: None)


def codes(reading):
    return [(record.row, reason.code) for record in reading.refused for reason in record.reasons]


# Donors


def test_donors_of_a_register_are_taken_as_written_but_for_a_phone_number():
    reading = read_file("09-donor-words/donors.xlsx")

    assert codes(reading) == [(22, "phone_in_name")]
    asked = {record.values["donor"]: record.values["publicity"] for record in reading.accepted}
    assert {donor for donor, publicity in asked.items() if publicity == "anonymous"} == {
        "不愿透露姓名的老党员",
        "匿名（王某）",
    }
    assert "荔园小学" in asked


@pytest.mark.parametrize(
    "donor", ["匿名(张甲国)", "张甲国（匿名）", "不愿留名的张甲国", "不愿意透露姓名的居民", "未留姓名市民"]
)
@pytest.mark.parametrize("publicity", ["隐名", None, "匿名"])
def test_who_asks_for_no_name_gets_none(donor, publicity):
    [record] = read_donor(donor, publicity).accepted

    assert record.values["publicity"] == "anonymous"


def test_words_that_ask_for_no_name_beside_the_wish_for_the_full_name_are_asked_for():
    assert codes(read_donor("匿名（张甲国）", "实名")) == [(2, "name_or_none")]


def test_a_donor_typed_by_hand_who_asks_for_no_name_gets_none():
    shown = donor_name(Donation(donor="匿名（张甲国）", publicity=Donation.Publicity.NAMED))

    assert "张甲国" not in shown.masked + shown.full


@pytest.mark.parametrize(
    "donor",
    [
        "14000000009机主",
        "张甲国14000000009",
        "机主140-0000-0009",
        "张甲国 0770-0000000",
        "１４００００００００９",
        "一四〇〇〇〇〇〇〇〇九",
    ],
)
def test_a_phone_number_is_no_part_of_a_donor(donor):
    assert codes(read_donor(donor)) in ([(2, "phone_in_name")], [(2, "not_a_name")])


@pytest.mark.parametrize(("donor", "code"), [("张甲国 李乙英", "several_names"), ("韦德 黄德 张甲国", "several_names")])
def test_names_with_a_space_between_are_asked_for(donor, code):
    assert codes(read_donor(donor)) == [(2, code)]


@pytest.mark.parametrize("donor", ["韦 德", "张 甲 国", "荔园 小 学", "欧阳 甲德", "上官　甲", "诸葛 甲 国"])
def test_letters_spaced_out_are_one_name(donor):
    assert [record.values["donor"] for record in read_donor(donor).accepted] == [
        donor.replace(" ", "").replace("\u3000", "")
    ]


# Columns


def read(header, *rows):
    return read_donations("捐款.xlsx", xlsx([header, *rows]), refuse_day=lambda day: None)


def amounts(reading):
    return {record.values["donor"]: int(record.values["amount"]) for record in reading.accepted}


def test_of_pledged_and_paid_what_was_paid_is_read_and_the_rest_is_told():
    reading = read_file("08-register-columns/pledged-and-paid.xlsx")

    assert amounts(reading) == {"甲捐": 100, "丙捐": 50}
    assert codes(reading) == [(4, "not_positive"), (6, "no_amount")]
    assert any("认捐金额" in note for note in reading.notes)


@pytest.mark.parametrize(
    "pledged", ["认捐金额", "应缴金额", "承诺金额", "意向金额", "认缴金额", "未缴金额", "欠缴金额"]
)
@pytest.mark.parametrize("paid", ["实缴金额", "实收金额", "到账金额", "已缴金额"])
def test_whichever_column_stands_first_only_paid_money_is_read(pledged, paid):
    for header, row in [([pledged, paid], [200, 50]), ([paid, pledged], [50, 200])]:
        reading = read(["日期", "姓名", *header], ["2018-11-05", "甲捐", *row], ["2018-11-05", "乙捐", *row])

        assert amounts(reading) == {"甲捐": 50, "乙捐": 50}


@pytest.mark.parametrize("pledged", ["认捐金额", "应缴金额", "计划金额"])
def test_a_list_of_pledges_alone_is_no_register(pledged):
    with pytest.raises(ValidationError) as refused:
        read(["日期", "姓名", pledged], ["2018-11-05", "甲捐", 100])

    assert refused.value.code == "missing_column"


@pytest.mark.parametrize(("first", "second"), [("捐款金额", "实缴金额"), ("金额", "到账金额"), ("实收金额", "数额")])
def test_a_paid_column_beside_one_that_may_be_pledged_is_asked_for_by_both_names(first, second):
    with pytest.raises(ValidationError) as refused:
        read(["日期", "姓名", first, second], ["2018-11-05", "甲捐", 100, None], ["2018-11-05", "乙捐", None, 50])

    assert all(label in refused.value.messages[0] for label in (first, second))


def test_a_register_without_source_and_method_asks_about_organisations_and_tells_what_is_assumed():
    reading = read_file("08-register-columns/no-source-no-method.xlsx")

    assert amounts(reading) == {"甲捐": 100}
    assert codes(reading) == [(3, "source_unsaid"), (4, "source_unsaid")]
    assert [word for word in ("类别", "方式") if any(word in note for note in reading.notes)] == ["类别", "方式"]


@pytest.mark.parametrize("donor", ["荔香商会", "荔香集团", "荔园小学", "荔香社区居委会", "荔园敬老院"])
def test_an_organisation_is_no_party_member(donor):
    assert codes(read(["日期", "捐款人", "金额"], ["2018-11-05", donor, 100])) == [(2, "source_unsaid")]


def test_nothing_is_told_of_a_register_that_says_it_all():
    reading = read(["日期", "捐款人", "金额", "类别", "方式"], ["2018-11-05", "荔香商会", 100, "社会捐款", "转账"])

    assert (amounts(reading), reading.notes) == ({"荔香商会": 100}, [])


# Given back


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("备注", "作废"), ("备注", "已退回本人"), ("备注", "款已退"), ("备注", "红冲"), ("备注", "退还"), ("状态", "已退款"), ("状态", "无效"), ("收据状态", "作废"), ("是否作废", "是"),
        ("退款金额", 100), ("用途", "撤销"), ("捐款人", "甲捐（作废）"), ("收据号", "2018-0001作废"),
    ],
)  # fmt: skip
def test_a_gift_that_was_void_or_given_back_is_never_taken_unasked(column, words):
    row = {"日期": "2018-11-05", "捐款人": "甲捐", "金额": 100} | {column: words}

    reading = read(list(row), list(row.values()))

    assert (amounts(reading), codes(reading)) == ({}, [])
    assert [question.code for record in reading.asked for question in record.questions] == ["taken_back"]


@pytest.mark.parametrize(
    ("column", "words"),
    [("备注", "已退休"), ("备注", "退休教师"), ("备注", "退役军人"), ("是否作废", "否"), ("退款金额", 0), ("状态", "已到账"), ("备注", None)],
)  # fmt: skip
def test_words_that_only_look_like_giving_back_change_nothing(column, words):
    row = {"日期": "2018-11-05", "捐款人": "甲捐", "金额": 100} | {column: words}

    assert amounts(read(list(row), list(row.values()))) == {"甲捐": 100}


# Gifts found late


LATE = OUTSIDE / "21-late-register"


@pytest.fixture
def pot(db):
    pot = make_pot(holding=100)
    published(pot, date(2018, 1, 1), date(2018, 9, 30), on=date(2018, 10, 10))
    return pot


def bring_in(pot, name, data, *, skip=False):
    with on_day(date(2018, 12, 5)):
        batch = preview_donations(pot, name, data, by=make_user())
        return confirm_donations(batch, make_user(), skip_refused=skip)


def booked_days(pot):
    gifts = Donation.objects.filter(pot=pot).select_related("entry")
    return {(gift.donor, gift.donated_on, gift.entry.booked_on, gift.entry.happened_on) for gift in gifts}


def test_a_gift_found_late_is_booked_in_the_open_period_with_its_real_day(pot):
    data = (LATE / "late-with-column.xlsx").read_bytes()
    bring_in(pot, "late.xlsx", data)

    real, booked = date(2018, 8, 5), date(2018, 11, 5)
    assert booked_days(pot) == {(donor, real, booked, real) for donor in ("甲捐", "乙捐", "丙捐")}
    assert verify()[1] == 4


def test_the_same_late_register_books_nothing_twice_even_when_its_period_is_closed(pot):
    data = (LATE / "late-with-column.xlsx").read_bytes()
    bring_in(pot, "late.xlsx", data)
    published(pot, date(2018, 10, 1), date(2018, 12, 31), on=date(2019, 1, 10))

    with on_day(date(2019, 1, 11)):
        batch = preview_donations(pot, "again.xlsx", data, by=make_user())

    assert (batch.added, batch.same, batch.refused) == (0, 3, 0)


def test_without_the_real_day_a_closed_day_is_refused_with_advice_that_can_be_followed(pot):
    with on_day(date(2018, 12, 5)):
        batch = preview_donations(pot, "late.xlsx", (LATE / "late.xlsx").read_bytes(), by=make_user())

    reasons = [reason for row in batch.content()["refused"]["rows"] for reason in row["reasons"]]
    assert [code for _label, _sentence, code in reasons] == ["closed_period"] * 3
    assert all("真实日期写在“发生日期”一栏" in sentence for _label, sentence, _code in reasons)


@pytest.mark.parametrize(
    ("booked", "happened", "code"),
    [
        ("2018-09-30", "2018-08-05", "closed_period"), ("2018-11-05", "2018-11-06", "happened_later"), ("2018-11-05", "2018-08", "day_missing"),
        ("2018-12-06", "2018-08-05", "in_future"), ("2018-11-05", "2017-08-05", "before_opening"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_refused(pot, booked, happened, code):
    data = xlsx([["捐款日期", "捐款人", "金额", "发生日期"], [booked, "甲捐", 100, happened]])
    with on_day(date(2018, 12, 5)):
        batch = preview_donations(pot, "late.xlsx", data, by=make_user())

    rows = batch.content()["refused"]["rows"]
    assert [code for row in rows for _label, _sentence, code in row["reasons"]] == [code]

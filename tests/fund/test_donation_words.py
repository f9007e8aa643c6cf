"""What a register says beside the amount: who gave, which column counts, what was given back."""

from pathlib import Path

import pytest

from fund.document import donor_name
from fund.donation_sheet import read_donations
from fund.models import Donation
from tests.kit.workbooks import xlsx

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
    ["14000000009机主", "张甲国14000000009", "机主140-0000-0009", "张甲国 0770-0000000", "１４００００００００９"],
)
def test_a_phone_number_is_no_part_of_a_donor(donor):
    assert codes(read_donor(donor)) in ([(2, "phone_in_name")], [(2, "not_a_name")])


@pytest.mark.parametrize(("donor", "code"), [("张甲国 李乙英", "two_donors"), ("韦德 黄德 张甲国", "two_donors")])
def test_names_with_a_space_between_are_asked_for(donor, code):
    assert codes(read_donor(donor)) == [(2, code)]


@pytest.mark.parametrize("donor", ["韦 德", "张 甲 国", "荔园 小 学"])
def test_letters_spaced_out_are_one_name(donor):
    assert [record.values["donor"] for record in read_donor(donor).accepted] == [donor.replace(" ", "")]

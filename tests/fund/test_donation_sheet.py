"""How a donation register is read: every row once, whatever the office's form."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from fund.donations.exports import REGISTER
from fund.donations.reading import FIELDS, read_donations, row_of
from tests.fund.register_rows import HEADER, gift, read
from tests.kit.workbooks import csv, xls, xlsx


def codes(reading):
    return [(record.row, [reason.code for reason in record.reasons]) for record in reading.refused]


AMOUNTS = [
    (100, "100.00"), (100.5, "100.50"), ("100", "100.00"), ("¥1,000.00", "1000.00"), ("￥1,000", "1000.00"), ("100元", "100.00"),
    ("１００", "100.00"), ("1 000", "1000.00"), ("1，000.50", "1000.50"), ("100元整", "100.00"), ("人民币100元", "100.00"),
    ("1.5万元", "15000.00"), ("2万", "20000.00"), ("壹仟元整", "1000.00"), ("贰万伍仟元整", "25000.00"), ("叁佰元伍角", "300.50"),
    (0.1 + 0.2, "0.30"), ("100.00 ", "100.00"), ("RMB 100", "100.00"), (1e3, "1000.00"), ("100圆", "100.00"), ("一百元", "100.00"),
    ("五百", "500.00"), ("¥100.-", "100.00"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), AMOUNTS)
def test_amounts_are_read_as_offices_type_them(typed, amount):
    reading = read(gift(amount=typed))

    assert [record.values["amount"] for record in reading.accepted] == [Decimal(amount)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (0, "not_positive"), (-100, "not_positive"), ("-100元", "not_positive"), ("(100)", "not_positive"), (100.005, "sub_fen"),
        ("100.005", "sub_fen"), ("一些", "not_money"), ("1.000,00", "not_money"), ("1,00", "not_money"), ("100元/人", "not_money"),
        ("=50+50", "formula"), (True, "not_money"), (datetime(2018, 1, 1), "not_money"), (None, "no_amount"), ("—", "no_amount"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed, code):
    assert codes(read(gift(amount=typed))) == [(2, [code])]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"donor": None}, "no_donor"), ({"day": None}, "no_date"), ({"day": "2018.06"}, "day_missing"), ({"day": "01/07/2018"}, "ambiguous_date"),
        ({"source": "彩票"}, "unknown_word"), ({"method": "飞鸽"}, "unknown_word"), ({"receipt": datetime(2018, 1, 1)}, "receipt_as_date"),
        ({"remark": "长" * 201}, "too_long"), ({"day": "2018.06", "remark": "作废"}, "day_missing"),
    ],
)  # fmt: skip
def test_what_makes_a_row_no_gift(cells, code):
    assert codes(read(gift(**cells))) == [(2, [code])]


def test_every_field_that_is_read_from_a_register_is_written_into_one():
    assert set(REGISTER) == FIELDS


def test_gifts_without_a_name_are_from_a_kind_person():
    reading = read(
        gift(1, donor="匿名", publicity=None),
        gift(2, donor=None, publicity="匿名"),
        gift(3, donor="爱心人士", publicity=None),
    )

    assert [(record.values["donor"], record.values["publicity"]) for record in reading.accepted] == [
        ("爱心人士", "anonymous")
    ] * 3


def test_a_receipt_number_stands_once():
    assert codes(read(gift(1), gift(1, donor="黄德"))) == [(3, ["duplicate_receipt"])]


def test_other_forms_of_the_register_are_read():
    header = ["序号", "时间", "姓名", "捐款金额（元）", "来源", "方式", "是否公开"]
    rows = [
        ["捐款明细"],
        header,
        ["合计", None, None, "¥300.00"],
        [1, "2018.6.28", "韦德", "100元", "党员", "微信", "公开"],
        [2, datetime(2018, 6, 28), "黄德", 200, "社会捐赠", "银行转账", "不公开"],
        ["备注：以上"],
    ]

    reading = read_donations("a.xlsx", xlsx(rows), refuse_day=lambda day: None)

    assert [row_of(record) for record in reading.accepted] == [
        {"row": 4, "receipt_no": "", "donated_on": "2018-06-28", "donor": "韦德", "source": "党员捐款", "amount": 100, "method": "转账", "publicity": "实名"},
        {"row": 5, "receipt_no": "", "donated_on": "2018-06-28", "donor": "黄德", "source": "社会捐款", "amount": 200, "method": "转账", "publicity": "匿名"},
    ]  # fmt: skip
    assert reading.notes == []


@pytest.mark.parametrize("total", ["¥300.00", 300, "301"])
def test_a_total_that_does_not_match_is_told(total):
    reading = read(gift(1), gift(2), ["合计", None, None, None, None, total])

    assert len(reading.notes) == 1
    assert "200.00" in reading.notes[0]


def test_a_total_whose_formula_was_last_shown_otherwise_is_told():
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, gift(1), gift(2)]):
        sheet.write_row(number, 0, row)
    sheet.write(3, 0, "合计")
    sheet.write_formula(3, 5, "=SUM(F2:F2)", None, 100)
    book.close()

    reading = read_donations("a.xlsx", stream.getvalue(), refuse_day=lambda day: None)

    assert len(reading.accepted) == 2
    assert len(reading.notes) == 1


def test_one_amount_merged_over_two_gifts_belongs_to_neither():
    assert codes(read(gift(1), gift(2, amount=None), merges=["F2:F3"])) == [(2, ["merged"]), (3, ["merged"])]


@pytest.mark.parametrize(
    "data",
    [
        csv([HEADER, gift()], encoding="gb18030"),
        csv([HEADER, gift()], encoding="utf-8-sig"),
        xls([HEADER, gift(day=date(2018, 6, 28))]),
    ],
)
def test_registers_come_in_every_format(data):
    reading = read_donations("a", data, refuse_day=lambda day: None)

    assert [record.values["amount"] for record in reading.accepted] == [Decimal("100.00")]

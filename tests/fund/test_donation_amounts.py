"""What stands in the amount cell of a register: one gift in yuan, or a refusal; never two gifts as one, never dollars."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from config.kit.sheets.amounts import foreign_format, read_amount
from fund.bookkeeping.bank_sheet import read_bank_list
from fund.donations.reading import read_donations
from tests.kit.workbooks import xlsx

OUTSIDE = Path(__file__).parent.parent / "data" / "outside"
HEADER = ["捐款日期", "捐款人", "金额", "方式"]


def read_file(name):
    return read_donations(name, (OUTSIDE / name).read_bytes(), refuse_day=lambda day: None)


def read(*rows, header=HEADER, **shape):
    return read_donations("捐款.xlsx", xlsx([header, *rows], **shape), refuse_day=lambda day: None)


def read_one(amount=100, donor="甲捐", **shape):
    return read(["2018-11-05", donor, amount, "现金"], **shape)


def gifts(reading):
    return {record.values["donor"]: record.values["amount"] for record in reading.accepted}


def codes(reading):
    return [(record.row, reason.code) for record in reading.refused for reason in record.reasons]


def test_two_gifts_in_one_cell_are_refused_and_one_with_a_stray_break_is_read():
    reading = read_file("05-two-gifts-one-cell/two-in-a-cell.xlsx")

    assert gifts(reading) == {"丁捐": Decimal(100), "辛捐": Decimal(1000), "壬捐": Decimal(100)}
    assert codes(reading) == [
        (3, "two_donors"), (3, "two_amounts_in_cell"), (4, "two_amounts_in_cell"), (5, "two_amounts_in_cell"), (6, "two_amounts_in_cell"), (7, "two_amounts_in_cell"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["100\r\n200", "100\n200\n300", "100  200", "100 200", "100元\n200元", "100元 200元", "一百\n二百", "100\t50.5", "1 00", "10 0", "¥100 ¥200\n", "100\n00", "100\u2028200", "100_x000a_200"],
)  # fmt: skip
def test_more_than_one_number_in_a_cell_is_no_amount(typed):
    reading = read_one(typed)

    assert gifts(reading) == {}
    assert codes(reading)[0][1] in {"two_amounts_in_cell", "not_money"}


@pytest.mark.parametrize(
    "typed", ["100/200", "100 / 200", "100、200", "100元、200元", "100＋200", "100；200", "100和200"]
)
def test_numbers_parted_by_a_mark_are_told_to_stand_in_rows_of_their_own(typed):
    assert codes(read_one(typed)) == [(2, "two_amounts_in_cell")]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("100\n", 100), ("\n100", 100), ("100\r\n", 100), (" 100\t", 100), ("100\n元", 100), ("1 000", 1000), ("1 234.00", 1234), ("10 050.50", "10050.5"), ("壹 佰 元 整", 100), ("100 元", 100)],
)  # fmt: skip
def test_breaks_and_spaces_around_one_number_change_nothing(typed, amount):
    assert gifts(read_one(typed)) == {"甲捐": Decimal(amount)}


@pytest.mark.parametrize("words", ["一百二百", "一万二万", "二五百", "一百五", "一万五", "五百千", "一二"])
def test_numerals_that_are_no_one_amount_are_refused(words):
    with pytest.raises(ValidationError, match=words):
        read_amount(words)


@pytest.mark.parametrize(
    "donor", ["甲捐\n乙捐", "甲捐\r\n乙捐", "甲捐\t乙捐", "甲捐\n乙捐\n丙捐", "荔香街道\n办事处", "甲捐_x000a_乙捐"]
)
def test_a_line_break_inside_a_donor_is_asked_for(donor):
    assert codes(read_one(donor=donor)) == [(2, "two_donors")]


def test_a_line_break_behind_a_donor_changes_nothing():
    assert gifts(read_one(donor="甲捐\n")) == {"甲捐": Decimal(100)}


# Foreign money


def test_formats_that_show_foreign_money_are_refused():
    assert codes(read_file("06-foreign-money/by-format.xlsx")) == [(row, "foreign_money") for row in range(3, 7)]


def test_signs_of_foreign_money_are_refused_and_plain_numbers_are_not():
    reading = read_file("06-foreign-money/by-text.xlsx")

    assert (gifts(reading), codes(reading)) == ({"丁捐": Decimal(100)}, [(row, "foreign_money") for row in (3, 4, 5)])


def test_a_column_of_currencies_lets_renminbi_through_alone():
    reading = read_file("06-foreign-money/by-column.xlsx")

    assert list(gifts(reading)) == ["甲捐", "丁捐"]
    assert codes(reading) == [(4, "foreign_money"), (5, "foreign_money")]


@pytest.mark.parametrize("name", ["by-header", "by-title"])
def test_a_header_or_a_title_that_names_foreign_money_refuses_the_file(name):
    with pytest.raises(ValidationError) as refused:
        read_file(f"06-foreign-money/{name}.xlsx")

    assert refused.value.code == "foreign_money"


@pytest.mark.parametrize(
    "form",
    ['"$"#,##0', '"US$"#,##0.00', "[$$-409]#,##0.00", "[$HKD] #,##0", "#,##0.00 [$€-407]", "[$£-809]#,##0", "\\$#,##0", "[$USD-409] 0", '0"美元"', "[$¥-411]#,##0", '#,##0 "港币"'],
)  # fmt: skip
def test_any_format_of_foreign_money_is_refused(form):
    assert codes(read_one(formats={(2, 3): form})) == [(2, "foreign_money")]


@pytest.mark.parametrize(
    "form",
    ["General", "0.00", "#,##0.00;[Red]-#,##0.00", '"¥"#,##0.00', '"￥"#,##0', "[$¥-804]#,##0.00", "[$￥-804]#,##0", "[$-804]0.00", '0"元"', "[$CNY] 0.00", '"人民币"0', "\\¥#,##0.00"],
)  # fmt: skip
def test_formats_of_renminbi_pass(form):
    assert foreign_format(form) == ""
    assert gifts(read_one(formats={(2, 3): form})) == {"甲捐": Decimal(100)}


@pytest.mark.parametrize(
    "label", ["金额(USD)", "金额（美元）", "金额（港元）", "捐款金额(HK$)", "金额 EUR", "金额（日元）"]
)
def test_headers_in_foreign_money_are_refused(label):
    with pytest.raises(ValidationError) as refused:
        read(["2018-11-05", "甲捐", 100, "现金"], header=["捐款日期", "捐款人", label, "方式"])

    assert refused.value.code in {"foreign_money", "missing_column"}


@pytest.mark.parametrize(
    "label", ["金额（人民币）", "金额(RMB)", "金额（元）", "金额(CNY)", "金额（美元折人民币）", "金额(￥)"]
)
def test_headers_in_renminbi_pass(label):
    reading = read(["2018-11-05", "甲捐", 100, "现金"], header=["捐款日期", "捐款人", label, "方式"])

    assert gifts(reading) == {"甲捐": Decimal(100)}


@pytest.mark.parametrize(
    "title", ["捐款登记表（2018年参加元旦活动）", "党员活动日圆满举行捐款", "重阳节日元月登记", "人民币捐款登记表"]
)
def test_titles_that_only_look_like_foreign_money_pass(title):
    reading = read_donations(
        "捐款.xlsx", xlsx([[title], HEADER, ["2018-11-05", "甲捐", 100, "现金"]]), refuse_day=lambda day: None
    )

    assert gifts(reading) == {"甲捐": Decimal(100)}


@pytest.mark.parametrize("word", ["美元", "HKD", "港币", "欧元", "USD"])
def test_a_line_of_a_bank_in_foreign_money_is_refused(word):
    reading = read_bank_list("list.csv", f"日期,收入,支出,币种\n2018-11-05,100,,{word}\n2018-11-05,50,,人民币".encode())

    assert codes(reading) == [(2, "foreign_money")]
    assert [record.values["moved"] for record in reading.accepted] == [Decimal(50)]

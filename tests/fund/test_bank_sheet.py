"""How a bank's or a payment app's list is read: in is never taken for out, and what moved no money is never booked."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from openpyxl.styles import Font

from fund.bookkeeping.bank_sheet import read_bank_list

LISTS = Path(__file__).parent.parent / "data" / "outside" / "11-bank-lists"


def read(text):
    return read_bank_list("list.csv", text.encode())


def moves(reading):
    return [
        ("in" if record.values["is_income"] else "out", record.values["moved"], record.values["day"].isoformat())
        for record in reading.accepted
    ]


def codes(reading):
    return [(record.row, reason.code) for record in reading.refused for reason in record.reasons]


FROM_OUTSIDE = {
    "bocom.csv": [("in", "1.23", "05"), ("in", "100", "06"), ("out", "50", "07")],
    "ccb.csv": [("in", "100", "05"), ("out", "50", "06"), ("in", "50", "06")],
    "icbc.csv": [("out", "50", "07"), ("in", "1000", "05")],
    "cmb.csv": [("in", "1234", "05"), ("out", "50", "06")],
    "brackets-1.csv": [("in", "100", "05"), ("out", "50", "06")],
}


@pytest.mark.parametrize("name", FROM_OUTSIDE)
def test_lists_as_banks_send_them_are_read_to_the_fen_and_the_day(name):
    reading = read_bank_list(name, (LISTS / name).read_bytes())

    assert moves(reading) == [(way, Decimal(amount), f"2018-11-{day}") for way, amount, day in FROM_OUTSIDE[name]]
    assert not reading.refused


@pytest.mark.parametrize(
    ("income", "spending"),
    [
        ("交易金额(收入)", "交易金额(支出)"), ("交易金额（收入）", "交易金额（支出）"), ("金额(贷方)", "金额(借方)"), ("发生额【贷】", "发生额【借】"),
        ("(收入)金额", "(支出)金额"), ("金额(存入)", "金额(支取)"), ("发生额(转入)", "发生额(转出)"), ("记账金额(收入)", "记账金额(支出)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("swapped", [False, True])
def test_columns_that_differ_in_brackets_alone_stay_two(income, spending, swapped):
    first, second = (spending, income) if swapped else (income, spending)
    rows = ["2018-11-05,,100", "2018-11-06,50,"] if swapped else ["2018-11-05,100,", "2018-11-06,,50"]

    reading = read("\n".join([f"日期,{first},{second}", *rows]))

    assert moves(reading) == [("in", Decimal(100), "2018-11-05"), ("out", Decimal(50), "2018-11-06")]


@pytest.mark.parametrize(
    ("first", "second"), [("金额(Cr)", "金额(Dr)"), ("交易金额(甲户)", "交易金额(乙户)"), ("金额", "发生额")]
)
def test_two_columns_of_amounts_that_nothing_tells_apart_are_named_and_refused(first, second):
    with pytest.raises(ValidationError) as refused:
        read(f"日期,{first},{second}\n2018-11-05,100,\n2018-11-06,,50")

    assert refused.value.code == "duplicate_header"
    assert all(label in refused.value.messages[0] for label in (first, second))


@pytest.mark.parametrize(
    ("flag", "way"),
    [("贷 Cr", "in"), ("借 Dr", "out"), ("贷/CR", "in"), ("借(D)", "out"), ("C", "in"), ("支出", "out"), ("收", "in"), ("贷方 Credit", "in")],
)  # fmt: skip
def test_flags_are_read_in_chinese_in_latin_and_in_both(flag, way):
    assert moves(read(f"日期,借贷标志,金额\n2018-11-05,{flag},50")) == [(way, Decimal(50), "2018-11-05")]


@pytest.mark.parametrize("flag", ["/", "", "不计收支", "其他", "中性交易", "—"])
def test_a_row_of_a_payment_app_that_is_neither_in_nor_out_is_never_booked(flag):
    reading = read(f"交易时间,收/支,金额(元),当前状态\n2018-11-05 10:11:12,{flag},¥50.00,支付成功")

    assert (moves(reading), codes(reading)) == ([], [(2, "no_direction")])


@pytest.mark.parametrize("state", ["交易关闭", "已全额退款", "对方已退还", "支付失败", "待付款"])
def test_an_order_of_a_payment_app_that_fell_through_is_never_booked(state):
    reading = read(f"交易时间,收/支,金额(元),交易状态\n2018-11-05 10:11:12,支出,50.00,{state}")

    assert (moves(reading), codes(reading)) == ([], [(2, "not_moved")])


def test_an_order_of_which_a_part_came_back_is_never_booked_whole():
    reading = read(
        "交易创建时间,交易对方,金额（元）,收/支,交易状态,成功退款（元）\n"
        "2018-11-05 10:11:12,甲捐,100.00,收入,交易成功,0.00\n2018-11-05 10:11:12,文具店,100.00,支出,交易成功,50.00"
    )

    assert (moves(reading), codes(reading)) == ([("in", Decimal(100), "2018-11-05")], [(3, "not_moved")])


def test_a_list_of_a_payment_app_is_read_with_its_clock():
    reading = read(
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态\n"
        "2018-11-05 10:11:12,转账,甲捐,捐款,收入,¥100.00,/,已存入零钱\n"
        "2018-11-06 23:59:59,商户消费,文具店,纸,支出,¥50.00,零钱,支付成功"
    )

    assert moves(reading) == [("in", Decimal(100), "2018-11-05"), ("out", Decimal(50), "2018-11-06")]


@pytest.mark.parametrize(
    ("flag", "amount", "words"), [("收", "-50", "转账"), ("借", "-50", "冲正"), ("支", "-50", "退款")]
)
def test_a_sign_that_may_take_the_flag_back_is_asked_for(flag, amount, words):
    reading = read(f"日期,方向,金额,摘要\n2018-11-05,{flag},{amount},{words}")

    assert (moves(reading), codes(reading)) == ([], [(2, "sign_and_flag")])


@pytest.mark.parametrize("places", [(0, 1, 2), (1,), (0,), (2,)])
def test_a_row_that_is_struck_out_is_refused(places):
    book = openpyxl.Workbook()
    for row in (["日期", "收入", "摘要"], ["2018-11-05", 100, "捐款"], ["2018-11-06", 50, "捐款"]):
        book.active.append(row)
    for at in places:
        book.active[2][at].font = Font(strike=True)
    buffer = io.BytesIO()
    book.save(buffer)

    reading = read_bank_list("list.xlsx", buffer.getvalue())

    assert (moves(reading), codes(reading)) == ([("in", Decimal(50), "2018-11-06")], [(2, "struck_out")])


@pytest.mark.parametrize("amount", ["1 234", "12 500", "100 200"])
def test_a_number_that_may_be_two_is_refused_where_nobody_can_be_asked(amount):
    reading = read(f"日期,收入\n2018-11-05,{amount}")

    assert (moves(reading), codes(reading)) == ([], [(2, "two_amounts_in_cell")])


@pytest.mark.parametrize("words", ["人民币合计", "合计", "人民币总计"])
def test_a_line_of_sums_is_no_movement(words):
    assert moves(read(f"日期,收入,支出\n2018-11-05,100,\n{words},100,")) == [("in", Decimal(100), "2018-11-05")]

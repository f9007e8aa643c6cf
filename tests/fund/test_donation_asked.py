"""Registers with void, returned and struck-out gifts: which of them are asked."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from openpyxl.comments import Comment

from config.kit.text_cleaning import squeezed
from fund.donations.reading import read_donations
from tests.fund.registers import HEADER, book_of, gift, strike
from tests.kit.workbooks import saved, xlsx


def read(data, name="捐款.xlsx"):
    return read_donations(name, data, refuse_day=lambda day: None)


def outcome(reading):
    """Donors of the accepted, the asked and the refused rows."""
    return tuple(
        [record.values.get("donor") for record in rows] for rows in (reading.accepted, reading.asked, reading.refused)
    )


# What is asked


@pytest.mark.parametrize("places", [(), (2,), (3,), (0, 1, 2, 3)])
def test_a_struck_out_row_is_asked_whole_or_by_its_donor_or_its_amount(places):
    book = book_of(gift(1), gift(2, "乙捐"))
    strike(book.active[2], *places)

    assert outcome(read(saved(book))) == (["乙捐"], ["甲捐"], [])


def test_a_row_struck_out_in_an_old_workbook_is_asked():
    import xlwt

    book = xlwt.Workbook()
    sheet, struck = book.add_sheet("捐款"), xlwt.easyxf("font: struck_out on")
    for at, row in enumerate([HEADER, gift(1), gift(2, "乙捐")]):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(at, place, value, struck if at == 1 else xlwt.Style.default_style)
    buffer = io.BytesIO()
    book.save(buffer)

    assert outcome(read(buffer.getvalue(), "捐款.xls")) == (["乙捐"], ["甲捐"], [])


def test_a_donor_struck_out_in_part_is_asked():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
    for at, row in enumerate([HEADER, gift(1), gift(2, "乙捐")]):
        sheet.write_row(at, 0, row)
    sheet.write_rich_string(1, 2, struck, "甲", book.add_format(), "捐")
    book.close()

    assert outcome(read(buffer.getvalue())) == (["乙捐"], ["甲捐"], [])


def test_another_cell_struck_out_is_refused_with_what_to_do():
    book = book_of(gift(1, remark="社区代收"))
    strike(book.active[2], 6)

    reading = read(saved(book))

    assert [(reason.column, reason.code) for reason in reading.refused[0].reasons] == [("备注", "struck_out")]


@pytest.mark.parametrize("said", ["作废", "已退款", "此笔退回", "红冲", "收据作废，另开", "2018年12月退还本人"])
@pytest.mark.parametrize("where", ["A2", "C2", "D2", "G2"])
def test_a_comment_that_says_a_gift_was_none_is_asked(said, where):
    book = book_of(gift(1), gift(2, "乙捐"))
    book.active[where].comment = Comment(said, "x")

    assert outcome(read(saved(book))) == (["乙捐"], ["甲捐"], [])


def test_any_other_comment_is_told_and_the_gift_is_taken():
    book = book_of(gift(1))
    book.active["C2"].comment = Comment("本人送来", "x")

    reading = read(saved(book))

    assert outcome(reading) == (["甲捐"], [], [])
    assert "本人送来" in reading.accepted[0].warnings[0]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("退款日期", "2018-12-01"), ("退款日期", date(2018, 12, 1)), ("作废原因", "写错"), ("退款经手", "黄"), ("收据情况", "作废"), ("核对", "款已退回"),
        ("是否撤销", "是"), ("财务意见", "该笔取消"), ("核对", "银行退票"), ("核对", "退汇"), ("核对", "误收，原路返回"), ("核对", "重复登记"), ("核对", "已返还本人"),
    ],
)  # fmt: skip
def test_a_column_nobody_asked_for_may_say_it_too(column, words):
    reading = read(xlsx([[*HEADER, column], [*gift(1), words], [*gift(2, "乙捐"), None]]))

    assert outcome(reading) == (["乙捐"], ["甲捐"], [])


@pytest.mark.parametrize(
    ("column", "words"),
    [("退款日期", "无"), ("是否退款", "否"), ("核对", "未退款"), ("核对", "没有退回"), ("核对", "已退休"), ("核对", "离退捐款"), ("核对", "党费返还"), ("状态", "未退款"), ("状态", "退休"), ("人员状态", "已退休"), ("核对", "众多记者"), ("核对", "因故退出"), ("作废", "0")],
)  # fmt: skip
def test_what_is_denied_or_only_looks_like_it_says_nothing(column, words):
    assert outcome(read(xlsx([[*HEADER, column], [*gift(1), words]]))) == (["甲捐"], [], [])


@pytest.mark.parametrize("section", ["作废收据", "退款明细", "二、退回的捐款", "作废"])
def test_gifts_under_a_section_of_void_or_returned_ones_are_asked(section):
    reading = read(xlsx([HEADER, gift(1, "乙捐"), [section], gift(2), ["三、其他捐款"], gift(3, "丙捐")]))

    assert outcome(reading) == (["乙捐", "丙捐"], ["甲捐"], [])


def test_gifts_of_a_sheet_of_returned_ones_are_asked():
    book = book_of(gift(1, "乙捐"))
    other = book.create_sheet("退款")
    for row in (HEADER, gift(2)):
        other.append(row)

    assert outcome(read(saved(book))) == (["乙捐"], ["甲捐"], [])


@pytest.mark.parametrize(
    "line", ["以上收据作废", "上述捐款已退回本人", "此页作废", "说明：以上两笔已退款", "备注：上列捐款红字冲销"]
)
def test_a_line_under_gifts_that_takes_them_back_asks_about_each(line):
    reading = read(
        xlsx([HEADER, gift(1, "乙捐"), ["合计", None, None, 100], gift(2), gift(3, "丙捐"), [line], ["制表人：黄"]])
    )

    assert outcome(reading) == (["乙捐"], ["甲捐", "丙捐"], [])


@pytest.mark.parametrize("line", ["注：划线的为退款", "说明：收据第3号作废", "其中作废收据1张", "作废收据1张（附后）"])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_line_that_leaves_open_which_gift_it_means_is_told(line, is_above):
    rows = [["捐款登记表"], [line], HEADER, gift(1)] if is_above else [HEADER, gift(1), [line]]

    reading = read(xlsx(rows))

    assert outcome(reading) == (["甲捐"], [], [])
    assert any(squeezed(line) in note for note in reading.notes)


def test_a_row_below_zero_is_refused_and_the_gift_it_takes_back_is_asked():
    reading = read(
        xlsx(
            [
                HEADER,
                gift(1),
                gift(2, "乙捐"),
                gift(3, amount=-100, remark="冲账"),
                gift(4, "丙捐", 300),
                gift(5, "丙捐", -50),
            ]
        )
    )

    assert outcome(reading) == (["乙捐"], ["甲捐", "丙捐"], ["甲捐", "丙捐"])
    assert "第 4 行" in str(reading.asked[0].questions[0])
    assert "50.00" in str(reading.asked[1].questions[0])


def test_a_void_receipt_without_a_gift_is_refused_with_one_sentence():
    reading = read(xlsx([HEADER, gift(1, "乙捐"), ["2018-0002", None, "作废", None, None, None, None]]))

    assert outcome(reading)[0] == ["乙捐"]
    assert [reason.code for reason in reading.refused[0].reasons] == ["taken_back"]


@pytest.mark.parametrize(
    "typed", ["1 234", "12 500", "50 100", "1 234 567", "1\u00a0234", "¥1 234", "1 234元", "12 345.60"]
)
def test_one_number_or_two_is_asked_with_the_amount_it_would_be(typed):
    reading = read(xlsx([HEADER, gift(1, amount=typed)]))

    assert outcome(reading) == ([], ["甲捐"], [])
    digits = typed.strip("¥元").replace(" ", "").replace("\u00a0", "")
    assert f"{Decimal(digits):,.2f}" in str(reading.asked[0].questions[0])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1 000", 1000), ("1 234.00", 1234), ("1\u202f234", 1234), ("12\u2009345", 12345), ("10 050", 10050), ("1\u202f234\u202f567.50", "1234567.5")],
)  # fmt: skip
def test_a_number_that_something_else_says_is_one_is_read(typed, amount):
    reading = read(xlsx([HEADER, gift(1, amount=typed)]))

    assert [record.values["amount"] for record in reading.accepted] == [Decimal(amount)]


@pytest.mark.parametrize(
    "typed",
    [
        "100 200",
        "100 200.00",
        "100\u00a0200",
        "100\u202f200",
        "1 00",
        "1 2345",
        "12 34",
        "1000 200",
        "100 200 300",
        "1 234 元 5",
    ],
)
def test_what_can_only_be_two_amounts_is_refused(typed):
    reading = read(xlsx([HEADER, gift(1, amount=typed)]))

    assert outcome(reading) == ([], [], ["甲捐"])


def test_two_amounts_of_a_total_are_none_and_hold_nothing_up():
    reading = read(xlsx([HEADER, gift(1), ["合计", None, None, "1 234"]]))

    assert outcome(reading) == (["甲捐"], [], [])


APP = ["交易时间", "捐款人", "收/支", "金额(元)", "类别", "方式", "当前状态"]


def order(direction="收入", state="已存入零钱", donor="甲捐"):
    return ["2018-11-05 10:11:12", donor, direction, "¥100.00", "社会捐款", "微信", state]


@pytest.mark.parametrize("direction", ["/", "", "不计收支", "中性交易", "其他", None])
def test_a_neutral_row_of_a_payment_app_is_asked(direction):
    reading = read(xlsx([APP, order(direction), order(donor="乙捐")]))

    assert outcome(reading) == (["乙捐"], ["甲捐"], [])


@pytest.mark.parametrize("direction", ["支出", "支", "借", "付", "Dr"])
def test_spending_in_a_list_of_a_payment_app_is_no_gift(direction):
    reading = read(xlsx([APP, order(direction), order("收", donor="乙捐")]))

    assert outcome(reading) == (["乙捐"], [], ["甲捐"])
    assert [reason.code for reason in reading.refused[0].reasons] == ["went_out"]


@pytest.mark.parametrize("state", ["已全额退款", "对方已退还", "支付失败", "待确认", "交易关闭", "处理中", "冻结"])
@pytest.mark.parametrize("label", ["当前状态", "交易状态", "支付状态", "微信状态"])
def test_an_order_that_fell_through_or_waits_is_asked(state, label):
    reading = read(xlsx([[*APP[:6], label], order(state=state), order(donor="乙捐")]))

    assert outcome(reading) == (["乙捐"], ["甲捐"], [])


def test_a_list_without_payers_is_refused_with_the_column_it_lacks():
    with pytest.raises(ValidationError) as refusal:
        read(xlsx([["交易时间", "交易对方", "收/支", "金额(元)"], ["2018-11-05", "甲捐", "收入", "¥100.00"]]))

    assert refusal.value.code == "missing_column"


def test_a_phone_that_cannot_be_called_is_told_and_the_gift_taken():
    reading = read(xlsx([[*HEADER, "联系电话"], [*gift(1), "0770-0000000转801"], [*gift(2, "乙捐"), "140 0000 0001"]]))

    assert outcome(reading) == (["甲捐", "乙捐"], [], [])
    assert "请去掉转801" in reading.accepted[0].warnings[0]
    assert reading.accepted[1].values["phone"] == "14000000001"


@pytest.mark.parametrize(
    "rows",
    [
        [["捐款登记表"], ["捐款人", "甲捐", "日期", "2018-11-05"], ["金额", "100", "方式", "现金"], ["备注", "代交"]],
        [["捐款人", "甲捐"], ["捐款日期", "2018-11-05"], ["金额", 100], ["方式", "现金"], ["经手人", "黄"]],
        [
            ["捐款人", "甲捐", "乙捐"],
            ["捐款日期", "2018-11-05", "2018-11-06"],
            ["金额", 100, 200],
            ["方式", "现金", "转账"],
        ],
        [
            ["收据号", "2018-0001", "日期", "2018-11-05"],
            ["捐款人", "甲捐", "金额", 100],
            ["用途", "不限", "经手人", "黄"],
        ],
        [
            ["姓名", "甲捐", "电话", "14000000001"],
            ["捐款金额", 100, "捐款方式", "现金"],
            ["类别", "社会捐款", "日期", "2018-11-05"],
        ],
    ],
)
def test_a_form_of_one_gift_is_refused_as_what_it_is(rows):
    with pytest.raises(ValidationError) as refusal:
        read(xlsx(rows))

    assert refusal.value.code == "form_of_one"

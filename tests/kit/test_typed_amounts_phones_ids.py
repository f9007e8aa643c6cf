"""The ways in which people write amounts, times, phone numbers and ID numbers: read alike in forms and imports, or refused with an example."""

import re
from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from config.kit import clock
from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import TimeFormField
from config.kit.money import MoneyField
from config.kit.person.fields import CITIZEN_ID, PHONE, ReadFormField
from config.kit.sheets.amounts import as_amount
from config.kit.sheets.cells import TEXT, UNTYPED, Cell
from config.kit.sheets.values import as_citizen_id, as_phone
from tests.make import make_citizen_id

AMOUNTS = {
    "200": 200, "200元": 200, "200 元": 200, "￥200": 200, "¥200.00": 200, "¥ 200": 200, "RMB200": 200, "人民币200元": 200, "CNY 200": 200,
    "200块": 200, "200块钱": 200, "200元整": 200, "200圆": 200, "200.": 200, "２００．５０": "200.5", "1,000": 1000, "1，000": 1000,
    "1,000.00": 1000, "１０００": 1000, "1 000": 1000, "1'000": 1000, "0.500": "0.5", "1234.500": "1234.5",
    "一百二十元": 120, "一百二十": 120, "一百二十块钱": 120, "贰佰元整": 200, "人民币贰佰元整": 200, "￥二百": 200, "三百": 300, "两百块": 200,
    "一千零五": 1005, "壹仟贰佰叁拾肆元伍角陆分": "1234.56", "十元": 10, "1.2万": 12000, "1.2万元": 12000, "１．２万": 12000, "3千": 3000,
    "5百": 500, "3千5百": 3500, "1万2千": 12000, "12万5千": 125000, "五毛": "0.5", "5毛": "0.5", "5角": "0.5", "三块五": "3.5",
    "3块5": "3.5", "3块5毛": "3.5", "三元五角": "3.5", "120元5角6分": "120.56", "1,000元5角": "1000.5", "0": 0,
}  # fmt: skip
NO_AMOUNTS = [
    ("1.200", "ambiguous_amount", "可能是 1.20 元，也可能是 1,200.00 元"), ("12.000", "ambiguous_amount", "12,000.00"),
    ("2百5", "ambiguous_amount", "可能是 250.00 元，也可能是 205.00 元"), ("二百五", "ambiguous_amount", "250.00"), ("1万2", "ambiguous_amount", "12,000.00"),
    ("一千二", "ambiguous_amount", "1,200.00"), ("一亿五", "ambiguous_amount", "150,000,000.00"),
    ("1,20", "not_money", "例如 100"), ("12,34", "not_money", "例如 100"), ("1.000,00", "not_money", "例如 100"), ("约200", "not_money", "例如 100"),
    ("200多", "not_money", "例如 100"), ("200元/月", "not_money", "例如 100"), ("一些", "not_money", "例如 100"), ("NaN", "not_money", "例如 100"),
    ("1e5", "not_money", "例如 100"), ("9" * 20, "not_money", "例如 100"), ("九" * 500, "not_money", "例如 100"), ("1.234", "sub_fen", "到分"),
    ("200、300", "two_amounts_in_cell", "只写一个"), ("500 100", "two_amounts_in_cell", "只写一个"), ("50 100", "read_back", "50,100.00 元"), ("200元 300元", "two_amounts_in_cell", "只写一个"),
    ("$200", "foreign_money", "“$200”不是人民币"), ("200美元", "foreign_money", "不是人民币"),
]  # fmt: skip

MOBILE, LANDLINE = "13800138000", "0774-5123456"
PHONES = {
    **dict.fromkeys(
        [
            "138-0013-8000", "138 0013 8000", "138.0013.8000", "138_0013_8000", "138·0013·8000", "138－0013－8000", "１３８００１３８０００",
            "+8613800138000", "+86 138 0013 8000", "+86-138-0013-8000", "(+86)13800138000", "（86）13800138000", "0086 13800138000",
            "86-13800138000", "013800138000", "13800138000。", "13800138000（手机）", "手机：138 0013 8000", "手机号码13800138000",
            "移动电话：13800138000", "联系方式：13800138000", "号码13800138000", "Tel. 13800138000", "13800138000本人", "本人 13800138000",
        ],
        MOBILE,
    ),
    **dict.fromkeys(
        [
            "0774 5123456", "0774－5123456", "(0774)5123456", "（0774） 5123456", "0774—5123456", "0774-512-3456", "0774 512 3456",
            "0774--5123456", "0774/5123456", "0774.5123456", "+86 774 5123456", "+86-0774-5123456", "座机：0774-5123456",
            "宅0774-5123456", "住宅电话0774-5123456", "家庭电话：0774-5123456",
        ],
        LANDLINE,
    ),
}  # fmt: skip
NO_PHONES = [
    ("5123456", "缺少区号"), ("512 3456", "缺少区号"), ("1380013800", "10 位"), ("138001380000", "12 位"), ("12800138000", "12 开头"),
    ("l3800138000", "“l”"), ("0774-5123456转801", "去掉转801"), ("13800138000 儿子", "“儿子”"), ("10086", "0770-0000000"),
    ("13800138000/13900139000", "不止一个号码"), ("无", "留空"), ("没有电话", "留空"),
]  # fmt: skip

NUMBER = make_citizen_id(sequence=77)
FIRST, BORN, LAST = NUMBER[:6], NUMBER[6:14], NUMBER[14:]
IDS = [
    f"{FIRST} {BORN} {LAST}", f"{FIRST}-{BORN}-{LAST}", f"{FIRST}.{BORN}.{LAST}", f"{FIRST}/{BORN}/{LAST}", f"{FIRST}，{BORN}，{LAST}",
    f"身份证号码：{NUMBER}", f"公民身份号码:{NUMBER}", f"证件号码：{NUMBER}", f"ID No. {NUMBER}", f"No.{NUMBER}", f"{NUMBER}。", f"“{NUMBER}”",
    f"({NUMBER})", f"{NUMBER}（身份证）", " ".join(NUMBER), NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
]  # fmt: skip
NO_IDS = [
    (NUMBER[:17], "17 位"), (NUMBER + "1", "19 位"), (NUMBER[:15], "15 位的老身份证号"), (f"{NUMBER[:5]}O{NUMBER[6:]}", "第 6 位是“O”"),
    (f"{FIRST}19401315{LAST}", "出生日期"), ("无", "留空"), ("身份证丢了", "留空"),
]  # fmt: skip

TIMES = {
    "9:00": "09:00", "09:00": "09:00", "9：00": "09:00", "9.30": "09:30", "9点": "09:00", "9点整": "09:00", "9点钟": "09:00", "9点半": "09:30",
    "九点半": "09:30", "九点一刻": "09:15", "9点三刻": "09:45", "9点5分": "09:05", "9时30分": "09:30", "930": "09:30", "0930": "09:30",
    "１４：３０": "14:30", "14:30": "14:30", "14:30:00": "14:30", "14.30": "14:30", "1430": "14:30", "14点30": "14:30", "十四点三十分": "14:30",
    "上午9点": "09:00", "早上8点半": "08:30", "下午2点半": "14:30", "下午两点半": "14:30", "下午2:30": "14:30", "下午14:30": "14:30",
    "傍晚6点": "18:00", "晚上7点半": "19:30", "凌晨2点": "02:00", "中午": "12:00", "中午12点": "12:00", "中午1点": "13:00", "12点": "12:00",
    "下午12点半": "12:30", "02:30": "02:30", "07:30": "07:30", "8:30": "08:30", "0:30": "00:30", "9am": "09:00", "9:30 am": "09:30",
    "2.30 p.m.": "14:30", "12 pm": "12:00", "noon": "12:00",
}  # fmt: skip
NO_TIMES = [
    ("2点半", "ambiguous_time", "02:30"), ("2:30", "ambiguous_time", "14:30"), ("5点", "ambiguous_time", "17:00"),
    ("7点半", "read_back", "07:30"), ("6:30", "read_back", "06:30"), ("9:00-11:00", "two_times", "只写一个"), ("9点到11点", "two_times", "只写一个"),
    ("25:00", "unreadable_time", "14:30"), ("24:00", "unreadable_time", "14:30"), ("9:60", "unreadable_time", "14:30"), ("9", "unreadable_time", "14:30"),
    ("上午", "unreadable_time", "14:30"), ("全天", "unreadable_time", "14:30"), ("晚上12点", "unreadable_time", "14:30"),
    ("上午14点", "unreadable_time", "14:30"), ("九" * 500, "unreadable_time", "14:30"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def on_11_november():
    with clock.set_to(lambda: datetime(2018, 11, 11, 2, tzinfo=UTC)):
        yield


def refusal(field, text):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    return refused.value.error_list[0].code, refused.value.messages[0]


def test_the_tables_hold_what_offices_write():
    assert sum(map(len, (AMOUNTS, NO_AMOUNTS, PHONES, NO_PHONES, IDS, NO_IDS, TIMES, NO_TIMES))) > 180


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_read_in_a_form_as_in_an_import(text):
    assert MoneyFormField().clean(text) == as_amount(Cell(TEXT, text)) == Decimal(AMOUNTS[text])


@pytest.mark.parametrize(("text", "code", "word"), NO_AMOUNTS)
def test_what_is_no_one_amount_is_refused(text, code, word):
    found, message = refusal(MoneyFormField(), text)

    assert found == code
    assert word in message
    with pytest.raises(ValidationError):
        as_amount(Cell(TEXT, text))


def test_every_field_of_money_is_the_field_that_reads():
    assert isinstance(MoneyField().formfield(), MoneyFormField)
    assert MoneyField(null=True, blank=True).formfield().clean("—") is None


def test_three_decimals_of_a_text_table_are_its_columns_and_no_thousands():
    assert as_amount(Cell(TEXT, "1.200", UNTYPED)) == Decimal("1.20")


class AmountForm(forms.Form):
    amount = MoneyFormField()
    starts_at = TimeFormField(required=False)


def test_an_amount_that_may_be_two_is_asked_once_and_stored_when_the_form_comes_again():
    form = AmountForm({"amount": "1 234"})

    assert form.errors["amount"] == ["读作 1,234.00 元。没错请再保存一次；不对请改正。"]
    again = AmountForm({"amount": str(form["amount"].value())})
    assert again.is_valid()
    assert again.cleaned_data["amount"] == Decimal("1234.00")


def test_what_was_read_is_shown_in_digits_and_what_was_not_as_it_was_typed():
    form = AmountForm({"amount": "贰佰元整", "starts_at": "下次"})

    assert 'value="200.00"' in str(form["amount"])
    assert 'value="下次"' in str(form["starts_at"])


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_is_read_in_a_form_as_in_an_import(text):
    assert ReadFormField(kind=PHONE).clean(text) == as_phone(Cell(TEXT, text)) == PHONES[text]


@pytest.mark.parametrize(("text", "word"), NO_PHONES)
def test_what_cannot_be_called_is_refused(text, word):
    code, message = refusal(ReadFormField(kind=PHONE), text)

    assert code in {"phone", "two_phones"}
    assert word in message


@pytest.mark.parametrize("text", IDS)
def test_an_id_number_is_read_in_a_form_as_in_an_import(text):
    assert ReadFormField(kind=CITIZEN_ID).clean(text) == as_citizen_id(Cell(TEXT, text)) == NUMBER


@pytest.mark.parametrize(("text", "word"), NO_IDS)
def test_what_is_no_id_number_is_refused(text, word):
    assert word in refusal(ReadFormField(kind=CITIZEN_ID), text)[1]


def test_the_last_sign_of_an_id_number_may_be_what_looks_like_an_x():
    number = next(one for one in (make_citizen_id(sequence=place) for place in range(400)) if one.endswith("X"))

    for letter in "xＸ×Х":
        assert ReadFormField(kind=CITIZEN_ID).clean(number[:17] + letter) == number


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_as_people_say_it(text):
    assert TimeFormField().clean(text) == time.fromisoformat(TIMES[text])


@pytest.mark.parametrize(("text", "code", "word"), NO_TIMES)
def test_a_time_that_may_be_another_is_not_guessed_silently(text, code, word):
    found, message = refusal(TimeFormField(), text)

    assert found == code
    assert word in message
    for example in re.findall(r"\d\d:\d\d", message.replace(f"“{text}”", "")):
        assert TimeFormField().clean(example)


def test_a_guessed_time_is_asked_once_and_stored_when_the_form_comes_again():
    form = AmountForm({"amount": "1", "starts_at": "7点半"})

    shown = re.search(r'name="starts_at" value="([^"]*)"', str(form["starts_at"]))[1]
    assert (form.errors["starts_at"], shown) == (["读作 07:30。没错请再保存一次；不对请改正。"], "07:30")
    assert AmountForm({"amount": "1", "starts_at": shown}).is_valid()
    assert TimeFormField(required=False).clean("无") is None

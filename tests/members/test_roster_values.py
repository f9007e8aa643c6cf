"""How the cells of a roster are read: dates, names, numbers, phones and words."""

import io
from datetime import date, datetime

import pytest

from tests.kit.workbooks import xlsx
from tests.make import make_citizen_id
from tests.members.rosters import BORN, HEADER, ID_1, codes, only, person, read, read_rows

DATES = [
    ("1940-03-15", "1940-03-15"), ("1940.03.15", "1940-03-15"), ("1940.3.15", "1940-03-15"), ("1940年3月15日", "1940-03-15"),
    ("1940/3/15", "1940-03-15"), ("19400315", "1940-03-15"), (19400315, "1940-03-15"), (14685, "1940-03-15"),
    ("14685", "1940-03-15"), (14685.0, "1940-03-15"), (datetime(1940, 3, 15), "1940-03-15"), (date(1940, 3, 15), "1940-03-15"),
    ("１９４０－０３－１５", "1940-03-15"), ("1940-03-15 00:00:00", "1940-03-15"), (" 1940 年 3 月 15 日 ", "1940-03-15"),
    ("一九四〇年三月十五日", "1940-03-15"), ("1940—03—15", "1940-03-15"), ("1940。03。15".replace("。", "．"), "1940-03-15"),
    ("15/03/1940", "1940-03-15"), ("1940、3、15", "1940-03-15"), ("1940年3月15", "1940-03-15"), ("'1940-03-15", "1940-03-15"),
    ("1940-3-15T00:00:00", "1940-03-15"), ("1940年03月15号", "1940-03-15"), ("1940 3 15", "1940-03-15"), ("1940。3。15", "1940-03-15"),
    ("1940.03..15", "1940-03-15"), ("1940年3月15日生", "1940-03-15"), ("公历1940年3月15日", "1940-03-15"), ("1940-03-15 星期五", "1940-03-15"),
    ("1940年.3月.15日", "1940-03-15"), ("1940-03-15 上午 12:00:00", "1940-03-15"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), DATES)
def test_dates_are_read_as_offices_type_them(typed, meant):
    reading = read_rows(person(born=typed))

    assert only(reading)["birth_date"] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "1967.07",
        "1967年7月",
        "1967-7",
        "1967/07",
        196707,
        "196707",
        1967.07,
        "1967年07月份",
        "1967.7",
        "1967 7",
        "1967年7月  日",
        "1967。7",
    ],
)
def test_a_month_alone_is_kept_as_a_month(typed):
    reading = read_rows(person(joined=typed))

    assert only(reading)["joined_on"] == "1967-07"
    assert reading.accepted[0].values["joined_on"].date == date(1967, 7, 1)


@pytest.mark.parametrize("typed", ["1940.03", "1940年3月", 194003, 1940.03])
def test_a_month_of_birth_is_completed_from_the_citizen_id(typed):
    reading = read_rows(person(born=typed))

    assert only(reading)["birth_date"] == "1940-03-15"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("01/07/1940", "ambiguous_date"), ("40.3.15", "ambiguous_date"), ("3/15/40", "ambiguous_date"), (1940.1, "ambiguous_date"),
        ("40年3月", "ambiguous_date"), ("1968年2月30日", "impossible_date"), ("1940-13-01", "impossible_date"),
        ("19400230", "impossible_date"), ("1940.00.00", "impossible_date"), ("1940", "year_only"), (1940, "year_only"),
        ("民国二十九年", "unreadable_date"), ("春节", "unreadable_date"), ("1940-03-15前后", "unreadable_date"), (True, "unreadable_date"),
        ("1940.05", "day_missing"), ("2048-01-01", "born_in_future"), ("1840-01-01", "odd_year"),
    ],
)  # fmt: skip
def test_a_date_that_means_two_things_or_none_is_asked_and_not_guessed(typed, code):
    reading = read_rows(person(born=typed))

    assert codes(reading) == [(2, [code])]


def test_a_number_shown_with_two_decimals_is_read_as_shown():
    reading = read_rows(person(joined=1967.1, full="1968-10-05"), formats={(2, 6): "0.00"})

    assert only(reading)["joined_on"] == "1967-10"


def test_a_date_cell_that_shows_year_and_month_is_a_month():
    reading = read_rows(person(joined=datetime(1967, 7, 1)), formats={(2, 6): 'yyyy"年"m"月"'})

    assert only(reading)["joined_on"] == "1967-07"


def test_serial_numbers_count_from_1904_where_the_workbook_says_so():
    reading = read_rows(person(1, born=14685 - 1462), person(2, born=datetime(1940, 3, 15)), epoch_1904=True)

    assert [record.values["birth_date"].date for record in reading.accepted] == [BORN, BORN]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("陈 庆", "陈庆"), ("李　荣", "李荣"), ("韦\u00a0德", "韦德"), ("\u200b韦德\ufeff", "韦德"), ("阿依•买买提", "阿依·买买提"),
        ("阿依・买买提", "阿依·买买提"), ("阿依．买买提", "阿依·买买提"), ("阿依·买买提", "阿依·买买提"), ("韦\ue863", "韦䶮"),
        ("韦\ue1e0\ue863"[0:1] + "\ue863", "韦䶮"), ("O'Brien", "O'Brien"), ("=韦德", "=韦德"), ("Anna Maria", "Anna Maria"),
        ("⻩⽯", "黄石"), ("欧阳 秀强", "欧阳秀强"), ("李梅（女）", "李梅"), ("蓝德(女，瑶族)", "蓝德"), ("李德（大）", "李德（大）"), ("𠮷田", "𠮷田"),
    ],
)  # fmt: skip
def test_names_lose_stray_spaces_and_private_characters_and_nothing_else(typed, name):
    from openpyxl import load_workbook

    data = xlsx([HEADER, person(name="占位")])
    book = load_workbook(io.BytesIO(data))
    cell = book.active.cell(2, 2)
    cell.value, cell.data_type = typed, "s"
    stream = io.BytesIO()
    book.save(stream)

    assert only(read(stream.getvalue()))["name"] == name


def test_an_id_in_a_number_cell_is_refused_and_says_what_to_do():
    reading = read_rows(person(id=459999194003150014), person(2, id="4.59999E+17"))

    assert codes(reading) == [(2, ["id_as_number"]), (3, ["id_as_number"])]


@pytest.mark.parametrize("typed", [ID_1, f" {ID_1} ", f"'{ID_1}", ID_1[:6] + " " + ID_1[6:14] + " " + ID_1[14:], ID_1.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})])  # fmt: skip
def test_an_id_is_read_whatever_its_spaces_and_widths(typed):
    assert only(read_rows(person(id=typed)))["citizen_id"] == ID_1


def test_a_small_x_at_the_end_of_an_id_is_made_large():
    number = next(value for value in (make_citizen_id(BORN, n) for n in range(200, 400)) if value.endswith("X"))

    assert only(read_rows(person(id=number.lower().replace("x", "ｘ"))))["citizen_id"] == number


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (14000000001, "14000000001"), (14000000001.0, "14000000001"), ("140 0000 0001", "14000000001"), ("140-0000-0001", "14000000001"),
        ("１４０００００００００１"[:3] + "０" * 7 + "１", "14000000001"), ("+86 14000000001", "14000000001"),
        ("86 14000000001", "14000000001"), ("手机：14000000001", "14000000001"), ("14000000001（本人）", "14000000001"), ("0770 0000000", "0770-0000000"),
        ("(0770)0000000", "0770-0000000"), ("0770-0000000", "0770-0000000"), ("0770－0000000", "0770-0000000"), ("—", ""), (None, ""), ("待补", ""), ("—— ——", ""),
    ],
)  # fmt: skip
def test_phones_are_read_from_text_and_numbers(typed, phone):
    assert only(read_rows(person(phone=typed)))["phone"] == phone

"""No upload takes the server down: it is counted in a stream, refused early and in words, or read past without being kept."""

import gc
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from config.kit.form_filling.template import Words, open_template
from config.kit.sheets.package import LISTS, Package
from config.kit.sheets.reading import open_upload
from config.kit.sheets.records import seldom_collected
from config.kit.sheets.size import MOST_REASONS
from members.roster.reading import read_roster
from tests.kit import hostile
from tests.kit.hostile import HEADER, LAST, PERSON, SHEET, blank_rows, text_cells, with_sheet
from tests.kit.measuring import cost
from tests.kit.workbooks import csv, xlsx

WORDS = Words({"year": "年"}, {"honours": ("荣誉", {"title": "名称"}), "visits": ("参观", {"group": "单位"})})
# What each list is refused for; the others are read.
LISTS_REFUSED = {
    "ten million empty rows": "too_many_rows",
    "empty rows in single quotes": "too_many_rows",
    "rows of 16,384 numbers": "too_many_cells",
    "a million merged cells": "unpacked_too_large",
    "a million columns": "unpacked_too_large",
    "a million shared texts": "too_many_cells",
    "one long text in 10,000 cells": "too_much_text",
    "a text of sixty megabytes": "too_many_cells",
    "half a million looks": "unpacked_too_large",
    "half a million names": "unpacked_too_large",
    "a million kinds of parts": "unpacked_too_large",
    "entities in entities": "damaged",
    "entities in two bytes a letter": "damaged",
    "a million levels": "too_many_cells",
    "a million levels of looks": "unpacked_too_large",
    "zeros that unpack to gigabytes": "unpacked_too_large",
    "two hundred thousand parts": "unpacked_too_large",
    "parts packed otherwise": "damaged",
    "five thousand sheets of one part": "damaged",
    "an old workbook with ten million blank cells": "too_many_cells",
    "an old workbook with a million numbers": "too_many_cells",
    "an old workbook of five million records": "too_many_cells",
    "an old workbook with half a million looks": "unpacked_too_large",
    "an old workbook with a link over every cell": "too_many_cells",
    "a line of twenty megabytes": "damaged",
    "twenty million empty lines": "too_many_rows",
    "a row that never ends": "damaged",
    "a face among nineteen million letters": "too_many_rows",
    "text in two bytes a letter": "too_many_rows",
}
FORMS_REFUSED = {
    "ten million empty rows": "too_many_rows",
    "blank rows to the end of the sheet": "too_many_rows",
    "rows with looks, as many as 127 kB pack": "too_many_rows",
    "merged over everything": "too_many_cells",
    "a million merged cells": "too_many_cells",
    "a link over everything": "too_many_cells",
    "a choice for a million ranges": "unpacked_too_large",
    "half a million cells": "too_many_cells",
    "a shared formula in 12,000 cells": "unpacked_too_large",
    "twenty thousand row blocks": "too_many_blocks",
    "a placeholder of spaces": "broken_placeholder",
    "half a million looks": "unpacked_too_large",
    "a million levels": "too_many_cells",
    "entities in entities": "damaged",
}


def refusal_of(read, *given, **named):
    with pytest.raises(ValidationError) as refusal:
        read(*given, **named)
    return refusal.value


def read_list(data):
    return read_roster("a", data, today=date(2018, 10, 31))


@pytest.mark.parametrize("name", [name for name in hostile.LISTS if name in LISTS_REFUSED])
def test_a_list_that_would_take_the_server_down_is_refused_in_one_sentence(name):
    refusal = refusal_of(read_list, hostile.LISTS[name]())

    assert (refusal.code, len(refusal.messages)) == (LISTS_REFUSED[name], 1)


@pytest.mark.parametrize("name", [name for name in hostile.LISTS if name not in LISTS_REFUSED])
def test_a_list_that_only_looks_large_is_read(name):
    assert read_list(hostile.LISTS[name]()).rows


@pytest.mark.parametrize("name", [name for name in hostile.FORMS if name in FORMS_REFUSED])
def test_a_form_that_would_take_the_server_down_is_refused_in_one_sentence(name):
    refusal = refusal_of(open_template, "a.xlsx", hostile.FORMS[name](), WORDS)

    assert (refusal.code, len(refusal.messages)) == (FORMS_REFUSED[name], 1)


@pytest.mark.parametrize("name", [name for name in hostile.FORMS if name not in FORMS_REFUSED])
def test_a_form_that_only_looks_large_is_opened(name):
    assert open_template("a.xlsx", hostile.FORMS[name](), WORDS).book.worksheets


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("list", "ten million empty rows"),
        ("list", "blank rows to the end of the sheet"),
        ("list", "a million shared texts"),
        ("form", "rows with looks, as many as 127 kB pack"),
    ],
)
def test_a_large_upload_takes_less_than_150_megabytes(kind, name):
    data = (hostile.FORMS if kind == "form" else hostile.LISTS)[name]()

    _seconds, memory, _code, _words = cost(kind, data)

    assert memory < 150


def test_counting_stops_where_it_is_too_much():
    data = hostile.LISTS["ten million empty rows"]()
    package = Package(data, LISTS)

    refusal_of(package.open, SHEET)

    assert package.getinfo(SHEET).file_size > 60_000_000
    assert package.size < 1_000_000


def test_the_refusal_names_the_sheet_the_limit_and_what_to_do():
    refusal = refusal_of(read_list, hostile.LISTS["ten million empty rows"]())

    assert refusal.messages == [
        "工作表“Sheet1”：超过 10,000 行。请删除表格下方的空行，或把表拆成几份，保存后重新上传。"
    ]


def test_rows_below_a_million_blank_ones_keep_their_numbers():
    below = f'<row r="{LAST}">{text_cells(LAST, PERSON)}</row>'
    data = with_sheet([*blank_rows(LAST - 1), below])

    [sheet] = open_upload("a", data).sheets

    assert [row.number for row in sheet.rows()] == [1, 2, LAST]


def test_rows_that_do_not_say_their_number_are_counted_by_the_blank_ones_above():
    data = with_sheet(["<row/><row/>", '<row><c r="A5" t="inlineStr"><is><t>甲</t></is></c></row>'])

    [sheet] = open_upload("a", data).sheets

    assert [row.number for row in sheet.rows()] == [1, 2, 5]


def test_a_row_over_the_edge_of_two_pieces_is_whole():
    long = "字" * 120_000
    data = with_sheet(f'<row r="{row}">{text_cells(row, [str(row), long])}</row>' for row in range(3, 9))

    [sheet] = open_upload("a", data).sheets

    cells = [(row.number, row.cells[1].value, len(row.cells[2].value)) for row in sheet.rows()][2:]
    assert cells == [(row, str(row), 120_000) for row in range(3, 9)]


def test_a_part_that_many_sheets_share_is_counted_for_each():
    package = Package(xlsx([HEADER]), LISTS)

    def read_again_and_again():
        while True:
            package.read("xl/styles.xml")

    assert refusal_of(read_again_and_again).code == "unpacked_too_large"


@pytest.mark.parametrize(("column", "most"), [("出生日期", 300), ("姓名", 300), ("备注", 2000)])
def test_a_cell_longer_than_anything_that_belongs_there_is_refused_before_any_pattern_is_tried(column, most):
    values = dict(zip(HEADER, PERSON, strict=True)) | {column: "字" * (most + 1)}

    [record] = read_list(csv([list(values), list(values.values())])).refused

    assert "text_too_long" in {reason.code for reason in record.reasons}


def test_a_list_in_which_nothing_can_be_read_is_refused_with_its_first_reason():
    rows = [["韦怀德", "男女", "1", "2", "3", "4"]] * (MOST_REASONS // 4)

    refusal = refusal_of(read_list, csv([HEADER, *rows]))

    assert refusal.code == "too_many_reasons"
    assert re.search("40,000.*第 2 行", refusal.messages[0])


def test_two_readers_at_a_time_leave_the_collector_as_it_was():
    usual = gc.get_threshold()

    with seldom_collected:
        with seldom_collected:
            pass
        while_reading = gc.get_threshold()

    assert (while_reading, gc.get_threshold()) == (seldom_collected.LOOKS, usual)

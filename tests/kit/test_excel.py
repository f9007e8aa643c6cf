"""Workbooks keep the office's layout, exact values, and text as text."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from config.kit.excel import DATE, MONEY, TEXT, Block, Column, Formula, Frame, Sheet, column_letter, write_workbook

FRAME = Frame(reporting_unit="荔园社区", on=date(2018, 10, 31), phone="0770-0000000")
NASTY = ["=1+1", "+1", "-1", "@x", "\tx", "O'Brien", "𠮷㼆䶮", "45999919400315001X", "0001", "http://x.example"]


def sheet(rows, **fields):
    columns = [
        Column("姓名", lambda row: row[0], TEXT),
        Column("日期", lambda row: row[1], DATE),
        Column("金额", lambda row: row[2], MONEY, total=True),
    ]
    return Sheet(name="表", title="一张表", unit="元", blocks=[Block(columns, rows, total_label="合计")], **fields)


def cells(path, **options):
    return list(load_workbook(path, **options).worksheets[0].iter_rows(values_only=True))


def test_text_stays_text_whatever_it_looks_like(tmp_path):
    rows = [(text, date(2018, 6, 28), Decimal("100.00")) for text in NASTY]

    path = write_workbook(tmp_path / "a.xlsx", [sheet(rows)], FRAME)

    page = load_workbook(path).worksheets[0]
    column = [page.cell(row, 1) for row in range(5, 5 + len(NASTY))]
    assert [cell.value for cell in column] == NASTY
    assert {cell.data_type for cell in column} == {"s"}


def test_totals_are_formulas_with_their_value_beside_them(tmp_path):
    rows = [("韦德", date(2018, 6, 28), Decimal("100.10")), ("黄文", None, Decimal("0.05"))]

    path = write_workbook(tmp_path / "a.xlsx", [sheet(rows)], FRAME)

    assert cells(path)[6] == ("合计", None, "=SUM(C5:C6)")
    assert cells(path, data_only=True)[6] == ("合计", None, 100.15)
    assert cells(path)[5][1] == "—"


def test_the_frame_is_the_office_s(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", [sheet([("韦德", None, Decimal(1))])], FRAME)

    page = load_workbook(path).worksheets[0]
    assert page["A1"].value == "一张表"
    assert page["A1"].font.b
    assert "荔园社区" in page["A2"].value
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "A5"


def test_a_formula_writes_the_row_it_stands_in(tmp_path):
    columns = [Column("甲", lambda row: row, MONEY), Column("乙", lambda row: Formula("=A{row}*2", row * 2), MONEY)]

    path = write_workbook(tmp_path / "a.xlsx", [Sheet("表", "题", [Block(columns, [Decimal(3)])])], FRAME)

    assert cells(path)[4] == (3, "=A5*2")
    assert cells(path, data_only=True)[4] == (3, 6)


def test_a_run_that_stops_half_way_leaves_no_file(tmp_path):
    def rows():
        yield ("韦德", None, Decimal(1))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_workbook(tmp_path / "a.xlsx", [sheet(rows())], FRAME)

    assert not list(tmp_path.glob("*.xlsx"))


def test_column_letters_go_past_z():
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]

"""Workbooks keep the office's layout, exact values, and text as text."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from config.kit.excel import Block, Column, Frame, Worksheet, write_workbook
from config.kit.excel_cells import DATE, MONEY, MONTH, NUMBER, TEXT, Formula, Link, Typed, column_letter
from config.kit.sheets.cells import EXACT

FRAME = Frame(reporting_unit="荔园社区", on=date(2018, 10, 31), phone="0770-0000000")
NASTY = ["=1+1", "+1", "-1", "@x", "\tx", "O'Brien", "𠮷㼆䶮", "45999919400315001X", "0001", "http://x.example"]


def sheet(rows, **fields):
    columns = [
        Column("姓名", lambda row: row[0], TEXT),
        Column("日期", lambda row: row[1], DATE),
        Column("金额", lambda row: row[2], MONEY, total=True),
    ]
    return Worksheet(name="表", title="一张表", unit="元", blocks=[Block(columns, rows, has_total=True)], **fields)


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


def test_a_formula_names_columns_by_key_and_writes_the_row_it_stands_in(tmp_path):
    columns = [
        Column("甲", lambda row: row, MONEY, key="one"),
        Column("乙", lambda row: Formula("={one}{row}*2", row * 2), MONEY),
    ]

    path = write_workbook(tmp_path / "a.xlsx", [Worksheet("表", "题", [Block(columns, [Decimal(3)])])], FRAME)

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


def test_other_sheets_read_a_marked_figure_where_it_stands(tmp_path):
    amounts = [Column("项目", lambda row: "甲"), Column("金额", lambda row: row, MONEY, total=True, ref="sum")]
    first = Worksheet("账'{本}", "题", [Block(amounts, [Decimal("1.50"), Decimal("2.50")], has_total=True, ref="rows")])
    read = [
        Column("出处", lambda ref: Link(ref.sheet, ref.sheet)),
        Column("数", lambda ref: Formula(f"={ref.expression}", ref.value), MONEY),
    ]
    late = Worksheet("核", "题", [Block(read, lambda refs: list(refs.figures.values()))], late=True)

    path = write_workbook(tmp_path / "a.xlsx", [late, first], FRAME)

    book = load_workbook(path)
    assert book.sheetnames == ["核", "账'{本}"]
    assert [row[1].value for row in book["核"].iter_rows(min_row=5, max_row=6)] == [
        "=COUNTA('账''{本}'!A5:A6)",
        "='账''{本}'!$B$7",
    ]
    assert [row[1].value for row in load_workbook(path, data_only=True)["核"].iter_rows(min_row=5, max_row=6)] == [2, 4]
    assert book["核"]["A5"].hyperlink.location == "'账''{本}'!A1"


def test_sheet_names_are_what_spreadsheets_take_and_each_stands_once(tmp_path):
    columns = [Column("甲", lambda row: row)]
    names = ["R5 收支: a/b", "很长" * 20, "很长" * 20, "很长" * 20, "'"]

    path = write_workbook(
        tmp_path / "a.xlsx", [Worksheet(name, "题", [Block(columns, ["x"])]) for name in names], FRAME
    )

    titles = load_workbook(path).sheetnames
    assert titles[0] == "R5 收支  a b"
    assert len(set(titles)) == 5
    assert max(map(len, titles)) <= 31


def test_a_table_without_rows_says_so(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", [sheet([])], FRAME)

    assert cells(path)[4][0] == "无记录。"
    assert cells(path, data_only=True)[5] == ("合计", None, 0)


def test_a_row_is_as_high_as_its_longest_text(tmp_path):
    columns = [Column("甲", lambda row: row, width=110)]

    path = write_workbook(tmp_path / "a.xlsx", [Worksheet("表", "题", [Block(columns, ["短", "长" * 200])])], FRAME)

    page = load_workbook(path).worksheets[0]
    assert page.row_dimensions[5].height < 20
    assert page.row_dimensions[6].height >= 4 * 15


def test_days_before_spreadsheets_count_are_text(tmp_path):
    columns = [Column("甲", lambda row: row, DATE), Column("乙", lambda row: Typed(MONTH, row), DATE)]

    path = write_workbook(
        tmp_path / "a.xlsx", [Worksheet("表", "题", [Block(columns, [date(1899, 5, 1), date(1968, 7, 1)])])], FRAME
    )

    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page[5]] == ["1899-05-01", "1899.05"]
    assert [cell.number_format for cell in page[6]] == ["yyyy-mm-dd", "yyyy.mm"]
    assert page["A6"].is_date


def test_what_reading_would_change_is_marked_to_be_read_as_it_stands(tmp_path):
    odd = ["韦  德", "\t韦", "无", "李梅（女）", "❤️"]

    path = write_workbook(
        tmp_path / "a.xlsx", [Worksheet("表", "题", [Block([Column("甲", str)], [*odd, "韦怀德"])])], FRAME
    )

    formats = [cell.number_format for cell in load_workbook(path).worksheets[0]["A"][4:10]]
    assert formats == [EXACT] * 5 + ["@"]


def test_a_text_longer_than_a_cell_says_that_it_goes_on(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx",
        [Worksheet("表", "题", [Block([Column("甲", str)], ["字" * 32_767, "字" * 40_000])])],
        FRAME,
    )

    whole, cut = (cell.value for cell in load_workbook(path).worksheets[0]["A"][4:6])
    assert whole == "字" * 32_767
    assert len(cut) == 32_767
    assert cut.endswith("…（到此截断：一个单元格最多 32,767 字，原文 40,000 字）")


def test_the_writer_hears_how_far_it_is(tmp_path):
    progress = []
    columns = [Column("甲", lambda row: row, NUMBER)]

    write_workbook(
        tmp_path / "a.xlsx",
        [Worksheet("表", "题", [Block(columns, range(12_000))])],
        FRAME,
        on_progress=lambda *word: progress.append(word),
    )

    assert progress == [("表", 5000), ("表", 10_000), ("表", 12_000)]

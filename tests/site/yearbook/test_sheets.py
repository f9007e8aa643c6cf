"""The yearly workbook: right figures, values beside formulas, private columns as text."""

import re
import zipfile

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from tests.site.yearbook.reading import lines_from, rows_of, rows_of_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def formulas(book):
    return load_workbook(book)


@pytest.fixture(scope="module")
def values(book):
    return load_workbook(book, data_only=True)


REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def value_of(formula, page, values):
    """What a formula of these sheets yields: sums, counts, products, comparisons, within and across sheets."""

    def area(match):
        sheet, left, top, right, bottom = match.groups()
        there = values[sheet.replace("''", "'") if sheet else page]
        if not right:
            return repr(there[f"{left}{top}"].value or 0)
        return repr([cell.value for row in there[f"{left}{top}:{right}{bottom}"] for cell in row])

    def numbers(cells):
        return [cell for cell in cells if isinstance(cell, int | float)]

    def listed(cells):
        return cells if isinstance(cells, list) else [cells]

    functions = {
        "SUM": lambda cells: sum(numbers(listed(cells))),
        "COUNT": lambda cells: len(numbers(listed(cells))),
        "COUNTA": lambda cells: len([cell for cell in listed(cells) if cell is not None]),
        "COUNTIF": lambda cells, wanted: listed(cells).count(wanted),
        "AND": lambda *cells: all(all(listed(cell)) for cell in cells),
        "ROUND": round,
        "N": lambda cell: cell if isinstance(cell, int | float) else 0,
    }
    text = REFERENCE.sub(area, formula.removeprefix("=")).replace("=0", "==0")
    return eval(text, {"__builtins__": {}}, functions)  # the formulas are this program's own


def test_the_sheets_stand_in_the_order_of_the_reports(values):
    reports = [name.split()[0] for name in values.sheetnames[2:-1]]

    assert values.sheetnames[:2] == ["封面", "目录"]
    assert values.sheetnames[-1] == "核对表"
    assert list(dict.fromkeys(reports)) == [f"R{number}" for number in range(1, 13)]


def test_the_contents_link_to_every_sheet_and_tell_its_rows(formulas):
    page = formulas["目录"]
    lines = {row[2].value: row for row in page.iter_rows(min_row=5) if row[2].hyperlink}

    assert list(lines) == formulas.sheetnames[2:]
    assert {name: row[2].hyperlink.location for name, row in lines.items()} == {
        name: f"'{name}'!A1" for name in formulas.sheetnames[2:]
    }
    assert lines["R1 花名册"][4].value == 91
    assert lines["R9 荣誉"][4].value == 174


def test_the_cover_says_whose_report_it_is_and_that_it_is_confidential(values):
    words = [str(cell) for row in values["封面"].iter_rows(values_only=True) for cell in row if cell]

    assert words[:2] == ["内部资料 注意保密", "2018年度离退休干部党员工作报表"]
    assert "中共荔香街道工作委员会" in words
    assert "2018年10月31日" in words


def test_every_figure_that_stands_twice_agrees(formulas, values):
    lines = list(values["核对表"].iter_rows(min_row=5, values_only=True))
    checks = [line for line in lines if isinstance(line[0], int)]

    assert lines[0][1] == "全部数据一致"
    assert lines[0][7] is True
    assert {line[7] for line in checks} == {True}
    assert len(checks) > 50
    assert all(page["核对表"]["H5"].value for page in (formulas, values))
    assert formulas["核对表"]["H5"].value == f"=AND(H6:H{5 + len(checks)})"
    # Both sides of each line are read from where they stand.
    for row in formulas["核对表"].iter_rows(min_row=6, max_row=5 + len(checks)):
        assert row[4].value.startswith("=")
        assert "!" in row[4].value
        assert row[6].value.startswith("=")
        assert "!" in row[6].value


def test_a_figure_that_is_changed_by_hand_is_told(values):
    """The formula, not the stored value, is what finds it."""
    page, wanted = "R12 数据一览", "在册党员"
    row = next(row for row in values[page].iter_rows() if row[0].value == wanted)
    original, row[2].value = row[2].value, 90
    try:
        line = next(line for line in values["核对表"].iter_rows() if line[1].value == wanted and line[5].value == page)
        assert value_of(f"='{page}'!{row[2].coordinate}", page, values) == 90
        assert round(line[4].value - row[2].value, 2) != 0
    finally:
        row[2].value = original


@pytest.mark.parametrize(
    ("indicator", "column", "wanted"),
    [
        ("在册党员", 2, 91), ("文艺演出", 2, 72), ("注册志愿者", 2, 1046), ("帮助人数", 5, 275), ("帮助人数", 2, 77),
        ("先进典型所获荣誉", 5, 173), ("教育点参观人次", 5, 1086), ("书屋藏书（种）", 2, 216), ("书屋藏书（册）", 2, 2068),
        ("设备台账", 2, 50000), ("活动经费收入", 2, 12000), ("已发书记补贴", 2, 4800), ("互助基金已筹集", 5, 25000),
        ("互助基金结余", 2, 2500), ("活动阵地", 2, 150), ("志愿服务日", 2, 10), ("互助基金会员", 2, 128), ("已销号的微心愿", 5, 24),
    ],
)  # fmt: skip
def test_every_figure_is_the_one_of_the_handbook(values, indicator, column, wanted):
    rows = list(values["R12 数据一览"].iter_rows(values_only=True))

    matches = [row for row in rows if str(row[0]).startswith(indicator)]
    assert [row[column] for row in matches] == [wanted]


def test_the_roster_lists_every_member_with_numbers_as_text(book):
    page = load_workbook(book)["R1 花名册"]
    body = [row for row in page.iter_rows(min_row=5) if isinstance(row[0].value, (int, float))]

    assert len(body) == 91
    assert [row[0].value for row in body] == list(range(1, 92))
    assert {row[3].data_type for row in body} == {"s"}
    assert {len(row[3].value) for row in body} == {18}
    assert {row[21].data_type for row in body} == {"s"}
    assert all(row[6].is_date for row in body)


def test_the_structure_adds_up(book):
    rows = rows_of(book, "R1 结构统计", data_only=True)
    total = lines_from(rows, "合计")

    assert total[1:6] == (91, 62, 29, 7, 0)
    assert sum(total[6:10]) == 91
    assert sum(total[10:14]) == 91
    assert sum(total[14:18]) == 91
    assert total[18:20] == (2, 89)


def test_the_account_of_the_fund_is_the_one_of_the_handbook(book):
    rows = rows_of(book, "R5 收支 荔园社区党内互助基金", data_only=True)

    assert lines_from(rows, "上年结余")[2] == 2200
    assert lines_from(rows, "收入合计")[2] == 6600
    assert lines_from(rows, "支出合计")[2] == 6300
    assert lines_from(rows, "年末结余")[2] == 2500
    assert [lines_from(rows, f"第{quarter}季度")[1:5] for quarter in (1, 2, 3, 4)] == [
        (2200, 3000, 3000, 2200),
        (2200, 3600, 2400, 3400),
        (3400, 0, 600, 2800),
        (2800, 0, 300, 2500),
    ]


def test_every_stored_value_is_what_its_formula_yields(formulas, values):
    checked = 0
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    stored = values[page.title][cell.coordinate].value
                    assert round(value_of(cell.value, page.title, values), 2) == round(stored, 2), (
                        page.title,
                        cell.value,
                    )
                    checked += 1
    assert checked > 300


def test_the_page_of_figures_compares_three_years(values):
    rows = list(values["R12 数据一览"].iter_rows(values_only=True))

    assert rows[3] == ("指标", "单位", "本年（2018）", "上年（2017）", "前年（2016）", "累计", "口径说明")
    assert lines_from(rows, "互助基金已筹集")[1:6] == ("元", 6600, 4600, 6000, 25000)
    assert lines_from(rows, "帮助人数")[1:6] == ("人", 77, 98, 97, 275)
    assert lines_from(rows, "在册党员")[1:3] == ("人", 91)
    assert all(row[6] for row in rows[4:20])


def test_the_months_of_activities_add_up(values):
    rows = list(values["R3 场次"].iter_rows(values_only=True))

    assert [lines_from(rows, f"{month}月")[8] for month in range(1, 11)] == [6, 9, 6, 6, 7, 8, 9, 6, 8, 7]
    assert lines_from(rows, "合计")[1:11] == (8, 20, 0, 6, 0, 10, 10, 72, 1, 127)
    assert lines_from(rows, "合计")[11] == lines_from(rows_of_sheet(values, "R3 人次"), "合计")[10]


def test_help_is_told_in_clear_once_and_masked_for_the_board(values):
    inside, board = (rows_of_sheet(values, name) for name in ("R6 救助慰问", "R6 公示用"))
    names = [row[1] for row in inside if isinstance(row[0], int)]

    assert len(names) == 77
    assert inside[2][0] == "内部资料 注意保密"
    assert board[2][0] != "内部资料 注意保密"
    shown = {str(cell) for row in board for cell in row}
    assert not shown & set(names)
    assert [row[1] for row in board if isinstance(row[0], int)] == [name[0] + "*" * (len(name) - 1) for name in names]
    assert lines_from(inside, "合计")[5:9] == (6300, None, None, 77)


def test_hours_and_stars_of_each_kind_come_from_checked_records(values):
    rows = rows_of_sheet(values, "R4 志愿者")
    kinds = {row[0]: row[1:] for row in rows[4:8]}

    assert kinds["党员志愿者"][2:5] == (10, 362, 1086)
    assert lines_from(rows, "合计")[4:6] == (
        sum(kind[3] for kind in kinds.values()),
        sum(kind[4] for kind in kinds.values()),
    )
    assert lines_from(rows, "合计")[3] is None
    assert any("本平台记录" in str(row[0]) for row in rows)


def test_what_no_record_tells_stays_empty_with_a_note(values):
    books = rows_of_sheet(values, "R10 图书")

    assert {row[3] for row in books[4:10]} == {"—"}
    assert any("留空" in str(row[0]) for row in books)


def test_nobody_is_proposed_for_a_medal_that_was_not_given_yet(values, demo, tmp_path):
    rows = rows_of_sheet(values, "R11 在党50年")
    people = [row for row in rows if isinstance(row[0], int)]

    assert rows[0][0] == "2018年党龄满50年党员名册"
    assert any("2021年" in str(row[0]) for row in rows)
    assert {row[6] >= 50 for row in people} == {True}
    call_command("yearbook", 2021, out=str(tmp_path / "m.xlsx"), report="R11", verbosity=0)
    assert "拟颁发名册" in rows_of(tmp_path / "m.xlsx", "R11 在党50年")[0][0]


def test_charts_are_native_and_keep_their_values(book):
    with zipfile.ZipFile(book) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]

    assert len(charts) == 1 + 1 + 5
    assert all("<c:numCache>" in chart and "<c:v>" in chart for chart in charts)


def test_every_sheet_is_laid_out_as_offices_do(formulas):
    for page in formulas:
        setup = (page.page_setup.orientation, int(page.page_setup.paperSize), page.page_setup.fitToWidth)
        assert setup == ("landscape", 9, None), page.title
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in page.oddFooter.center.text
        assert "&N" in page.oddFooter.center.text
        if page.title != "封面":
            assert page["A1"].font.sz == 20
            assert page["A2"].value.startswith("填报单位（盖章）："), page.title
            assert any(str(cell.value).startswith("填报时间：") for cell in page[2]), page.title
            assert page.freeze_panes
            assert page.print_title_rows
            texts = [str(row[0].value) for row in page.iter_rows()]
            assert texts[-1].startswith("单位负责人："), page.title


def test_no_wrapped_text_is_cut(formulas):
    """Every row is as high as its longest text needs in its column."""
    for page in formulas:
        widths = {
            place: column.width
            for column in page.column_dimensions.values()
            for place in range(column.min, column.max + 1)
        }
        merged = {area.coord.split(":")[0]: area for area in page.merged_cells.ranges}
        for row in page.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or cell.data_type == "f" or not cell.alignment.wrap_text:
                    continue
                area = merged.get(cell.coordinate)
                columns = range(area.min_col, area.max_col + 1) if area else [cell.column]
                room = sum(widths[place] for place in columns)
                needed = sum(2 if ord(letter) > 0x2E80 else 1 for letter in cell.value) * cell.font.sz / 11
                height = page.row_dimensions[cell.row].height or 15
                assert height >= 14 * cell.font.sz / 11 * -(-needed // room), (page.title, cell.coordinate, cell.value)

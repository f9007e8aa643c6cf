"""Somebody else's form is filled without harm: looks, merges, heights, print set-up and formulas stay or follow."""

from datetime import date

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from config.kit.form_filling.filling import FormValues
from tests.kit.forms import FACTS, HONOURS, filled, opened, sheet_with
from tests.kit.workbooks import saved


def county_form():
    """A form as counties make them: merged title and head, two row blocks with a total row each, signature line."""
    book = Workbook()
    page = book.active
    page.title = "统计表"
    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)
    page["A1"] = "{{year}}年度离退休干部工作统计表"
    page.merge_cells("A1:D1")
    page["A1"].font, page["A1"].alignment = Font(name="方正小标宋简体", size=22), Alignment(horizontal="center")
    page["A2"] = "填报单位：{{unit}}　填报日期：{{date}}"
    page.merge_cells("A2:D2")
    page["A3"], page["B3"], page["D3"] = "序号", "荣誉", "奖金"
    page.merge_cells("A3:A4")
    page.merge_cells("B3:C3")
    page.merge_cells("D3:D4")
    page["B4"], page["C4"] = "名称", "级别"
    page["A5"] = "{{#honours}}"
    page["A6"], page["B6"], page["C6"], page["D6"] = "{{no}}", "{{title}}", "{{level}}", "{{amount}}"
    page["A7"] = "{{/honours}}"
    page["A8"], page["D8"] = "合计", "=SUM(D6:D6)"
    page.merge_cells("A8:C8")
    page["A9"], page["D9"] = "参观单位", "人次"
    page.merge_cells("A9:C9")
    page["A10"], page["D10"] = "{{visits.group}}", "{{visits.visitors}}"
    page.merge_cells("A10:C10")
    page["A11"], page["D11"] = "合计", "=SUM(D10)"
    page.merge_cells("A11:C11")
    page["A12"], page["D12"] = "总计", "=D8+D11"
    page["A13"] = "负责人：　　　填表人：　　　"
    page.merge_cells("A13:D13")
    for row in page["A3:D12"]:
        for cell in row:
            cell.border = box
    page["D6"].number_format = '"¥"#,##0.00'
    page["B6"].fill = PatternFill("solid", fgColor="FFEEDD")
    page["A12"].font = Font(bold=True, color="CC0000")
    for place, height in {1: 40, 2: 22, 3: 24, 6: 30, 8: 26, 10: 28, 13: 50}.items():
        page.row_dimensions[place].height = height
    for letter, width in {"A": 8, "B": 40, "C": 12, "D": 16}.items():
        page.column_dimensions[letter].width = width
    page.print_area = "A1:D13"
    page.print_title_rows = "3:4"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.oddFooter.center.text = "第 &P 页"
    page.freeze_panes = "A5"
    return book


# Old row → its rows in the copy of `county_form`: the two marks fall away, blocks have 3 and 2 records.
PLACES = {1: [1], 2: [2], 3: [3], 4: [4], 6: [5, 6, 7], 8: [8], 9: [9], 10: [10, 11], 11: [12], 12: [13], 13: [14]}


def test_a_county_form_is_filled_and_every_look_stays():
    before = opened(saved(county_form())).active

    page = filled(county_form()).active

    compared = 0
    for old, rows in PLACES.items():
        for row in rows:
            assert page.row_dimensions[row].height == before.row_dimensions[old].height, (old, row)
            for column in range(1, 5):
                was, now = before.cell(old, column), page.cell(row, column)
                for look in ("font", "fill", "border", "alignment", "protection", "number_format"):
                    assert repr(getattr(now, look)) == repr(getattr(was, look)), (old, row, column, look)
                    compared += 1
    assert compared == 14 * 4 * 6
    assert page.max_row == 14
    assert sorted(str(area) for area in page.merged_cells.ranges) == sorted(
        ["A1:D1", "A2:D2", "A3:A4", "B3:C3", "D3:D4", "A8:C8", "A9:C9", "A10:C10", "A11:C11", "A12:C12", "A14:D14"]
    )
    assert [page.column_dimensions[letter].width for letter in "ABCD"] == [8, 40, 12, 16]


def test_figures_rows_and_sums_stand_where_they_belong():
    page = filled(county_form()).active

    assert page["A1"].value == "2018年度离退休干部工作统计表"
    assert page["A2"].value == "填报单位：荔香街道　填报日期：2018年12月31日"
    assert [[cell.value for cell in row] for row in page["A5:D7"]] == [
        [row["no"], row["title"], row["level"], float(row["amount"])] for row in HONOURS
    ]
    assert [page["D8"].value, page["D12"].value, page["D13"].value] == ["=SUM(D5:D7)", "=SUM(D10:D11)", "=D8+D12"]
    assert [page["A10"].value, page["D10"].value, page["A11"].value, page["D11"].value] == ["一小", 30, "二中", 45]


def test_print_set_up_and_panes_follow():
    page = filled(county_form()).active

    assert page.print_area == "'统计表'!$A$1:$D$14"
    assert page.print_title_rows == "$3:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页"
    assert page.freeze_panes == "A5"


def test_texts_never_become_formulas():
    page = filled(county_form()).active

    assert [page[place].data_type for place in ("B5", "B6", "B7")] == ["s", "s", "s"]
    assert page["B6"].value == '=HYPERLINK("x")'
    assert page["B7"].value == "@𠮷'喆😀"


def test_a_list_without_records_leaves_one_empty_row():
    page = filled(county_form(), FormValues(FACTS.figures, {"honours": [], "visits": []})).active

    assert [cell.value for cell in page[5]] == [None] * 4
    assert [page["D6"].value, page["D9"].value] == ["=SUM(D5:D5)", "=SUM(D8)"]
    assert page.max_row == 11


def test_numbers_and_days_alone_in_a_cell_stay_numbers_and_days():
    book = sheet_with(
        A1="{{money}}", A2="{{members}}", A3="{{date}}", A4="{{ date }}", A5="{{members.last_year}}", A6="共{{money}}元"
    )
    book.active["A1"].number_format = "0.0"
    book.active["A4"].number_format = 'yyyy"年"m"月"'
    book.active["A2"].number_format = "@"

    page = filled(book).active

    assert (page["A1"].value, page["A1"].number_format) == (25000, "0.0")
    assert (page["A2"].value, page["A2"].data_type) == (91, "n")
    assert page["A3"].value.date() == date(2018, 12, 31)
    assert (page["A4"].is_date, page["A4"].number_format) == (True, 'yyyy"年"m"月"')
    assert page["A5"].value == 88
    assert page["A6"].value == "共25,000.00元"


def test_full_width_braces_are_read_too():
    assert filled(sheet_with(A1="｛｛members｝｝")).active["A1"].value == 91


def test_several_rows_repeat_with_their_merges_formulas_and_running_sums():
    book = sheet_with(
        A1="{{#honours}}", A2="{{no}}", B2="{{amount}}", C2="=B2*2", D2="=SUM(B$2:B2)", A3="{{title}}", B3="=B2", A4="{{/honours}}",
        B5="=SUM(B2:B3)", C5="=SUM(C2:C2)",
    )  # fmt: skip
    book.active.merge_cells("A2:A3")
    page_two = book.create_sheet("表二")
    page_two["A1"], page_two["A2"] = "=SUM(表一!C2:C2)", "=表一!B5"

    copy = filled(book)

    page = copy["表一"]
    assert [page[f"C{row}"].value for row in (1, 3, 5)] == ["=B1*2", "=B3*2", "=B5*2"]
    assert [page[f"D{row}"].value for row in (1, 3, 5)] == ["=SUM(B$1:B1)", "=SUM(B$1:B3)", "=SUM(B$1:B5)"]
    assert [page[f"B{row}"].value for row in (2, 4, 6)] == ["=B1", "=B3", "=B5"]
    assert [page["B7"].value, page["C7"].value] == ["=SUM(B1:B6)", "=SUM(C1:C5)"]
    assert sorted(str(area) for area in page.merged_cells.ranges) == ["A1:A2", "A3:A4", "A5:A6"]
    assert [copy["表二"]["A1"].value, copy["表二"]["A2"].value] == ["=SUM(表一!C1:C5)", "=表一!B7"]


def test_conditions_choices_names_tables_charts_and_comments_follow():
    book = sheet_with(
        A1="名称", B1="奖金", A2="{{honours.title}}", B2="{{honours.amount}}", A3="合计", B3="=SUM(B2:B2)", A4="注"
    )
    page = book.active
    page.conditional_formatting.add(
        "B2:B2", FormulaRule(formula=["B2>150"], fill=PatternFill("solid", bgColor="FF0000"))
    )
    choices = DataValidation(type="list", formula1='"是,否"')
    choices.add("B2")
    page.add_data_validation(choices)
    page["A4"].comment = Comment("县里填", "县")
    page["A4"].hyperlink = "#表一!A1"
    book.defined_names["奖金"] = DefinedName("奖金", attr_text="表一!$B$2:$B$2")
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=2, max_row=2))
    page.add_chart(chart, "D5")
    page.add_table(Table(displayName="奖", ref="A1:B2"))

    copy = filled(book)

    page = copy.active
    [condition] = page.conditional_formatting
    assert (str(condition.sqref), condition.rules[0].formula) == ("B2:B4", ["B2>150"])
    assert str(page.data_validations.dataValidation[0].sqref) == "B2:B4"
    assert copy.defined_names["奖金"].value == "表一!$B$2:$B$4"
    assert page.tables["奖"].ref == "A1:B4"
    assert page._charts[0].series[0].val.numRef.f == "'表一'!$B$2:$B$4"
    assert page._charts[0].anchor._from.row == 6
    assert page["A6"].comment.text == "县里填"
    assert page["A6"].hyperlink.ref == "A6"
    assert page["B5"].value == "=SUM(B2:B4)"


def test_looks_inside_a_text_stay_where_a_figure_stands():
    book = sheet_with()
    book.active["A1"] = CellRichText("共 ", TextBlock(InlineFont(b=True), "{{members}}"), " 人")

    value = filled(book).active["A1"].value

    assert str(value) == "共 91 人"
    assert value[1].font.b

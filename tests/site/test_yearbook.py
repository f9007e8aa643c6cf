"""The yearly workbook: right figures, values beside formulas, private columns as text, one branch alone."""

import errno
import io
import os
import re
import zipfile
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from openpyxl import load_workbook

from activities.models import Activity
from branches.models import Branch, CommitteeSeat, Equipment, Venue
from fund.models import Donation, FundMember
from honours.models import Honour, RoleModel
from members.models import AccessLog, Member
from tests.make import make_member, roll_of
from tests.site import test_two_streets

pytestmark = pytest.mark.django_db

MARK, other_street = test_two_streets.MARK, test_two_streets.other_street


@pytest.fixture(scope="module")
def book(demo, django_db_blocker, tmp_path_factory):
    """The yearbook of the demo, written once for all tests that only read it."""
    path = tmp_path_factory.mktemp("yearbook") / "y.xlsx"
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("yearbook", 2018, out=str(path), verbosity=0)
        transaction.set_rollback(True)
    return path


@pytest.fixture(scope="module")
def formulas(book):
    return load_workbook(book)


@pytest.fixture(scope="module")
def values(book):
    return load_workbook(book, data_only=True)


def rows_of(path, sheet, **options):
    return list(load_workbook(path, **options)[sheet].iter_rows(values_only=True))


def lines_from(rows, first_cell):
    """The row that begins with a cell, whole."""
    return next(row for row in rows if row[0] == first_cell)


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


def everything_in(path):
    """All text of every part of a workbook: sheets, names, charts, properties, comments."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


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
    kept, row[2].value = row[2].value, 90
    try:
        line = next(line for line in values["核对表"].iter_rows() if line[1].value == wanted and line[5].value == page)
        assert value_of(f"='{page}'!{row[2].coordinate}", page, values) == 90
        assert round(line[4].value - row[2].value, 2) != 0
    finally:
        row[2].value = kept


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

    found = [row for row in rows if str(row[0]).startswith(indicator)]
    assert [row[column] for row in found] == [wanted]


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


def rows_of_sheet(book, name):
    return list(book[name].iter_rows(values_only=True))


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


def test_what_no_record_tells_stays_empty_with_a_note(values):
    kinds, books = rows_of_sheet(values, "R4 志愿者"), rows_of_sheet(values, "R10 图书")

    assert {row[place] for row in kinds[4:8] for place in range(3, 11)} == {"—"}
    assert any("留空" in str(row[0]) for row in kinds)
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


def test_one_branch_gets_nothing_of_the_other(demo, tmp_path):
    branch, other = Branch.objects.get(name__startswith="荔香街道"), Branch.objects.get(name__startswith="荔园")
    planted = "欧阳荔影"
    member = make_member(branch=other, name=planted, remark=planted, address=planted)
    other.office_phone = "0770-7654321"
    other.save()
    CommitteeSeat.objects.create(term=other.terms.get(), post="member", name=planted, held_from=date(2018, 1, 1))
    Equipment.objects.update(keeper=planted)
    Venue.objects.update(keeper=planted)
    RoleModel.objects.update(member=member, name=planted)
    Honour.objects.filter(is_collective=False).update(winner=planted)
    Activity.objects.filter(branch=other).update(title=planted, leader=planted)
    FundMember.objects.filter(member__branch=other).update(name=planted)
    Donation.objects.update(donor=planted, handler=planted)
    others = set(Member.objects.exclude(branch=branch).values_list("name", flat=True))
    others -= set(Member.objects.filter(branch=branch).values_list("name", flat=True))

    call_command("yearbook", 2018, out=str(tmp_path / "a.xlsx"), branch=branch.name, verbosity=0)

    text = everything_in(tmp_path / "a.xlsx")
    assert branch.name in text
    assert other.name not in text
    assert planted not in text
    assert "7654321" not in text
    assert "activity-b" not in text
    assert "mutual-aid" not in text
    assert not [name for name in others if name in text]
    checks = rows_of(tmp_path / "a.xlsx", "核对表", data_only=True)
    assert checks[4][7] is True


def test_a_street_gets_nothing_of_another_street(client, demo, other_street):
    client.force_login(get_user_model().objects.get(username="street"))

    response = client.post("/admin/reports/", {"year": "2018"})

    content = io.BytesIO(response.getvalue())
    assert MARK not in everything_in(content)
    figures = load_workbook(content, data_only=True)
    assert lines_from(rows_of_sheet(figures, "R12 数据一览"), "在册党员")[2] == 91
    assert lines_from(rows_of_sheet(figures, "R12 数据一览"), "互助基金已筹集")[5] == 25000
    assert figures["核对表"]["H5"].value is True


@pytest.mark.same_everywhere
@pytest.mark.parametrize("year", [1990, 2010, 2016, 2100])
def test_a_year_without_records_says_so_and_agrees_with_itself(demo, tmp_path, year):
    call_command("yearbook", year, out=str(tmp_path / "y.xlsx"), verbosity=0)

    found = load_workbook(tmp_path / "y.xlsx", data_only=True)
    assert found["核对表"]["H5"].value is True
    if year != 2016:
        assert "本年度无记录。" in {row[0] for row in rows_of_sheet(found, "R6 救助慰问")}


@pytest.mark.same_everywhere
@pytest.mark.parametrize("code", [f"R{number}" for number in range(1, 13)])
def test_one_report_can_be_had_alone(demo, tmp_path, code):
    call_command("yearbook", 2018, out=str(tmp_path / "r.xlsx"), report=code, verbosity=0)

    names = load_workbook(tmp_path / "r.xlsx", read_only=True).sheetnames
    assert {name.split()[0] for name in names} == {code}
    is_personal = code in {"R1", "R5", "R6", "R7", "R11"}
    assert AccessLog.objects.count() == is_personal
    assert not is_personal or code in AccessLog.objects.get().what


def test_a_report_of_the_whole_organisation_is_not_made_for_a_branch(demo, tmp_path):
    branch = Branch.objects.first()

    with pytest.raises(CommandError, match="R8"):
        call_command("yearbook", 2018, out=str(tmp_path / "r.xlsx"), report="R8", branch=branch.name)
    with pytest.raises(CommandError, match="R13"):
        call_command("yearbook", 2018, out=str(tmp_path / "r.xlsx"), report="R13")


def test_the_command_tells_how_far_it_is(demo, tmp_path, capsys):
    call_command("yearbook", 2018, out=str(tmp_path / "y.xlsx"))

    told = capsys.readouterr()
    assert "R1 花名册: 91 rows" in told.err
    assert told.out.strip() == str(tmp_path / "y.xlsx")


def test_a_place_that_cannot_be_written_is_a_sentence_and_leaves_no_file(demo, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("config.kit.files.os.replace", full)

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("yearbook", 2018, out=str(tmp_path / "a.xlsx"), report="R2", verbosity=0)

    assert list(tmp_path.iterdir()) == []


def test_an_export_with_personal_data_is_written_down(demo, tmp_path):
    call_command("yearbook", 2018, out=str(tmp_path / "y.xlsx"), verbosity=0)

    log = AccessLog.objects.get()

    assert (log.act, log.user) == ("export", None)
    assert "2018" in log.what


def test_the_roll_of_a_past_day_is_rebuilt(demo):
    branch = Branch.objects.get(name__startswith="荔香街道")

    before = roll_of(branch, on=date(2018, 3, 4)).count()
    after = roll_of(branch, on=date(2018, 10, 31)).count()

    assert after == 43
    assert before > 0
    assert roll_of(branch, on=date(2018, 3, 4)).filter(status="deceased").exists()
    assert not roll_of(branch, on=date(2018, 3, 5)).filter(status="deceased").exists()


def test_the_office_gets_its_workbook_by_one_click(client, demo, tmp_path):
    client.force_login(get_user_model().objects.get(username="street"))
    assert client.get("/admin/reports/").status_code == 200

    response = client.post("/admin/reports/", {"year": "2018"})

    (tmp_path / "d.xlsx").write_bytes(response.getvalue())
    assert load_workbook(tmp_path / "d.xlsx").sheetnames[-2:] == ["R12 数据一览", "核对表"]
    assert quote("2018年度_荔香街道_年度报表.xlsx") in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert AccessLog.objects.get().user.username == "street"


def test_a_secretary_gets_the_own_branch_alone_whatever_is_asked(client, demo, tmp_path):
    client.force_login(get_user_model().objects.get(username="secretary-a"))
    other = Branch.objects.get(name__startswith="荔园")

    forged = client.post("/admin/reports/", {"year": "2018", "branch": other.pk})
    own = client.post("/admin/reports/", {"year": "2018"})

    assert forged.context["form"].errors.as_data()["branch"][0].code == "invalid_choice"
    (tmp_path / "d.xlsx").write_bytes(own.getvalue())
    names = load_workbook(tmp_path / "d.xlsx").sheetnames
    assert {name.split()[0] for name in names} >= {"R1", "R2", "R3", "R5", "R6", "R7", "R9", "R11", "R12"}
    assert not {name.split()[0] for name in names} & {"R4", "R8", "R10"}
    assert other.name not in everything_in(tmp_path / "d.xlsx")
    assert not [name for name in names if "互助" in name or "第二" in name]
    assert len(rows_of(tmp_path / "d.xlsx", "R1 花名册")) == 43 + 6


def test_a_report_alone_comes_by_its_own_button(client, demo):
    client.force_login(get_user_model().objects.get(username="street"))
    page = client.get("/admin/reports/").content.decode()

    response = client.post("/admin/reports/", {"year": "2018", "report": "R9"})

    assert all(f'value="R{number}"' in page for number in range(1, 13))
    assert quote("2018年度_荔香街道_荣誉情况汇总表.xlsx") in response["Content-Disposition"]
    assert {name.split()[0] for name in load_workbook(io.BytesIO(response.getvalue())).sheetnames} == {"R9"}
    assert not AccessLog.objects.exists()


def test_who_has_no_right_to_money_gets_none_in_the_workbook(client, demo):
    client.force_login(get_user_model().objects.get(username="organisation-a"))

    refused = client.post("/admin/reports/", {"year": "2018", "report": "R6"})
    whole = client.post("/admin/reports/", {"year": "2018"})

    assert refused.context["form"].non_field_errors().as_data()[0].code == "not_yours"
    names = {name.split()[0] for name in load_workbook(io.BytesIO(whole.getvalue())).sheetnames}
    assert not names & {"R5", "R6", "R7"}


@pytest.mark.same_everywhere
def test_nobody_without_the_right_reaches_the_reports(client, demo):
    client.force_login(get_user_model().objects.get(username="cashier"))

    assert client.get("/admin/reports/").status_code == 403
    assert client.post("/admin/reports/", {"year": "2018"}).status_code == 403

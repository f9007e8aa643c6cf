"""The yearly workbook: right figures, values beside formulas, private columns as text, one branch alone."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from openpyxl import load_workbook

from branches.models import Branch
from members.models import AccessLog, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(demo, tmp_path):
    call_command("yearbook", 2018, out=str(tmp_path / "y.xlsx"))
    return tmp_path / "y.xlsx"


def rows_of(path, sheet, **options):
    return list(load_workbook(path, **options)[sheet].iter_rows(values_only=True))


def lines_from(rows, first_cell):
    """The row that begins with a cell, whole."""
    return next(row for row in rows if row[0] == first_cell)


def value_of(formula, cells):
    """What a formula of these sheets yields: sums of ranges, additions and subtractions of cells."""
    total = 0.0
    for sign, start, end in re.findall(r"([+-]?)(?:SUM\()?([A-Z]+\d+)(?::([A-Z]+\d+)\))?", formula.lstrip("=")):
        column = re.match("[A-Z]+", start)[0]
        span = range(int(start[len(column) :]), int((end or start)[len(column) :]) + 1)
        total += (-1 if sign == "-" else 1) * sum(cells.get(f"{column}{row}") or 0 for row in span)
    return round(total, 2)


def test_the_contents_are_r1_r5_and_r12(book):
    names = load_workbook(book).sheetnames

    assert names[0] == "R1 花名册"
    assert names[1] == "R1 结构统计"
    assert "R5 收支 mutual-aid" in names
    assert names[-1] == "R12 数据一览"


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
    rows = rows_of(book, "R5 收支 mutual-aid", data_only=True)

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


def test_every_stored_value_is_what_its_formula_yields(book):
    formulas, values, checked = load_workbook(book), load_workbook(book, data_only=True), 0
    for page in formulas:
        cells = {cell.coordinate: cell.value for row in values[page.title].iter_rows() for cell in row}
        numbers = {key: value for key, value in cells.items() if isinstance(value, (int, float))}
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert value_of(cell.value, numbers) == round(cells[cell.coordinate], 2), (
                        page.title,
                        cell.coordinate,
                    )
                    checked += 1
    assert checked > 50


def test_the_page_of_figures_compares_the_years(book):
    rows = rows_of(book, "R12 数据一览", data_only=True)

    assert lines_from(rows, "互助基金已筹集")[1:5] == ("元", 6600, 4600, 25000)
    assert lines_from(rows, "帮助人数")[1:5] == ("人", 77, 98, 275)
    assert lines_from(rows, "在册党员")[1:3] == ("人", 91)


def test_one_branch_gets_nothing_of_the_other(demo, tmp_path):
    branch = Branch.objects.get(name__startswith="荔香街道")
    others = set(Member.objects.exclude(branch=branch).values_list("name", flat=True))
    others -= set(Member.objects.filter(branch=branch).values_list("name", flat=True))

    call_command("yearbook", 2018, out=str(tmp_path / "a.xlsx"), branch=branch.name)

    text = "".join(
        str(value)
        for page in load_workbook(tmp_path / "a.xlsx")
        for row in page.iter_rows(values_only=True)
        for value in row
    )
    assert branch.name in text
    assert "荔园社区离退休干部党支部" not in text
    assert not [name for name in others if name in text]


def test_an_export_with_personal_data_is_written_down(book):
    log = AccessLog.objects.get()

    assert (log.act, log.user) == ("export", None)
    assert "2018" in log.what


def test_the_roll_of_a_past_day_is_rebuilt(demo):
    branch = Branch.objects.get(name__startswith="荔香街道")

    before = Member.objects.on_roll_of(branch, on=date(2018, 3, 4)).count()
    after = Member.objects.on_roll_of(branch, on=date(2018, 10, 31)).count()

    assert after == 43
    assert before > 0
    assert Member.objects.on_roll_of(branch, on=date(2018, 3, 4)).filter(status="deceased").exists()
    assert not Member.objects.on_roll_of(branch, on=date(2018, 3, 5)).filter(status="deceased").exists()


def test_the_office_gets_its_workbook_by_one_click(client, demo, tmp_path):
    client.force_login(get_user_model().objects.get(username="street"))
    assert client.get("/admin/reports/").status_code == 200

    response = client.post("/admin/reports/", {"year": "2018"})

    (tmp_path / "d.xlsx").write_bytes(response.content)
    assert load_workbook(tmp_path / "d.xlsx").sheetnames[-1] == "R12 数据一览"
    assert "no-store" in response["Cache-Control"]
    assert AccessLog.objects.get().user.username == "street"


def test_a_secretary_gets_the_own_branch_alone_whatever_is_asked(client, demo, tmp_path):
    client.force_login(get_user_model().objects.get(username="secretary-a"))
    other = Branch.objects.get(name__startswith="荔园")

    forged = client.post("/admin/reports/", {"year": "2018", "branch": other.pk})
    own = client.post("/admin/reports/", {"year": "2018"})

    assert forged.context["form"].errors.as_data()["branch"][0].code == "invalid_choice"
    (tmp_path / "d.xlsx").write_bytes(own.content)
    names = load_workbook(tmp_path / "d.xlsx").sheetnames
    assert "R12 数据一览" not in names
    assert not [name for name in names if "mutual-aid" in name or "activity-b" in name]
    assert len(rows_of(tmp_path / "d.xlsx", "R1 花名册")) == 43 + 6


def test_nobody_without_the_right_reaches_the_reports(client, demo):
    client.force_login(get_user_model().objects.get(username="cashier"))

    assert client.get("/admin/reports/").status_code == 403
    assert client.post("/admin/reports/", {"year": "2018"}).status_code == 403

"""The county's own workbook is kept, understood, filled from the records and taken away by those who may."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from branches.models import CountyForm, Organization
from config.kit.excel import Column
from config.site.county_figures import LISTS, filled, words
from config.site.yearbook import report_day
from members.models import AccessLog
from tests.kit.workbooks import saved, with_part

pytestmark = pytest.mark.django_db

PAGE = "/admin/reports/forms/"


def county_form():
    """Merged head, two row blocks of which one has its own marks, and a total under each."""
    book = Workbook()
    page = book.active
    page.title = "年报"
    page["A1"] = "{{year}}年度统计表（{{place}}）"
    page.merge_cells("A1:D1")
    page["A2"], page["B2"], page["C2"], page["D2"] = "在册党员", "{{members}}", "上年", "{{members.last_year}}"
    page["A3"], page["B3"] = "互助金结余", "{{fund_balance}}"
    page["C3"], page["D3"] = "帮助人数", "{{帮助人数}}"
    page["A4"], page["B4"], page["C4"], page["D4"] = "账本", "收入", "支出", "结余"
    page["A5"] = "{{#pots}}"
    page["A6"], page["B6"], page["C6"], page["D6"] = "{{pot}}", "{{income}}", "{{spending}}", "{{closing}}"
    page["A7"] = "{{/pots}}"
    page["A8"], page["B8"], page["C8"], page["D8"] = "合计", "=SUM(B6:B6)", "=SUM(C6:C6)", "=SUM(D6:D6)"
    page["A9"], page["C9"] = "类别", "人数"
    page.merge_cells("A9:B9")
    page["A10"], page["C10"] = "{{volunteers_by_kind.kind}}", "{{volunteers_by_kind.registered}}"
    page.merge_cells("A10:B10")
    page["A11"], page["C11"] = "合计", "=SUM(C10)"
    return book


def upload(client, book, name="年度统计表", file_name="年报.xlsx", **fields):
    data = book if isinstance(book, bytes) else saved(book)
    organization = Organization.objects.get(kind=Organization.Kind.STREET)
    given = {"name": name, "organization": organization.pk, "file": SimpleUploadedFile(file_name, data)} | fields
    return client.post(PAGE, given)


def log_in(client, username):
    user = get_user_model().objects.get(username=username)
    client.force_login(user)
    return user


@pytest.fixture
def street(client, demo):
    return log_in(client, "street")


@pytest.fixture
def form(client, street):
    answer = upload(client, county_form())
    assert answer.status_code == 302, answer.context["upload"].errors
    return CountyForm.objects.get()


def taken(response):
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def test_a_form_is_uploaded_mapped_and_filled(client, street, form):
    address = f"{PAGE}{form.pk}/"
    page = client.get(address)
    assert [name for _field, name, _chosen, _figures in page.context["unknown"]] == ["帮助人数"]
    assert client.post(address, {"act": "map", "means-0": "people_helped"}).status_code == 302

    response = client.post(address, {"act": "fill", "year": "2018"})

    sheet = taken(response).active
    assert sheet["A1"].value.startswith("2018年度统计表（")
    assert (sheet["B2"].value, sheet["D3"].value) == (91, 77)
    assert sheet["D2"].value > 0
    assert "2018" in AccessLog.objects.get().what
    assert response["Content-Disposition"].endswith(".xlsx")
    assert "no-store" in response["Cache-Control"]


def test_what_is_unknown_is_said_on_the_page_and_nothing_leaves(client, street, form):
    response = client.post(f"{PAGE}{form.pk}/", {"act": "fill", "year": "2018"})

    assert response.status_code == 200
    [error] = response.context["errors"]
    assert "D3" in error
    assert not AccessLog.objects.exists()


def test_totals_recalculate_to_the_sums_of_the_filled_rows(client, street, form, tmp_path):
    if not shutil.which("soffice"):
        pytest.fail("no LibreOffice: make tools")
    form.mapping = {"帮助人数": "people_helped"}
    form.save()
    (tmp_path / "f.xlsx").write_bytes(filled(form, 2018, user=street))

    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "f.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip

    sheet = load_workbook(tmp_path / "out" / "f.xlsx", data_only=True).active
    totals = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "合计"]
    pots, volunteers = totals
    for column in (2, 3, 4):
        values = [sheet.cell(row, column).value for row in range(5, pots)]
        assert len(values) > 1
        assert sheet.cell(pots, column).value == pytest.approx(sum(values))
    assert sheet.cell(pots, 2).value > 6600
    kinds = [sheet.cell(row, 3).value for row in range(pots + 2, volunteers)]
    assert len(kinds) == 4
    assert sheet.cell(volunteers, 3).value == sum(kinds) > 0


def test_every_name_on_the_page_can_be_filled(client, street):
    known = words(report_day(2018))
    book = Workbook()
    page = book.active
    for row, name in enumerate(known.figures, 1):
        page.cell(row, 1, f"{{{{{name}}}}}")
    row = len(known.figures) + 2
    for key, (_label, fields) in known.lists.items():
        for place, name in enumerate(fields, 1):
            page.cell(row, place, f"{{{{{key}.{name}}}}}")
        row += 2
    upload(client, book)

    sheet = taken(client.post(f"{PAGE}{CountyForm.objects.get().pk}/", {"act": "fill", "year": "2018"})).active

    text = " ".join(str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value is not None)
    assert "{{" not in text
    assert known.figures["honours"] != ""
    assert set(known.lists) == set(LISTS)


def test_names_of_people_helped_are_masked(client, street):
    book = Workbook()
    book.active["A1"] = "{{help.who}}"
    upload(client, book)

    sheet = taken(client.post(f"{PAGE}{CountyForm.objects.get().pk}/", {"act": "fill", "year": "2018"})).active

    names = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert len(names) > 70
    assert all("*" in name or "某" in name or "×" in name or "＊" in name for name in names)


@pytest.mark.parametrize(
    ("cells", "code"), [({"B2": "{{members"}, "broken_placeholder"), ({"B2": "{{honours.nothing}}"}, "unknown_field")]
)
def test_a_form_that_cannot_be_filled_is_not_kept(client, street, cells, code):
    book = Workbook()
    for place, text in cells.items():
        book.active[place] = text

    answer = upload(client, book)

    assert answer.status_code == 200
    [error] = answer.context["upload"].errors.as_data()["file"]
    assert error.code == code
    assert "B2" in error.messages[0]
    assert not CountyForm.objects.exists()


def test_macros_and_garbage_are_refused_and_nothing_is_kept(client, street):
    for data in (b"", b"x", b"PK\x03\x04", with_part(saved(Workbook()), "xl/vbaProject.bin", b"x")):
        assert upload(client, data).status_code == 200
    assert not CountyForm.objects.exists()


def test_a_name_is_given_once_in_an_organisation(client, street, form):
    answer = upload(client, county_form())

    assert answer.status_code == 200
    assert answer.context["upload"].errors["name"] == [f"{form.organization}已保存同名表格。请更换那一张，或另取名称。"]
    assert list(answer.context["upload"].errors) == ["name"]
    assert CountyForm.objects.count() == 1


def test_a_form_is_replaced_downloaded_and_deleted(client, street, form):
    address = f"{PAGE}{form.pk}/"
    assert taken(client.post(address, {"act": "template"})).active["A6"].value == "{{pot}}"
    other = Workbook()
    other.active["A1"] = "{{members}}"

    client.post(address, {"act": "replace", "file": SimpleUploadedFile("x.xlsx", saved(other))})
    assert taken(client.post(address, {"act": "template"})).active["A1"].value == "{{members}}"
    assert form.history.count() == 2
    client.post(address, {"act": "delete"})

    assert not CountyForm.objects.exists()


def test_a_secretary_fills_the_streets_form_with_the_own_branch_alone(client, demo, street):
    book = Workbook()
    book.active["A1"], book.active["A2"] = "{{members}}", "{{branches.branch}}"
    upload(client, book)
    form = CountyForm.objects.get()
    log_in(client, "secretary-a")
    address = f"{PAGE}{form.pk}/"

    sheet = taken(client.post(address, {"act": "fill", "year": "2018"})).active

    assert sheet["A1"].value == 43
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["荔香街道办事处离退休干部党支部"]
    for act in ("map", "replace", "delete"):
        assert client.post(address, {"act": act}).status_code == 403
    assert client.get(PAGE).context["upload"] is None


def test_a_list_of_a_report_that_is_not_ones_own_is_refused(client, demo, street):
    book = Workbook()
    book.active["A1"] = "{{equipment.name}}"
    upload(client, book)
    log_in(client, "secretary-a")

    response = client.post(f"{PAGE}{CountyForm.objects.get().pk}/", {"act": "fill", "year": "2018"})

    assert "R8" in response.context["errors"][0]


def test_who_makes_no_reports_fills_no_forms(client, demo, street, form):
    log_in(client, "cashier")

    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}{form.pk}/").status_code == 403


def test_garbage_is_answered_by_a_plain_page(client, street, form):
    address = f"{PAGE}{form.pk}/"
    assert client.get(f"{PAGE}{'9' * 25}/").status_code == 404
    assert client.get(f"{PAGE}0/").status_code == 404
    for given in ({"act": "x"}, {"act": "fill", "year": "x"}, {"act": "fill", "year": "2018", "branch": "9" * 25}, {"act": "map", "means-0": "\0"}, {"act": "replace"}):  # fmt: skip
        assert client.post(address, given).status_code in {200, 302}, given
    assert CountyForm.objects.get().mapping == {}


def test_a_column_put_into_a_report_shifts_nothing_in_a_form():
    offered = LISTS["honours"]
    before = LISTS["honours"].named(date(2018, 12, 31))
    longer = replace(
        offered, columns=lambda on: [Column("插入的一列", lambda row: "?", key="new"), *offered.columns(on)]
    )

    after = longer.named(date(2018, 12, 31))

    assert [title for title, _read in after.values()] == [title for title, _read in before.values()]
    assert list(after) == offered.fields.split()


@pytest.mark.parametrize("key", list(LISTS))
def test_each_field_of_a_list_is_a_column_of_its_own_with_that_key(key):
    offered = LISTS[key]
    columns = offered.columns(date(2018, 12, 31))

    keys = [column.key for column in columns if column.key]

    assert len(set(keys)) == len(keys)
    assert set(offered.fields.split()) <= set(keys)

"""Who gets which part of the yearly workbook, by the office and by the command."""

import errno
import io
import os
import zipfile
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from activities.models import Activity
from branches.models import Branch, CommitteeSeat, Equipment, Venue
from fund.models import Donation, FundMember
from honours.models import Honour, RoleModel
from members.models import AccessLog, Member
from tests.make import make_member, roll_of
from tests.site import test_two_streets
from tests.site.yearbook.reading import lines_from, rows_of, rows_of_sheet

pytestmark = pytest.mark.django_db

MARK, other_street = test_two_streets.MARK, test_two_streets.other_street


def everything_in(path):
    """All text of every part of a workbook: sheets, names, charts, properties, comments."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


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

    book = load_workbook(tmp_path / "y.xlsx", data_only=True)
    assert book["核对表"]["H5"].value is True
    if year != 2016:
        assert "本年度无记录。" in {row[0] for row in rows_of_sheet(book, "R6 救助慰问")}


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

    output = capsys.readouterr()
    assert "R1 花名册: 91 rows" in output.err
    assert output.out.strip() == str(tmp_path / "y.xlsx")


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

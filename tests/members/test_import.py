"""How a roster upload becomes members: compared, confirmed once, undone by batch."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from branches import imports
from branches.models import ImportBatch
from config.kit.sheets.refused import refused_workbook
from members.models import Affiliation, Member
from members.roster.imports import compare_roster, confirm_import, preview_roster, undo_import
from tests.kit.workbooks import xlsx
from tests.make import make_branch, make_citizen_id, make_member, make_user
from tests.members.rosters import BORN, HEADER, person

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2018, 10, 31)

pytestmark = pytest.mark.django_db


def upload(branch, *rows, by=None, header=HEADER):
    return preview_roster(branch, "花名册.xlsx", xlsx([header, *rows]), by=by, today=TODAY)


def counts(batch):
    return (batch.added, batch.changed, batch.same, batch.refused)


def test_a_preview_stores_no_member():
    batch = upload(make_branch(), person(1), person(2, name=None))

    assert counts(batch) == (1, 0, 0, 1)
    assert batch.state == ImportBatch.State.PREVIEWED
    assert Member.objects.count() == 0


def test_confirming_adds_members_with_history_and_affiliation():
    branch, user = make_branch(), make_user()
    batch = upload(branch, person(1, joined="1967年7月"), by=user)

    confirm_import(batch, user, on=TODAY)

    member = Member.objects.get()
    assert (member.name, member.sort_name, member.joined_on, member.joined_day_known) == (
        "韦怀德",
        "wei huai de",
        date(1967, 7, 1),
        False,
    )
    assert (member.birth_date, member.full_member_on, member.import_batch) == (BORN, date(1968, 7, 1), batch)
    assert Member.objects.with_citizen_id(make_citizen_id(BORN, 101)).get() == member
    assert [(row.history_type, row.history_user) for row in member.history.all()] == [("+", user)]
    assert list(Affiliation.objects.values_list("member", "branch", "starts_on", "ends_on")) == [
        (member.pk, branch.pk, TODAY, None)
    ]


def test_confirming_twice_changes_nothing():
    batch = upload(make_branch(), person(1))

    confirm_import(batch, None)
    confirm_import(batch, None)

    assert (Member.objects.count(), Affiliation.objects.count()) == (1, 1)


def test_refused_rows_hold_the_whole_import_back_unless_left_out():
    batch = upload(make_branch(), person(1), person(2, name=None))

    with pytest.raises(ValidationError) as refusal:
        confirm_import(batch, None)
    assert (refusal.value.code, Member.objects.count()) == ("refused_rows", 0)

    confirm_import(batch, None, skip_refused=True)
    assert Member.objects.count() == 1


def test_a_second_upload_shows_changes_field_by_field_and_empty_cells_erase_nothing():
    branch = make_branch()
    confirm_import(upload(branch, person(1), person(2, name="黄德")), None)

    batch = upload(
        branch, person(1, phone="14000009999", joined="1967.07"), person(2, name="黄德", phone=None, full=None)
    )

    assert counts(batch) == (0, 1, 1, 0)
    [change] = [entry for entry in batch.content()["plan"] if entry["act"] == "change"]
    assert change["fields"] == {"phone": ["14000000001", "14000009999"]}
    confirm_import(batch, None)
    assert Member.objects.get(name="韦怀德").phone == "14000009999"
    assert Member.objects.get(name="黄德").phone == "14000000002"


def test_an_id_on_another_branchs_roster_is_refused_without_naming_it():
    other = make_branch(name="别的支部")
    make_member(branch=other, name="某人", citizen_id=make_citizen_id(BORN, 101))

    batch = upload(make_branch(), person(1))

    assert counts(batch) == (0, 0, 0, 1)
    [row] = batch.content()["refused"]["rows"]
    assert row["reasons"][0][2] == "on_another_roster"
    assert "别的支部" not in batch.payload
    assert "某人" not in batch.payload


def test_a_member_recorded_without_a_number_is_found_by_name_and_birth_date():
    branch = make_branch()
    member = make_member(branch=branch, name="韦怀德", birth_date=BORN)

    confirm_import(upload(branch, person(1)), None)

    assert Member.objects.get().pk == member.pk
    assert Member.objects.get().citizen_id == make_citizen_id(BORN, 101)


def test_a_roster_that_changed_since_the_preview_is_not_overwritten():
    branch = make_branch()
    confirm_import(upload(branch, person(1)), None)
    batch = upload(branch, person(1, phone="14000009999"))
    member = Member.objects.get()
    member.phone = "14000008888"
    member.save()

    with pytest.raises(ValidationError) as refusal:
        confirm_import(batch, None)

    assert refusal.value.code == "stale"
    assert Member.objects.get().phone == "14000008888"


def test_two_previews_of_one_file_add_its_people_once():
    branch = make_branch()
    first, second = upload(branch, person(1)), upload(branch, person(1))
    confirm_import(first, None)

    with pytest.raises(ValidationError) as refusal:
        confirm_import(second, None)

    assert (refusal.value.code, Member.objects.count()) == ("stale", 1)


def test_undoing_takes_new_members_away_and_gives_old_values_back():
    branch = make_branch()
    confirm_import(upload(branch, person(1)), None)
    batch = confirm_import(upload(branch, person(1, phone="14000009999"), person(2, name="黄德")), None)

    done = undo_import(batch, None)

    assert (done.removed, done.restored, done.kept) == (1, 1, [])
    assert list(Member.objects.values_list("name", flat=True)) == ["韦怀德"]
    assert Member.objects.get().phone == "14000000001"
    assert undo_import(batch, None).kept == []


def test_undoing_names_and_keeps_who_was_touched_since():
    branch = make_branch()
    batch = confirm_import(upload(branch, person(1), person(2, name="黄德"), person(3, name="李德")), None)
    touched = Member.objects.get(name="黄德")
    touched.remark = "已核对"
    touched.save()

    done = undo_import(batch, None)

    assert (done.removed, done.kept) == (2, ["黄德"])
    assert Member.objects.get() == touched


def test_undoing_keeps_who_moved_since():
    batch = confirm_import(upload(make_branch(), person(1)), None)
    Affiliation.objects.get().delete()

    done = undo_import(batch, None)

    assert done.kept == ["韦怀德"]


def test_discarding_erases_what_was_read():
    batch = imports.discard(upload(make_branch(), person(1)))

    assert (batch.state, batch.payload) == (ImportBatch.State.DISCARDED, "")
    with pytest.raises(ValidationError) as refusal:
        confirm_import(batch, None)
    assert refusal.value.code == "not_waiting"


def test_what_waits_is_not_readable_in_the_database():
    from django.db import connection

    batch = upload(make_branch(), person(1))

    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM branches_importbatch WHERE id = %s", [batch.pk])
        [stored] = cursor.fetchone()
    assert "韦怀德" in batch.payload
    assert "韦怀德" not in stored


def test_refused_rows_come_back_to_be_mended_and_uploaded_again():
    branch = make_branch()
    batch = upload(branch, person(1), person(2, name=None), person(3, name="=HYPERLINK(1)", id=459999194003150014))

    data = refused_workbook(batch.content()["refused"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    assert header[:8] == HEADER
    assert header[8:] == ["原因", "原行号"]
    assert [cell.data_type for cell in sheet[3]][1] in {"s", "f"}
    sheet.cell(2, 2).value = "黄德"
    sheet.cell(3, 2).value = "李德"
    sheet.cell(3, 4).value = make_citizen_id(BORN, 103)
    stream = io.BytesIO()
    book.save(stream)

    again = preview_roster(branch, "改好.xlsx", stream.getvalue(), by=None, today=TODAY)
    assert counts(again) == (2, 0, 0, 0)


def test_the_command_prints_json_and_nothing_else_and_leaves_all_out_when_one_is_refused():
    branch = make_branch(name="荔香街道办事处离退休干部党支部")
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["roster-street.xlsx"]
    out = io.StringIO()

    with pytest.raises(SystemExit) as code:
        call_command("import_roster", DATA / "roster-street.xlsx", "--branch", branch.name, "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert code.value.code == 1
    assert said["accepted"] == expected["accepted"]
    assert [(row["row"], row["codes"]) for row in said["refused"]] == [
        (row["row"], [row["reason"]]) for row in expected["refused"]
    ]
    assert Member.objects.count() == 0


def test_the_command_stores_the_others_when_told_and_is_harmless_twice():
    branch = make_branch()

    for _turn in range(2):
        with pytest.raises(SystemExit):
            call_command(
                "import_roster",
                DATA / "roster-community.xlsx",
                "--branch",
                branch.name,
                "--skip-refused",
                stdout=io.StringIO(),
            )

    assert Member.objects.filter(branch=branch).count() == 44
    assert Affiliation.objects.count() == 44


def test_the_commands_trial_run_stores_nothing(tmp_path):
    branch = make_branch()
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(xlsx([HEADER, person(1)]))

    call_command("import_roster", path, "--branch", branch.name, "--dry-run", stdout=io.StringIO())

    assert (Member.objects.count(), ImportBatch.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("name", "branch"),
    [("missing.xlsx", None), ("roster-street.xlsx", "没有这个支部"), ("donations.xlsx", None), ("expected.json", None)],
)
def test_the_command_says_what_it_cannot_find_or_read(name, branch):
    there = make_branch()

    with pytest.raises(CommandError) as refusal:
        call_command("import_roster", DATA / name, "--branch", branch or there.name, stdout=io.StringIO())

    assert refusal.value.returncode == 2


def test_comparing_asks_the_same_number_of_queries_for_one_row_and_fifty(django_assert_num_queries):
    branch = make_branch()
    data = xlsx([HEADER, *(person(number, name=f"韦{number}") for number in range(1, 51))])

    with django_assert_num_queries(2):
        compare_roster(branch, "花名册.xlsx", data, today=TODAY)


def test_a_new_date_must_fit_the_recorded_ones_the_roster_does_not_name():
    branch = make_branch()
    confirm_import(upload(branch, person(1)), None)
    header = ["姓名", "公民身份号码", "转为正式党员日期"]

    batch = upload(branch, ["韦怀德", make_citizen_id(BORN, 101), "1966-07-01"], header=header)

    assert counts(batch) == (0, 0, 0, 1)
    assert batch.content()["refused"]["rows"][0]["reasons"][0][2] == "full_before_joined"


def test_undoing_writes_into_the_history_who_undid():
    user = make_user()
    batch = confirm_import(upload(make_branch(), person(1)), None)

    undo_import(batch, user)

    assert [(row.history_type, row.history_user) for row in Member.history.all()] == [("-", user), ("+", None)]

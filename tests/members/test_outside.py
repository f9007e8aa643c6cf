"""Rosters as offices really send them: a row that could mean two things is asked, and nobody is stored unasked."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from openpyxl.comments import Comment
from openpyxl.styles import Font

from config.kit.sheets.questions import field_name
from config.kit.text_cleaning import squeezed
from members.models import Affiliation, Member
from members.roster.imports import compare_roster, confirm_import, preview_roster
from tests.kit.workbooks import saved, xlsx
from tests.make import make_user
from tests.members.outside import BRANCH, HEADER, TODAY, given, read, row, sheet

pytestmark = pytest.mark.django_db


# No longer members


@pytest.mark.parametrize(
    ("name", "accepted", "asked"),
    [
        ("died-column.xlsx", 5, ["覃二山"]),
        ("remarks.xlsx", 3, 10),
        ("sections.xlsx", 1, ["覃二山", "覃三山"]),
        ("sheets.xlsx", 1, ["覃二山", "覃三山", "覃四山"]),
        ("status-column.xlsx", 1, ["覃二山", "覃三山", "覃四山", "覃五山", "覃六山"]),
        ("struck.xls", 2, ["覃二山"]),
        ("struck.xlsx", 3, ["覃二山", "覃三山", "覃四山"]),
    ],
)
def test_who_died_moved_or_was_struck_out_is_asked_and_the_others_pass(branch, name, accepted, asked):
    result = given(branch, "01-no-longer-members", name)

    assert len(result[0]) == accepted
    assert result[1] == asked or len(result[1]) == asked
    assert result[2] == []


@pytest.mark.parametrize(
    "remark",
    [
        "2016.3.2因病去世",
        "组织关系转出至县直机关",
        "已除名",
        "失联",
        "关系已迁走",
        "重复登记",
        "因病逝世",
        "该女同志2017年病故",
        "女儿来电告知已去世",
        "已不在人世",
        "2017年走了",
        "户口转出，组织关系也转出",
        "户口未转，人已转走",
        "户口已迁出",
        "户口转出，人未转，2018年病故",
        "户口转出，人在外地",
        "组织关系已转出，户口未转",
    ],
)
def test_a_remark_of_another_wording_is_asked(branch, remark):
    assert read(branch, "名册.xlsx", xlsx([HEADER, row("覃大山", remark), row("覃小山")])) == (
        ["覃小山"],
        ["覃大山"],
        [],
    )


@pytest.mark.parametrize(
    "remark",
    [
        "已转正",
        "老伴去世",
        "儿子已故",
        "2017年转入",
        "独居，妻子病故",
        "未转出",
        "低保户",
        "户口转出，人未转",
        "户口已迁出，组织关系未转",
        "户口迁往南宁，人还在本支部",
        "2016年户籍迁出；党组织关系仍在本支部",
        "组织关系未转出",
        "工资关系转出，关系未转",
        "档案转走 人没转",
        "档案转走了，人未转走",
        "照顾已故战友遗孀",
        "已故丈夫系烈士",
        "其夫已转出",
        "妻子户口转出",
        "儿子组织关系转出",
        "人未转，户口转出",
    ],
)
def test_a_remark_about_others_or_about_nothing_of_the_kind_is_not_asked(branch, remark):
    assert read(branch, "名册.xlsx", xlsx([HEADER, row("覃大山", remark)])) == (["覃大山"], [], [])


def test_a_struck_row_a_comment_and_brackets_behind_the_name_are_asked(branch):
    book = sheet(row("覃大山"), row("覃二山"), row("覃三山（已故）"), row("覃四山"))
    for cell in book.active[2]:
        cell.font = Font(strike=True)
    book.active["A3"].comment = Comment("今年三月去世", "x")

    accepted, asked, refused = read(branch, "名册.xlsx", saved(book))

    assert (accepted, refused) == (["覃四山"], [])
    assert asked == ["覃大山", "覃二山", "覃三山"]


def test_an_asked_row_is_stored_as_it_was_answered_and_never_unasked(branch):
    by = make_user("clerk")
    data = xlsx(
        [
            HEADER,
            row("覃大山", "已去世"),
            row("覃二山", "已转出"),
            row("覃三山", "除名"),
            row("覃四山", "病故"),
            row("覃五山"),
        ]
    )
    batch = preview_roster(branch, "名册.xlsx", data, by=by, today=TODAY)

    assert (batch.added, batch.asked) == (1, 4)
    answers = {field_name(at, "departure"): code for at, code in enumerate(["deceased", "on_the_roll", "leave_out"])}
    batch = confirm_import(batch, by, answers=answers)

    stored = dict(Member.objects.values_list("name", "status"))
    assert stored == {"覃大山": "deceased", "覃二山": "active", "覃五山": "active"}
    assert set(Affiliation.objects.values_list("member__name", flat=True)) == {"覃二山", "覃五山"}
    notes = " ".join(batch.content()["notes"])
    assert "覃三山" in notes
    assert "覃四山" in notes


def test_a_day_of_death_that_a_column_states_is_stored_with_the_answer(branch):
    by = make_user("clerk")
    header = [*HEADER, "去世时间"]
    batch = preview_roster(branch, "名册.xlsx", xlsx([header, [*row("覃大山"), "2017-05-01"]]), by=by, today=TODAY)

    confirm_import(batch, by, answers={field_name(0, "departure"): "deceased"})

    member = Member.objects.get()
    assert (member.status, member.died_on) == ("deceased", date(2017, 5, 1))


def test_a_struck_phone_is_refused_and_a_plain_comment_is_told(branch):
    book = sheet([*row("覃大山"), "14000000001"], row("覃二山"), header=[*HEADER, "联系电话"])
    book.active["F2"].font = Font(strike=True)
    book.active["A3"].comment = Comment("电话已换", "x")

    reading, _plan, _asked = compare_roster(branch, "名册.xlsx", saved(book), today=TODAY)

    assert [reason.code for reason in reading.refused[0].reasons] == ["struck_out"]
    assert "电话已换" in reading.accepted[0].warnings[0]


def test_asked_rows_hold_up_an_import_that_can_ask_nobody(branch):
    by = make_user("clerk")
    batch = preview_roster(
        branch, "名册.xlsx", xlsx([HEADER, row("覃大山", "已去世"), row("覃二山")]), by=by, today=TODAY
    )

    with pytest.raises(ValidationError) as refusal:
        confirm_import(batch, by)

    assert refusal.value.code == "asked_rows"
    assert not Member.objects.exists()


def run(path, *options):
    try:
        call_command("import_roster", str(path), "--branch", BRANCH, *options)
    except (SystemExit, CommandError) as end:
        return getattr(end, "code", 1)
    return 0


def test_the_command_tells_asked_rows_and_skip_refused_never_stores_them(branch, tmp_path, capsys):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(xlsx([HEADER, row("覃大山", "已去世"), row("覃二山")]))

    assert run(path, "--json") == 1
    output = json.loads(capsys.readouterr().out)
    assert [line["row"] for line in output["accepted"]] == [3]
    assert output["refused"] == []
    assert output["asked"][0]["row"] == 2
    assert "已去世" in output["asked"][0]["questions"][0]
    assert not Member.objects.exists()

    assert run(path, "--skip-refused", "--json") == 1
    assert list(Member.objects.values_list("name", flat=True)) == ["覃二山"]


@pytest.mark.parametrize(
    "line",
    ["以上人员已转出", "以上2人组织关系转至外省", "说明：上述党员已去世", "备注：以上为已故党员", "以上同志均已除名"],
)
def test_a_line_under_members_that_says_they_are_gone_asks_about_each(branch, line):
    rows = [HEADER, row("覃大山"), ["二、其他党员"], row("覃二山"), row("覃三山"), [line]]

    assert read(branch, "名册.xlsx", xlsx(rows)) == (["覃大山"], ["覃二山", "覃三山"], [])


@pytest.mark.parametrize("line", ["注：划线的为已故党员", "说明：红色为转出", "另有2人已去世，未列入", "2018年转出3人"])
def test_a_line_that_leaves_open_whom_it_means_is_told(branch, line):
    reading, _plan, _asked = compare_roster(branch, "名册.xlsx", xlsx([HEADER, row("覃大山"), [line]]), today=TODAY)

    assert [record.values["name"] for record in reading.accepted] == ["覃大山"]
    assert any(squeezed(line) in note for note in reading.notes)

"""Rosters as offices really send them: a row that could mean two things is asked, and nobody is stored unasked."""

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from openpyxl.comments import Comment
from openpyxl.styles import Font

from config.kit.sheets.questions import field_name
from config.kit.sheets.text_cleaning import squeezed
from members.actions.roster_import import compare_roster, confirm_import, preview_roster
from members.models import Affiliation, Member
from tests.kit.workbooks import xlsx
from tests.make import make_branch, make_citizen_id, make_member, make_user

OUTSIDE = Path(__file__).parent.parent / "data" / "outside"
TODAY = date(2018, 10, 31)
BRANCH = "荔园社区离退休干部党支部"
HEADER = ["姓名", "性别", "入党时间", "转正时间", "备注"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch(name=BRANCH)


def read(branch, name, data):
    """`(accepted, asked, refused)` names of a roster, as the import sees it."""
    reading, _plan, _asked = compare_roster(branch, name, data, today=TODAY)
    return tuple(
        [record.values.get("name") for record in rows] for rows in (reading.accepted, reading.asked, reading.refused)
    )


def given(branch, folder, name):
    return read(branch, name, (OUTSIDE / folder / name).read_bytes())


def row(name, remark=None):
    return [name, "男", "1970-07-01", "1971-07-01", remark]


def sheet(*rows, header=HEADER):
    book = openpyxl.Workbook()
    for line in (header, *rows):
        book.active.append(line)
    return book


def packed(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


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
    found = given(branch, "01-no-longer-members", name)

    assert len(found[0]) == accepted
    assert found[1] == asked or len(found[1]) == asked
    assert found[2] == []


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

    accepted, asked, refused = read(branch, "名册.xlsx", packed(book))

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

    reading, _plan, _asked = compare_roster(branch, "名册.xlsx", packed(book), today=TODAY)

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
    told = json.loads(capsys.readouterr().out)
    assert [line["row"] for line in told["accepted"]] == [3]
    assert told["refused"] == []
    assert told["asked"][0]["row"] == 2
    assert "已去世" in told["asked"][0]["questions"][0]
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


# Other branches


@pytest.mark.parametrize("name", ["a-section-a-branch.xlsx", "a-sheet-a-branch.xlsx"])
def test_the_section_or_sheet_of_another_branch_is_refused(branch, name):
    accepted, asked, refused = given(branch, "02-several-branches", name)

    assert accepted == ["韦支甲", "韦支乙", "韦支丙"]
    assert asked == []
    assert refused == ["韦支丁", "韦支戊", "韦支己"]


@pytest.mark.parametrize(
    ("section", "is_ours"),
    [
        ("石桥村党支部", False),
        ("荔江社区离退休干部党支部党员名单", False),
        ("二、供销社退休党支部（12人）", False),
        ("荔园社区离退休干部党支部党员名单", True),
        ("本支部党员", True),
    ],
)
def test_a_section_that_names_a_branch_holds_for_the_rows_under_it(branch, section, is_ours):
    accepted, asked, refused = read(branch, "名册.xlsx", xlsx([HEADER, row("覃大山"), [section], row("覃二山")]))

    assert asked == []
    assert (accepted, refused) == ((["覃大山", "覃二山"], []) if is_ours else (["覃大山"], ["覃二山"]))


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [("石桥村党支部", False), ("荔江离退休支部", False), ("供销社退休党支部党员", False), ("第二支部", False), ("荔园离退休党支部名册", False), (BRANCH[:14], True), ("本支部", True)],
)  # fmt: skip
def test_a_sheet_that_names_a_branch_holds_for_its_rows(branch, name, is_ours):
    book = sheet(row("覃大山"))
    other = book.create_sheet(name)
    for line in (HEADER, row("覃二山")):
        other.append(line)

    accepted, _asked, refused = read(branch, "名册.xlsx", packed(book))

    assert (accepted, refused) == ((["覃大山", "覃二山"], []) if is_ours else (["覃大山"], ["覃二山"]))


# Name cells


def test_the_names_as_they_arrived_are_read_asked_or_refused(branch):
    accepted, asked, refused = given(branch, "04-name-cells", "names.xlsx")

    assert accepted.count("买买提·阿不都拉") == 15
    assert accepted[15:] == ["阿卜杜热合曼·买买提吐尔逊·阿不都克里木江", "覃五山", "覃六山", "覃八山", "李明（小）"]
    assert asked == ["买买提·阿不都拉"] * 3 + ["覃四山"]
    assert len(refused) == 3


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("吐尔逊｡阿依", "accepted"),
        ("※覃大山", "accepted"),
        ("覃大山同志", "accepted"),
        ("覃大山（正式）", "accepted"),
        ("古丽–阿依", "asked"),
        ("覃大山(预备党员)", "asked"),
        ("覃大山【老】", "accepted"),
        ("李明、", "accepted"),
        ("欧阳 手乙", "accepted"),
        ("李明 王芳", "asked"),
        ("覃大山\n黄小海", "asked"),
        ("买买提 吐尔逊", "asked"),
        ("出生日期", "refused"),
        ("覃大山和黄小明", "refused"),
        ("覃大山/黄小明", "refused"),
        ("覃大山13800000000", "refused"),
        ("覃大山２", "refused"),
    ],
)
def test_a_name_cell_of_another_kind_has_its_outcome(branch, typed, outcome):
    found = dict(
        zip(("accepted", "asked", "refused"), read(branch, "名册.xlsx", xlsx([HEADER, row(typed)])), strict=True)
    )

    assert [kind for kind, names in found.items() if names] == [outcome]


def test_a_probationary_member_is_stored_as_answered(branch):
    by = make_user("clerk")
    header = ["姓名", "性别", "入党时间"]
    batch = preview_roster(
        branch, "名册.xlsx", xlsx([header, ["覃大山（预备）", "男", "2018-07-01"]]), by=by, today=TODAY
    )

    confirm_import(batch, by, answers={field_name(0, "name"): "probationary"})

    member = Member.objects.get()
    assert (member.name, member.member_kind, member.full_member_on) == ("覃大山", "probationary", None)


# Forms of one person each


PERSON = [
    ["姓名", "覃大山", "性别", "男"],
    ["出生日期", "1940-03-15", "民族", "汉族"],
    ["入党时间", "1967-07-01", "转正时间", "1968-07-01"],
]
FORMS = {
    "pairs": {"Sheet1": [["党员信息采集表"], *PERSON]},
    "one below the other": {"Sheet1": [["党员信息"], *[pair for row in PERSON for pair in (row[:2], row[2:])]]},
    "a sheet each": {f"党员{number}": [["党员登记表"], *PERSON] for number in "一二三"},
    "cards": {"Sheet1": [*PERSON, [], *PERSON]},
    "names across": {"Sheet1": [[label, one, one] for row in PERSON for label, one in (row[:2], row[2:])]},
    "three pairs": {"Sheet1": [["姓名", "覃大山", "籍贯", "广西", "学历", "大专"], ["性别", "男", "民族", "汉", "爱好", "书法"], ["特长", "太极", "入党时间", "1967-07-01", "电话", "14000000001"]]},
    "words that are no column": {"Sheet1": [["姓名", "覃大山", "籍贯", "广西"], ["性别", "男", "入党时间", "1967-07-01"], ["爱好", "书法", "特长", "太极"]]},
}  # fmt: skip


@pytest.mark.parametrize("shape", FORMS)
def test_a_form_of_one_person_is_refused_as_what_it_is(branch, shape):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in FORMS[shape].items():
        added = book.create_sheet(name)
        for line in rows:
            added.append(line)

    with pytest.raises(ValidationError) as refusal:
        read(branch, "登记表.xlsx", packed(book))

    assert refusal.value.code == "form_of_one"


def test_a_sheet_for_each_person_with_a_header_of_its_own_is_read(branch):
    book = openpyxl.Workbook()
    for at, name in enumerate(("覃大山", "覃小山")):
        added = book.create_sheet(name) if at else book.active
        for line in (HEADER, row(name)):
            added.append(line)

    assert read(branch, "名册.xlsx", packed(book)) == (["覃大山", "覃小山"], [], [])


# Typed and imported


@pytest.mark.parametrize("typed", ["买买提•吐尔逊", "买买提．吐尔逊", "买买提 . 吐尔逊", "买买提‧吐尔逊"])
def test_a_member_typed_in_one_spelling_is_the_one_an_import_spells_otherwise(branch, typed):
    by = make_user("clerk")
    make_member(branch=branch, name=typed, joined_on=date(1970, 7, 1), full_member_on=date(1971, 7, 1))

    batch = preview_roster(branch, "名册.xlsx", xlsx([HEADER, row("买买提·吐尔逊")]), by=by, today=TODAY)

    assert (batch.added, batch.same) == (0, 1)


def test_a_number_typed_with_spaces_is_the_number_of_the_member_on_the_roster(branch):
    number = make_citizen_id(sequence=3)
    member = make_member(branch=branch, name="欧阳　手乙", citizen_id=" ".join(number))
    header = ["姓名", "公民身份号码", "出生日期"]

    reading, plan, _asked = compare_roster(
        branch, "名册.xlsx", xlsx([header, ["欧阳手乙", number, "1940-03-15"]]), today=TODAY
    )

    assert [(entry["act"], entry["member"]) for entry in plan] == [("same", member.pk)]
    assert reading.accepted[0].warnings == []

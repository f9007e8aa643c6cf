"""Name cells, forms of one person and sections of other branches, as offices really send them."""

from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from config.kit.sheets.questions import field_name
from members.models import Member
from members.roster.imports import compare_roster, confirm_import, preview_roster
from tests.kit.workbooks import saved, xlsx
from tests.make import make_citizen_id, make_member, make_user
from tests.members.outside import BRANCH, HEADER, TODAY, given, read, row, sheet

pytestmark = pytest.mark.django_db


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

    accepted, _asked, refused = read(branch, "名册.xlsx", saved(book))

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
    outcomes = dict(
        zip(("accepted", "asked", "refused"), read(branch, "名册.xlsx", xlsx([HEADER, row(typed)])), strict=True)
    )

    assert [kind for kind, names in outcomes.items() if names] == [outcome]


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
        read(branch, "登记表.xlsx", saved(book))

    assert refusal.value.code == "form_of_one"


def test_a_sheet_for_each_person_with_a_header_of_its_own_is_read(branch):
    book = openpyxl.Workbook()
    for at, name in enumerate(("覃大山", "覃小山")):
        added = book.create_sheet(name) if at else book.active
        for line in (HEADER, row(name)):
            added.append(line)

    assert read(branch, "名册.xlsx", saved(book)) == (["覃大山", "覃小山"], [], [])


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

"""Rosters of every format and what is beside the table: sheets, sections, other branches."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.kit.workbooks import csv, xls, xlsx
from tests.members.rosters import HEADER, ID_1, ID_2, codes, only, person, read, read_rows


def test_formulas_of_an_old_workbook_are_seen_too():
    data = xls(
        [HEADER, person(1), person(2, name="黄德", born=None), ["合计"]],
        formulas=[(3, 5, "E2"), (4, 2, "COUNTA(B2:B3)")],
    )

    reading = read(data, "花名册.xls")

    assert [record.row for record in reading.accepted] == [2]
    assert codes(reading) == [(3, ["formula"])]


def test_an_old_workbook_with_date_cells_and_numbers_is_read():
    data = xls(
        [["花名册"], HEADER, person(1, id=ID_1, born=date(1940, 3, 15), joined=date(1967, 7, 1), phone=14000000001)]
    )

    row = only(read(data, "花名册.xls"))

    assert (row["row"], row["birth_date"], row["joined_on"], row["phone"]) == (
        3,
        "1940-03-15",
        "1967-07-01",
        "14000000001",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_are_read_in_every_usual_encoding(encoding, delimiter):
    data = csv([["花名册"], HEADER, person(1, id=ID_1), ["合计", "1人"]], encoding=encoding, delimiter=delimiter)

    row = only(read(data, "花名册.csv"))

    assert (row["row"], row["name"], row["citizen_id"]) == (3, "韦怀德", ID_1)


def test_a_private_use_name_in_gb18030_is_folded():
    data = csv([HEADER, person(1, name="韦占")]).decode().replace("占", "\ue81e").encode("gb18030")

    assert only(read(data, "花名册.csv"))["name"] == "韦\u9fb4"


def test_empty_sheets_instructions_and_parked_lists_are_left_aside():
    sheets = {
        "填表说明": [["一、请如实填写"], ["二、姓名、身份证号必填"]],
        "Sheet2": [],
        "花名册": [
            HEADER + [None, None, "民族列表"],
            person(1) + [None, None, "汉族"],
            [None] * 10 + ["壮族"],
            [None] * 10 + ["瑶族"],
        ],
        "字典": [["学历", "民族"], ["本科", "汉族"]],
    }

    reading = read(xlsx(None, sheets=sheets))

    assert [record.row for record in reading.accepted] == [2]
    assert reading.refused == []


def test_two_sheets_with_members_are_both_read_and_rows_name_their_sheet():
    reading = read(
        xlsx(None, sheets={"一组": [HEADER, person(1)], "二组": [HEADER, person(2, name="黄德"), person(1)]})
    )

    assert [(record.sheet, record.row) for record in reading.accepted] == [("一组", 2), ("二组", 2)]
    assert codes(reading) == [(3, ["duplicate_citizen_id"])]


def test_unknown_columns_are_named_and_left_aside():
    reading = read_rows([*person(1), "甲"], header=[*HEADER, "特长爱好"])

    assert only(reading)["name"] == "韦怀德"
    assert any("特长爱好" in note for note in reading.notes)


def test_the_same_header_twice_is_asked():
    with pytest.raises(ValidationError) as refusal:
        read_rows([*person(1), "14000000002"], header=[*HEADER, "联系电话"])

    assert refusal.value.code == "duplicate_header"


@pytest.mark.parametrize("rows", [[["名单"], ["一", "二"]], [["张三", "李四"], ["a", "b"]]])
def test_no_header_is_a_sentence(rows):
    with pytest.raises(ValidationError) as refusal:
        read(xlsx(rows))

    assert refusal.value.code == "no_header"


def test_a_header_without_rows_is_a_sentence():
    with pytest.raises(ValidationError) as refusal:
        read(xlsx([["花名册"], HEADER]))

    assert refusal.value.code == "no_rows"


def test_the_second_of_two_rows_with_one_id_is_refused_and_names_the_first():
    reading = read_rows(person(1, id=ID_1), person(2, name="黄德", id=ID_1))

    assert codes(reading) == [(3, ["duplicate_citizen_id"])]
    assert "2" in str(reading.refused[0].reasons[0])


def test_the_same_name_and_birth_month_warns():
    reading = read_rows(person(1, id=ID_1), person(2, id=ID_2))

    assert len(reading.accepted) == 2
    assert len(reading.accepted[1].warnings) == 1


def test_an_id_on_another_roster_is_refused_without_telling_which():
    reading = read(xlsx([HEADER, person(1, id=ID_1)]), elsewhere=lambda number: number == ID_1)

    assert codes(reading) == [(2, ["on_another_roster"])]


def test_a_row_of_another_branch_is_refused():
    header = [*HEADER, "所在党支部"]
    rows = [
        [*person(1), "荔园社区离退休干部党支部"],
        [*person(2, name="黄德"), "荔香街道办事处离退休干部党支部"],
        [*person(3, name="李德"), "街道办事处离退休干部党支部"],
        [*person(4, name="蓝德"), "中共荔香街道离退休党支部委员会"],
    ]

    reading = read(xlsx([header, *rows]), branch_name="荔香街道办事处离退休干部党支部")

    assert [record.row for record in reading.accepted] == [3, 4, 5]
    assert codes(reading) == [(2, ["other_branch"])]


def test_a_branch_cell_merged_over_rows_speaks_for_all_of_them():
    header = [*HEADER, "所在党支部"]
    rows = [[*person(1), "另一支部"], [*person(2, name="黄德"), None], [*person(3, name="李德"), None]]

    reading = read(xlsx([header, *rows], merges=["I2:I3"]), branch_name="荔园社区支部")

    assert codes(reading) == [(2, ["other_branch"]), (3, ["other_branch"])]
    assert [record.row for record in reading.accepted] == [4]


def test_a_merged_id_belongs_to_neither_of_two_people():
    reading = read_rows(person(1, id=ID_1), person(2, name="黄德", id=None), merges=["D2:D3"])

    assert codes(reading) == [(2, ["merged"]), (3, ["merged"])]


def test_a_person_over_two_rows_of_merged_cells_is_one():
    reading = read(
        xlsx(
            [HEADER, person(1, id=ID_1), [None] * 8, person(2, name="黄德"), []],
            merges=[f"{c}2:{c}3" for c in "ABCDEFGH"],
        )
    )

    assert [record.row for record in reading.accepted] == [2, 4]

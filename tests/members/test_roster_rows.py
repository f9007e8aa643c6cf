"""Which rows of a roster are people, and what makes one refused, asked or told."""

from tests.kit.workbooks import xlsx
from tests.members.rosters import HEADER, codes, person, read, read_rows


def test_hidden_rows_are_people():
    reading = read_rows(person(1), person(2, name="黄德"), person(3, name="李德"), hidden_rows=[3])

    assert [record.row for record in reading.accepted] == [2, 3, 4]


def test_totals_blank_signature_note_and_repeated_header_rows_are_no_people_wherever_they_stand():
    rows = [
        ["某支部党员花名册"],
        ["填报单位：某支部", None, None, None, None, None, None, "单位：人"],
        HEADER,
        ["合计", "3人"],
        person(1),
        [],
        ["小计", None, None, None, 1],
        HEADER,
        ["某支部党员花名册（续）"],
        person(2, name="黄德"),
        ["备注：本表一式两份"],
        [3],
        person(3, name="李德"),
        ["总 计", None, None, "3"],
        [],
        ["单位负责人：", None, "审核人：", None, "制表人：", None, "联系电话：0770-0000000"],
        ["2018年10月31日"],
    ]

    reading = read(xlsx(rows))

    assert [record.row for record in reading.accepted] == [5, 10, 13]
    assert reading.refused == []
    assert reading.notes == []


def test_a_total_that_does_not_match_is_told():
    reading = read_rows(person(1), person(2, name="黄德"), ["合计", "3人"])

    assert len(reading.accepted) == 2
    assert any("3" in note and "2" in note for note in reading.notes)


def test_columns_of_numbers_under_the_header_are_no_person():
    reading = read_rows([1, 2, 3, 4, 5, 6, 7, 8], person(1))

    assert [record.row for record in reading.accepted] == [3]


def test_a_formula_in_a_total_row_is_normal_and_in_a_persons_cell_refuses_the_row():
    reading = read_rows(
        person(1),
        person(2, name="黄德", born="=E2"),
        person(3, name="李德", seq="=ROW()-1"),
        ["合计", "=COUNTA(B2:B4)"],
    )

    assert [record.row for record in reading.accepted] == [2, 4]
    assert codes(reading) == [(3, ["formula"])]

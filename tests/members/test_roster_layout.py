"""How the table of a roster is found: its header, its rows, and what around them is nobody."""

import json
from pathlib import Path

import pytest

from members.roster.reading import row_of
from tests.kit.workbooks import csv, xlsx
from tests.members.rosters import HEADER, ID_1, codes, only, person, read, read_rows

DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize("name", ["roster-street.xlsx", "roster-community.xlsx"])
def test_sample_rosters_give_exactly_the_expected_rows(name):
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))[name]

    reading = read((DATA / name).read_bytes(), name)

    assert [row_of(record, reading.keys) for record in reading.accepted] == expected["accepted"]
    assert codes(reading) == [(row["row"], [row["reason"]]) for row in expected["refused"]]
    assert reading.notes == []


HEADERS = {
    "name": [
        "姓 名 Name",
        "①姓名",
        "“姓名”",
        "党员本人姓名",
        "姓名",
        "姓 名",
        "党员姓名",
        "姓　　名",
        "姓\n名",
        "*姓名",
        "姓名（必填）",
        "姓名：",
    ],
    "citizen_id": [
        "公民身份号码",
        "身份证号",
        "身份证号码",
        "身 份 证 号 码",
        "居民身份证号码",
        "身份证\n号码",
        "身份证号（18位）",
        "公民身份证号码",
        "有效证件号码",
        "身份证（号）",
        "证件号码",
        "ＩＤ",
    ],
    "birth_date": [
        "出生日期",
        "出生年月",
        "出生年月日",
        "出生时间",
        "出生\n年月",
        "出生年、月",
        "出生年/月/日",
        "公历生日",
        "出生日期（年/月/日）",
        "出生年月(如:1940.03.15)",
    ],
    "joined_on": [
        "加入党组织日期",
        "入党时间",
        "入党日期",
        "入党年月",
        "加入中国共产党时间",
        "入党时间（年月日）",
        "何时入党",
        "何时加入中国共产党",
        "加入中国共产党的时间",
        "参加党组织时间",
        "入党时间/日期",
    ],
    "full_member_on": ["转为正式党员日期", "转正时间", "转正日期", "转正年月", "转为正式党员时间", "转 正 时 间"],
    "phone": [
        "联系电话",
        "手机号码",
        "手机",
        "联系方式",
        "电 话",
        "联系电话（手机）",
        "手机/电话",
        "固定电话或手机",
        "常用电话",
    ],
}


@pytest.mark.parametrize(("key", "label"), [(key, label) for key, labels in HEADERS.items() for label in labels])
def test_a_column_is_known_by_its_usual_names(key, label):
    header = list(HEADER)
    header[{"name": 1, "citizen_id": 3, "birth_date": 4, "joined_on": 5, "full_member_on": 6, "phone": 7}[key]] = label

    reading = read_rows(person(1, id=ID_1), header=header)

    assert only(reading)[key] == {
        "name": "韦怀德",
        "citizen_id": ID_1,
        "birth_date": "1940-03-15",
        "joined_on": "1967-07-01",
        "full_member_on": "1968-07-01",
        "phone": "14000000001",
    }[key]  # fmt: skip


def test_a_header_of_two_rows_with_merged_groups_is_read():
    rows = [
        ["某支部党员花名册"],
        ["填报单位：某某支部", None, None, None, "填报时间：2018年10月31日"],
        ["序号", "基本信息", None, None, "党组织时间", None, "联系方式"],
        [None, "姓名", "性别", "身份证号", "加入", "转正", None],
        [1, "韦怀德", "男", ID_1, "1967.7.1", "1968.7.1", "14000000001"],
    ]

    reading = read(xlsx(rows, merges=["A1:G1", "A3:A4", "B3:D3", "E3:F3", "G3:G4"]))

    row = only(reading)
    assert (row["row"], row["name"], row["joined_on"], row["full_member_on"], row["phone"]) == (
        5, "韦怀德", "1967-07-01", "1968-07-01", "14000000001",
    )  # fmt: skip


def test_a_header_of_three_rows_is_read_and_a_relative_is_not_taken_for_the_member():
    rows = [
        ["花名册"],
        ["序号", "党员基本情况", None, None, None, None, "家庭联系"],
        [None, "姓名", "公民身份号码", "党籍", None, None, "紧急联系人", None],
        [None, None, None, "入党时间", "转正时间", "党员类别", "姓名", "电话"],
        [1, "韦怀德", ID_1, "1967年7月1日", "1968年7月1日", "正式党员", "韦小明", "14000000009"],
    ]

    reading = read(xlsx(rows, merges=["A2:A4", "B2:F2", "D3:F3", "G2:H2", "G3:H3", "B3:B4", "C3:C4"]))

    row = only(reading)
    assert row["name"] == "韦怀德"
    assert row["emergency_contact"] == "韦小明 14000000009"
    assert row["member_kind"] == "full"


def test_grouped_headers_of_a_text_table_are_read_without_merges():
    rows = [
        ["序号", "姓名", "身份证号", "党组织时间", None, "电话"],
        [None, None, None, "加入", "转正", None],
        [1, "韦怀德", ID_1, "1967-07-01", "1968-07-01", "14000000001"],
    ]

    row = only(read(csv(rows), "花名册.csv"))

    assert (row["row"], row["joined_on"], row["full_member_on"]) == (3, "1967-07-01", "1968-07-01")

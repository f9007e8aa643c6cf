"""Which rows of an office's roster are members, in every dialect of the form."""

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from config.kit.sheets.refused import refused_workbook
from config.kit.sheets.unstored import refused_rows
from members.roster.reading import Known, read_roster, row_of
from tests.kit.workbooks import csv, with_part, xls, xlsx
from tests.make import make_citizen_id

DATA = Path(__file__).parent.parent / "data"
TODAY = date(2018, 10, 31)
BORN = date(1940, 3, 15)
ID_1, ID_2, ID_3 = (make_citizen_id(BORN, number) for number in (11, 12, 13))

HEADER = ["序号", "姓名", "性别", "公民身份号码", "出生日期", "加入党组织日期", "转为正式党员日期", "联系电话"]


def person(number=1, **cells):
    """A row under HEADER; name a column by its place in it."""
    row = {
        "seq": number,
        "name": "韦怀德",
        "sex": "男",
        "id": make_citizen_id(BORN, 100 + number),
        "born": "1940-03-15",
        "joined": "1967-07-01",
        "full": "1968-07-01",
        "phone": f"1400000{number:04}",
    }
    return list((row | cells).values())


def read(data, name="花名册.xlsx", **known):
    return read_roster(name, data, today=TODAY, known=Known(**known))


def read_rows(*rows, header=HEADER, **shape):
    return read(xlsx([header, *rows], **shape))


def only(reading):
    assert [record.reasons for record in reading.refused] == []
    [record] = reading.accepted
    return row_of(record, reading.keys)


def codes(reading):
    return [(record.row, [reason.code for reason in record.reasons]) for record in reading.refused]


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


DATES = [
    ("1940-03-15", "1940-03-15"), ("1940.03.15", "1940-03-15"), ("1940.3.15", "1940-03-15"), ("1940年3月15日", "1940-03-15"),
    ("1940/3/15", "1940-03-15"), ("19400315", "1940-03-15"), (19400315, "1940-03-15"), (14685, "1940-03-15"),
    ("14685", "1940-03-15"), (14685.0, "1940-03-15"), (datetime(1940, 3, 15), "1940-03-15"), (date(1940, 3, 15), "1940-03-15"),
    ("１９４０－０３－１５", "1940-03-15"), ("1940-03-15 00:00:00", "1940-03-15"), (" 1940 年 3 月 15 日 ", "1940-03-15"),
    ("一九四〇年三月十五日", "1940-03-15"), ("1940—03—15", "1940-03-15"), ("1940。03。15".replace("。", "．"), "1940-03-15"),
    ("15/03/1940", "1940-03-15"), ("1940、3、15", "1940-03-15"), ("1940年3月15", "1940-03-15"), ("'1940-03-15", "1940-03-15"),
    ("1940-3-15T00:00:00", "1940-03-15"), ("1940年03月15号", "1940-03-15"), ("1940 3 15", "1940-03-15"), ("1940。3。15", "1940-03-15"),
    ("1940.03..15", "1940-03-15"), ("1940年3月15日生", "1940-03-15"), ("公历1940年3月15日", "1940-03-15"), ("1940-03-15 星期五", "1940-03-15"),
    ("1940年.3月.15日", "1940-03-15"), ("1940-03-15 上午 12:00:00", "1940-03-15"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), DATES)
def test_dates_are_read_as_offices_type_them(typed, meant):
    reading = read_rows(person(born=typed))

    assert only(reading)["birth_date"] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "1967.07",
        "1967年7月",
        "1967-7",
        "1967/07",
        196707,
        "196707",
        1967.07,
        "1967年07月份",
        "1967.7",
        "1967 7",
        "1967年7月  日",
        "1967。7",
    ],
)
def test_a_month_alone_is_kept_as_a_month(typed):
    reading = read_rows(person(joined=typed))

    assert only(reading)["joined_on"] == "1967-07"
    assert reading.accepted[0].values["joined_on"].date == date(1967, 7, 1)


@pytest.mark.parametrize("typed", ["1940.03", "1940年3月", 194003, 1940.03])
def test_a_month_of_birth_is_completed_from_the_citizen_id(typed):
    reading = read_rows(person(born=typed))

    assert only(reading)["birth_date"] == "1940-03-15"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("01/07/1940", "ambiguous_date"), ("40.3.15", "ambiguous_date"), ("3/15/40", "ambiguous_date"), (1940.1, "ambiguous_date"),
        ("40年3月", "ambiguous_date"), ("1968年2月30日", "impossible_date"), ("1940-13-01", "impossible_date"),
        ("19400230", "impossible_date"), ("1940.00.00", "impossible_date"), ("1940", "year_only"), (1940, "year_only"),
        ("民国二十九年", "unreadable_date"), ("春节", "unreadable_date"), ("1940-03-15前后", "unreadable_date"), (True, "unreadable_date"),
        ("1940.05", "day_missing"), ("2048-01-01", "born_in_future"), ("1840-01-01", "odd_year"),
    ],
)  # fmt: skip
def test_a_date_that_means_two_things_or_none_is_asked_and_not_guessed(typed, code):
    reading = read_rows(person(born=typed))

    assert codes(reading) == [(2, [code])]


def test_a_number_shown_with_two_decimals_is_read_as_shown():
    reading = read_rows(person(joined=1967.1, full="1968-10-05"), formats={(2, 6): "0.00"})

    assert only(reading)["joined_on"] == "1967-10"


def test_a_date_cell_that_shows_year_and_month_is_a_month():
    reading = read_rows(person(joined=datetime(1967, 7, 1)), formats={(2, 6): 'yyyy"年"m"月"'})

    assert only(reading)["joined_on"] == "1967-07"


def test_serial_numbers_count_from_1904_where_the_workbook_says_so():
    reading = read_rows(person(1, born=14685 - 1462), person(2, born=datetime(1940, 3, 15)), epoch_1904=True)

    assert [record.values["birth_date"].date for record in reading.accepted] == [BORN, BORN]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("陈 庆", "陈庆"), ("李　荣", "李荣"), ("韦\u00a0德", "韦德"), ("\u200b韦德\ufeff", "韦德"), ("阿依•买买提", "阿依·买买提"),
        ("阿依・买买提", "阿依·买买提"), ("阿依．买买提", "阿依·买买提"), ("阿依·买买提", "阿依·买买提"), ("韦\ue863", "韦䶮"),
        ("韦\ue1e0\ue863"[0:1] + "\ue863", "韦䶮"), ("O'Brien", "O'Brien"), ("=韦德", "=韦德"), ("Anna Maria", "Anna Maria"),
        ("⻩⽯", "黄石"), ("欧阳 秀强", "欧阳秀强"), ("李梅（女）", "李梅"), ("蓝德(女，瑶族)", "蓝德"), ("李德（大）", "李德（大）"), ("𠮷田", "𠮷田"),
    ],
)  # fmt: skip
def test_names_lose_stray_spaces_and_private_characters_and_nothing_else(typed, name):
    from openpyxl import load_workbook

    data = xlsx([HEADER, person(name="占位")])
    book = load_workbook(io.BytesIO(data))
    cell = book.active.cell(2, 2)
    cell.value, cell.data_type = typed, "s"
    stream = io.BytesIO()
    book.save(stream)

    assert only(read(stream.getvalue()))["name"] == name


def test_an_id_in_a_number_cell_is_refused_and_says_what_to_do():
    reading = read_rows(person(id=459999194003150014), person(2, id="4.59999E+17"))

    assert codes(reading) == [(2, ["id_as_number"]), (3, ["id_as_number"])]


@pytest.mark.parametrize("typed", [ID_1, f" {ID_1} ", f"'{ID_1}", ID_1[:6] + " " + ID_1[6:14] + " " + ID_1[14:], ID_1.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})])  # fmt: skip
def test_an_id_is_read_whatever_its_spaces_and_widths(typed):
    assert only(read_rows(person(id=typed)))["citizen_id"] == ID_1


def test_a_small_x_at_the_end_of_an_id_is_made_large():
    number = next(found for found in (make_citizen_id(BORN, n) for n in range(200, 400)) if found.endswith("X"))

    assert only(read_rows(person(id=number.lower().replace("x", "ｘ"))))["citizen_id"] == number


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (14000000001, "14000000001"), (14000000001.0, "14000000001"), ("140 0000 0001", "14000000001"), ("140-0000-0001", "14000000001"),
        ("１４０００００００００１"[:3] + "０" * 7 + "１", "14000000001"), ("+86 14000000001", "14000000001"),
        ("86 14000000001", "14000000001"), ("手机：14000000001", "14000000001"), ("14000000001（本人）", "14000000001"), ("0770 0000000", "0770-0000000"),
        ("(0770)0000000", "0770-0000000"), ("0770-0000000", "0770-0000000"), ("0770－0000000", "0770-0000000"), ("—", ""), (None, ""), ("待补", ""), ("—— ——", ""),
    ],
)  # fmt: skip
def test_phones_are_read_from_text_and_numbers(typed, phone):
    assert only(read_rows(person(phone=typed)))["phone"] == phone


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


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": None}, "no_name"), ({"id": None}, "no_citizen_id"), ({"id": ID_1[:17] + ("0" if ID_1[17] != "0" else "1")}, "checksum"),
        ({"id": ID_1[:15]}, "citizen_id_form"), ({"id": "459999194013150014"}, "citizen_id_date"), ({"phone": "12345"}, "phone"),
        ({"joined": "1939-07-01"}, "joined_before_birth"), ({"joined": "1950-07-01"}, "joined_too_young"), ({"full": "1966-07-01"}, "full_before_joined"),
        ({"phone": "14000000001/14000000002"}, "two_phones"), ({"sex": "1女"}, "unknown_word"),
        ({"sex": "先生"}, "unknown_word"), ({"joined": "2030-01-01", "full": None}, "in_future"), ({"born": "#REF!"}, "error_value"),
        ({"name": 12345}, "not_a_name"), ({"name": "韦" * 41}, "too_long"),
    ],
)  # fmt: skip
def test_what_makes_a_row_no_member(cells, code):
    reading = read_rows(person(**cells))

    assert codes(reading) == [(2, [code])]


def test_every_reason_of_a_row_is_told_at_once():
    reading = read_rows(person(name=None, born="1968年2月30日", phone="1"))

    assert codes(reading) == [(2, ["impossible_date", "no_name", "phone"])]


@pytest.mark.parametrize(
    ("label", "typed", "key", "value"),
    [
        ("民族", "汉", "ethnic_group", "汉族"), ("民族", "08", "ethnic_group", "壮族"), ("民族", "瑶族", "ethnic_group", "瑶族"),
        ("学历", "大学本科", "education", "本科"), ("学历", "大学专科", "education", "大专"), ("文化程度", "普通高中", "education", "高中"),
        ("学历", "研究生（硕士）", "education", "研究生"), ("学历", "大学", "education", "本科"), ("学 历", "中专", "education", "中专"),
        ("性别", "女性", "sex", "女"), ("离退休时间", "2000年3月", "retired_on", "2000-03"), ("退休时间", datetime(2000, 3, 1), "retired_on", "2000-03"),
        ("离（退）休时间", "2000.03", "retired_on", "2000-03"), ("离/退休", "退休", "retirement_kind", "tuixiu"), ("居住状况", "独居", "living_status", "alone"),
        ("健康状况", "良好", "health", "good"), ("是否流动党员", "是", "is_floating", True), ("参加工作时间", "1958.09", "work_started_on", "1958-09"),
        ("党员类别", "正式党员", "member_kind", "full"), ("家庭住址", "荔香路1号", "address", "荔香路1号"), ("备注", "无备注事项", "remark", "无备注事项"),
        ("民族", "01汉族", "ethnic_group", "汉族"), ("民族", "僮族", "ethnic_group", "壮族"), ("学历", "大学本科、学士", "education", "本科"), ("学历", "21", "education", "本科"),
        ("人员类别", "预备党员", "member_kind", "probationary"), ("人员类别", "离休干部", "retirement_kind", "lixiu"), ("离、退休时间", "2000.03", "retired_on", "2000-03"),
        ("籍贯", "广西某县", "native_place", "广西某县"), ("原工作单位及职务", "某局局长", "former_post", "某局局长"), ("党内职务", "支部委员", "party_post", "支部委员"),
    ],
)  # fmt: skip
def test_code_lists_and_other_columns_take_the_usual_words(label, typed, key, value):
    header = [one for one in HEADER if not (key == "sex" and one == "性别")]
    row = person(1)
    if key == "sex":
        row.pop(2)

    assert only(read_rows([*row, typed], header=[*header, label]))[key] == value


def test_a_roster_without_id_numbers_is_read():
    reading = read(xlsx([["姓名", "性别", "出生年月日", "入党时间"], ["韦怀德", "男", "1940-03-15", "1967-07"]]))

    row = only(reading)
    assert row == {"row": 2, "name": "韦怀德", "sex": "男", "birth_date": "1940-03-15", "joined_on": "1967-07"}


def test_the_id_that_disagrees_with_the_roster_warns_and_the_roster_wins():
    reading = read_rows(person(born="1940-03-16", sex="女"))

    assert only(reading)["birth_date"] == "1940-03-16"
    assert len(reading.accepted[0].warnings) == 2


def test_a_date_in_three_columns_is_put_together():
    rows = [
        ["姓名", "身份证号", "入党时间", None, None, "电话"],
        [None, None, "年", "月", "日", None],
        ["韦怀德", ID_1, 1967, 7, 1, "14000000001"],
    ]

    row = only(read(xlsx(rows, merges=["C1:E1", "A1:A2", "B1:B2", "F1:F2"])))

    assert (row["joined_on"], row["phone"]) == ("1967-07-01", "14000000001")


def test_a_second_table_below_may_order_its_columns_otherwise():
    rows = [
        ["一、在职党员"],
        ["姓名", "身份证号", "电话"],
        ["韦怀德", ID_1, "14000000001"],
        ["二、退休党员"],
        ["姓名", "电话", "身份证号"],
        ["黄德", "14000000002", ID_2],
    ]

    reading = read(xlsx(rows))

    assert [(record.row, record.values["citizen_id"]) for record in reading.accepted] == [(3, ID_1), (6, ID_2)]


def test_a_second_phone_column_speaks_where_the_first_is_empty():
    rows = [
        ["姓名", "身份证号", "电话", "手机"],
        ["韦德", ID_1, "0770-0000000", "14000000001"],
        ["黄德", ID_2, "0770-0000000", None],
    ]

    reading = read(xlsx(rows))

    assert [record.values["phone"] for record in reading.accepted] == ["14000000001", "0770-0000000"]
    assert len(reading.notes) == 1


def test_a_spouse_is_not_taken_for_the_member():
    rows = [
        ["序号", "本人基本情况", None, None, "配偶情况", None],
        [None, "姓名", "身份证号", "联系电话", "姓名", "联系电话"],
        [1, "韦德", ID_1, "14000000001", "李某", "14000000009"],
    ]

    row = only(read(xlsx(rows, merges=["B1:D1", "E1:F1", "A1:A2"])))

    assert (row["name"], row["phone"]) == ("韦德", "14000000001")


def test_rows_prepared_for_later_are_no_people():
    header = [*HEADER, "民族", "所在党支部"]
    prepared = [2, *[None] * 7, "汉族", "甲支部"]

    reading = read(xlsx([header, [*person(1), "汉", "甲支部"], prepared]), branch_name="甲支部")

    assert [record.row for record in reading.accepted] == [2]
    assert reading.refused == []


def test_a_bare_count_beside_the_word_total_is_held_against_the_rows():
    reading = read_rows(person(1), person(2, name="黄德"), ["合计", 3])

    assert len(reading.notes) == 1


def test_a_hidden_sheet_with_last_years_roster_is_left_aside_and_told():
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(xlsx(None, sheets={"今年": [HEADER, person(1)], "去年": [HEADER, person(2)]}))
    )
    book["去年"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)

    reading = read(stream.getvalue())

    assert len(reading.accepted) == 1
    assert any("去年" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("title", "notes"),
    [
        ("荔香街道办事处离退休干部党支部党员花名册", 0),
        ("2018年党员花名册", 0),
        ("中共荔香街道离退休干部支部委员会2018年党员基本信息登记表", 0),
        ("荔园社区离退休干部党支部党员花名册", 1),
    ],
)
def test_a_title_that_names_another_branch_is_told(title, notes):
    reading = read(xlsx([[title], HEADER, person(1)]), branch_name="荔香街道办事处离退休干部党支部")

    assert len(reading.notes) == notes


def test_an_example_row_is_no_person():
    reading = read_rows(person(9, seq="例"), person(1, name="黄德"), person(2, name="李德", seq="例：2"))

    assert [record.row for record in reading.accepted] == [3]


@pytest.mark.parametrize(
    ("joined", "full", "code"),
    [
        ("1958.03", "1959.03", None),
        ("1967-07-15", "1967.07", None),
        ("1967.07", "1967-07-15", None),
        ("1967.07", "1967-06-30", "full_before_joined"),
        ("2018.10", None, None),
        ("2018.11", None, "in_future"),
    ],
)
def test_a_month_alone_is_given_the_benefit_of_the_doubt_and_no_more(joined, full, code):
    reading = read_rows(person(joined=joined, full=full))

    assert codes(reading) == ([(2, [code])] if code else [])


def test_a_recorded_member_of_the_same_name_and_birth_month_warns():
    people = {("韦怀德", 1940, 3): {ID_2}}

    reading = read(xlsx([HEADER, person(1, id=ID_1)]), people=people)

    assert len(reading.accepted[0].warnings) == 1


def test_a_number_of_a_text_table_may_have_lost_its_last_zero():
    rows = [HEADER, person(1, joined="1967.1", full="1968-11-01"), person(2, name="黄德", joined="1967.10")]

    assert codes(read(csv(rows), "花名册.csv")) == [(2, ["ambiguous_date"])]
    assert codes(read(xlsx(rows))) == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_table_in_utf_16_is_known_without_its_mark(encoding):
    assert only(read(csv([HEADER, person()], encoding=encoding), "花名册.csv"))["name"] == "韦怀德"


@pytest.mark.parametrize(
    "row",
    [
        ["性别选项", "男", "女"],
        [None, "男"],
        [None, "壮族"],
        ["负责人", "张某", None, "填表人", "李某", None, None, "联系电话"],
        [None, "※填写说明"],
        [None, "党支部（盖章）"],
        [None, "——以下空白——"],
        [None] * 7 + [datetime(2018, 10, 31)],
        ["/"] * 8,
        ["=ROW()-1", None, None, None, '=IF(D4="","",MID(D4,7,8))'],
    ],
)
def test_what_stands_under_the_table_is_nobody(row):
    reading = read_rows(person(1), [], row)

    assert [record.row for record in reading.accepted] == [2]
    assert reading.refused == []


@pytest.mark.parametrize(
    "row",
    [
        ["必填", "必填", "必填", "18位", "yyyy-mm-dd", "yyyy-mm-dd", "格式如1968-07-01", "11位"],
        ["栏次", "(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["—"] * 8,
        person(9, name="张三（示例）"),
    ],
)
def test_what_a_form_says_under_its_header_is_nobody(row):
    reading = read_rows(row, person(1))

    assert [record.row for record in reading.accepted] == [3]
    assert reading.refused == []


def test_a_pick_list_beside_the_table_speaks_for_nobody_under_the_same_names_or_others():
    rows = [
        [*HEADER, None, None, "性别", "民族"],
        [*person(1), None, None, "女", "壮族"],
        [*person(2, name="黄德"), None, None, None, "瑶族"],
    ]

    reading = read(xlsx(rows))

    assert [(record.values["sex"], record.values.get("ethnic_group")) for record in reading.accepted] == [
        ("1", None)
    ] * 2


def test_a_list_of_phones_beside_the_roster_is_left_aside_and_told():
    sheets = {"花名册": [HEADER, person(1)], "通讯录": [["姓名", "联系电话"], ["韦怀德", "14000000001"]]}

    reading = read(xlsx(None, sheets=sheets))

    assert len(reading.accepted) == 1
    assert any("通讯录" in note for note in reading.notes)


def test_an_old_number_of_15_digits_says_which_one_is_wanted():
    reading = read_rows(person(id="459999400315001"))

    assert "15" in reading.refused[0].reasons[0].sentence


def test_a_form_without_numbers_that_asks_for_the_month_of_birth_is_read_and_the_month_told():
    reading = read(xlsx([["姓名", "出生年月"], ["韦怀德", "1940.03"]]))

    assert only(reading)["birth_date"] == "1940-03"
    assert len(reading.accepted[0].warnings) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [["性别", "人数"], ["男", 1], ["女", 0]],
        [[None, "70岁以上", 1], [None, "汉族", "1人"]],
        [["其中：男", "1"]],
        [["支部联系人", "李某", "电话", "14000000009"]],
    ],
)
def test_statistics_under_the_table_are_nobody(rows):
    reading = read_rows(person(1), [], *rows)

    assert [record.row for record in reading.accepted] == [2]
    assert reading.refused == []


@pytest.mark.parametrize(("shown", "notes"), [("5人", 1), ("2人", 0)])
def test_a_total_in_words_that_a_formula_makes_is_held_against_the_rows(shown, notes):
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, row in enumerate([HEADER, person(1), person(2, name="黄德"), ["合计"]]):
        sheet.write_row(number, 0, row)
    sheet.write_formula(3, 1, '=COUNTA(B2:B3)&"人"', None, shown)
    book.close()

    assert len(read(stream.getvalue()).notes) == notes


def sent_back(reading):
    return read(refused_workbook(refused_rows(reading)), "请改正.xlsx")


def test_refused_rows_of_tables_in_another_order_come_back_under_one_header():
    sheets = {
        "一组": [HEADER, person(1, phone="1")],
        "二组": [[*HEADER[::-1], "民族"], [*person(2, name="黄德", phone="2")[::-1], "壮族"]],
    }

    again = sent_back(read(xlsx(None, sheets=sheets)))

    assert [(record.values["name"], record.values.get("ethnic_group")) for record in again.refused] == [
        ("韦怀德", None),
        ("黄德", "08"),
    ]
    assert codes(again) == [(2, ["phone"]), (3, ["phone"])]


def test_refused_rows_come_back_without_the_pick_list_beside_them():
    rows = [[*HEADER, None, "性别"], [*person(1, phone="1"), None, "女"]]

    again = sent_back(read(xlsx(rows)))

    assert codes(again) == [(2, ["phone"])]
    assert again.refused[0].values["sex"] == "1"


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["序号", "本人基本情况", None, None, "配偶情况", None], [None, "姓名", "身份证号", "联系电话", "姓名", "联系电话"], [1, "韦德", ID_1, "1", "李某", "14000000009"]], ["B1:D1", "E1:F1", "A1:A2"]),
        ([["姓名", "身份证号", "电话", "手机"], ["韦德", ID_1, "1", None]], []),
        ([["序号", "姓名", "身份证号", "时间", None, "电话"], [None, None, None, "入党", "转正", None], [1, "韦德", ID_1, "1967.7.1", "1968.7.1", "1"]], ["D1:E1"]),
    ],
)  # fmt: skip
def test_refused_rows_come_back_from_any_header(rows, merges):
    first = read(xlsx(rows, merges=merges))

    again = sent_back(first)

    assert codes(again) == [(2, ["phone"])]
    assert again.refused[0].values == first.refused[0].values


def test_a_number_beyond_all_sense_in_a_total_row_is_no_count():
    data = xlsx([HEADER, person(1), ["合计", 123456789.5]])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").replace(b"123456789.5", b"1e999")

    reading = read(with_part(data, "xl/worksheets/sheet1.xml", sheet))

    assert (len(reading.accepted), reading.notes) == (1, [])

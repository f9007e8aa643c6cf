"""Namesakes, second tables and what stands under a table: who is a member."""

import io
import zipfile
from datetime import datetime

import pytest

from config.kit.sheets.refused import refused_workbook
from config.kit.sheets.unstored import refused_rows
from tests.kit.workbooks import csv, with_part, xlsx
from tests.members.rosters import HEADER, ID_1, ID_2, codes, only, person, read, read_rows


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
    header = [title for title in HEADER if not (key == "sex" and title == "性别")]
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

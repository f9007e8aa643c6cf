"""Rosters as workbooks, and what was read of them."""

from datetime import date

from members.roster.reading import Known, read_roster, row_of
from tests.kit.workbooks import xlsx
from tests.make import make_citizen_id

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

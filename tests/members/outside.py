"""Rosters of `tests/data/outside`, and what was read of them."""

from datetime import date
from pathlib import Path

import openpyxl

from members.roster.imports import compare_roster

OUTSIDE = Path(__file__).parent.parent / "data" / "outside"
TODAY = date(2018, 10, 31)
BRANCH = "荔园社区离退休干部党支部"
HEADER = ["姓名", "性别", "入党时间", "转正时间", "备注"]


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

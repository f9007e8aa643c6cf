"""Forms of others as workbooks, and what was filled into them."""

import io
from datetime import date
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from config.kit.form_filling.filling import FormValues, fill
from config.kit.form_filling.template import Words, open_template
from tests.kit.workbooks import saved

WORDS = Words(
    {"year": "年", "unit": "单位", "members": "党员", "members.last_year": "上年党员", "money": "经费", "date": "日期"},
    {
        "honours": ("荣誉", {"no": "序号", "title": "名称", "level": "级别", "amount": "奖金"}),
        "visits": ("参观", {"group": "单位", "visitors": "人次"}),
    },
)
HONOURS = [
    {"no": 1, "title": "优秀党务工作者", "level": "市级", "amount": Decimal("100.50")},
    {"no": 2, "title": '=HYPERLINK("x")', "level": "县级", "amount": Decimal("200.00")},
    {"no": 3, "title": "@𠮷'喆😀", "level": "国家级", "amount": Decimal("300.25")},
]
VISITS = [{"group": "一小", "visitors": 30}, {"group": "二中", "visitors": 45}]
FACTS = FormValues(
    {"year": 2018, "unit": "荔香街道", "members": 91, "members.last_year": 88, "money": Decimal("25000.00"), "date": date(2018, 12, 31)},
    {"honours": HONOURS, "visits": VISITS},
)  # fmt: skip


def opened(data):
    return load_workbook(io.BytesIO(data), rich_text=True)


def filled(book, facts=FACTS, mapping=None):
    return opened(fill(open_template("表.xlsx", saved(book), WORDS), WORDS, facts, mapping))


def sheet_with(**cells):
    book = Workbook()
    book.active.title = "表一"
    for place, value in cells.items():
        book.active[place] = value
    return book

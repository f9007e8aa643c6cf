"""Donation registers as workbooks, and what was read of them."""

import openpyxl
from openpyxl.styles import Font

HEADER = ["收据号", "日期", "捐款人", "金额", "类别", "方式", "备注"]


def gift(number, donor="甲捐", amount=100, remark=None, day="2018-11-05"):
    return [f"2018-{number:04}", day, donor, amount, "社会捐款", "现金", remark]


def book_of(*rows, header=HEADER):
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    return book


def strike(row, *places):
    for at, cell in enumerate(row):
        if not places or at in places:
            cell.font = Font(strike=True)

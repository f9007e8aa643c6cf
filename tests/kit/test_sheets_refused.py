"""How refused rows go back: as they came, with reasons, and nothing in them can run."""

import io
import zipfile
from datetime import datetime

import openpyxl

from config.kit.sheets.refused import refused_workbook


def refused(**cells):
    return {
        "headers": {"1": "姓名", "3": "出生日期"},
        "rows": [{"row": 6, "sheet": "", "name": "", "cells": cells, "reasons": [["姓名", "请补上。", "no_name"]]}],
    }


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_the_header_the_values_and_the_reason_stand_where_they_were():
    sheet = opened(refused_workbook(refused(**{"1": ["text", "韦德", ""], "3": ["date", "1940-03-15T00:00:00", ""]})))

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "出生日期", "原因", "原行号"],
        ["韦德", datetime(1940, 3, 15), "姓名：请补上。", "6"],
    ]


def test_no_value_becomes_a_formula_or_a_link():
    data = refused_workbook(
        refused(
            **{"1": ["formula", '=HYPERLINK("http://example.org","a")', ""], "3": ["text", "http://example.org", ""]}
        )
    )

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_numbers_stay_numbers_and_long_ones_become_text():
    sheet = opened(
        refused_workbook(refused(**{"1": ["number", 14000000001, ""], "3": ["number", 4.59999194003150e17, ""]}))
    )

    assert sheet["A2"].value == 14000000001
    assert sheet["B2"].value == "459999194003150016"

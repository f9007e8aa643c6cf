"""A form that the county protects is filled without its password and handed back as protected as it came."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.workbook.protection import WorkbookProtection

from config.kit.form_filling.filling import fill
from config.kit.form_filling.template import open_template
from tests.kit.forms import FACTS, HONOURS, WORDS
from tests.kit.workbooks import saved

GIVEN = Path(__file__).parents[1] / "data" / "outside" / "20-protected-county-form" / "protected.xlsx"


def form(*, sheets=("县表",), **cells):
    book = Workbook()
    book.remove(book.active)
    for title in sheets:
        sheet = book.create_sheet(title)
        sheet["A1"] = "2018 年情况表"
        for place, value in cells.items():
            sheet[place] = value
            sheet[place].protection = Protection(locked=False)
        sheet.protection.sheet = True
    return book


def with_legacy_password():
    book = form(B2="{{members}}")
    book["县表"].protection.set_password("county")
    return book


def with_modern_password():
    book = form(B2="{{members}}")
    guard = book["县表"].protection
    guard.algorithmName, guard.hashValue, guard.saltValue, guard.spinCount = "SHA-512", "aGFzaA==", "c2FsdA==", 100000
    return book


def with_locked_structure():
    book = form(B2="{{members}}")
    book.security = WorkbookProtection(lockStructure=True)
    book.security.set_workbook_password("county")
    return book


def with_two_sheets():
    return form(sheets=("表一", "表二"), B2="{{members}}")


def with_rows_to_repeat():
    return form(A2="{{honours.no}}", B2="{{honours.title}}", B3="{{members}}")


def with_words_around():
    return form(B2="共 {{members}} 人")


CASES = [
    with_legacy_password, with_modern_password, with_locked_structure, with_two_sheets, with_rows_to_repeat, with_words_around,
]  # fmt: skip


def filled(data):
    return fill(open_template("县表.xlsx", data, WORDS), WORDS, FACTS)


def guards(data):
    """Of each sheet what its protection says, and of the workbook."""
    book = load_workbook(io.BytesIO(data))
    return [dict(sheet.protection) for sheet in book.worksheets], dict(book.security)


def test_the_given_form_is_filled_in_its_open_cells_and_comes_back_protected():
    data = GIVEN.read_bytes()

    copy = filled(data)

    sheet = load_workbook(io.BytesIO(copy))["县表"]
    assert [sheet[place].value for place in ("A1", "A2", "B2")] == ["2018年离退休党员情况表", "在册党员", 91]
    assert (sheet["A1"].protection.locked, sheet["B2"].protection.locked) == (True, False)
    assert sheet.protection.password == "DABF"
    assert guards(copy) == guards(data)


@pytest.mark.parametrize("made", CASES)
def test_every_kind_of_protection_stays_as_it_came(made):
    data = saved(made())

    copy = filled(data)

    assert guards(copy) == guards(data)
    for sheet in load_workbook(io.BytesIO(copy)).worksheets:
        assert sheet.protection.sheet
        assert sheet["A1"].protection.locked
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [text for text in texts if "{{" in text]
        assert [text for text in texts if "91" in text]


def test_repeated_rows_of_a_protected_sheet_stay_open():
    sheet = load_workbook(io.BytesIO(filled(saved(with_rows_to_repeat()))))["县表"]

    assert [sheet.cell(2 + place, 2).value for place in range(3)] == [row["title"] for row in HONOURS]
    assert not any(sheet.cell(row, 2).protection.locked for row in range(2, 6))


def test_ranges_with_a_password_of_their_own_are_named_beforehand():
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(form(B2="{{members}}")))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                ranges = b'<protectedRanges><protectedRange name="r" sqref="B2"/></protectedRanges>'
                place = text.index(b"<sheetProtection")
                end = text.index(b"/>", place) + 2
                text = text[:end] + ranges + text[end:]
            new.writestr(name, text)

    (warning,) = open_template("县表.xlsx", stream.getvalue(), WORDS).warnings

    assert "县表" in warning

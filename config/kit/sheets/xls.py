"""How an old `.xls` is read: what xlrd returns, and the few records beside it that mark password, macro and formula."""

import io
from datetime import date

import xlrd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from xlrd.compdoc import CompDoc

from config.kit.sheets.book import MOST_COLUMNS, Book, Marks, SourceSheet
from config.kit.sheets.cells import BOOL, DATE, ERROR, FORMULA, NUMBER, TEXT, Cell, Row
from config.kit.sheets.sentences import damaged, has_macros, has_password, not_a_workbook, save_as_xlsx
from config.kit.sheets.xls_records import formula_cells


def open_xls(data):
    compound = _compound(data)
    names = {node.name for node in compound.dirlist}
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise has_password()
    if not names & {"Workbook", "Book"}:
        raise not_a_workbook()
    if any(name == "_VBA_PROJECT_CUR" or name == "VBA" for name in names):
        raise has_macros()
    formulas = formula_cells(stream_of(compound))
    options = {"file_contents": data, "logfile": io.StringIO(), "ragged_rows": True}
    try:
        try:
            book = xlrd.open_workbook(**options, formatting_info=True)
        except xlrd.XLRDError:
            raise
        except Exception:  # formats of some writers confuse the reader; the cells alone can still be read
            book = xlrd.open_workbook(**options)
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise has_password() from error
        raise damaged() from error
    if book.biff_version < 50:
        raise save_as_xlsx("old_excel", _("a workbook of Excel 4 or older"))
    sheets = []
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        merges = tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        cells = formulas[place] if place < len(formulas) else {}
        marks = Marks(comments_of(sheet))
        sheets.append(
            SourceSheet(
                sheet.name,
                bool(sheet.visibility),
                lambda sheet=sheet, cells=cells, marks=marks: xls_rows(book, sheet, cells, marks),
                merges,
                lambda rows, sheet=sheet: cached_values(sheet, rows),
                marks,
            )
        )
    return Book("xls", sheets, date(1904, 1, 1) if book.datemode else date(1899, 12, 30))


def stream_of(compound):
    """The bytes of the workbook inside an OLE file."""
    for name in ("Workbook", "Book"):
        memory, base, length = compound.locate_named_stream(name)
        if memory:
            return memory[base : base + length]
    raise not_a_workbook()


def _compound(data):
    try:
        return CompDoc(data, logfile=io.StringIO())
    except Exception as error:  # a broken directory raises whatever it meets first
        raise damaged() from error


def xls_rows(book, sheet, formulas, marks):
    kinds = {
        xlrd.XL_CELL_TEXT: TEXT,
        xlrd.XL_CELL_NUMBER: NUMBER,
        xlrd.XL_CELL_BOOLEAN: BOOL,
        xlrd.XL_CELL_ERROR: ERROR,
    }
    try:
        for number in range(sheet.nrows):
            cells = {}
            for place, cell in enumerate(sheet.row(number)[:MOST_COLUMNS]):
                if (number, place) in formulas:
                    cells[place + 1] = Cell(FORMULA, f"={cell.value}")
                elif cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
                    continue
                elif cell.ctype == xlrd.XL_CELL_DATE:
                    cells[place + 1] = date_cell(book, cell)
                elif cell.ctype == xlrd.XL_CELL_ERROR:
                    cells[place + 1] = Cell(ERROR, xlrd.error_text_from_code.get(cell.value, "#ERR"))
                else:
                    cells[place + 1] = Cell(kinds.get(cell.ctype, TEXT), cell.value, format_of(book, cell))
                if place + 1 in cells and is_struck(book, sheet, number, place, cell):
                    marks.struck.setdefault(number + 1, set()).add(place + 1)
            if cells:
                yield Row(number + 1, cells)
    except ValidationError:
        raise
    except Exception as error:
        raise damaged() from error


def is_struck(book, sheet, row, place, cell):
    """Whether the text of a cell is struck out, wholly or in part."""
    if cell.xf_index is None or not book.formatting_info or cell.xf_index >= len(book.xf_list):
        return False
    fonts = [book.xf_list[cell.xf_index].font_index]
    fonts += [font for _start, font in sheet.rich_text_runlist_map.get((row, place), ())]
    return any(font < len(book.font_list) and book.font_list[font].struck_out for font in fonts)


def comments_of(sheet):
    """`{row: {column: text}}` of the comments of a sheet."""
    comments: dict = {}
    for (row, place), note in sheet.cell_note_map.items():
        comments.setdefault(row + 1, {})[place + 1] = note.text
    return comments


def date_cell(book, cell):
    try:
        return Cell(DATE, xlrd.xldate_as_datetime(cell.value, book.datemode), format_of(book, cell))
    except (xlrd.XLDateError, OverflowError, ValueError):
        return Cell(ERROR, "#VALUE!")


def format_of(book, cell):
    if cell.xf_index is None or not book.formatting_info or cell.xf_index >= len(book.xf_list):
        return ""
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return known.format_str if known else ""


def cached_values(sheet, rows):
    """`{(row, column): value}` shown for some rows."""
    return {
        (number, place): cell.value
        for number in rows
        if number <= sheet.nrows
        for place, cell in enumerate(sheet.row(number - 1)[:MOST_COLUMNS], 1)
        if isinstance(cell.value, int | float | str)
    }

"""How an `.xlsx` is read row by row, with formulas seen as formulas and no cell beyond a roster's width kept."""

import re
import warnings
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import range_boundaries

from config.kit.sheets.book import MOST_COLUMNS, Book, Marks, SourceSheet
from config.kit.sheets.cells import BOOL, DATE, ERROR, EXACT, FORMULA, NUMBER, OWN_WORKBOOK, TEXT, Cell, Row
from config.kit.sheets.marks import comments_of
from config.kit.sheets.package import CHUNK
from config.kit.sheets.parsing import CountedReader, QuickParser
from config.kit.sheets.sentences import damaged, not_a_workbook
from config.kit.sheets.size import too_much_beside
from config.kit.text_cleaning import unescaped

# Built-in formats of Chinese Excel that files name by number alone (ECMA-376 18.8.30); openpyxl has the others.
_YM, _MD, _YMD = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_FORMATS = {
    27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD, 36: _YM,
    50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD, 57: _YM, 58: _MD,
}  # fmt: skip
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BATCH = 500
MOST_MERGES = 20_000


def open_xlsx(package):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = CountedReader(package)
        reader.read()
    book = reader.wb
    if not book.worksheets:
        raise not_a_workbook()
    formats, exact, struck = {}, exact_styles(book), struck_styles(book)
    sheets = []
    for sheet in book.worksheets:
        path = getattr(sheet, "_worksheet_path", "")
        marks = Marks(comments_of(package, path))
        sheets.append(
            SourceSheet(
                sheet.title,
                sheet.sheet_state != "visible",
                lambda sheet=sheet, marks=marks: xlsx_rows(sheet, formats, exact, marks, struck, reader.struck_texts),
                merges_of(package, path),
                lambda rows, sheet=sheet: cached_values(sheet, rows),
                marks,
            )
        )
    epoch = book.epoch.date() if isinstance(book.epoch, datetime) else book.epoch
    return Book("xlsx", sheets, epoch, day_of_own(book))


def exact_styles(book):
    """Places of the cell styles whose text is read as it stands."""
    if EXACT not in book._number_formats:
        return frozenset()
    number = 164 + book._number_formats.index(EXACT)
    return frozenset(place for place, style in enumerate(book._cell_styles) if style.numFmtId == number)


def struck_styles(book):
    """Places of the cell styles whose text is struck out."""
    fonts = {place for place, font in enumerate(book._fonts) if font.strike}
    return frozenset(place for place, style in enumerate(book._cell_styles) if style.fontId in fonts)


def day_of_own(book):
    """The day a workbook of our own stands for, by its keywords; None for any other."""
    words = getattr(book.properties, "keywords", None) or ""
    try:
        return date.fromisoformat(words.removeprefix(OWN_WORKBOOK)) if words.startswith(OWN_WORKBOOK) else None
    except ValueError:
        return None


def xlsx_rows(sheet, formats, exact, marks, struck_styles, struck_texts):
    spills: list = []
    for number, row in _quietly(_parsed_rows(sheet)):
        cells: dict = {}
        last, in_order = 0, True
        for parsed in row:
            place, value = parsed["column"], parsed["value"]
            if place > MOST_COLUMNS:
                continue
            if value is None or value == "":
                # A cell that the file states twice is what it was stated last.
                cells.pop(place, None)
                continue
            in_order = in_order and place > last
            last = place
            style = parsed["style_id"]
            cell = cells[place] = plain_cell(sheet, parsed["data_type"], style, value, formats)
            if exact and cell.kind == TEXT and style in exact:
                cells[place] = Cell(TEXT, unescaped(cell.value), EXACT)
            if style in struck_styles or (struck_texts and cell.kind == TEXT and cell.value in struck_texts):
                marks.struck.setdefault(number, set()).add(place)
            if cell.kind == FORMULA and (area := _area_of(value)):
                spills.append(area)
        if not in_order:
            cells = dict(sorted(cells.items()))
        if spills:
            spills = _mark_spilled(number, cells, spills)
        if cells:
            yield Row(number, cells)


def _parsed_rows(sheet, *, data_only=False):
    """`(number, cells as openpyxl's parser gives them)`, without making an object and a full-width row of each.

    A row that stands above the one before it is left out, as openpyxl does.
    """
    book, lowest = sheet.parent, 0
    with sheet._get_source() as source:
        parser = QuickParser(
            source,
            sheet._shared_strings,
            data_only=data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, row in parser.parse():
            if number > lowest:
                lowest = number
                yield number, row


def _area_of(formula):
    """(first column, first row, last column, last row) that one formula fills, or None."""
    try:
        area = range_boundaries(getattr(formula, "ref", None) or "")
    except (ValueError, TypeError):
        return None
    return area if all(area) else None


def _mark_spilled(number, cells, spills):
    """One formula may fill a whole area; the cells below and beside it hold its values and no formula of their own."""
    spills = [area for area in spills if area[3] >= number]
    for left, top, right, bottom in spills:
        for place, cell in cells.items():
            if left <= place <= right and top <= number <= bottom and cell.kind != FORMULA:
                cells[place] = Cell(FORMULA, "=")
    return spills


def _quietly(rows):
    """The rows without openpyxl's warnings, which mean nothing to a user; its errors become one sentence."""
    rows = iter(rows)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, _BATCH))
        except ValidationError:
            raise
        except Exception as error:  # any malformed part ends here
            raise damaged() from error
        if not batch:
            return
        yield from batch


def plain_cell(sheet, kind, style, value, formats):
    if kind == "s" or kind == "inlineStr" or kind == "str":
        return Cell(TEXT, value if type(value) is str else str(value))
    if kind == "f":
        return Cell(FORMULA, value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if kind == "b":
        return Cell(BOOL, bool(value))
    if kind == "e":
        return Cell(ERROR, str(value))
    if style not in formats:
        formats[style] = format_of(sheet, style)
    shown = formats[style]
    if isinstance(value, int | float):
        return Cell(NUMBER, value, shown)
    if isinstance(value, date | time | timedelta):
        return Cell(DATE, value, shown)
    return Cell(TEXT, str(value))


def format_of(sheet, style):
    cell = ReadOnlyCell(sheet, 1, 1, None, style_id=style)
    try:
        number = cell.style_array.numFmtId
        return CHINESE_FORMATS.get(number) or cell.number_format or ""
    except (IndexError, AttributeError, KeyError, TypeError):
        return ""


def merges_of(package, path):
    """Merged ranges over more than one row or column; read beside the parser, which does not keep them while streaming."""
    areas = []
    path = path.lstrip("/")
    if path not in package.namelist():
        return ()
    with package.open(path) as part:
        while piece := part.read(CHUNK):
            areas += [
                (int(top), column_number(first), int(bottom), column_number(last))
                for first, top, last, bottom in _MERGE.findall(piece)
            ]
            if len(areas) > MOST_MERGES:
                raise too_much_beside()
    return tuple(dict.fromkeys(areas))


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + (letter if isinstance(letter, int) else ord(letter)) - 64
    return number


def cached_values(sheet, rows):
    """`{(row, column): value}` a spreadsheet program last showed for the formulas of some rows."""
    if not rows:
        return {}
    values: dict = {}
    for number, row in _quietly(_parsed_rows(sheet, data_only=True)):
        if number in rows:
            for cell in row:
                if cell["column"] <= MOST_COLUMNS and isinstance(cell["value"], int | float | str):
                    values[number, cell["column"]] = cell["value"]
        if number >= max(rows):
            break
    return values

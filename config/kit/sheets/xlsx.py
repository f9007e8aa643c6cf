"""How an `.xlsx` is read row by row, with formulas seen as formulas and no cell beyond a roster's width kept."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from openpyxl.utils import range_boundaries

from config.kit.sheets.cells import BOOL, DATE, ERROR, EXACT, FORMULA, NUMBER, OWN_WORKBOOK, TEXT, Cell, Row
from config.kit.sheets.letters import unescaped
from config.kit.sheets.marks import comments_of, texts_struck_in_part
from config.kit.sheets.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Marks,
    Sheet,
    damaged,
    not_a_workbook,
    too_many_rows,
)

# Built-in formats of Chinese Excel that files name by number alone (ECMA-376 18.8.30); openpyxl knows the others.
_YM, _MD, _YMD = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_FORMATS = {
    27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD, 36: _YM,
    50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD, 57: _YM, 58: _MD,
}  # fmt: skip
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BATCH = 500
# Looking back for what a formula showed costs a second pass; beyond this it is not worth the wait.
MOST_ROWS_LOOKED_AT_TWICE = 20_000


def open_xlsx(data):
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    if not book.worksheets:
        raise not_a_workbook()
    formats, exact, struck = {}, exact_styles(book), struck_styles(book)
    struck_texts = texts_struck_in_part(data)
    sheets = []
    for place, sheet in enumerate(book.worksheets):
        path = getattr(sheet, "_worksheet_path", "")
        marks = Marks(comments_of(data, path))
        sheets.append(
            Sheet(
                sheet.title,
                sheet.sheet_state != "visible",
                lambda sheet=sheet, marks=marks: xlsx_rows(sheet, formats, exact, marks, struck, struck_texts),
                merges_of(data, path),
                lambda rows, place=place: cached_values(data, place, rows),
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
    filled, spills = 0, []
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
            found = cells[place] = plain_cell(sheet, parsed["data_type"], style, value, formats)
            if exact and found.kind == TEXT and style in exact:
                cells[place] = Cell(TEXT, unescaped(found.value), EXACT)
            if style in struck_styles or (struck_texts and found.kind == TEXT and found.value in struck_texts):
                marks.struck.setdefault(number, set()).add(place)
            if found.kind == FORMULA and (area := _area_of(value)):
                spills.append(area)
        if not in_order:
            cells = dict(sorted(cells.items()))
        if spills:
            spills = _mark_spilled(number, cells, spills)
        if cells:
            filled += 1
            if filled > MOST_ROWS + 1000:
                raise too_many_rows()
            yield Row(number, cells)


def _parsed_rows(sheet):
    """`(number, cells as openpyxl's parser gives them)`, without making an object and a full-width row of each.

    A row that stands above the one before it is left out, as openpyxl does.
    """
    from config.kit.sheets.parsing import QuickParser

    book, lowest = sheet.parent, 0
    with sheet._get_source() as source:
        parser = QuickParser(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
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
    """The rows without openpyxl's warnings, which say nothing to a clerk; its errors become one sentence."""
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
        return Cell(FORMULA, str(value))
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
    from openpyxl.cell.read_only import ReadOnlyCell

    cell = ReadOnlyCell(sheet, 1, 1, None, style_id=style)
    try:
        number = cell.style_array.numFmtId
        return CHINESE_FORMATS.get(number) or cell.number_format or ""
    except (IndexError, AttributeError, KeyError, TypeError):
        return ""


def merges_of(data, path):
    """Merged ranges over more than one row or column; read beside the parser, which does not keep them while streaming."""
    found, rest = [], b""
    path = path.lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if path not in package.namelist():
            return ()
        with package.open(path) as part:
            while chunk := part.read(1 << 20):
                rest += chunk
                if b"mergeCell" not in rest:
                    rest = rest[-64:]
                    continue
                for first, top, last, bottom in _MERGE.findall(rest):
                    found.append((int(top), column_number(first), int(bottom), column_number(last)))
                if len(found) > 20_000:
                    break
                # A tag cut by the edge of the chunk is seen again, whole, with the next one.
                cut = rest.rfind(b"<")
                rest = rest[cut:] if cut >= 0 and len(rest) - cut < 4096 else b""
    return tuple(dict.fromkeys(found))


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + (letter if isinstance(letter, int) else ord(letter)) - 64
    return number


def cached_values(data, place, rows):
    """`{(row, column): number}` a spreadsheet program last showed for the formulas of some rows."""
    from openpyxl import load_workbook

    if not rows or max(rows) > MOST_ROWS_LOOKED_AT_TWICE:
        return {}
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[place]
    sheet.reset_dimensions()
    values = {}
    for number, row in enumerate(_quietly(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=max(rows))), 1):
        if number in rows:
            values.update(
                {
                    (number, at): cell.value
                    for at, cell in enumerate(row, 1)
                    if isinstance(cell.value, int | float | str)
                }
            )
    return values

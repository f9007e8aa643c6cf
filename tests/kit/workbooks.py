"""Small office workbooks for tests: `xlsx(rows)`, `xls(rows)`, `csv(rows)` as bytes."""

import io
import zipfile

import openpyxl
import xlwt


def xlsx(rows, *, merges=(), hidden_rows=(), formats=None, epoch_1904=False, sheets=None):
    """`formats` is {(row, column): number format}; `sheets` is {name: rows}, first sheet first, in place of `rows`."""
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.remove(book.active)
    for name, its_rows in (sheets or {"Sheet1": rows}).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(its_rows, 1):
            for place, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(number, place).value = value
    sheet = book.worksheets[0]
    for merge in merges:
        sheet.merge_cells(merge)
    for number in hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for (number, place), shape in (formats or {}).items():
        sheet.cell(number, place).number_format = shape
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(rows, *, date_format="YYYY-MM-DD", formulas=()):
    """Dates become date cells; `formulas` is [(row, column, formula)]."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    style = xlwt.easyxf(num_format_str=date_format)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None:
                continue
            if hasattr(value, "isoformat"):
                sheet.write(number, place, value, style)
            else:
                sheet.write(number, place, value)
    for number, place, formula in formulas:
        sheet.write(number - 1, place - 1, xlwt.Formula(formula))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv(rows, *, encoding="utf-8", delimiter=","):
    lines = []
    for row in rows:
        cells = ["" if value is None else str(value) for value in row]
        lines.append(
            delimiter.join(f'"{cell}"' if any(sign in cell for sign in f'{delimiter}"\n') else cell for cell in cells)
        )
    return "\r\n".join(lines).encode(encoding)


def saved(book):
    """The bytes of an openpyxl or xlwt workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data, name, content, **changes):
    """A package with one more part, or one in place of another, and parts changed by functions of their text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part.filename)
            for ending, change in changes.items():
                if part.filename.replace("/", "_").replace(".", "_").endswith(ending):
                    text = change(text)
            if part.filename != name:
                new.writestr(part, text)
        new.writestr(name, content)
    return stream.getvalue()

"""How a finished workbook is read."""

from openpyxl import load_workbook


def rows_of(path, sheet, **options):
    return list(load_workbook(path, **options)[sheet].iter_rows(values_only=True))


def lines_from(rows, first_cell):
    """The row that begins with a cell, whole."""
    return next(row for row in rows if row[0] == first_cell)


def rows_of_sheet(book, name):
    return list(book[name].iter_rows(values_only=True))

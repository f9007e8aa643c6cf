"""What every reader of a file format gives: a workbook, its sheets and what their cells show beside their text."""

from typing import NamedTuple

MOST_COLUMNS = 120


class Marks:
    """What a sheet's cells show beside their text, filled while its rows are read: `{row: …}` of each.

    `struck` holds the columns whose text is struck out, wholly or in part; `comments` `{column: text}`.
    """

    def __init__(self, comments=None):
        self.struck: dict = {}
        self.comments: dict = comments or {}


NO_MARKS = Marks()


class SourceSheet(NamedTuple):
    """One sheet: `rows()` yields its filled rows in order; `merges` are (first row, first column, last row, last column)."""

    name: str
    hidden: bool
    rows: object
    merges: tuple = ()
    cached: object = None
    marks: Marks = NO_MARKS


class Book(NamedTuple):
    """An opened workbook; `epoch` is the day that serial number 0 stands for, `kind` one of xlsx, xls, csv.

    `stands_for` is the day that a workbook of this program's own making shows.
    """

    kind: str
    sheets: list
    epoch: object
    stands_for: object = None

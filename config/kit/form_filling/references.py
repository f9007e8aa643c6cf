"""Where the rows of a sheet go when its row blocks grow, and how every range and formula changes with them."""

import re

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

CELL = r"(\$?[A-Za-z]{1,3})(\$?)(\d{1,7})"
_REFERENCE = re.compile(rf"^((?:'(?:[^']|'')+'|[^\s!'\[\]()]+)!)?{CELL}(?::{CELL})?$")
_ROWS = re.compile(r"^((?:'(?:[^']|'')+'|[^\s!'\[\]()]+)!)?(\$?)(\d{1,7}):(\$?)(\d{1,7})$")
LOWEST = 1_048_576  # the last row of any sheet
# Given a single cell of a repeated row, these mean all of its copies.
_OF_MANY = {"SUM(", "COUNT(", "COUNTA(", "AVERAGE(", "MAX(", "MIN("}


class RowMap:
    """Where each row of a sheet stands in the filled copy.

    `order` names for every new row the old one and which record's copy of it (0 for rows that stand once).
    """

    def __init__(self, order):
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        self.copies: dict[tuple[int, int], int] = {}
        for new, (old, copy) in enumerate(order, 1):
            self.first.setdefault(old, new)
            self.last[old] = new
            self.copies[old, copy] = new
        self.lowest = max(self.last, default=0)
        self.grown = len(order) - self.lowest

    def begin(self, row):
        """The first copy of a row; of one that is dropped, the first row after it."""
        while row <= self.lowest and row not in self.first:
            row += 1
        return self.first.get(row, row + self.grown)

    def end(self, row):
        """The last copy of a row; of one that is dropped, the last row before it."""
        while 0 < row <= self.lowest and row not in self.last:
            row -= 1
        return self.last.get(row, min(row + self.grown, LOWEST) if row else 1)

    def is_repeated(self, row):
        return self.first.get(row) != self.last.get(row)

    def own(self, row, copy):
        """The copy of a row that belongs to the same record."""
        return self.copies.get((row, copy)) or self.begin(row)


class Here:
    """Where a formula stands: its sheet, the record whose copy it is, and the old rows of its block."""

    def __init__(self, sheet, copy=0, rows=()):
        self.sheet, self.copy, self.rows = sheet, copy, frozenset(rows)


def moved_area(area, rows):
    """A range of one sheet, such as `A5:C5`, as it stands in the filled copy: it covers all copies of its rows."""
    match = _REFERENCE.match(area)
    if not match:
        return moved_rows(area, rows)
    sheet, left, fixed, top, right, fixed_too, bottom = match.groups()
    start = f"{sheet or ''}{left}{fixed}{rows.begin(int(top))}"
    if right is None:
        last = rows.end(int(top))
        return start if last == rows.begin(int(top)) else f"{start}:{left}{fixed}{last}"
    return f"{start}:{right}{fixed_too}{rows.end(int(bottom))}"


def moved_rows(area, rows):
    match = _ROWS.match(area)
    if not match:
        return area
    sheet, fixed, top, fixed_too, bottom = match.groups()
    return f"{sheet or ''}{fixed}{rows.begin(int(top))}:{fixed_too}{rows.end(int(bottom))}"


def moved_formula(formula, maps, here):
    """A formula whose references follow their rows; `maps` are the RowMaps of the sheets that grow, by title."""
    tokens = Tokenizer(formula).items
    parts = []
    for place, token in enumerate(tokens):
        text = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            before = tokens[place - 1].value.upper() if place else ""
            after = tokens[place + 1].value if place + 1 < len(tokens) else ""
            text = _moved(text, maps, here, is_alone=before in _OF_MANY and after == ")")
        parts.append(text)
    return "=" + "".join(parts)


def _moved(text, maps, here, *, is_alone):
    match = _REFERENCE.match(text)
    rows = maps.get(title_of(text) or here.sheet)
    if rows is None:
        return text
    if not match:
        return moved_rows(text, rows)
    sheet, left, fixed, top, right, fixed_too, bottom = match.groups()
    is_ours = (title_of(text) or here.sheet) == here.sheet
    first = int(top)
    inside = is_ours and first in here.rows
    start = rows.own(first, here.copy) if inside and not fixed else rows.begin(first)
    if right is None:
        if is_alone and not inside and rows.is_repeated(first):
            return f"{sheet or ''}{left}{fixed}{start}:{left}{fixed}{rows.end(first)}"
        return f"{sheet or ''}{left}{fixed}{start}"
    last = int(bottom)
    inside = is_ours and last in here.rows
    stop = rows.own(last, here.copy) if inside and not fixed_too else rows.end(last)
    return f"{sheet or ''}{left}{fixed}{start}:{right}{fixed_too}{stop}"


def title_of(text):
    """The sheet that a reference names, or nothing."""
    sheet, mark, _rest = text.rpartition("!")
    if not mark:
        return ""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet

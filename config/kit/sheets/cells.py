"""One cell and one row of a workbook, the same for every file format."""

from typing import Any, NamedTuple

TEXT, NUMBER, DATE, BOOL, FORMULA, ERROR, MERGED = "text", "number", "date", "bool", "formula", "error", "merged"
# The `format` of text from a text table: what stands there may have been a number.
UNTYPED = "untyped"
# The number format of text that this program wrote and that is read back as it stands, odd spaces and signs included.
EXACT = "General;General;General;@"
# How a workbook that this program wrote begins its keywords; the day it stands for follows.
OWN_WORKBOOK = "yure "


class Cell(NamedTuple):
    """A filled cell; `format` is the number format where the file has one, MERGED a cell that shares another's value."""

    kind: str
    value: Any
    format: str = ""

    @property
    def shown(self):
        """The value as plain text, for headers, notes and files that go back."""
        if self.kind == BOOL:
            return "TRUE" if self.value else "FALSE"
        if self.kind == NUMBER:
            return number_text(self.value)
        if self.kind == DATE:
            return self.value.isoformat(" ")[:10] if hasattr(self.value, "year") else str(self.value)
        return str(self.value)


class Row(NamedTuple):
    """A row with its number as the office sees it and its filled cells by column (1 is A)."""

    number: int
    cells: dict


def number_text(value):
    """A number without the decimals a spreadsheet adds: `14000007394.0` → `14000007394`."""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    return str(value)

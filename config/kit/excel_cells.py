"""How one value becomes one cell: text as text, native dates, money with its fen, formulas with their value beside them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from config.kit.sheets.cells import EXACT
from config.kit.sheets.values import is_kept

TEXT, NUMBER, MONEY, DATE, MONTH = "text", "number", "money", "date", "month"
# A column of figures of several kinds: amounts of money (Decimal) keep their fen, counts have no decimals.
FIGURE = "figure"
FORMATS = {NUMBER: "#,##0", MONEY: "#,##0.00", DATE: "yyyy-mm-dd", MONTH: "yyyy.mm"}
WIDTHS = {TEXT: 14, FIGURE: 14, NUMBER: 9, MONEY: 14, DATE: 12, MONTH: 10}
EMPTY = "—"
FONT = "宋体"
LONGEST = 32_767  # characters a cell holds
# Day 1 of a spreadsheet is 1 January 1900; it believes in 29 February 1900, so days before March are text.
EPOCH, FIRST_DAY = date(1899, 12, 30).toordinal(), date(1900, 3, 1).toordinal()


@dataclass(frozen=True)
class Formula:
    """A formula with the value it has now.

    `{row}` stands for the Excel row it is written in, `{above}` for the one before, the key of a column for its letter.
    """

    text: str
    value: Any


@dataclass(frozen=True)
class NamedCell:
    """A value whose cell other sheets read by this name."""

    name: str
    value: Any


@dataclass(frozen=True)
class Typed:
    """A value of another kind than its column, such as a month among days."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Link:
    """Words that lead to another sheet."""

    sheet: str
    text: str


SPECIAL = (Formula, NamedCell, Typed, Link)


def written_width(text):
    """Characters of a cell's width a text takes: a Chinese one counts for two, and some room is left beside it."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) / 2 * 1.07


def fitting(text):
    """The text cut to what a cell can hold, with a mark where it was cut."""
    if len(text) <= LONGEST:
        return text
    mark = _(" … (cut here: a cell holds %(most)s characters, the text has %(count)s)") % {
        "most": f"{LONGEST:,}",
        "count": f"{len(text):,}",
    }
    return text[: LONGEST - len(mark)] + mark


def lines_of(text, room, scale=1.0):
    """Lines a text takes in a cell `room` wide; `scale` is its size over that of body text."""
    return sum(max(1, math.ceil(written_width(line) * scale / max(room - 1, 1))) for line in text.split("\n")) or 1


class Styles:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book):
        self.book = book
        self.made = {}

    def __call__(self, **looks):
        key = tuple(sorted(looks.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter"} | looks)
        return self.made[key]

    def body(self, kind, *, bold=False):
        looks = {"border": 1, "bold": bold}
        if kind == TEXT:
            return self(**looks, num_format="@", text_wrap=True, align="left")
        align = "right" if kind in {NUMBER, MONEY} else "center"
        return self(**looks, num_format=FORMATS[kind], align=align)


class Cells:
    """Writes values into the cells of one sheet; each writer returns the lines its value takes."""

    def __init__(self, page, styles, refs):
        self.page, self.styles, self.refs = page, styles, refs
        self.letters: dict[str, str] = {}  # of the columns of the table that is being written, by key

    @cache  # noqa: B019 (lives as long as its sheet is written)
    def writer(self, kind, room, *, bold=False, centred=False) -> Callable:
        """`write(row, place, value)` for one kind of column; a serial number in the first one stands in the middle."""
        if kind == TEXT:
            return self._text_writer(room, bold)
        if kind in (DATE, MONTH):
            return self._day_writer(kind, room, bold)
        nothing = self._nothing(kind, bold)
        if kind == FIGURE:

            def figure(row, place, value):
                if value is None:
                    return nothing(row, place)
                if isinstance(value, SPECIAL):
                    return self._special(row, place, value, kind, room, bold)
                return self.writer(self._kind_of(value), room, bold=bold)(row, place, value)

            return figure
        style, write_number = self.styles.body(kind, bold=bold), self.page.write_number
        if centred and kind == NUMBER:
            style = self.styles(border=1, bold=bold, num_format=FORMATS[NUMBER], align="center")

        def number(row, place, value):
            if value is None or value == "":
                return nothing(row, place)
            if isinstance(value, SPECIAL):
                return self._special(row, place, value, kind, room, bold)
            write_number(row, place, float(value) if type(value) is Decimal else value, style)
            return 1

        return number

    def _nothing(self, kind, bold):
        style = self.styles.body(TEXT, bold=bold)
        if kind != TEXT:
            style = self.styles(border=1, bold=bold, num_format="@", align="center")
        write_string = self.page.write_string

        def nothing(row, place):
            write_string(row, place, EMPTY, style)
            return 1

        return nothing

    def _text_writer(self, room, bold):
        text_style = self.styles.body(TEXT, bold=bold)
        exact_style = self.styles(border=1, bold=bold, num_format=EXACT, text_wrap=True, align="left")
        write_string, nothing, roomy = self.page.write_string, self._nothing(TEXT, bold), int((room - 1) / 2.14)

        def text(row, place, value):
            if type(value) is not str:
                if isinstance(value, SPECIAL):
                    return self._special(row, place, value, TEXT, room, bold)
                value = "" if value is None else str(value)
            if not value:
                return nothing(row, place)
            lines = 1
            if len(value) > roomy or "\n" in value:
                value = fitting(value)
                lines = lines_of(value, room)
            write_string(row, place, value, text_style if is_kept(value) else exact_style)
            return lines

        return text

    def _day_writer(self, kind, room, bold):
        style, text_style = self.styles.body(kind, bold=bold), self.styles.body(TEXT, bold=bold)
        write_string, write_number, nothing = self.page.write_string, self.page.write_number, self._nothing(kind, bold)

        def day(row, place, value):
            if value is None or value == "":
                return nothing(row, place)
            if isinstance(value, SPECIAL):
                return self._special(row, place, value, kind, room, bold)
            ordinal = value.toordinal()
            if ordinal < FIRST_DAY:
                write_string(row, place, value.isoformat() if kind == DATE else f"{value:%Y.%m}", text_style)
            else:
                write_number(row, place, ordinal - EPOCH, style)
            return 1

        return day

    def _kind_of(self, value):
        plain = self.plain(value)
        return MONEY if isinstance(plain, Decimal) else TEXT if isinstance(plain, str) else NUMBER

    def _special(self, row, place, value, kind, room, bold):
        if isinstance(value, NamedCell):
            reference = f"${column_letter(place)}${row + 1}"
            self.refs.add(value.name, self.page.get_name(), reference, self.plain(value))
            return self.writer(kind, room, bold=bold)(row, place, value.value)
        if isinstance(value, Typed):
            return self.writer(value.kind, room, bold=bold)(row, place, value.value)
        if isinstance(value, Link):
            quoted = value.sheet.replace("'", "''")
            style = self.styles(border=1, text_wrap=True, align="left", font_color="#0b4f8a", underline=1)
            self.page.write_url(row, place, f"internal:'{quoted}'!A1", style, value.text)
            return lines_of(value.text, room)
        kind = self._kind_of(value) if kind == FIGURE else kind
        style = self.styles.body(kind, bold=bold)
        if isinstance(value.value, bool):
            style = self.styles(border=1, bold=True, align="center")
        plain = float(value.value) if isinstance(value.value, Decimal) else value.value
        text = value.text.format(row=row + 1, above=row, **self.letters)
        self.page.write_formula(row, place, text, style, plain)
        return 1

    @staticmethod
    def plain(value):
        """The value that a reader of the cell sees."""
        while isinstance(value, (NamedCell, Typed, Formula)):
            value = value.value
        return value.text if isinstance(value, Link) else value


def column_letter(place):
    """Excel's letter of a column counted from zero."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

"""How office workbooks look: the layout customs of yearly reports, with a computed value stored beside every formula.

Text stays text (no cell becomes a formula by its content), dates and money keep formats of their own.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

TEXT, NUMBER, MONEY, DATE, MONTH = "text", "number", "money", "date", "month"
# A column of figures of several kinds: amounts of money (Decimal) keep their fen, counts have no decimals.
FIGURE = "figure"
FORMATS = {NUMBER: "#,##0", MONEY: "#,##0.00", DATE: "yyyy-mm-dd", MONTH: "yyyy.mm"}
WIDTHS = {TEXT: 14, FIGURE: 14, NUMBER: 9, MONEY: 13, DATE: 12, MONTH: 10}
EMPTY = "—"
FONT = "宋体"


@dataclass(frozen=True)
class Column:
    """One column: its heading, where its value comes from, how it is written; `total` sums it in the last row."""

    title: str
    value: Callable[[Any], Any]
    kind: str = TEXT
    width: float = 0
    total: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula with the value it has now; `{row}` stands for the Excel row it is written in."""

    text: str
    value: Any


@dataclass(frozen=True)
class Block:
    """One table of a sheet; `total_label` adds the row of sums (合计)."""

    columns: Sequence[Column]
    rows: Iterable[Any]
    heading: str = ""
    total_label: str = ""


@dataclass(frozen=True)
class Sheet:
    name: str
    title: str
    blocks: Sequence[Block]
    unit: str = ""
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Frame:
    """What stands around every report: who fills it in, for which day, whether it is confidential."""

    reporting_unit: str
    on: date
    phone: str = ""
    confidential: bool = True


def write_workbook(target: Path, sheets: Iterable[Sheet], frame: Frame) -> Path:
    """Write the sheets to `target`; a run that stops half-way leaves no file behind."""
    import xlsxwriter

    target = Path(target)
    descriptor, unfinished = tempfile.mkstemp(suffix=".xlsx", dir=target.parent)
    os.close(descriptor)
    try:
        options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(unfinished, options) as book:
            book.set_properties({"title": frame.reporting_unit, "created": _midnight(frame.on)})
            styles = Styles(book)
            for sheet in sheets:
                SheetWriter(book.add_worksheet(sheet.name[:31]), styles, sheet, frame).write()
        os.chmod(unfinished, 0o640)
        os.replace(unfinished, target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return target


def _midnight(day):
    from datetime import datetime

    return datetime(day.year, day.month, day.day)


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


class SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, page, styles, sheet, frame):
        self.page, self.styles, self.sheet, self.frame = page, styles, sheet, frame
        self.width = max(len(block.columns) for block in sheet.blocks)
        self.row = 0

    def write(self):
        self._widths()
        self._title()
        for place, block in enumerate(self.sheet.blocks):
            self._block(block, is_first=place == 0)
        self._foot()
        self._print_setup()

    def _merged(self, text, style, *, height=None):
        if self.width > 1:
            self.page.merge_range(self.row, 0, self.row, self.width - 1, text, style)
        else:
            self.page.write_string(self.row, 0, text, style)
        if height:
            self.page.set_row(self.row, height)
        self.row += 1

    def _widths(self):
        for place in range(self.width):
            columns = [block.columns[place] for block in self.sheet.blocks if place < len(block.columns)]
            self.page.set_column(place, place, max(column.width or WIDTHS[column.kind] for column in columns))

    def _title(self):
        self._merged(self.sheet.title, self.styles(bold=True, font_size=20, align="center"), height=36)
        parts = [
            _("Reporting unit (seal): %(unit)s") % {"unit": self.frame.reporting_unit},
            _("Filled in on: %(day)s") % {"day": written_date(self.frame.on)},
        ]
        if self.sheet.unit:
            parts.append(_("Unit: %(unit)s") % {"unit": self.sheet.unit})
        self._merged("        ".join(parts), self.styles(align="left"), height=22)
        if self.frame.confidential:
            self._merged(_("Internal material, confidential"), self.styles(bold=True, align="left"))

    def _block(self, block, *, is_first):
        if block.heading:
            self._merged(block.heading, self.styles(bold=True, align="left"), height=24)
        header = self.styles(bold=True, border=1, align="center", text_wrap=True)
        for place, column in enumerate(block.columns):
            self.page.write_string(self.row, place, column.title, header)
        self.page.set_row(self.row, 32)
        if is_first:
            self.page.freeze_panes(self.row + 1, 0)
            self.page.repeat_rows(self.row)
        self.row += 1
        first, sums = self.row, [Decimal(0)] * len(block.columns)
        for record in block.rows:
            for place, column in enumerate(block.columns):
                value = column.value(record)
                self._cell(place, value, column.kind)
                if column.total:
                    plain = value.value if isinstance(value, Formula) else value
                    sums[place] += Decimal(str(plain or 0))
            self.row += 1
        if block.total_label:
            self._totals(block, first, sums)

    def _cell(self, place, value, kind, *, bold=False):
        if kind == FIGURE:
            kind = MONEY if isinstance(value, Decimal) else NUMBER
        style = self.styles.body(kind, bold=bold)
        if isinstance(value, Formula):
            self.page.write_formula(self.row, place, value.text.format(row=self.row + 1), style, _number(value.value))
        elif value is None or value == "":
            self.page.write_string(self.row, place, EMPTY, self.styles.body(TEXT, bold=bold))
        elif kind in {DATE, MONTH}:
            self.page.write_datetime(self.row, place, _midnight(value), style)
        elif kind in {NUMBER, MONEY}:
            self.page.write_number(self.row, place, _number(value), style)
        else:
            self.page.write_string(self.row, place, str(value), style)

    def _totals(self, block, first, sums):
        last = self.row - 1
        for place, column in enumerate(block.columns):
            if place == 0:
                self.page.write_string(self.row, 0, block.total_label, self.styles.body(TEXT, bold=True))
            elif column.total and last >= first:
                letter = column_letter(place)
                formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
                self._cell(place, Formula(formula, sums[place]), column.kind, bold=True)
            elif column.total:
                self._cell(place, 0, column.kind, bold=True)
            else:
                self.page.write_blank(self.row, place, None, self.styles.body(TEXT, bold=True))
        self.row += 1

    def _foot(self):
        for note in self.sheet.notes:
            self._merged(note, self.styles(align="left", text_wrap=True))
        self._merged(
            _("Head of unit:            Reviewed by:            Prepared by:            Phone: %(phone)s")
            % {"phone": self.frame.phone},
            self.styles(align="left"),
            height=28,
        )

    def _print_setup(self):
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.page.center_horizontally()
        self.page.set_footer("&C" + _("Page &P of &N"))


def _number(value):
    """A cell holds a double: money up to a trillion yuan keeps its fen in it."""
    return float(value) if isinstance(value, Decimal) else value


def column_letter(place):
    """Excel's letter of a column counted from zero."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def written_date(day):
    """A day as it stands in office papers, in the active language."""
    from django.utils.formats import date_format

    return date_format(day, "DATE_FORMAT")

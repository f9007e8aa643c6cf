"""How office workbooks look: the layout customs of yearly reports, with a computed value stored beside every formula.

Text stays text (no cell becomes a formula by its content), dates and money keep formats of their own. Rows are written as
they come and never kept, so that a sheet of a hundred thousand of them needs no more memory than one of ten.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from config.kit.excel_cells import TEXT, Styles
from config.kit.excel_sheets import CoverWriter, SheetWriter
from config.kit.files import atomic_write, scratch_folder
from config.kit.sheets.cells import OWN_WORKBOOK


@dataclass(frozen=True)
class Column:
    """One column: its heading, where its value comes from, how it is written.

    `total` sums it in the last row ("ones" counts the cells that hold 1), `ref` names that sum for other sheets,
    `key` names the column for formulas and charts of its sheet and for a form that takes it.
    """

    title: str
    value: Callable[[Any], Any]
    kind: str = TEXT
    width: float = 0
    total: bool | str = False
    ref: str = ""
    key: str = ""


@dataclass(frozen=True)
class Block:
    """One table of a sheet; `has_total` adds the row of sums (合计), `ref` names the number of its rows.

    `rows` may be a function of the `CellRefs` written so far, on a sheet that is `late`.
    """

    columns: Sequence[Column]
    rows: Iterable[Any] | Callable
    heading: str = ""
    has_total: bool = False
    ref: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart of one block: columns, by key, as series over its rows, or (`of_total`) one series along the row of sums."""

    title: str
    columns: Sequence[str]
    block: int = 0
    kind: str = "column"
    of_total: bool = False


@dataclass(frozen=True)
class Worksheet:
    """A sheet; `late` ones keep their place and are written after the others, `confidential` None asks the frame.

    `report` is the code of the report it is part of.
    """

    name: str
    title: str
    blocks: Sequence[Block]
    unit: str = ""
    notes: Sequence[str] = field(default=())
    charts: Sequence[Chart] = field(default=())
    confidential: bool | None = None
    late: bool = False
    report: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Cover:
    """The first sheet: what this workbook is, of whom, of which year and day, made by whom."""

    name: str
    title: str
    lines: Sequence[tuple[str, str]]
    notice: str = ""
    late: bool = False
    summary: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around every report: who fills it in, for which day, whether it is confidential.

    `nothing` is said in a table without rows.
    """

    reporting_unit: str
    on: date
    phone: str = ""
    confidential: bool = True
    title: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class CellRef:
    """Where a figure stands: its sheet, the expression other sheets read it by, its value now."""

    sheet: str
    expression: str
    value: Any


class CellRefs:
    """What has been written: figures by the names of their cells, and sheets with the number of their rows."""

    def __init__(self):
        self.figures: dict[str, CellRef] = {}
        self.sheets: list[list] = []

    def add(self, name, sheet, reference, value):
        quoted = sheet.replace("'", "''")
        # Other sheets put it into a Formula, where braces mean something.
        quoted = quoted.replace("{", "{{").replace("}", "}}")
        expression = re.sub(r"\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?", lambda match: f"'{quoted}'!{match[0]}", reference)
        self.figures[name] = CellRef(sheet, expression, value)


def write_workbook(
    target: Path, sheets: Iterable[Worksheet | Cover], frame: Frame, *, on_progress: Callable | None = None
) -> Path:
    """Write the sheets to `target`; a run that stops half-way leaves no file behind.

    `on_progress(sheet name, rows written)` is called every STEP rows.
    """
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    import xlsxwriter

    target = Path(target)
    with scratch_folder() as folder, atomic_write(target) as unfinished:
        options = {
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "constant_memory": True,
            "tmpdir": str(folder),
        }
        with xlsxwriter.Workbook(unfinished, options) as book:
            book.set_properties(
                {
                    "title": frame.title or frame.reporting_unit,
                    "created": _midnight(frame.on),
                    "keywords": f"{OWN_WORKBOOK}{frame.on.isoformat()}",
                }
            )
            styles, refs = Styles(book), CellRefs()
            waiting, names = [], set[str]()
            for sheet in sheets:
                name = sheet_name(sheet.name, names)
                listed = [sheet, name, 0]
                refs.sheets.append(listed)
                page = book.add_worksheet(name)
                writer = CoverWriter if isinstance(sheet, Cover) else SheetWriter
                writing = writer(book, page, styles, sheet, frame, refs, on_progress)
                if sheet.late:
                    waiting.append((writing, listed))
                else:
                    listed[2] = writing.write()
            for writing, listed in waiting:
                listed[2] = writing.write()
            if not refs.sheets:
                book.add_worksheet()
    return target


LONGEST_SHEET_NAME = 31


def sheet_name(wanted, taken):
    """A name Excel takes: 31 characters, none of `[]:*?/\\`, no apostrophe at an end, each once."""
    wanted = re.sub(r"[\[\]:*?/\\]", " ", wanted).strip("' ") or _("sheet")
    name, number = wanted[:LONGEST_SHEET_NAME].strip("' "), 1
    while name.lower() in taken:
        number += 1
        tail = f" ({number})"
        name = wanted[: LONGEST_SHEET_NAME - len(tail)] + tail
    taken.add(name.lower())
    return name


def _midnight(day):
    return datetime(day.year, day.month, day.day)

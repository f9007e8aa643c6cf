"""Which placeholders stand in which cells of a form, and whether it can be filled without harm."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.formula import ArrayFormula

from config.kit.form_filling.size import FORMS, FormReader, refuse_far_things
from config.kit.form_filling.unsupported import refuse_what_would_be_lost
from config.kit.sheets.package import Package, refuse_bad_package
from config.kit.sheets.reading import OLE
from config.kit.sheets.sentences import damaged, has_password, refusal, save_as_xlsx

LARGEST_FORM = 5 * 1024 * 1024
MOST_BLOCKS, MOST_SPOTS = 500, 5_000
# `{{members}}`, `{{#honours}}`, `{{honours.title}}`, `{{/honours}}`
TOKEN = re.compile(r"\{\{\s*+([#/]?+)\s*+([^{}#/\s][^{}]{0,60}?)\s*+\}\}")


@dataclass(frozen=True)
class Words:
    """What a form may name: figures, and lists with the fields of their rows; each name with its words."""

    figures: Mapping[str, Any]
    lists: Mapping[str, tuple[Any, Mapping[str, Any]]]

    def split(self, name):
        """`(list, field)` of a name such as `honours.title`, or None."""
        key, dot, part = name.partition(".")
        return (key, part) if dot and key in self.lists and name not in self.figures else None


class Spot(NamedTuple):
    """One placeholder: where it stands and what it names; `list` is the list whose row it takes a field of."""

    sheet: str
    cell: str
    name: str
    list: str = ""


@dataclass
class RowBlock:
    """Rows that are repeated for each record of a list; rows with nothing but its two marks fall away."""

    key: str
    opened: int
    cell: str
    closed: int = 0
    dropped: set = field(default_factory=set)

    @property
    def rows(self):
        return [row for row in range(self.opened, self.closed + 1) if row not in self.dropped]


@dataclass
class Template:
    """An opened form: the workbook of openpyxl, its placeholders and row blocks, and notes about it."""

    book: Any
    spots: list[Spot]
    blocks: dict[str, list[RowBlock]]
    warnings: list[str]

    def unknown(self, words):
        """Names in the form that mean nothing here, in the order found."""
        return list(dict.fromkeys(spot.name for spot in self.spots if not spot.list and spot.name not in words.figures))


def refuse(code, sheet, cell, sentence):
    """Raise a ValidationError that names sheet and cell."""
    words = {"sheet": sheet.title, "cell": cell, "sentence": sentence}
    raise refusal(code, _("Sheet “%(sheet)s”, cell %(cell)s: %(sentence)s") % words)


def text_of(cell):
    """What stands in a cell as text, full-width braces made plain; nothing where it holds a number or a date."""
    value = cell.value
    if not isinstance(value, (str, CellRichText)):
        return ""
    return str(value).replace("｛｛", "{{").replace("｝｝", "}}")


def open_template(name, data, words) -> Template:
    """The form in an upload; ValidationError names sheet and cell of what is in the way."""
    _refuse_file(name, data)
    try:
        package = Package(data, FORMS)
        refuse_bad_package(package)
        notes = refuse_what_would_be_lost(package)
        book = _load(package)
        for sheet in book.worksheets:
            refuse_far_things(sheet)
    except ValidationError:
        raise
    except Exception as error:  # whatever bytes arrive, a parser's own error is no message for a user
        raise damaged() from error
    spots, blocks = [], {}
    for sheet in book.worksheets:
        tokens = list(tokens_of(sheet))
        blocks[sheet.title] = row_blocks(sheet, tokens, words)
        spots += spots_of(sheet, tokens, blocks[sheet.title], words)
        if len(spots) > MOST_SPOTS:
            refuse("too_many_placeholders", sheet, spots[MOST_SPOTS].cell, _("a form takes %(most)s placeholders at most.") % {"most": f"{MOST_SPOTS:,}"})  # fmt: skip
        _refuse_merges(sheet, blocks[sheet.title])
    return Template(book, spots, {title: rows for title, rows in blocks.items() if rows}, notes)


def _refuse_file(name, data):
    if len(data) > LARGEST_FORM:
        raise refusal("too_large", _("The form is larger than 5 MB. Take pictures out of it."))
    if data.startswith(OLE):
        raise (
            has_password()
            if b"E\0n\0c\0r\0y\0p\0t" in data
            else save_as_xlsx("other_format", _("an old workbook (.xls)"))
        )
    if data[:4] != b"PK\x03\x04":
        raise refusal("not_a_workbook", _("This file is no workbook. Upload the county's form as .xlsx."))


def _load(package):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = FormReader(package)
        reader.read()
    return reader.wb


def tokens_of(sheet) -> Iterator[tuple[Any, str, str]]:
    """`(cell, mark, name)` of every placeholder, row by row; ValidationError for what is none and looks like one."""
    for place in sorted(sheet._cells):
        cell = sheet._cells[place]
        formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
        if cell.data_type == "f" or isinstance(cell.value, ArrayFormula):
            if "{{" in str(formula):
                refuse("in_formula", sheet, cell.coordinate, _("a placeholder stands inside a formula. Give it a cell of its own."))  # fmt: skip
            continue
        text = text_of(cell)
        if "{{" not in text and "}}" not in text:
            continue
        rest = TOKEN.sub("", text)
        if "{{" in rest or "}}" in rest:
            refuse(
                "broken_placeholder", sheet, cell.coordinate,
                _("the placeholder “%(text)s” is broken. Write it as {{name}}, with two braces on each side.")
                % {"text": text[:60]},
            )  # fmt: skip
        for match in TOKEN.finditer(text):
            yield cell, match[1], match[2]


def row_blocks(sheet, tokens, words):
    """The row blocks of a sheet from top to bottom: those between two marks, and single rows that name a list."""
    blocks: list[RowBlock] = []
    opened = None
    for cell, mark, name in tokens:
        if mark and name not in words.lists:
            refuse("unknown_list", sheet, cell.coordinate, _("no list is called “%(name)s”.") % {"name": name})
        if mark == "#":
            if opened:
                refuse("nested_block", sheet, cell.coordinate, _("a row block begins inside another one."))
            opened = RowBlock(name, cell.row, cell.coordinate)
        elif mark == "/":
            if opened is None or opened.key != name:
                refuse("unopened_block", sheet, cell.coordinate, _("the row block “%(name)s” ends where none began.") % {"name": name})  # fmt: skip
            opened.closed = cell.row
            blocks.append(opened)
            opened = None
        elif opened is None and (part := words.split(name)):
            last = blocks[-1] if blocks else None
            if last is None or cell.row > last.closed:
                blocks.append(RowBlock(part[0], cell.row, cell.coordinate, cell.row))
            elif last.key != part[0]:
                refuse("two_lists", sheet, cell.coordinate, _("one row takes fields of two lists."))
    if opened:
        refuse("unclosed_block", sheet, opened.cell, _("the row block “%(name)s” has no end {{/%(name)s}}.") % {"name": opened.key})  # fmt: skip
    for block, after in pairwise(blocks):
        if after.opened <= block.closed:
            refuse("two_lists", sheet, after.cell, _("one row takes fields of two lists."))
    if len(blocks) > MOST_BLOCKS:
        refuse("too_many_blocks", sheet, blocks[MOST_BLOCKS].cell, _("a sheet takes %(most)s row blocks at most.") % {"most": MOST_BLOCKS})  # fmt: skip
    rows: dict[int, list] = {}
    for (row, _column), cell in sheet._cells.items():
        rows.setdefault(row, []).append(cell)
    for block in blocks:
        _drop_marks(sheet, block, rows)
    return blocks


def _drop_marks(sheet, block, rows):
    for row in {block.opened, block.closed}:
        texts = [text_of(cell) or "x" for cell in rows.get(row, ()) if cell.value is not None]
        if block.opened != block.closed and all(
            not TOKEN.sub(lambda token: "" if token[1] else "x", text).strip() for text in texts
        ):
            block.dropped.add(row)
    if not block.rows:
        refuse("empty_block", sheet, block.cell, _("no row stands between the two marks of the row block."))


def spots_of(sheet, tokens, blocks, words):
    """The placeholders of a sheet with the list they belong to; inside a row block every name has to be known."""
    rows = {row: block for block in blocks for row in range(block.opened, block.closed + 1)}
    spots = []
    for cell, mark, name in tokens:
        block = rows.get(cell.row)
        if mark:
            continue
        if block is None:
            spots.append(Spot(sheet.title, cell.coordinate, name))
            continue
        fields = words.lists[block.key][1]
        own = name.removeprefix(f"{block.key}.")
        if own in fields and (name != own or name in fields):
            spots.append(Spot(sheet.title, cell.coordinate, own, block.key))
        elif name in words.figures:
            spots.append(Spot(sheet.title, cell.coordinate, name))
        else:
            refuse(
                "unknown_field", sheet, cell.coordinate,
                _("“%(name)s” is no field of the list “%(list)s”. Its fields are: %(fields)s.")
                % {"name": name, "list": block.key, "fields": _(", ").join(fields)},
            )  # fmt: skip
    return spots


def _refuse_merges(sheet, blocks):
    for area in sheet.merged_cells.ranges:
        for block in blocks:
            if area.min_row == area.max_row or area.max_row < block.opened or area.min_row > block.closed:
                continue
            if area.min_row < block.rows[0] or area.max_row > block.rows[-1]:
                refuse(
                    "merge_in_the_way", sheet, area.coord,
                    _("merged cells reach out of the row block “%(name)s”. Unmerge them, or merge inside the block alone.")
                    % {"name": block.key},
                )  # fmt: skip

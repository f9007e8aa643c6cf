"""A filled copy of a form: every row in its new place with its looks, every range and formula following."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.formula import ArrayFormula

from config.kit.excel_sheets import written_date
from config.kit.form_filling.references import LOWEST, Here, RowMap, moved_area, moved_formula, title_of
from config.kit.form_filling.template import TOKEN, refuse, text_of
from config.kit.money import yuan
from config.kit.sheets.sentences import refusal

MOST_RECORDS = 20_000
# Cells of one filled sheet: each costs its part of four seconds and 90 MB.
MOST_FILLED = 200_000
PLAIN_FORMATS = {"General", "@"}


@dataclass(frozen=True)
class FormValues:
    """What the names of a form stand for now: figures, and lists of records; money is Decimal yuan."""

    figures: Mapping[str, Any]
    lists: Mapping[str, Sequence[Mapping[str, Any]]]


def fill(template, words, facts, mapping=None) -> bytes:
    """The filled workbook; `mapping` maps names that no figure has to the figure they stand for.

    The template is used up. ValidationError names sheet and cell where a name still means nothing.
    """
    mapping = mapping or {}
    maps, orders = {}, {}
    for sheet in template.book.worksheets:
        blocks = template.blocks.get(sheet.title, [])
        if blocks:
            orders[sheet.title] = _order(sheet, blocks, facts)
            maps[sheet.title] = RowMap([(row, place) for row, place, _block, _record in orders[sheet.title]])
    for sheet in template.book.worksheets:
        writer = Filler(sheet, words, facts, mapping, maps)
        writer.fill(orders.get(sheet.title))
    _follow_names(template.book, maps)
    template.book.calculation.fullCalcOnLoad = True
    target = io.BytesIO()
    template.book.save(target)
    return target.getvalue()


def _order(sheet, blocks, facts):
    """For every row of the copy: the old row, the number of the record, its block and its record."""
    lowest = max((place[0] for place in sheet._cells), default=1)
    lowest = max([lowest, *sheet.row_dimensions, *(area.max_row for area in sheet.merged_cells.ranges)])
    starts = {block.opened: block for block in blocks}
    order: list[tuple] = []
    row = 1
    while row <= lowest:
        block = starts.get(row)
        if block is None:
            order.append((row, 0, None, None))
            row += 1
            continue
        records = facts.lists[block.key]
        if len(records) > MOST_RECORDS:
            refuse(
                "too_many_records", sheet, block.cell,
                _("the list has more than %(most)s rows; a form takes no more.") % {"most": f"{MOST_RECORDS:,}"},
            )  # fmt: skip
        # Without records one row stays, empty, so that the form still looks like one.
        for number, record in enumerate(records or [None], 1):
            order += [(old, number, block, record) for old in block.rows]
        row = block.closed + 1
    if len(order) > LOWEST:
        raise refusal("too_many_rows", _("The filled form would have more rows than a sheet holds."))
    widths = Counter(row for row, _column in sheet._cells)
    if sum(widths[row] for row, *_rest in order) > MOST_FILLED:
        raise refusal(
            "too_many_cells",
            _("The filled form would have more than %(most)s cells on one sheet. Fill it for one branch at a time.")
            % {"most": f"{MOST_FILLED:,}"},
        )
    return order


class Filler:
    """Fills one sheet."""

    def __init__(self, sheet, words, facts, mapping, maps):
        self.sheet, self.words, self.facts, self.mapping, self.maps = sheet, words, facts, mapping, maps
        self.rows = maps.get(sheet.title)

    def fill(self, order):
        if order is not None:
            self._lay_out(order)
            return
        for cell in list(self.sheet._cells.values()):
            self._write(cell, Here(self.sheet.title), None, None)

    def _lay_out(self, order):
        sheet = self.sheet
        old: dict[int, list] = {}
        for (row, _column), cell in sorted(sheet._cells.items()):
            old.setdefault(row, []).append(cell)
        looks = {row: sheet.row_dimensions[row] for row in list(sheet.row_dimensions)}
        merges = [area.bounds for area in sheet.merged_cells.ranges]
        sheet.merged_cells.ranges.clear()
        sheet._cells.clear()
        sheet.row_dimensions.clear()
        for new, (row, number, block, record) in enumerate(order, 1):
            here = Here(sheet.title, number, block.rows if block else ())
            if row in looks:
                sheet.row_dimensions[new] = self._row_looks(looks[row], new)
            for cell in old.get(row, ()):
                self._write(self._placed(cell, new), here, block, record)
        self._merge(merges, order)
        self._follow()

    def _row_looks(self, looks, new):
        moved = copy(looks)
        moved.index = new
        return moved

    def _placed(self, cell, row):
        """A cell of the same looks and content in its new row."""
        placed = Cell(self.sheet, row=row, column=cell.column)
        placed._style = copy(cell._style)
        if not isinstance(cell, MergedCell):
            placed._value, placed.data_type = copy(cell._value), cell.data_type
            if cell.hyperlink is not None:
                placed._hyperlink = copy(cell.hyperlink)
                placed._hyperlink.ref = placed.coordinate
            if cell.comment is not None:
                placed.comment = copy(cell.comment)
        self.sheet._cells[row, cell.column] = placed
        return placed

    def _write(self, cell, here, block, record):
        value = cell.value
        if isinstance(value, ArrayFormula):
            if self.rows:
                value.ref = moved_area(value.ref, self.rows)
            value.text = moved_formula(value.text, self.maps, here)
        elif cell.data_type == "f" and isinstance(value, str):
            if self.maps:
                cell.value = moved_formula(value, self.maps, here)
        elif "{{" in (text := text_of(cell)):
            self._replace(cell, text, block, record)

    def _replace(self, cell, text, block, record):
        def written(token):
            return "" if token[1] else as_text(self._value(cell, token[2], block, record))

        text = TOKEN.sub(lambda token: "" if token[1] else token[0], text) if block else text
        alone = TOKEN.fullmatch(text.strip())
        if alone:
            put(cell, self._value(cell, alone[2], block, record))
        elif isinstance(cell.value, CellRichText) and not any(_is_torn(str(part)) for part in cell.value):
            for place, part in enumerate(cell.value):
                if isinstance(part, str):
                    cell.value[place] = TOKEN.sub(written, part)
                else:
                    part.text = TOKEN.sub(written, part.text)
        else:
            put(cell, TOKEN.sub(written, text))

    def _value(self, cell, name, block, record):
        if block is not None:
            fields = self.words.lists[block.key][1]
            own = name.removeprefix(f"{block.key}.")
            if own in fields and (name != own or name in fields):
                return None if record is None else record.get(own)
        name = name if name in self.facts.figures else self.mapping.get(name, name)
        if name not in self.facts.figures:
            refuse(
                "unknown_placeholder", self.sheet, cell.coordinate,
                _("nobody knows what “%(name)s” is. Choose a figure for it first.") % {"name": name},
            )  # fmt: skip
        return self.facts.figures[name]

    def _merge(self, merges, order):
        """Merges outside the blocks move with their rows; those inside stand again for every record."""
        copies: dict[int, dict] = {}
        for _row, number, block, _record in order:
            if block is not None:
                copies.setdefault(block.opened, {})[number] = True
        inside = {row: block for _row, _number, block, _record in order if block for row in block.rows}
        for left, top, right, bottom in merges:
            block = inside.get(top)
            if block is not None:
                for number in copies[block.opened]:
                    self._merge_one(left, self.rows.own(top, number), right, self.rows.own(bottom, number))
            elif top in self.rows.first and bottom in self.rows.last:
                self._merge_one(left, self.rows.begin(top), right, self.rows.end(bottom))

    def _merge_one(self, left, top, right, bottom):
        self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def _follow(self):
        """Ranges that the sheet names by rows: choices, conditions, filters, tables, print set-up, panes, pictures."""
        sheet, rows = self.sheet, self.rows

        def areas(text):
            return " ".join(moved_area(area, rows) for area in str(text).split())

        for choice in sheet.data_validations.dataValidation:
            choice.sqref = type(choice.sqref)(areas(choice.sqref))
            for name in ("formula1", "formula2"):
                if text := getattr(choice, name):
                    setattr(choice, name, moved_formula(f"={text}", self.maps, Here(sheet.title))[1:])
        self._follow_conditions(areas)
        if sheet.auto_filter.ref:
            sheet.auto_filter.ref = areas(sheet.auto_filter.ref)
        for table in sheet.tables.values():
            table.ref = areas(table.ref)
            if table.autoFilter is not None and table.autoFilter.ref:
                table.autoFilter.ref = areas(table.autoFilter.ref)
        for line in sheet.row_breaks.brk:
            line.id = rows.end(line.id)
        if sheet.freeze_panes:
            moved = moved_area(sheet.freeze_panes, rows).partition(":")[0]
            if moved != sheet.freeze_panes:
                sheet.freeze_panes = moved
        for drawn in (*sheet._images, *sheet._charts):
            for corner in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
                if corner is not None:
                    corner.row = rows.begin(corner.row + 1) - 1
        if sheet.print_area:
            sheet.print_area = [_plain(moved_area(area, rows)) for area in _areas(sheet.print_area)]
        if sheet.print_title_rows:
            sheet.print_title_rows = _plain(moved_area(_plain(sheet.print_title_rows), rows))

    def _follow_conditions(self, areas):
        sheet, formatting = self.sheet, ConditionalFormattingList()
        for conditional in sheet.conditional_formatting:
            target = areas(conditional.sqref)
            for rule in conditional.rules:
                rule.formula = [
                    moved_formula(f"={text}", self.maps, Here(sheet.title, 1, self._block_rows(conditional)))[1:]
                    for text in rule.formula
                ]
                formatting.add(target, rule)
        sheet.conditional_formatting = formatting

    def _block_rows(self, conditional):
        """A condition on repeated rows refers to each row itself."""
        top = min(area.min_row for area in conditional.sqref.ranges)
        return {top} if self.rows.is_repeated(top) else ()


def _areas(text):
    return [area.rpartition("!")[2] for area in str(text).split(",")]


def _plain(text):
    return text.rpartition("!")[2].replace("$", "")


def _is_torn(text):
    rest = TOKEN.sub("", text)
    return "{" in rest or "}" in rest


def _follow_names(book, maps):
    """Names of the workbook and of its sheets, and what charts draw."""
    if not maps:
        return
    nowhere = Here("")
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in names.values():
            if name.value and not name.hidden:
                name.value = moved_formula(f"={name.value}", maps, nowhere)[1:]
    for sheet in (*book.worksheets, *book.chartsheets):
        for chart in sheet._charts:
            for series in chart.series:
                for source in (series.val, series.cat, getattr(series, "tx", None)):
                    for kind in ("numRef", "strRef"):
                        reference = getattr(source, kind, None)
                        rows = maps.get(title_of(reference.f)) if reference is not None and reference.f else None
                        if rows is not None:
                            reference.f = moved_area(reference.f, rows)


def as_text(value):
    """A value inside a sentence: amounts with two decimals, days in words, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, date):
        return written_date(value)
    return str(value)


def put(cell, value):
    """A value alone in its cell: numbers and days as such, text as text, the looks of the cell as they were."""
    looks = cell.number_format
    if value is None or value == "":
        cell.value = None
    elif isinstance(value, Decimal):
        cell.value = float(value)
        cell.number_format = "#,##0.00" if looks in PLAIN_FORMATS else looks
    elif isinstance(value, date):
        was_date = cell.is_date or "y" in looks.lower()
        cell.value = value
        cell.number_format = looks if was_date else "yyyy-mm-dd"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        cell.number_format = "General" if looks == "@" else looks
    else:
        # Text stays text, whatever sign it begins with.
        cell._value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", str(value)), "s"

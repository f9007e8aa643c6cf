"""Which sheets hold the table that was asked for, and which of their rows are records."""

import re
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from django.utils.translation import gettext as _

from config.kit.sheets.amounts import as_amount, foreign_money
from config.kit.sheets.book import Book, SourceSheet
from config.kit.sheets.cells import MERGED, TEXT, Cell, Row
from config.kit.sheets.forms_of_one import form_of_one, is_form_of_one
from config.kit.sheets.header import ROWS_LOOKED_AT, Columns, Header, find_header, read_header
from config.kit.sheets.row_kinds import RowKinds
from config.kit.sheets.sentences import refusal
from config.kit.text_cleaning import squeezed

MOST_LINES, LONGEST_LINE = 1000, 300
_SAMPLE_SHEET = re.compile(r"示例|样表|样例|范例|举例|说明")


@dataclass(frozen=True)
class Line:
    """A line beside the records: a remark, a signature, a title; `heads` the rows under it where it is a section title."""

    sheet: str
    number: int
    text: str
    heads: bool


@dataclass(frozen=True)
class Around:
    """What stands about a row: its sheet, the title above its table, the section title above it, and of its cells the
    text by place, those struck out, the comments, and the labels of the columns by place. `is_own`: the workbook is
    one of this program's own making, whose names stand as they are on record; `epoch` is the one of its dates.
    """

    sheet: str
    title: str
    section: str
    cells: dict
    struck: frozenset
    comments: dict
    labels: dict
    keys: dict
    is_own: bool
    epoch: object


@dataclass
class Table(RowKinds):
    """One sheet's table; `records()` is read once, the rest is known afterwards."""

    sheet: SourceSheet
    header: Header
    columns: Columns
    _rows: object
    title: str = ""
    totals: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    count: int = 0
    above: list = field(default_factory=list)
    section: str = ""
    lines: list = field(default_factory=list)
    # Whether it may be a form of one person whose first labels were taken for a header.
    is_form: bool = False

    def __post_init__(self):
        self.identifying = {column.key for column in self.columns.all if column.identifies}

    def records(self):
        """The rows that are records, in order, hidden ones too, each as (row number, {key: cells}, all cells)."""
        pending, tied = [], None
        for row, group in self._merged_rows():
            if pending and group != tied:
                yield from self._settled(pending)
                pending = []
            tied = group
            if group is None:
                record = self._record(row)
                if record:
                    yield record
            else:
                pending.append(row)
        yield from self._settled(pending)

    def around(self, cells, number, book):
        marks = self.sheet.marks
        return Around(
            self.sheet.name,
            self.title,
            self.section,
            {place: _unmerged(cell) for place, cell in cells.items()},
            frozenset(marks.struck.get(number, ())),
            marks.comments.get(number, {}),
            self.header.all_labels,
            {place: key for key, places in self.header.places.items() for place in places},
            book.stands_for is not None,
            book.epoch,
        )

    def lines_around(self, sheet_name):
        """The lines above the header, but for the title, and those between the records; under the sheet's name in records."""
        above = [
            Line(sheet_name, row.number, squeezed(cell.value)[:LONGEST_LINE], False)
            for row in self.above
            for cell in row.cells.values()
            if cell.kind == TEXT and cell.shown != self.title
        ]
        return above + [replace(line, sheet=sheet_name) for line in self.lines]

    def _settled(self, pending):
        """Rows that one merged cell ties together: where two of them are records, its value is neither's own."""
        records = [record for record in map(self._record, pending) if record]
        if len(records) == 1:
            number, cells, raw = records[0]
            records = [(number, {key: [_unmerged(cell) for cell in here] for key, here in cells.items()}, raw)]
        yield from records

    def _merged_rows(self):
        """Rows with merged cells spread out; with each the first row that a merged cell ties it to, or None."""
        spread = {
            place for column in self.columns.all if column.spread for place in self.header.places.get(column.key, ())
        }
        mapped = {place for places in self.header.places.values() for place in places}
        starts = {}
        for top, left, bottom, _right in self.sheet.merges:
            if bottom > top > self.header.last and left in mapped and bottom - top < 5000:
                starts.setdefault(top, []).append((left, bottom))
        active, group, until = {}, None, 0
        for row in self._rows:
            number, cells = row
            if number > until:
                group = None
            if starts or active:
                for place, (bottom, value) in list(active.items()):
                    if number > bottom:
                        del active[place]
                    elif place not in cells:
                        cells[place] = value
                for place, bottom in starts.pop(number, ()):
                    value = cells.get(place)
                    if value is None:
                        continue
                    if place not in spread:
                        value = cells[place] = Cell(MERGED, value, f"{number}–{bottom}")
                        group, until = group or number, max(until, bottom)
                    active[place] = (bottom, value)
            yield row, group

    def _record(self, row):
        number, cells = row
        by_key, filled = {}, False
        for key, places in self.header.places.items():
            here = [cells[place] for place in places if place in cells]
            if here:
                if len(here) > 1 and key in self.header.spare_keys and not self.columns.by_key[key].counted:
                    here = here[:1]
                by_key[key] = here
                # The lower rows of a merged cell are records only where they hold something of their own.
                shared = here[0].kind == MERGED and not here[0].format.startswith(f"{number}–")
                filled = filled or (self.columns.by_key[key].identifies and not shared and self._names(key, here[0]))
        if self._is_no_record(number, cells, by_key):
            self._keep_line(number, cells)
            return None
        if not filled:
            if any(not self.columns.by_key[key].ignored and not self.columns.by_key[key].spread for key in by_key):
                self.skipped.append(number)
            return None
        self.count += 1
        return number, by_key, cells

    def _keep_line(self, number, cells):
        """Keep the text of a line between the records: it may be about them (以上收据作废)."""
        texts = [cell.value for cell in cells.values() if cell.kind == TEXT]
        if texts and len(self.lines) < MOST_LINES:
            text = squeezed(" ".join(texts))[:LONGEST_LINE]
            self.lines.append(Line("", number, text, bool(self.section) and self.section == text))

    def _changes_header(self, number, cells):
        """A second table below with its columns in another order: from here on its own header counts."""
        if any(cell.kind != TEXT for cell in cells.values()):
            return False
        known = [cell for cell in cells.values() if cell.value.replace(" ", "") in self.columns.by_alias]
        if len(known) < 2 or len(known) * 2 < len(cells):
            return False
        header, _sureness = read_header([Row(number, cells)], self.columns)
        if not header.holds(self.columns.required):
            return False
        self.header.places, self.header.spare_keys, self.header.last = header.places, header.spare_keys, number
        return True

    def _repeats_header(self, by_key):
        lead = by_key.get(self.columns.lead.key)
        if lead and not self.columns.lead_letters & set(str(lead[0].value)):
            return False
        words = matches = 0
        for key, here in by_key.items():
            if here[0].kind != TEXT:
                if not self.columns.by_key[key].ignored:
                    return False
                continue
            words += 1
            known = self.columns.whole(here[0].value) if len(here[0].value) < 40 else None
            if known and known[0].key == key:
                matches += 1
            elif matches == 0 and words > 1:
                return False
        return (matches >= 2 and matches * 2 > words) or (matches == words == 1 and len(by_key) == 1)


def _unmerged(cell):
    return cell.value if cell.kind == MERGED else cell


def find_tables(book: Book, columns: Columns):
    """The tables of a book that hold the columns asked for, and sentences about sheets left aside.

    Raises ValidationError `no_header`, `missing_column` or `duplicate_header`.
    """
    tables, notes, best, is_form = [], [], None, False
    for sheet in book.sheets:
        rows = iter(sheet.rows())
        head = list(islice(rows, ROWS_LOOKED_AT))
        is_one = is_form_of_one(head, columns)
        is_form = is_form or is_one
        header = find_header(head, columns, sheet.merges)
        if header is None:
            continue
        if not header.holds(columns.required):
            if best is None or len(header.places) > len(best.places):
                best = header
            continue
        below = [row for row in head if row.number > header.last]
        if not below and len(head) < ROWS_LOOKED_AT:
            best = best or header
            continue
        title = next((cell.shown for row in head if row.number < header.first for cell in row.cells.values()), "")
        above = [row for row in head if row.number < header.first]
        tables.append(Table(sheet, header, columns, chain(below, rows), title=title, above=above, is_form=is_one))
    widest = max((len(table.header.places) for table in tables), default=0)
    for is_spare in (
        lambda table: table.sheet.hidden,
        lambda table: bool(_SAMPLE_SHEET.search(table.sheet.name)),
        # A list of phones or of payments beside the register itself.
        lambda table: len(table.header.places) * 2 < widest,
    ):
        wanted = [table for table in tables if not is_spare(table)]
        if wanted and len(wanted) < len(tables):
            notes += [
                _("The sheet “%(sheet)s” was left aside.") % {"sheet": table.sheet.name}
                for table in tables
                if is_spare(table)
            ]
            tables = wanted
    if not tables:
        raise form_of_one(columns) if is_form else _no_table(columns, best)
    for table in tables:
        _refuse_other_unit(table, columns)
        if table.header.twice:
            raise _two_columns(table.header)
    return tables, notes


def _two_columns(header):
    first, other = map(squeezed, header.twice[0])
    if first == other:
        sentence = _(
            "The column “%(column)s” stands twice in row %(row)s. Keep one of the two, or give the other a name of its own."
        )
    else:
        sentence = _("The columns “%(column)s” and “%(other)s” in row %(row)s say the same. Keep the one that counts.")
    return refusal("duplicate_header", sentence % {"column": first, "other": other, "row": header.last})


_UNIT_LABEL = re.compile(r"[万千百]元")
_UNIT_NOTE = re.compile(r"单位[:：]?[（(]?(?:人民币)?[万千百]元")


def _refuse_other_unit(table, columns):
    """Amounts in 万元 or in dollars are no amounts in yuan, whether the column, the sheet or a line above says so."""
    money = [column for column in columns.all if column.counted or column.parse is as_amount]
    labels = [table.header.labels.get(column.key, "") for column in money]
    notes = [cell.value for row in table.above for cell in row.cells.values() if cell.kind == TEXT] if money else []
    for said, pattern in [(label, _UNIT_LABEL) for label in labels] + [(note, _UNIT_NOTE) for note in notes]:
        if pattern.search(squeezed(said)):
            raise refusal(
                "unit",
                _("“%(words)s” says that the amounts are not in yuan. Write them in yuan, and say so there.")
                % {"words": squeezed(said)},
            )
    for said in [*labels, *notes, *([table.sheet.name] if money else [])]:
        if foreign_money(said):
            raise refusal(
                "foreign_money",
                _("“%(words)s” speaks of foreign money. Write what was credited in yuan, and name 人民币 there.")
                % {"words": squeezed(said)},
            )


def _no_table(columns, best):
    wanted = _(", ").join(str(column.label) for column in columns.all if not column.ignored and column.identifies)
    if best is None:
        return refusal(
            "no_header",
            _("No header row was found. One row must name the columns, such as %(columns)s; the order does not matter.")
            % {"columns": wanted},
        )
    missing = [str(column.label) for column in columns.required if column.key not in best.places]
    if not missing:
        return refusal("no_rows", _("There are no rows under the header. Fill them in and upload again."))
    return refusal(
        "missing_column",
        _("The header in row %(row)s lacks the column %(columns)s. Add it, or write its usual name.")
        % {"row": best.last, "columns": _(", ").join(missing)},
    )


def row_text(number, sheet_name):
    """How a row is named to the office: the sheet too, where several were read."""
    if sheet_name:
        return _("row %(row)s of sheet “%(sheet)s”") % {"row": number, "sheet": sheet_name}
    return _("row %(row)s") % {"row": number}

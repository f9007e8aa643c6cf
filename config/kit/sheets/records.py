"""How a whole workbook becomes records: every row accepted with its values, or refused with each reason in words."""

import gc
import re
import threading
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.money import yuan
from config.kit.sheets.amounts import as_amount
from config.kit.sheets.cells import FORMULA, NUMBER, TEXT, Cell, number_text
from config.kit.sheets.questions import Asked, Question
from config.kit.sheets.reading import open_upload
from config.kit.sheets.sentences import listed
from config.kit.sheets.size import MOST_REASONS, too_many_reasons
from config.kit.sheets.tables import find_tables, row_text
from config.kit.sheets.unstored import plain
from config.kit.sheets.values import (
    LONGEST_TEXT,
    LONGEST_WORD,
    as_text,
    refuse,
    refuse_long_text,
    refuse_what_no_reader_takes,
)
from config.kit.text_cleaning import squeezed


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is refused: the column's key and its name in the file, a code for machines, a sentence."""

    key: str
    column: str
    code: str
    sentence: str

    def __str__(self):
        return (
            _("%(column)s: %(sentence)s") % {"column": self.column, "sentence": self.sentence}
            if self.column
            else self.sentence
        )


@dataclass(slots=True)
class Record:
    """One row: its number and sheet as the office sees them, values by key, reasons, warnings, and the cells as sent
    (`plain`, by place).

    `labels` are the names of the columns, the file's own where it has them. `around` is what stands about the row
    (`tables.Around`) while it is checked.
    """

    row: int
    sheet: str
    labels: dict
    values: dict = field(default_factory=dict)
    reasons: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    raw: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    around: object = None

    def ask(self, question):
        """Ask about the row; it is stored only with an answer. The same question is asked once."""
        if all(other.code != question.code for other in self.questions):
            self.questions.append(question)

    def refuse(self, key, error):
        """Add the sentences of a ValidationError under a column."""
        for part in error.error_list:
            reason = Reason(key, self.labels[key], part.code or "invalid", part.messages[0])
            if reason not in self.reasons:
                self.reasons.append(reason)


@dataclass
class Reading:
    """What a workbook says: `keys` are the columns it has.

    `headers` is the first table's header by column place and `places` where each key stands in it: the shape in which
    refused rows go back, those of other tables too. `stands_for` is the day of a workbook this program made.
    """

    accepted: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    keys: list = field(default_factory=list)
    headers: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    title: str = ""
    stands_for: object = None
    reasons: int = 0
    # Lines between and around the records (`tables.Line`), for what they say of them.
    lines: list = field(default_factory=list)
    sheets: list = field(default_factory=list)
    is_form: bool = False

    def refuse(self, record):
        self.refused.append(record)
        self.reasons += len(record.reasons)
        if self.reasons > MOST_REASONS:
            first = self.refused[0]
            raise too_many_reasons(row_text(first.row, first.sheet), first.reasons[0])

    def in_order(self, records):
        """The records as they stand in the file."""
        places = {sheet: place for place, sheet in enumerate(self.sheets)}
        return sorted(records, key=lambda record: (places[record.sheet], record.row))

    def ask_instead(self, records):
        """Records that were accepted are asked about after all."""
        keys = set(map(id, records))
        if keys:
            self.asked = self.in_order([*self.asked, *(record for record in self.accepted if id(record) in keys)])
            self.accepted = [record for record in self.accepted if id(record) not in keys]

    @property
    def rows(self):
        return len(self.accepted) + len(self.asked) + len(self.refused)


def read_records(name, data, columns, *, finish=None):
    """Read an upload by `columns`; `finish(record, keys)` checks what one cell alone cannot, in the rows' order.

    ValidationError (one sentence) where the file as a whole cannot be read.
    """
    with seldom_collected:
        return _read_book(open_upload(name, data), columns, finish)


class Seldom:
    """While somebody reads, circles are looked for seldom: rows are many and hold none, and each look goes through them
    again. Never looking would keep every refused cell's exception, which is such a circle, with all it points to.
    """

    LOOKS = (50_000, 20, 20)

    def __init__(self):
        self.lock, self.readers, self.usual = threading.Lock(), 0, gc.get_threshold()

    def __enter__(self):
        with self.lock:
            self.readers += 1
            if self.readers == 1:
                self.usual = gc.get_threshold()
                gc.set_threshold(*self.LOOKS)

    def __exit__(self, *exception):
        with self.lock:
            self.readers -= 1
            if not self.readers:
                gc.set_threshold(*self.usual)


seldom_collected = Seldom()


def _read_book(book, columns, finish):
    tables, notes = find_tables(book, columns)
    reading = Reading(notes=notes, title=tables[0].title, stands_for=book.stands_for)
    reading.is_form = any(table.is_form for table in tables)
    several = len(tables) > 1
    for table in tables:
        keys = [key for key in table.header.places if not columns.by_key[key].ignored]
        reading.keys += [key for key in keys if key not in reading.keys]
        if not reading.headers:
            reading.headers, reading.places = _headers(table.header, columns), dict(table.header.places)
        _read_table(table, book, columns, reading, keys, table.sheet.name if several else "", finish)
    if not reading.rows:
        raise ValidationError(_("There are no rows under the header. Fill them in and upload again."), code="no_rows")
    return reading


def _headers(header, columns):
    """`{place: label}` for the file that goes back: one row of labels, each found again as what it was here."""
    keys = {place: key for key, places in header.places.items() for place in places}
    labels = {place: squeezed(label) for place, label in header.all_labels.items()}
    for place in list(labels):
        column = columns.whole(labels[place]) or (columns.partly(labels[place]), 0)
        key = column[0].key if column[0] else None
        if place not in keys and key:
            del labels[place]
        elif place in keys and key != keys[place]:
            labels[place] = columns.by_key[keys[place]].aliases[0]
    return labels


def _as_in_first_table(raw, header, reading, columns):
    """The cells of a refused row at the places they have in the file that goes back."""
    if header.places == reading.places:
        return raw
    placed = {}
    for key, places in header.places.items():
        if key not in reading.places:
            start = max(reading.headers, default=0) + 1
            reading.places[key] = list(range(start, start + len(places)))
            reading.headers |= dict.fromkeys(reading.places[key], columns.by_key[key].aliases[0])
        for place, home in zip(places, reading.places[key], strict=False):
            if place in raw:
                placed[home] = raw[place]
    return placed


def _read_table(table, book, columns, reading, keys, sheet_name, finish):
    if sheet_name not in reading.sheets:
        reading.sheets.append(sheet_name)
    sums = {column.key: [] for column in columns.all if column.counted and column.key in keys}
    labels = {column.key: str(column.label) for column in columns.all}
    labels |= {key: squeezed(label) for key, label in table.header.labels.items()}
    for number, cells, raw in table.records():
        record = Record(number, sheet_name, labels)
        for key, here in cells.items():
            column = columns.by_key[key]
            if not column.ignored:
                read_cell(record, column, here, book.epoch)
        if finish:
            record.around = table.around(raw, number, book)
            finish(record, keys)
            record.around = None
        for key, amounts in sums.items():
            amounts.append(record.values.get(key) or Decimal(0))
        if record.reasons:
            raw = _as_in_first_table(dict(_unmerged(raw)), table.header, reading, columns)
            record.raw = {str(place): plain((cell.kind, cell.value, cell.format)) for place, cell in raw.items()}
            reading.refuse(record)
        elif record.questions:
            reading.asked.append(record)
        else:
            reading.accepted.append(record)
    reading.notes += _notes_of(table, columns, sums)
    reading.lines += table.lines_around(sheet_name)


def _unmerged(raw):
    return [(place, cell.value if isinstance(cell.value, Cell) else cell) for place, cell in raw.items()]


def read_cell(record, column, here, epoch):
    """Put what the cells of a column say into the record, or the reason why they cannot be read."""
    try:
        for cell in here:
            if cell.kind == TEXT:
                refuse_long_text(cell, LONGEST_TEXT if column.parse is as_text else LONGEST_WORD)
            elif cell.kind != NUMBER:
                refuse_what_no_reader_takes(cell)
        if column.counted and len(here) > 1:
            refuse("two_amounts", _("two columns state an amount for this row. Keep one of them."))
        if column.joined:
            value = (
                " ".join(str(part) for part in (column.parse(cell, epoch) for cell in here) if part is not None) or None
            )
        elif len(here) > 1:
            # Year, month and day in columns of their own.
            value = column.parse(Cell(TEXT, "-".join(cell.shown for cell in here)), epoch)
        else:
            value = column.parse(here[0], epoch)
    except Asked as asked:
        if not column.may_ask:
            record.refuse(column.key, asked)
            return
        record.ask(Question(column.key, record.labels[column.key], asked.sentence, asked.answers))
        value = asked.value
    except ValidationError as error:
        record.refuse(column.key, error)
        return
    if value is not None:
        record.values[column.key] = value


def _notes_of(table, columns, sums):
    notes = []
    header = table.header
    unknown = list(dict.fromkeys(re.sub(r"\s+", "", label) for label in header.unknown if label.strip()))
    if unknown:
        notes.append(_("Columns nobody asked for, left aside: %(columns)s.") % {"columns": listed(unknown, 30)})
    notes += [
        _("The column “%(other)s” is read only where “%(first)s” is empty.")
        % {"other": squeezed(other), "first": squeezed(first)}
        for first, other in header.spare
    ]
    if table.skipped:
        notes.append(_("Rows that name nobody, left aside: %(rows)s.") % {"rows": listed(table.skipped, 20)})
    if table.count:
        notes += _total_notes(table, sums)
    return notes


def _total_notes(table, sums):
    """Sentences where a total row says otherwise than the rows do."""
    notes = []
    formulas = {total.number for total in table.totals if any(cell.kind == FORMULA for cell in total.cells.values())}
    shown = table.sheet.cached(formulas) if formulas and table.sheet.cached else {}
    above = [row for row in table.above if any(_starts_total(cell) for cell in row.cells.values())]
    rows = [(total.number, total.cells, total) for total in table.totals] + [
        (row.number, row.cells, None) for row in above
    ]
    for number, cells, total in rows:
        # Of a formula the cached value counts.
        cells = {
            place: Cell(TEXT, shown[number, place])
            if cell.kind == FORMULA and isinstance(shown.get((number, place)), str)
            else cell
            for place, cell in cells.items()
        }
        ends = {table.count}
        if total is not None and total.above:
            ends = {total.above, total.since_last} if not total.is_partial else {total.since_last, total.above}
        stated = _stated_people(cells, "" if sums else "|$")
        if stated is None and not sums:
            stated = _plain_count(number, cells, shown)
        if stated is not None and stated not in ends | {table.count}:
            notes.append(
                ngettext(
                    "The total in row %(row)s says %(stated)s, but %(count)s row stands in the table.",
                    "The total in row %(row)s says %(stated)s, but %(count)s rows stand in the table.",
                    max(ends),
                )
                % {"row": number, "stated": stated, "count": max(ends)}
            )
        for key, amounts in sums.items():
            for place in table.header.places[key]:
                said = _stated_amount(cells.get(place), shown.get((number, place)))
                if said is None:
                    continue
                top = total.above if total is not None and total.above else len(amounts)
                last = top - total.since_last if total is not None and total.above else 0
                if said not in {sum(amounts[:top]), sum(amounts[last:top]), sum(amounts)}:
                    notes.append(
                        _("The total in row %(row)s says %(stated)s yuan, but its rows add up to %(sum)s yuan.")
                        % {"row": number, "stated": yuan(said), "sum": yuan(sum(amounts[:top]))}
                    )
    return notes


def _starts_total(cell):
    return cell.kind == TEXT and bool(
        re.match(r"^(?:合计|总计|共计|总人数|人数合计|金额合计|共\d)", squeezed(cell.value))
    )


def _stated_people(cells, also=""):
    """A count such as `43人` in a total row; `also` is what may end it besides a counting word."""
    for cell in cells.values():
        if cell.kind == TEXT:
            match = re.search(rf"(?:^|[:：共计有])(\d{{1,6}})(?:人|名|笔|条|户{also})", squeezed(cell.value))
            if match:
                return int(match[1])
    return None


def _plain_count(number, cells, shown):
    """The bare number that stands alone beside the word total, typed or last shown by its formula; or None."""
    places = sorted(cells)[1:]
    if len(places) != 1:
        return None
    [place] = places
    value = shown.get((number, place)) if cells[place].kind == FORMULA else cells[place].value
    text = squeezed(number_text(value))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _stated_amount(cell, shown):
    if cell is None:
        return None
    if cell.kind == FORMULA:
        if shown is None or isinstance(shown, str):
            return None
        cell = Cell(NUMBER, shown)
    try:
        return as_amount(cell)
    except ValidationError:
        return None

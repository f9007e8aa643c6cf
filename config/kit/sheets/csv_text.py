"""How a text table is read: UTF-8 with or without its mark, UTF-16 with one, GB 18030; comma, semicolon or tab.

It is decoded in a stream and never stands in memory as text.
"""

import codecs
import csv
import io
from datetime import date

from django.utils.translation import gettext as _

from config.kit.sheets.book import MOST_COLUMNS, Book, SourceSheet
from config.kit.sheets.cells import TEXT, UNTYPED, Cell, Row
from config.kit.sheets.sentences import not_a_workbook, refusal
from config.kit.sheets.size import too_many_rows

EPOCH = date(1899, 12, 30)
CHUNK = 256 * 1024
# No sheet of any program is longer.
MOST_LINES = 1_048_576
# Characters of one row, which may go over several lines; a cell of Excel takes 32,767.
LONGEST_ROW = 400_000


def open_csv(data):
    encoding = encoding_of(data)
    lines = _text(data, encoding).read(CHUNK).splitlines()[:50]
    delimiter = delimiter_of(lines)
    if not any(delimiter in line for line in lines):
        raise not_a_workbook()
    return Book("csv", [SourceSheet("", False, lambda: csv_rows(_text(data, encoding), delimiter))], EPOCH)


def _text(data, encoding):
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def encoding_of(data):
    """The first encoding in which all of the bytes are text."""
    for name in encodings_of(data):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for start in range(0, len(data), CHUNK):
                chunk = data[start : start + CHUNK]
                if "\x00" in decoder.decode(chunk, final=start + CHUNK >= len(data)):
                    raise not_a_workbook()
        except UnicodeDecodeError:
            continue
        return name
    raise not_a_workbook()


def encodings_of(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    # Without its mark UTF-16 shows by the empty half of every digit and comma, always on the same side.
    head = data[:4000]
    sides = [head[at::2].count(0) for at in (0, 1)]
    if len(data) % 2 == 0 and min(sides) * 10 <= max(sides) and max(sides) * 20 > len(head):
        return ["utf-16-be" if sides[0] > sides[1] else "utf-16-le"]
    return ["utf-8-sig", "gb18030"]


def delimiter_of(lines):
    """The sign that most lines share: of those seen at all, the one with the most columns in the most lines."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in "\t;|,"}
    # Commas also stand inside notes and amounts; a tab or semicolon that fills most lines is the divider.
    for sign in "\t;|":
        if counts[sign] and sum(sign in line for line in lines) * 2 >= len([line for line in lines if line.strip()]):
            return sign
    return max(",", *"\t;|", key=lambda sign: (counts[sign], sign == ","))


class Lines:
    """The lines of a text; ValidationError where a row goes on and on. `row` is how much of one was given so far."""

    def __init__(self, text):
        self.text, self.number, self.row = text, 0, 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self.text.readline(LONGEST_ROW + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.row += len(line)
        if self.row > LONGEST_ROW:
            raise unreadable(self.number)
        return line


def csv_rows(text, delimiter):
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for number, fields in enumerate(reader, 1):
            lines.row = 0
            if number > MOST_LINES:
                raise too_many_rows(most=MOST_LINES)
            if not fields:
                continue
            cells = {
                place: Cell(TEXT, unguarded(field), UNTYPED)
                for place, field in enumerate(fields[:MOST_COLUMNS], 1)
                if field and not field.isspace()
            }
            if cells:
                yield Row(number, cells)
    except csv.Error as error:
        raise unreadable(reader.line_num) from error


def unreadable(line):
    return refusal(
        "damaged",
        _("The text table cannot be read from line %(line)s on. Save it as .xlsx and upload that.") % {"line": line},
    )


def unguarded(field):
    """`="0123"` is how programs keep a number as text in a CSV; a trailing tab is another way."""
    field = field.strip("\t ")
    if field.startswith('="') and field.endswith('"') and len(field) > 2:
        return field[2:-1].replace('""', '"')
    return field

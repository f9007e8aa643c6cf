"""How a text table is read: UTF-8 with or without its mark, UTF-16 with one, GB 18030; comma, semicolon or tab."""

import csv
import io
from datetime import date

from django.utils.translation import gettext as _

from config.kit.sheets.cells import TEXT, UNTYPED, Cell, Row
from config.kit.sheets.reading import MOST_COLUMNS, MOST_ROWS, Book, Sheet, not_a_workbook, refusal, too_many_rows

EPOCH = date(1899, 12, 30)


def open_csv(data):
    text = decoded(data)
    if "\x00" in text:
        raise not_a_workbook()
    lines = text.splitlines()[:50]
    delimiter = delimiter_of(lines)
    if not any(delimiter in line for line in lines):
        raise not_a_workbook()
    return Book("csv", [Sheet("", False, lambda: csv_rows(text, delimiter))], EPOCH)


def decoded(data):
    for name in encodings_of(data):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
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


def csv_rows(text, delimiter):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, fields in enumerate(reader, 1):
            if number > MOST_ROWS + 1000:
                raise too_many_rows()
            cells = {
                place: Cell(TEXT, unguarded(field), UNTYPED)
                for place, field in enumerate(fields[:MOST_COLUMNS], 1)
                if field and not field.isspace()
            }
            if cells:
                yield Row(number, cells)
    except csv.Error as error:
        raise refusal(
            "damaged",
            _("The text table cannot be read from line %(line)s on. Save it as .xlsx and upload that.")
            % {"line": reader.line_num},
        ) from error


def unguarded(field):
    """`="0123"` is how programs keep a number as text in a CSV; a trailing tab is another way."""
    field = field.strip("\t ")
    if field.startswith('="') and field.endswith('"') and len(field) > 2:
        return field[2:-1].replace('""', '"')
    return field

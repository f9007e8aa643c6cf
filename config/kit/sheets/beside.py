"""What a row holds beside its texts: struck-out cells, comments. What is not stored becomes a note or a question."""

import re
from bisect import bisect_left, bisect_right
from math import inf

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.sheets.tables import row_text
from config.kit.text_cleaning import squeezed

_ABOVE = re.compile(r"以上|上述|上列|上面|前述|[此本该]页")


def is_struck_out(around, lead):
    """Whether a line goes through a row: through the cell of the column `lead`, or through more than half of its cells."""
    leads = {place for place, key in around.keys.items() if key == lead and place in around.cells}
    return bool(leads & around.struck) or len(around.struck) * 2 > len(around.cells)


def said_above(around):
    """`(kind, its word, text)` of what stands over a row: the section title, the sheet's name, the title of the table."""
    return (
        ("section", pgettext("about a row", "section"), around.section),
        ("sheet", pgettext("about a row", "sheet"), around.sheet),
        ("title", pgettext("about a row", "title"), around.title),
    )


def said_in_comments(around):
    """`(the word for a comment, its text)` of each comment of a row."""
    return [(pgettext("about a row", "comment"), squeezed(text)) for text in around.comments.values()]


def tell_what_stands_beside(record):
    """Comments as sentences, and a refusal for each struck-out cell of a row that counts: it is unclear whether the cell does."""
    around = record.around
    for _word, text in said_in_comments(around):
        record.warnings.append(_("A comment is not stored: “%(said)s”.") % {"said": text[:60]})
    for place in sorted(around.struck):
        key, cell = around.keys.get(place), around.cells.get(place)
        if key in record.values and cell is not None:
            record.refuse(
                key,
                ValidationError(
                    _("the text “%(said)s” is struck out. Empty the cell, or take the line through it away."),
                    code="struck_out",
                    params={"said": cell.shown[:60]},
                ),
            )


def ask_about_lines(reading, *, find, ask):
    """What a line between the records says of those above it (以上收据作废) becomes a question for each; any other such line becomes a note.

    `find(text)` gives what a text says, or nothing; `ask(record, text, found)` asks a record about it.
    """
    lines = [(line, find(line.text)) for line in reading.lines]
    if not any(signs for _line, signs in lines):
        return
    accepted = _by_sheet(reading.accepted)
    all_rows = _by_sheet((*reading.accepted, *reading.asked, *reading.refused))
    concerned, before = [], {}
    for at, (line, signs) in enumerate(lines):
        if signs:
            above = _between(accepted, line.sheet, before.get(line.sheet, 0), line.number)
            meant = above if _ABOVE.search(line.text) else []
            for record in meant:
                ask(record, line.text, signs)
            concerned += meant
            following = next((other.number for other, _found in lines[at + 1 :] if other.sheet == line.sheet), inf)
            if not meant and not (line.heads and _between(all_rows, line.sheet, line.number, following)):
                reading.notes.append(
                    _("%(place)s says “%(text)s”, which was not stored. Look which rows it means.")
                    % {"place": row_text(line.number, line.sheet), "text": line.text[:60]}
                )
        before[line.sheet] = line.number
    reading.ask_instead(concerned)


def _by_sheet(records):
    """`{sheet: (row numbers, records)}` in the order of the rows."""
    sheets: dict = {}
    for record in sorted(records, key=lambda record: record.row):
        rows, here = sheets.setdefault(record.sheet, ([], []))
        rows.append(record.row)
        here.append(record)
    return sheets


def _between(by_sheet, sheet, after, until):
    rows, records = by_sheet.get(sheet, ([], []))
    return records[bisect_right(rows, after) : bisect_left(rows, until)]

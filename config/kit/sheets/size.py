"""How much an upload may hold, so that reading it never takes more than ten seconds and 150 MB; and how that is said.

Every reader counts what it passes on with `Tally`; what a parser would keep beside it is counted by `package.py` for
`.xlsx`, by `xls_records.py` for `.xls`, before the parser sees it.
"""

from django.utils.translation import gettext as _

from config.kit.sheets.cells import TEXT
from config.kit.sheets.sentences import refusal

LARGEST_FILE = 20 * 1024 * 1024
# Rows and cells that hold something, of all sheets together; characters of their texts.
MOST_ROWS = 10_000
MOST_CELLS = 200_000
MOST_TEXT = 4_000_000
# More refusals than anybody corrects one by one.
MOST_REASONS = 40_000


class Tally:
    """Counts the filled rows of one workbook while they are read; ValidationError as soon as they are too many."""

    def __init__(self):
        self.rows = self.cells = self.text = 0

    def counted(self, rows, sheet=""):
        for row in rows:
            self.rows += 1
            self.cells += len(row.cells)
            for cell in row.cells.values():
                if cell.kind == TEXT:
                    self.text += len(cell.value)
            if self.rows > MOST_ROWS:
                raise too_many_rows(sheet)
            if self.cells > MOST_CELLS:
                raise too_many_cells(sheet)
            if self.text > MOST_TEXT:
                raise too_much_text(sheet)
            yield row


def too_large():
    return refusal("too_large", _("The file is larger than 20 MB. Split it, or take pictures out of it."))


def too_many_rows(sheet="", most=MOST_ROWS):
    return _said(
        "too_many_rows",
        sheet,
        _(
            "there are more than %(most)s rows. Delete the empty rows below the table, or split it; save, and upload again."
        )
        % {"most": f"{most:,}"},
    )


def too_many_cells(sheet="", most=MOST_CELLS):
    return _said(
        "too_many_cells",
        sheet,
        _(
            "there are more than %(most)s cells with looks or content. Delete the empty rows below and the empty columns "
            "beside the table, or split it; save, and upload again."
        )
        % {"most": f"{most:,}"},
    )


def too_much_text(sheet=""):
    return _said(
        "too_much_text",
        sheet,
        _(
            "the texts have more than %(most)s characters. Copy the columns that are needed into a new workbook and upload that."
        )
        % {"most": f"{MOST_TEXT:,}"},
    )


def too_many_reasons(place, reason):
    return refusal(
        "too_many_reasons",
        _(
            "More than %(most)s cells cannot be read. The first stands in %(place)s, %(reason)s Look whether each column "
            "holds what its header says, and upload again."
        )
        % {"most": f"{MOST_REASONS:,}", "place": place, "reason": reason},
    )


def too_much_beside():
    """Looks, names, comments and drawings beside the cells: offices rarely know of them, so the way out is a new workbook."""
    return refusal(
        "unpacked_too_large",
        _("Unpacked, the workbook is far larger than its rows. Copy the rows into a new workbook and upload that."),
    )


def _said(code, sheet, sentence):
    if sheet:
        return refusal(code, _("Sheet “%(sheet)s”: %(sentence)s") % {"sheet": sheet, "sentence": sentence})
    return refusal(code, _("The workbook: %(sentence)s") % {"sentence": sentence})

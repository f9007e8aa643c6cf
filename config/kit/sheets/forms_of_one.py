"""Whether a sheet without a table is a form of one person or one gift, its labels beside their values; the refusal then says so."""

from itertools import pairwise

from django.utils.translation import gettext as _

from config.kit.sheets.cells import TEXT
from config.kit.sheets.sentences import refusal

FEWEST_ROWS, FEWEST_LABELS = 2, 4
# A form has few rows on its page.
ROWS_LOOKED_AT = 60


def is_form_of_one(rows, columns):
    """Rows of label and value, of at least so many different columns: `姓名 覃大山 性别 男`, `姓名 覃大山 覃小山`."""
    labels, labelled = set(), 0
    for _number, cells in rows[:ROWS_LOOKED_AT]:
        keys = [_key(cells[place], columns) for place in sorted(cells)]
        # A label with a value behind it; in a header labels stand beside each other.
        blank_keys = {key for key, behind in pairwise(keys) if key and not behind}
        if blank_keys and None in keys and (len(blank_keys) > 1 or keys[0]):
            labels |= blank_keys
            labelled += 1
    return labelled >= FEWEST_ROWS and len(labels) >= FEWEST_LABELS


def _key(cell, columns):
    if cell.kind != TEXT or len(cell.value) > 20:
        return None
    column = columns.whole(cell.value)
    return column[0].key if column else None


def form_of_one(columns):
    wanted = _(", ").join(str(column.label) for column in columns.all if not column.ignored and column.identifies)
    return refusal(
        "form_of_one",
        _(
            "This is a form with labels beside their values. Write one person or one gift a row, under a header that names the columns, such as %(columns)s."
        )
        % {"columns": wanted},
    )

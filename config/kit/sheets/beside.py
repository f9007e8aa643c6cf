"""What a row says beside its texts: cells that are struck out, comments. What is kept nowhere is told or asked for."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.sheets.letters import squeezed


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
    """Comments as sentences, and a refusal for each struck-out cell of a row that stands: nobody knows whether it counts."""
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

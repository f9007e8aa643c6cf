"""The columns and rows of the bookroom for the yearly reports (R10), and their figures (R12)."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import NUMBER
from honours.bookroom.models import BookTitle


def _books(day, filters=ALL_ROWS):
    rows = BookTitle.objects.filter(Q(added_on=None) | Q(added_on__lte=day))
    return filters.of_organizations(rows, "point__organization")


def book_titles(day, filters=ALL_ROWS):
    """种: titles in the catalogue on a day."""
    return _books(day, filters)


def book_copies(day, filters=ALL_ROWS):
    """册: copies of all titles on a day."""
    return _books(day, filters).copies_total()


def book_lines(day, filters=ALL_ROWS):
    """`(class, titles, copies)` of the bookroom on a day."""
    rows = _books(day, filters).order_by().values("subject")
    counts = {
        row["subject"]: (row["number"], row["all_copies"])
        for row in rows.annotate(number=Count("pk"), all_copies=Sum("copies"))
    }
    return [(str(subject.label), *counts.get(subject, (0, 0))) for subject in BookTitle.Subject]


def book_columns():
    return [
        Column(_("class of books"), lambda row: row[0], width=18, key="class"),
        Column(_("titles"), lambda row: row[1], NUMBER, 14, total=True, ref="R10.titles", key="titles"),
        Column(_("copies of books"), lambda row: row[2], NUMBER, 14, total=True, ref="R10.copies", key="copies"),
        Column(_("lent (copy-times)"), lambda row: None, width=16),
    ]

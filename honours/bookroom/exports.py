"""The columns and rows of the bookroom for the yearly reports (R10), and their figures (R12)."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from branches.exports import EVERYTHING
from config.kit.excel import Column
from config.kit.excel_cells import NUMBER
from honours.bookroom.models import BookTitle


def _books(day, reach=EVERYTHING):
    rows = BookTitle.objects.filter(Q(added_on=None) | Q(added_on__lte=day))
    return reach.of_organizations(rows, "point__organization")


def book_titles(day, reach=EVERYTHING):
    """种: titles in the catalogue on a day."""
    return _books(day, reach)


def book_copies(day, reach=EVERYTHING):
    """册: copies of all titles on a day."""
    return _books(day, reach).copies_total()


def book_lines(day, reach=EVERYTHING):
    """`(class, titles, copies)` of the bookroom on a day."""
    rows = _books(day, reach).order_by().values("subject")
    found = {
        row["subject"]: (row["number"], row["all_copies"])
        for row in rows.annotate(number=Count("pk"), all_copies=Sum("copies"))
    }
    return [(str(subject.label), *found.get(subject, (0, 0))) for subject in BookTitle.Subject]


def book_columns():
    return [
        Column(_("class of books"), lambda row: row[0], width=18, key="class"),
        Column(_("titles"), lambda row: row[1], NUMBER, 14, total=True, ref="R10.titles", key="titles"),
        Column(_("copies of books"), lambda row: row[2], NUMBER, 14, total=True, ref="R10.copies", key="copies"),
        Column(_("lent (copy-times)"), lambda row: None, width=16),
    ]

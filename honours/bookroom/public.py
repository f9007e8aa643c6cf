"""What residents may read of the bookroom."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from config.kit.person.search import contains
from honours.awards.models import names_taken_back
from honours.bookroom.models import BookTitle
from honours.education_point.models import EducationPoint, VisitGroup
from members.privacy import without_names


@dataclass(frozen=True)
class BookLine:
    book_no: str
    title: str
    author: str
    publisher: str
    published_in: int | None
    subject_word: str
    copies: int


def book_line(book):
    return BookLine(
        book_no=book.book_no,
        title=book.title,
        author=book.author,
        publisher=book.publisher,
        published_in=book.published_in,
        subject_word=book.get_subject_display(),
        copies=book.copies,
    )


def books(*, subject="", query=""):
    """A queryset of the catalogue; `book_line` turns each into a line."""
    rows = BookTitle.objects.all()
    if subject in BookTitle.Subject.values:
        rows = rows.filter(subject=subject)
    if query:
        rows = rows.filter(contains(query, "title", "author") | Q(book_no__iexact=query))
    return rows


@dataclass(frozen=True)
class SubjectLine:
    """Titles (种) and copies (册) of one subject."""

    code: str
    word: str
    titles: int
    copies: int


def book_counts():
    rows = BookTitle.objects.values_list("subject").annotate(titles=Count("pk"), copies=Sum("copies")).order_by()
    counts = {subject: (titles, copies) for subject, titles, copies in rows}
    return [SubjectLine(code, str(word), *counts.get(code, (0, 0))) for code, word in BookTitle.Subject.choices]


@dataclass(frozen=True)
class PointSummary:
    """The education point in a few figures: visitors in person-times, books in titles and copies."""

    name: str
    address: str
    opening_hours: str
    groups: int
    visitors: int
    titles: int
    copies: int


def point_summary():
    """The education point for the front page, or None; one query."""

    def of_point(model, **sums):
        return model.objects.filter(point=OuterRef("pk")).order_by().values("point").annotate(**sums)

    visits = of_point(VisitGroup, groups=Count("pk"), total=Sum("visitors"))
    books = of_point(BookTitle, titles=Count("pk"), total=Sum("copies"))
    point = EducationPoint.objects.annotate(
        groups_count=Subquery(visits.values("groups")),
        visitors_sum=Subquery(visits.values("total")),
        titles_count=Subquery(books.values("titles")),
        copies_sum=Subquery(books.values("total")),
    ).first()
    return point and PointSummary(
        name=without_names(point.name, names_taken_back()),
        address=point.address,
        opening_hours=point.opening_hours,
        groups=point.groups_count or 0,
        visitors=point.visitors_sum or 0,
        titles=point.titles_count or 0,
        copies=point.copies_sum or 0,
    )

"""What residents may read of honours, the role model and the education point."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum

from config.kit.dates import years_of
from config.kit.person.search import contains
from honours.models import BookTitle, EducationPoint, Honour, RoleModel, Section, VisitGroup, names_taken_back
from members.privacy import shown_name, without_names


@dataclass(frozen=True)
class HonourLine:
    title: str
    level: str
    level_word: str
    awarded_on: date
    awarded_by: str
    winner: str
    is_collective: bool


def honour_lines(rows):
    """Lines of honours; names that were taken back are masked where a title or a collective still bears them."""
    rows, names = list(rows), names_taken_back()
    return [
        HonourLine(
            title=without_names(honour.title, names),
            level=honour.level,
            level_word=honour.get_level_display(),
            awarded_on=honour.awarded_on,
            awarded_by=without_names(honour.awarded_by, names),
            winner=without_names(honour.winner, names),
            is_collective=honour.is_collective,
        )
        for honour in rows
    ]


def honours(*, level="", year=None, winner="", query=""):
    """A queryset of public honours, newest first; `honour_lines` turns them into lines."""
    found = Honour.objects.public()
    if level in Honour.Level.values:
        found = found.filter(level=level)
    if year:
        found = found.filter(awarded_on__year=year)
    if winner == "collective":
        found = found.filter(is_collective=True)
    elif winner == "person":
        found = found.filter(is_collective=False)
    if query:
        found = found.filter(contains(query, "title", "awarded_by", "winner"))
        # What is masked on the page cannot be found by its name either.
        for name in names_taken_back():
            found = found.exclude(contains(name, "title", "awarded_by", "winner"))
    return found


@dataclass(frozen=True)
class MatrixLine:
    """One year of the matrix: how many honours at each level, and together."""

    year: int
    counts: tuple[int, ...]
    total: int


def honours_matrix(*, is_collective=False):
    """Year × level of public honours, newest year first, and the totals by level."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Honour.objects.public()
        .filter(is_collective=is_collective)
        .values_list("awarded_on__year", "level")
        .annotate(number=Count("pk"))
        .order_by()
    )
    for year, level, number in rows:
        counts[year][level] = number
    levels = Honour.Level.values
    lines = [
        MatrixLine(year, tuple(by.get(level, 0) for level in levels), sum(by.values()))
        for year, by in sorted(counts.items(), reverse=True)
    ]
    return lines, tuple(sum(line.counts[place] for line in lines) for place in range(len(levels)))


@dataclass(frozen=True)
class RoleModelLine:
    name: str
    retired_on: date | None
    saying: str
    profile: str
    honours: int
    first_year: int | None
    last_year: int | None


def role_model():
    """The role model who agreed to be shown, with the number of public honours, or None."""
    found = (
        RoleModel.objects.agreed()
        .annotate(
            number=Count("honours", filter=Q(honours__state=Honour.State.PUBLIC)),
            first=Min("honours__awarded_on", filter=Q(honours__state=Honour.State.PUBLIC)),
            last=Max("honours__awarded_on", filter=Q(honours__state=Honour.State.PUBLIC)),
        )
        .first()
    )
    return found and RoleModelLine(
        name=shown_name(found.name, agreed=True),
        retired_on=found.retired_on,
        saying=found.saying,
        profile=found.profile,
        honours=found.number,
        first_year=found.first.year if found.first else None,
        last_year=found.last.year if found.last else None,
    )


@dataclass(frozen=True)
class SectionLine:
    title: str
    text: str


@dataclass(frozen=True)
class PointLine:
    """The education point with its figures: visitors in person-times, books in titles and copies."""

    name: str
    address: str
    opened_on: date | None
    opening_hours: str
    office_phone: str
    introduction: str
    sections: tuple[SectionLine, ...]
    groups: int
    visitors: int
    titles: int
    copies: int


def education_point():
    """The first education point there is, or None."""
    point = EducationPoint.objects.first()
    if point is None:
        return None
    names = names_taken_back()
    visits = VisitGroup.objects.filter(point=point).aggregate(groups=Count("pk"), visitors=Sum("visitors"))
    books = BookTitle.objects.filter(point=point).aggregate(titles=Count("pk"), copies=Sum("copies"))
    return PointLine(
        name=without_names(point.name, names),
        address=point.address,
        opened_on=point.opened_on,
        opening_hours=point.opening_hours,
        office_phone=point.office_phone,
        introduction=without_names(point.introduction, names),
        sections=tuple(
            SectionLine(without_names(row.title, names), without_names(row.text, names))
            for row in Section.objects.filter(point=point)
        ),
        groups=visits["groups"],
        visitors=visits["visitors"] or 0,
        titles=books["titles"],
        copies=books["copies"] or 0,
    )


@dataclass(frozen=True)
class VisitLine:
    """One group of visitors: the kind and number, never who led it."""

    day: date
    starts_at: time | None
    kind_word: str
    visitors: int


def visit_line(visit):
    return VisitLine(visit.day, visit.starts_at, visit.get_kind_display(), visit.visitors)


def visits(*, kind=""):
    """A queryset of visits, newest first; `visit_line` turns each into a line."""
    found = VisitGroup.objects.all()
    return found.filter(kind=kind) if kind in VisitGroup.Kind.values else found


@dataclass(frozen=True)
class KindLine:
    """Groups (批次) and visitors (人次) of one kind."""

    word: str
    groups: int
    visitors: int


def visit_counts():
    rows = VisitGroup.objects.values_list("kind").annotate(groups=Count("pk"), visitors=Sum("visitors")).order_by()
    found = {kind: (groups, visitors) for kind, groups, visitors in rows}
    return [KindLine(str(word), *found[code]) for code, word in VisitGroup.Kind.choices if code in found]


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
    found = BookTitle.objects.all()
    if subject in BookTitle.Subject.values:
        found = found.filter(subject=subject)
    if query:
        found = found.filter(contains(query, "title", "author") | Q(book_no__iexact=query))
    return found


@dataclass(frozen=True)
class SubjectLine:
    """Titles (种) and copies (册) of one subject."""

    code: str
    word: str
    titles: int
    copies: int


def book_counts():
    rows = BookTitle.objects.values_list("subject").annotate(titles=Count("pk"), copies=Sum("copies")).order_by()
    found = {subject: (titles, copies) for subject, titles, copies in rows}
    return [SubjectLine(code, str(word), *found.get(code, (0, 0))) for code, word in BookTitle.Subject.choices]


def level_choices():
    """Levels a reader may choose from."""
    return [(code, str(word)) for code, word in Honour.Level.choices]


def honour_years():
    """Years with public honours, newest first."""
    return years_of(Honour.objects.public(), "awarded_on")


COLLECTIVE_SHOWN = 6


def honours_page():
    """What the page of honours shows: the role model, the matrix of personal honours, the collective ones.

    County and street stand in one column, as the office counts them (县级及以下).
    """
    lines, sums = honours_matrix()
    levels = [str(word) for code, word in Honour.Level.choices if code != Honour.Level.STREET]
    collective = honours(winner="collective")
    national = honours(winner="person", level=Honour.Level.NATIONAL)
    return {
        "person": role_model(),
        "levels": levels,
        "rows": [MatrixLine(line.year, _county_and_below(line.counts), line.total) for line in lines],
        "sums": _county_and_below(sums),
        "total": sum(sums),
        "collective": honour_lines(collective[:COLLECTIVE_SHOWN]),
        "national": honour_lines(national[:12]),
    }


def _county_and_below(counts):
    """The counts of the five levels with street added to county."""
    *above, county, street = counts
    return (*above, county + street)


def point_page():
    """What the page of the education point shows."""
    return {"point": education_point(), "counts": visit_counts()}


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

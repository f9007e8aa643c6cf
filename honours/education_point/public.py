"""What residents may read of the education point and its visits."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Sum

from honours.awards.models import names_taken_back
from honours.education_point.models import EducationPoint, Section, VisitGroup
from members.privacy import without_names


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
    visits = point.visits.aggregate(groups=Count("pk"), visitors=Sum("visitors"))
    books = point.books.aggregate(titles=Count("pk"), copies=Sum("copies"))
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
    rows = VisitGroup.objects.all()
    return rows.filter(kind=kind) if kind in VisitGroup.Kind.values else rows


@dataclass(frozen=True)
class KindLine:
    """Groups (批次) and visitors (人次) of one kind."""

    word: str
    groups: int
    visitors: int


def visit_counts():
    rows = VisitGroup.objects.values_list("kind").annotate(groups=Count("pk"), visitors=Sum("visitors")).order_by()
    counts = {kind: (groups, visitors) for kind, groups, visitors in rows}
    return [KindLine(str(word), *counts[code]) for code, word in VisitGroup.Kind.choices if code in counts]


def point_page():
    """What the page of the education point shows."""
    return {"point": education_point(), "counts": visit_counts()}

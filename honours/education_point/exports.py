"""The columns and rows of visits for the yearly reports (R10), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import NUMBER
from honours.education_point.models import VisitGroup


def visits_between(first, last, filters=ALL_ROWS):
    visits = filters.of_organizations(VisitGroup.objects.filter(day__lte=last), "point__organization")
    return visits.filter(day__gte=first) if first else visits


def visitors_between(first, last, filters=ALL_ROWS):
    """人次: visitors of the education point in a span."""
    return visits_between(first, last, filters).visitors()


@dataclass(frozen=True)
class VisitLine:
    """Visiting groups and visitors by kind, in one month or year."""

    label: str
    groups: int
    visitors: dict

    @property
    def total(self):
        return sum(self.visitors.values())


def _visit_lines(rows, labels):
    spans: dict[int, dict] = {}
    for row in rows.values("span", "kind").annotate(number=Count("pk"), people=Sum("visitors")):
        line = spans.setdefault(row["span"], {"groups": 0, "visitors": {}})
        line["groups"] += row["number"]
        line["visitors"][row["kind"]] = row["people"]
    empty = {"groups": 0, "visitors": {}}
    return [VisitLine(label, **spans.get(span, empty)) for span, label in (labels or _years(spans)).items()]


def _years(years):
    return {year: str(year) for year in sorted(years, reverse=True)}


def visit_months(year, last, filters=ALL_ROWS):
    rows = visits_between(date(year, 1, 1), min(last, date(year, 12, 31)), filters)
    labels = {month: pgettext("report", "month %(number)s") % {"number": month} for month in range(1, 13)}
    return _visit_lines(rows.order_by().annotate(span=ExtractMonth("day")), labels)


def visit_years(last, filters=ALL_ROWS):
    return _visit_lines(visits_between(None, last, filters).order_by().annotate(span=ExtractYear("day")), None)


# What a county form calls the kinds of visitors.
KIND_KEYS = {
    VisitGroup.Kind.STUDENTS: "pupils",
    VisitGroup.Kind.MEMBERS: "members",
    VisitGroup.Kind.CADRES: "cadres",
    VisitGroup.Kind.PUBLIC: "residents",
}


def visit_columns(heading, ref):
    """月份 (or year), 批次, 学生/党员/干部/群众人数 and their sum."""
    return [
        Column(heading, lambda line: line.label, width=10, key="month"),
        Column(pgettext("report", "groups"), lambda line: line.groups, NUMBER, 10, total=True, key="groups"),
        *(
            Column(
                str(kind.label),
                lambda line, kind=kind: line.visitors.get(kind, 0),
                NUMBER,
                12,
                total=True,
                key=KIND_KEYS[kind],
            )
            for kind in VisitGroup.Kind
        ),
        Column(_("visitors (person-times)"), lambda line: line.total, NUMBER, 14, total=True, ref=ref, key="visitors"),
    ]

"""The columns and rows of honours, visits and books for the yearly reports (R9, R10), and their figures (R12)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import EVERYTHING
from config.kit.excel import Column
from config.kit.excel_cells import MONTH, NUMBER
from honours.models import BookTitle, Honour, VisitGroup


def public_honours(first, last, reach=EVERYTHING):
    """Public honours awarded in a span; of branches alone those of their own members."""
    honours = Honour.objects.checked().filter(awarded_on__lte=last)
    if reach.organization_ids == ():
        honours = reach.of_branches(honours, "role_model__member__branch")
    else:
        honours = reach.of_organizations(honours)
    return honours.filter(awarded_on__gte=first) if first else honours


def honours_between(first, last, reach=EVERYTHING):
    """Public honours of persons awarded in a span."""
    return public_honours(first, last, reach).filter(is_collective=False)


def visits_between(first, last, reach=EVERYTHING):
    visits = reach.of_organizations(VisitGroup.objects.filter(day__lte=last), "point__organization")
    return visits.filter(day__gte=first) if first else visits


def visitors_between(first, last, reach=EVERYTHING):
    """人次: visitors of the education point in a span."""
    return visits_between(first, last, reach).visitors()


def _books(day, reach=EVERYTHING):
    rows = BookTitle.objects.filter(Q(added_on=None) | Q(added_on__lte=day))
    return reach.of_organizations(rows, "point__organization")


def book_titles(day, reach=EVERYTHING):
    """种: titles in the catalogue on a day."""
    return _books(day, reach)


def book_copies(day, reach=EVERYTHING):
    """册: copies of all titles on a day."""
    return _books(day, reach).copies_total()


def honour_rows(last, reach=EVERYTHING):
    """`(number, honour)` of every public honour up to a day, the newest year first, higher levels before lower."""
    order = {level.value: place for place, level in enumerate(Honour.Level)}
    rows = sorted(
        public_honours(None, last, reach),
        key=lambda row: (-row.awarded_on.year, order[row.level], row.awarded_on, row.pk),
    )
    return enumerate(rows, 1)


def winner_kind(honour):
    return pgettext("honour of", "collective") if honour.is_collective else pgettext("honour of", "person")


def honour_columns():
    """R9: 年度, 级别, 荣誉名称, 授予单位, 获奖者."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 7, key="no"),
        Column(pgettext("report", "year"), lambda row: str(row[1].awarded_on.year), width=8, key="year"),
        Column(_("level"), lambda row: row[1].get_level_display(), width=13, key="level"),
        Column(_("honour"), lambda row: row[1].title, width=42, key="title"),
        Column(_("awarding body"), lambda row: row[1].awarded_by, width=36, key="awarded_by"),
        Column(_("winner"), lambda row: row[1].winner, width=14, key="winner"),
        Column(_("person or collective"), lambda row: winner_kind(row[1]), width=10, key="kind"),
        Column(_("awarded in"), lambda row: row[1].awarded_on, MONTH, 10, key="awarded_in"),
    ]


@dataclass(frozen=True)
class YearLine:
    """The honours of one year, by level; those of persons and of collectives."""

    year: int
    levels: dict
    persons: int
    collectives: int


def year_lines(last, reach=EVERYTHING):
    """The matrix year × level of public honours up to a day."""
    rows = (
        public_honours(None, last, reach)
        .order_by()
        .annotate(year=ExtractYear("awarded_on"))
        .values("year", "level", "is_collective")
        .annotate(number=Count("pk"))
    )
    lines: dict[int, dict] = {}
    for row in rows:
        line = lines.setdefault(row["year"], {"levels": {}, True: 0, False: 0})
        line["levels"][row["level"]] = line["levels"].get(row["level"], 0) + row["number"]
        line[row["is_collective"]] += row["number"]
    return [
        YearLine(year, found["levels"], found[False], found[True])
        for year, found in sorted(lines.items(), reverse=True)
    ]


def matrix_columns():
    return [
        Column(pgettext("report", "year"), lambda line: str(line.year), width=10),
        *(
            Column(
                str(level.label), lambda line, level=level: line.levels.get(level, 0), NUMBER, 14, total=True,
                ref=f"R9.level.{level}",
            )
            for level in Honour.Level
        ),
        Column(_("honours in all"), lambda line: line.persons + line.collectives, NUMBER, 12, total=True, ref="R9.all"),
        Column(_("of persons"), lambda line: line.persons, NUMBER, 12, total=True, ref="R9.persons"),
        Column(_("of collectives"), lambda line: line.collectives, NUMBER, 12, total=True),
    ]  # fmt: skip


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
    found: dict[int, dict] = {}
    for row in rows.values("span", "kind").annotate(number=Count("pk"), people=Sum("visitors")):
        line = found.setdefault(row["span"], {"groups": 0, "visitors": {}})
        line["groups"] += row["number"]
        line["visitors"][row["kind"]] = row["people"]
    empty = {"groups": 0, "visitors": {}}
    return [VisitLine(label, **found.get(span, empty)) for span, label in (labels or _years(found)).items()]


def _years(found):
    return {year: str(year) for year in sorted(found, reverse=True)}


def visit_months(year, last, reach=EVERYTHING):
    rows = visits_between(date(year, 1, 1), min(last, date(year, 12, 31)), reach)
    labels = {month: pgettext("report", "month %(number)s") % {"number": month} for month in range(1, 13)}
    return _visit_lines(rows.order_by().annotate(span=ExtractMonth("day")), labels)


def visit_years(last, reach=EVERYTHING):
    return _visit_lines(visits_between(None, last, reach).order_by().annotate(span=ExtractYear("day")), None)


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

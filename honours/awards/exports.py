"""The columns and rows of honours for the yearly reports (R9), and their figures (R12)."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import ALL_ROWS
from config.kit.excel import Column
from config.kit.excel_cells import MONTH, NUMBER
from honours.awards.models import Honour


def public_honours(first, last, filters=ALL_ROWS):
    """Public honours awarded in a span; of branches alone those of their own members."""
    honours = Honour.objects.checked().filter(awarded_on__lte=last)
    if filters.organization_ids == ():
        honours = filters.of_branches(honours, "role_model__member__branch")
    else:
        honours = filters.of_organizations(honours)
    return honours.filter(awarded_on__gte=first) if first else honours


def honours_between(first, last, filters=ALL_ROWS):
    """Public honours of persons awarded in a span."""
    return public_honours(first, last, filters).filter(is_collective=False)


def honour_rows(last, filters=ALL_ROWS):
    """`(number, honour)` of every public honour up to a day, the newest year first, higher levels before lower."""
    order = {level.value: place for place, level in enumerate(Honour.Level)}
    rows = sorted(
        public_honours(None, last, filters),
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


def year_lines(last, filters=ALL_ROWS):
    """The matrix year × level of public honours up to a day."""
    rows = (
        public_honours(None, last, filters)
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
        YearLine(year, counts["levels"], counts[False], counts[True])
        for year, counts in sorted(lines.items(), reverse=True)
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

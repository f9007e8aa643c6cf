"""What residents may read of honours and the role model."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q

from config.kit.dates import years_of
from config.kit.person.search import contains
from honours.awards.models import Honour, RoleModel, names_taken_back
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
    """Lines of honours; names that were taken back are masked where a title or a collective still contains them."""
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
    rows = Honour.objects.public()
    if level in Honour.Level.values:
        rows = rows.filter(level=level)
    if year:
        rows = rows.filter(awarded_on__year=year)
    if winner == "collective":
        rows = rows.filter(is_collective=True)
    elif winner == "person":
        rows = rows.filter(is_collective=False)
    if query:
        rows = rows.filter(contains(query, "title", "awarded_by", "winner"))
        # What is masked on the page cannot be found by its name either.
        for name in names_taken_back():
            rows = rows.exclude(contains(name, "title", "awarded_by", "winner"))
    return rows


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
    person = (
        RoleModel.objects.agreed()
        .annotate(
            number=Count("honours", filter=Q(honours__state=Honour.State.PUBLIC)),
            first=Min("honours__awarded_on", filter=Q(honours__state=Honour.State.PUBLIC)),
            last=Max("honours__awarded_on", filter=Q(honours__state=Honour.State.PUBLIC)),
        )
        .first()
    )
    return person and RoleModelLine(
        name=shown_name(person.name, agreed=True),
        retired_on=person.retired_on,
        saying=person.saying,
        profile=person.profile,
        honours=person.number,
        first_year=person.first.year if person.first else None,
        last_year=person.last.year if person.last else None,
    )


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

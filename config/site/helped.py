"""Whom did the mutual-aid fund help? Person-times of each year, and how many of them were helped for the first time."""

from collections import Counter
from dataclasses import dataclass

from fund.disclosure.wording import lines_address
from fund.help.exports import cases_paid, visits_paid
from fund.models import Pot


@dataclass(frozen=True)
class HelpedYear:
    """A year of help: cases and visits in person-times, and of these the people helped for the first time (persons).

    The persons of all years sum up to the different people helped.
    """

    year: int
    cases: int
    visits: int
    persons: int
    lines: tuple

    @property
    def person_times(self):
        return self.cases + self.visits


def helped_years(code="", *, until):
    """The years of help up to a day, newest first; of one mutual-aid pot, or of all where no pot has this code."""
    pots = list(Pot.objects.filter(kind=Pot.Kind.MUTUAL_AID))
    pots = [pot for pot in pots if pot.code == code] or pots
    cases = cases_paid(None, until, pots=pots).order_by().values_list("paid_on", "person_key")
    visits = visits_paid(None, until, pots=pots).order_by().values_list("round__paid_on", "person_key")
    rows = sorted([(day, 0, key) for day, key in cases] + [(day, 1, key) for day, key in visits])
    known, first_times, times = set(), Counter(), Counter()
    for day, kind, key in rows:
        times[day.year, kind] += 1
        first_times[day.year] += key not in known
        known.add(key)
    return [
        HelpedYear(
            year=year,
            cases=times[year, 0],
            visits=times[year, 1],
            persons=first_times[year],
            lines=tuple((pot.name, lines_address(pot.code, side="expense", year=year)) for pot in pots),
        )
        for year in sorted({year for year, _kind in times}, reverse=True)
    ]

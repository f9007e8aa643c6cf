"""R1 roster and structure, R2 committees and terms, R11 the list for the medal of 50 years."""

from datetime import date

from django.utils.translation import gettext as _

from branches.exports import term_columns, term_lines
from config.kit.excel import Block, Chart, Worksheet
from members.roster.exports import (
    AGE_BANDS,
    FIRST_MEDAL_YEAR,
    MEDAL_YEARS,
    affiliations_on,
    medal_columns,
    medal_rows,
    not_recorded,
    roll,
    roster_columns,
    structure_columns,
    structure_lines,
)


def roster(year, scope, on):
    """R1: the roll of the day, written as it is read, and its structure counted by the database."""
    heading = {"year": year, "day": on.isoformat()}
    count = affiliations_on(on, scope.filters).count()
    yield Worksheet(
        name=_("R1 roster"),
        title=_("%(year)s roster of retired cadre Party members") % heading,
        unit=_("persons"),
        blocks=[Block(roster_columns(on=on), roll(on=on, filters=scope.filters), ref="R1.roster")],
        notes=[_("%(count)s persons on the roll on %(day)s.") % {"count": count, **heading}],
        summary=_("every member on the roll, in clear: citizen ID numbers, phones, addresses"),
    )
    notes = [_("Age and Party standing are whole years on %(day)s; standing counts from full membership.") % heading]
    no_birth, no_full = not_recorded(on=on, filters=scope.filters)
    if no_birth:
        notes.append(_("%(count)s persons have no birth date recorded and stand in no age band.") % {"count": no_birth})
    if no_full:
        notes.append(
            _("%(count)s persons have no day of full membership recorded; they count as under 30.") % {"count": no_full}
        )
    yield Worksheet(
        name=_("R1 structure"),
        title=_("%(year)s structure of the roster") % heading,
        unit=_("persons"),
        blocks=[
            Block(
                structure_columns(on=on),
                structure_lines(on=on, filters=scope.filters),
                has_total=True,
                ref="R1.branches",
            )
        ],
        charts=[Chart(_("Members by age (persons)"), AGE_BANDS, of_total=True)],
        notes=notes,
        summary=_("sex, ethnic group, age, standing, education, retirement by branch; a chart of ages"),
    )


def committees(year, scope, on):
    """R2."""
    lines = term_lines(date(year, 1, 1), on, scope.filters)
    yield Worksheet(
        name=_("R2 committees"),
        title=_("%(year)s branch committees and terms") % {"year": year},
        blocks=[Block(term_columns(), lines)],
        notes=[_("Posts as they were held on %(day)s.") % {"day": on.isoformat()}],
        summary=_("secretary, deputy, committee members, election, end of term, whether in time"),
    )


def medals(year, scope, on):
    """R11: nothing is proposed before 2021, when the medal was first given; the list itself is shown all the same."""
    proposed = year >= FIRST_MEDAL_YEAR
    heading = {"year": year, "years": MEDAL_YEARS}
    title = _("%(year)s list of members to be proposed for the medal of 50 years in the Party")
    if not proposed:
        title = _("%(year)s list of members with 50 years of Party standing")
    notes = [
        _("Standing of %(years)s years or more by 1 July %(year)s, on the roll, membership not suspended.") % heading
    ]
    if proposed:
        notes.append(
            _("Whether somebody has the medal already is not recorded here; compare with the lists of earlier years.")
        )
    else:
        notes.append(
            _("The medal was first given in 2021: nobody is proposed for this year, the list is for information.")
        )
    yield Worksheet(
        name=_("R11 50 years"),
        title=title % heading,
        unit=_("persons"),
        blocks=[Block(medal_columns(), medal_rows(year, on=on, filters=scope.filters), ref="R11.persons")],
        notes=notes,
        summary=_("members with 50 years of standing by 1 July"),
    )


def count_roster(year, scope, on):
    return affiliations_on(on, scope.filters).count()


def count_committees(year, scope, on):
    return len(term_lines(date(year, 1, 1), on, scope.filters))


def count_medals(year, scope, on):
    return sum(1 for _row in medal_rows(year, on=on, filters=scope.filters))

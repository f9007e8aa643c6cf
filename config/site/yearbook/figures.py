"""R12: every indicator of three years and since the start, with its definition (口径)."""

from datetime import date

from django.utils.translation import gettext as _

from config.kit.excel import Block, Column, Worksheet
from config.kit.excel_cells import FIGURE, NamedCell
from config.site.programme import INDICATORS, OF_BRANCHES, STOCK, measured


def keys_of(scope):
    """The indicators a report of this scope can tell."""
    return OF_BRANCHES if scope.is_branch_only else tuple(line.key for line in INDICATORS)


def figures(year, scope, on):
    """R12; a stock is as of a day, a flow is what happened in a year."""
    keys = keys_of(scope)
    given = {"keys": keys, "filters": scope.filters, "pots": None if scope.whole else scope.pots}

    def of_year(number):
        last = on if number == year else date(number, 12, 31)
        return measured(lambda line: None if line.span == STOCK else date(number, 1, 1), last, **given)

    spans = {"this": of_year(year), "last": of_year(year - 1), "before": of_year(year - 2)}
    all_time = measured(lambda line: None, on, **given)

    def value_of(span):
        return lambda line: NamedCell(f"R12.{line.key}.{span}", spans[span][line.key])

    def since_the_start(line):
        return None if line.span == STOCK else NamedCell(f"R12.{line.key}.all", all_time[line.key])

    notes = [_("A stock stands on %(day)s; a flow is what happened in the year.") % {"day": on.isoformat()}]
    if scope.is_branch_only:
        notes.append(_("Figures of the branch alone; events held together with other branches are counted too."))
    yield Worksheet(
        name=_("R12 figures"),
        title=_("The year %(year)s on one page") % {"year": year},
        blocks=[
            Block(
                [
                    Column(_("indicator"), lambda line: str(line.name), width=26),
                    Column(_("unit"), lambda line: str(line.unit), width=9),
                    Column(_("this year (%(year)s)") % {"year": year}, value_of("this"), FIGURE, 15),
                    Column(_("last year (%(year)s)") % {"year": year - 1}, value_of("last"), FIGURE, 15),
                    Column(_("the year before (%(year)s)") % {"year": year - 2}, value_of("before"), FIGURE, 15),
                    Column(_("since the start"), since_the_start, FIGURE, 15),
                    Column(_("definition"), lambda line: str(line.definition), width=46),
                ],
                [line for line in INDICATORS if line.key in keys],
            )
        ],
        notes=notes,
        summary=_("every figure of this year, the two years before and since the start, with its definition"),
    )


def count_figures(year, scope, on):
    return len(keys_of(scope))

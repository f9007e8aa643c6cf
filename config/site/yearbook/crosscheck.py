"""核对表: every figure that stands in two places, read from both by formulas and compared."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.events.exports import NAMED_KINDS, OTHERS
from config.kit.excel import Block, Column, Worksheet
from config.kit.excel_cells import FIGURE, NUMBER, Formula, Link
from config.kit.excel_sheets import FIRST_ROW
from config.site.programme import INDICATORS
from fund.models import Account, Pot
from honours.models import Honour


@dataclass(frozen=True)
class Check:
    """One figure and its places: each a tuple of names of cells whose values are added up."""

    name: str
    unit: str
    sides: tuple


@dataclass(frozen=True)
class CheckLine:
    number: int | None
    name: str
    unit: str
    first: object
    first_value: object
    second: object
    second_value: object
    agrees: Formula


_WORDS = {
    "events": gettext_lazy("events of the year"),
    "attendances": gettext_lazy("attendances of the year"),
    "times": gettext_lazy("help of the year"),
    "help_money": gettext_lazy("money of the help of the year"),
    "levels": gettext_lazy("honours of all levels"),
}
_PERSON_TIMES, _YUAN, _EVENTS = gettext_lazy("person-times"), gettext_lazy("yuan"), gettext_lazy("events")
_HONOURS = pgettext_lazy("unit", "honours")


def _checks(scope):
    """Every figure that stands in two places, in the order of the reports."""
    lines = {line.key: line for line in INDICATORS}

    def of(key, *sides, span="this"):
        wanted = tuple((side,) if isinstance(side, str) else side for side in sides)
        return Check(str(lines[key].name), str(lines[key].unit), (*wanted, (f"R12.{key}.{span}",)))

    def pots(kind, end):
        return tuple(f"R5.{pot.code}.{end}" for pot in scope.pots_of(kind))

    aid, income, expense = Pot.Kind.MUTUAL_AID, Account.Kind.INCOME, Account.Kind.EXPENSE
    yield of("members", "R1.roster", "R1.members")
    yield of("branches", "R1.branches")
    yield Check(str(_WORDS["events"]), str(_EVENTS), (("R3.events",), tuple(f"R3.{kind}" for kind in _kinds())))
    yield Check(str(_WORDS["attendances"]), str(_PERSON_TIMES), (("R3.attendances",), ("R3.attendances by kind",)))
    yield of("volunteer_days", "R3.volunteer_day", "R4.days")
    yield of("performances", "R3.performance")
    yield of("volunteers", "R4.volunteers")
    for pot in scope.pots:
        yield from _of_pot(pot)
    yield of("fund_raised", pots(aid, income))
    yield of("fund_raised", pots(aid, "years.income"), span="all")
    yield of("fund_balance", pots(aid, "closing"))
    yield of("people_helped", "R6.persons")
    yield of("people_helped", "R6.first", span="all")
    yield Check(str(_WORDS["times"]), str(_PERSON_TIMES), (("R6.list",), ("R6.times",), ("R6.board",)))
    uses = tuple(
        f"R5.{pot.code}.{expense}.{code}"
        for pot in scope.pots_of(aid)
        for code in ("assistance", "condolence_cash", "condolence_goods")
    )
    money = [("R6.amount",), ("R6.board.amount",), ("R6.by occasion",)]
    yield Check(str(_WORDS["help_money"]), str(_YUAN), (*money, *([] if scope.is_branch_only else [uses])))
    yield of("activity_money", "R7.income", pots(Pot.Kind.ACTIVITY, income))
    yield of("allowance_total", "R7.allowance", pots(Pot.Kind.ALLOWANCE, expense))
    yield of("venue_area", "R8.area")
    yield of("equipment_total", "R8.amount")
    yield Check(
        str(_WORDS["levels"]),
        str(_HONOURS),
        (("R9.list",), ("R9.all",), tuple(f"R9.level.{level}" for level in _levels())),
    )
    yield of("honours", "R9.persons", span="all")
    yield of("visitors", "R10.visitors.this")
    yield of("visitors", "R10.visitors.all", span="all")
    yield of("book_titles", "R10.titles")
    yield of("book_copies", "R10.copies")


def _of_pot(pot):
    for end, word in ((Account.Kind.INCOME, _("%(pot)s: income")), (Account.Kind.EXPENSE, _("%(pot)s: spending"))):
        span = "income" if end == Account.Kind.INCOME else "spending"
        yield Check(
            word % {"pot": pot.name},
            str(_YUAN),
            ((f"R5.{pot.code}.{end}",), (f"R5.{pot.code}.list.{end}",), (f"R5.{pot.code}.quarters.{span}",)),
        )
    yield Check(
        _("%(pot)s: balance at the end of the year") % {"pot": pot.name},
        str(_YUAN),
        ((f"R5.{pot.code}.closing",), (f"R5.{pot.code}.quarters.closing.4",)),
    )


def _kinds():
    return [*NAMED_KINDS, OTHERS]


def _levels():
    return list(Honour.Level)


def crosscheck_sheet(year, scope):
    return Worksheet(
        name=_("Cross-check"),
        title=_("%(year)s yearly reports: cross-check") % {"year": year},
        blocks=[
            Block(
                [
                    Column(_("No."), lambda line: line.number, NUMBER, 6),
                    Column(_("figure"), lambda line: line.name, width=42),
                    Column(_("unit"), lambda line: line.unit, width=8),
                    Column(_("one place"), lambda line: line.first, width=26),
                    Column(_("its value"), lambda line: line.first_value, FIGURE, 15, key="first"),
                    Column(_("another place"), lambda line: line.second, width=26),
                    Column(_("its value"), lambda line: line.second_value, FIGURE, 15, key="second"),
                    Column(_("they agree"), lambda line: line.agrees, FIGURE, 11, key="agrees"),
                ],
                lambda refs: _lines(refs, scope),
            )
        ],
        notes=[_("TRUE means that both places show the same; the first line is TRUE only where all of them do.")],
        confidential=True,
        late=True,
        summary=_("every figure that stands in two places, compared by formulas"),
    )


def _lines(refs, scope):
    """The line of all first, then one for each pair of places."""
    pairs = []
    for check in _checks(scope):
        sides = [_side(refs, side) for side in check.sides]
        sides = [side for side in sides if side is not None]
        pairs += [(check, sides[0], other) for other in sides[1:]]
    agree = [round(first[1].value - second[1].value, 2) == 0 for _check, first, second in pairs]
    last = FIRST_ROW + len(pairs)
    text = f"=AND({{agrees}}{FIRST_ROW + 1}:{{agrees}}{last})" if pairs else "=TRUE()"
    yield CheckLine(None, _("All figures agree"), "", "", "", "", "", Formula(text, all(agree)))
    for number, ((check, first, second), same) in enumerate(zip(pairs, agree, strict=True), 1):
        agrees = Formula("=AND(ROUND({first}{row}-{second}{row},2)=0)", same)
        yield CheckLine(number, check.name, check.unit, *first, *second, agrees)


def _side(refs, names):
    """`(link, formula)` of the named cells that were written; None where none was."""
    cells = [refs.figures[name] for name in names if name in refs.figures]
    if not cells:
        return None
    values = [cell.value or 0 for cell in cells]
    total = sum(values, Decimal(0) if any(isinstance(value, Decimal) for value in values) else 0)
    sheets = list(dict.fromkeys(cell.sheet for cell in cells))
    words = sheets[0] if len(sheets) == 1 else _("%(sheet)s and others") % {"sheet": sheets[0]}
    return Link(sheets[0], words), Formula("=" + "+".join(cell.expression for cell in cells), total)

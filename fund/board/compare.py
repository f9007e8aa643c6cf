"""Two published statements side by side: their sums, income by source, spending by kind, and the differences."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from config.kit.money import from_fen, yuan
from fund.disclosure.statements.document import EXPENSE, INCOME
from fund.disclosure.statements.listing import StatementLine, line_of_statement
from fund.disclosure.statements.models import Statement
from fund.ledger.wording import account_label


@dataclass(frozen=True)
class ComparedLine:
    """One row: the figure of each statement and what the later one has more (yuan)."""

    label: str
    first: Decimal
    second: Decimal
    is_total: bool = False

    @property
    def difference(self):
        return self.second - self.first

    @property
    def words(self):
        if self.difference == 0:
            return _("the same")
        amount = yuan(abs(self.difference))
        return (_("%(amount)s yuan more") if self.difference > 0 else _("%(amount)s yuan less")) % {"amount": amount}


@dataclass(frozen=True)
class ComparedPersons:
    """How many givers or people helped (person-times) each statement counts."""

    label: str
    first: int
    second: int


@dataclass(frozen=True)
class Comparison:
    """Two statements, the earlier first; `lines` by block: opening, income by source, spending by kind, closing."""

    first: StatementLine
    second: StatementLine
    is_same_pot: bool
    opening: ComparedLine
    income: tuple
    spending: tuple
    closing: ComparedLine
    persons: tuple


@dataclass(frozen=True)
class Choice:
    """A statement that can be chosen: its number and the words in the list."""

    number: str
    label: str


@dataclass(frozen=True)
class ComparePage:
    """The two lists to choose from, what was chosen, and the comparison where both were found."""

    choices: tuple
    a: str
    b: str
    comparison: Comparison | None
    is_asked: bool


def compare_page(pot, query):
    """The comparison `query` (a GET dictionary) asks for; unknown numbers compare nothing, none chosen means the newest two."""
    rows = list(
        Statement.objects.published()
        .select_related("pot", "corrects")
        .defer("document", "corrects__document")
        .filter(pot__organization_id=pot.organization_id)
        .order_by("pot_id", "-sequence")
    )
    by_number = {row.number: row for row in rows}
    numbers = {name: query.get(name, "")[:60] for name in ("a", "b")}
    is_asked = any(numbers.values())
    if not is_asked:
        newest = [row.number for row in rows if row.pot_id == pot.pk and not row.corrects_id][:2]
        if len(newest) == 2:
            numbers = {"a": newest[1], "b": newest[0]}
    statements = [by_number.get(number) for number in numbers.values()]
    comparison = _compare(*statements) if all(statements) and statements[0] != statements[1] else None
    return ComparePage(
        choices=tuple(
            Choice(row.number, f"{row.pot.name} {line_of_statement(row, row.pot).label} {row.office_number}")
            for row in rows
        ),
        a=numbers["a"],
        b=numbers["b"],
        comparison=comparison,
        is_asked=is_asked,
    )


def _compare(first, second):
    if (second.period_to, second.sequence) < (first.period_to, first.sequence):
        first, second = second, first
    accounts = [_accounts(statement) for statement in (first, second)]
    lines, persons = {}, []
    for side, total_label, total in (
        (INCOME, _("Income, subtotal"), (first.income, second.income)),
        (EXPENSE, _("Spending, subtotal"), (first.expense, second.expense)),
    ):
        codes = dict.fromkeys(code for sums in accounts for kind, code in sums if kind == side)
        lines[side] = (
            *(
                ComparedLine(account_label(code), *(from_fen(sums.get((side, code), (0, 0))[0]) for sums in accounts))
                for code in codes
            ),
            ComparedLine(total_label, *total, is_total=True),
        )
        persons.append(
            ComparedPersons(
                _("Gave") if side == INCOME else _("Were helped"),
                *(sum(count for (kind, _code), (_fen, count) in sums.items() if kind == side) for sums in accounts),
            )
        )
    return Comparison(
        first=line_of_statement(first, first.pot),
        second=line_of_statement(second, second.pot),
        is_same_pot=first.pot_id == second.pot_id,
        opening=ComparedLine(_("Opening balance"), first.opening, second.opening, is_total=True),
        income=lines[INCOME],
        spending=lines[EXPENSE],
        closing=ComparedLine(_("Closing balance"), first.closing, second.closing, is_total=True),
        persons=tuple(persons),
    )


def _accounts(statement):
    """`{(side, code): (fen, person-times)}` of the frozen document."""
    rows = json.loads(statement.document)["accounts"]
    return {(row["side"], row["code"]): (row["fen"], row["persons"]) for row in rows}

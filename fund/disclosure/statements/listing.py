"""The list of published statements and the chain that they form."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator

from config.kit.dates import year_in
from fund.disclosure.statements.document import EXPENSE, GROUP, INCOME, bare_code
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import asked_page, lines_address, period_label

PER_PAGE = 8


@dataclass(frozen=True)
class StatementLine:
    """One published statement in a list; amounts in yuan."""

    label: str
    address: str
    number: str
    office_number: str
    code: str
    year: int
    opening: Decimal
    income: Decimal
    spending: Decimal
    closing: Decimal
    period_from: date
    period_to: date
    published_on: date
    income_address: str
    spending_address: str
    corrects: str = ""
    corrected_by: str = ""


def line_of_statement(statement, pot, *, correction=None):
    """The line of a statement; `correction` is the published statement that corrects it."""
    return StatementLine(
        label=str(period_label(statement.period_from, statement.period_to, opened_on=pot.opened_on)),
        address=statement.get_absolute_url(),
        number=statement.number,
        office_number=statement.office_number,
        code=statement.short_code,
        year=statement.year,
        opening=statement.opening,
        income=statement.income,
        spending=statement.expense,
        closing=statement.closing,
        period_from=statement.period_from,
        period_to=statement.period_to,
        published_on=statement.published_on,
        income_address=lines_address(pot.code, side=INCOME, statement=statement.number),
        spending_address=lines_address(pot.code, side=EXPENSE, statement=statement.number),
        corrects=statement.corrects.office_number if statement.corrects else "",
        corrected_by=correction.office_number if correction else "",
    )


def chain_of(pot):
    """The lines of all published statements of a pot, newest first: one query, without the documents."""
    rows = list(
        Statement.objects.filter(pot=pot).in_chain().select_related("corrects").defer("document", "corrects__document")
    )
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    return [line_of_statement(row, pot, correction=corrections.get(row.pk)) for row in rows]


@dataclass(frozen=True)
class StatementList:
    """A page of a pot's statements and what the reader asked for."""

    page: object
    years: tuple
    year: str
    kind: str
    q: str


def statement_lines(pot, query, *, chain=None):
    """The published statements of a pot that `query` (a GET dictionary) asks for, newest first."""
    chain = chain_of(pot) if chain is None else chain
    year, kind = query.get("year", "")[:10], query.get("kind", "")[:20]
    q = query.get("q", "").strip()[:100]
    wanted, code = q.upper().replace(" ", "-"), bare_code(q)
    rows = [
        line
        for line in chain
        if (year == str(line.year) or not year_in(year))
        and (kind not in {"correction", "regular"} or bool(line.corrects) == (kind == "correction"))
        and (
            not q
            or wanted in line.number.upper()
            or (len(code) >= GROUP and code in bare_code(line.code))
            or q in line.office_number
        )
    ]
    return StatementList(
        page=Paginator(rows, PER_PAGE).get_page(asked_page(query)),
        years=tuple(dict.fromkeys(line.year for line in chain)),
        year=year,
        kind=kind,
        q=q,
    )

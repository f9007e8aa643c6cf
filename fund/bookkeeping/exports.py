"""The columns and rows of the pots' yearly accounts (R5, R7), from month totals, for any span of whole months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.kit.dates import quarter_bounds
from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONEY, NUMBER, Formula, NamedCell
from config.kit.money import ZERO
from fund.ledger.models import Account, Entry
from fund.ledger.sums import balance_on, income_between, movements, spending_between
from fund.ledger.totals import MonthTotal


@dataclass(frozen=True)
class BalanceLine:
    """One line of the account of a year: a word and its amount, or the formula that yields it."""

    word: str
    kind: str
    amount: Decimal | NamedCell


def balance_lines(pot, year, *, first_row):
    """上年结余 + 本年收入 by source − 本年支出 by kind = 年末结余; `first_row` is the Excel row of the first line."""
    by_kind = movements(pot, date(year, 1, 1), date(year, 12, 31))
    opening = balance_on(date(year - 1, 12, 31), pots=[pot])
    lines = [BalanceLine(_("balance of last year"), "", opening)]
    ends = {}
    for kind, word in ((Account.Kind.INCOME, _("income")), (Account.Kind.EXPENSE, _("spending"))):
        begin = first_row + len(lines)
        lines += [
            BalanceLine(label, word, NamedCell(f"R5.{pot.code}.{kind}.{code}", amount))
            for code, label, amount in by_kind[kind]
        ]
        total = sum((amount for _code, _label, amount in by_kind[kind]), ZERO)
        stop = first_row + len(lines) - 1
        formula = Formula(f"=SUM({{amount}}{begin}:{{amount}}{stop})", total) if by_kind[kind] else total
        lines.append(
            BalanceLine(_("%(kind)s, total") % {"kind": word}, "", NamedCell(f"R5.{pot.code}.{kind}", formula))
        )
        ends[kind] = (first_row + len(lines) - 1, total)
    (income_row, income), (spending_row, spending) = ends[Account.Kind.INCOME], ends[Account.Kind.EXPENSE]
    closing = Formula(
        f"={{amount}}{first_row}+{{amount}}{income_row}-{{amount}}{spending_row}", opening + income - spending
    )
    return [*lines, BalanceLine(_("balance at the end of the year"), "", NamedCell(f"R5.{pot.code}.closing", closing))]


def balance_columns():
    return [
        Column(_("item"), lambda line: line.word, width=26),
        Column(_("kind"), lambda line: line.kind, width=10),
        Column(_("amount (yuan)"), lambda line: line.amount, MONEY, 16, key="amount"),
    ]


@dataclass(frozen=True)
class QuarterLine:
    quarter: int
    opening: Decimal
    income: Decimal
    spending: Decimal


def quarter_lines(pot, year):
    """Opening, income and spending of the four quarters of a year (yuan)."""
    lines = []
    for quarter in range(1, 5):
        first, last = quarter_bounds(year, quarter)
        before = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)
        lines.append(
            QuarterLine(
                quarter,
                balance_on(before, pots=[pot]),
                income_between(first, last, pots=[pot]),
                spending_between(first, last, pots=[pot]),
            )
        )
    return lines


def quarter_columns(code):
    """The columns of a pot's quarters, named for other sheets."""
    prefix = f"R5.{code}.quarters"
    return [
        Column(_("quarter"), lambda line: _("quarter %(number)s") % {"number": line.quarter}, width=12),
        Column(_("opening balance"), lambda line: line.opening, MONEY, 15, key="opening"),
        Column(_("income"), lambda line: line.income, MONEY, 16, total=True, ref=f"{prefix}.income", key="income"),
        Column(
            _("spending"), lambda line: line.spending, MONEY, 15, total=True, ref=f"{prefix}.spending", key="spending"
        ),
        Column(
            _("closing balance"),
            lambda line: NamedCell(
                f"{prefix}.closing.{line.quarter}",
                Formula("={opening}{row}+{income}{row}-{spending}{row}", line.opening + line.income - line.spending),
            ),
            MONEY,
            15,
        ),
    ]


@dataclass(frozen=True)
class YearLine:
    """One year of a pot since it was opened (yuan)."""

    year: int
    opening: Decimal
    income: Decimal
    spending: Decimal


def year_lines(pot, until):
    """Every year of a pot from its first movement to the year of `until`."""
    first = MonthTotal.objects.filter(account__pot=pot).order_by("month").values_list("month", flat=True).first()
    lines, opening = [], ZERO
    for year in range(first.year if first else until.year, until.year + 1):
        span = {"first": date(year, 1, 1), "last": min(until, date(year, 12, 31)), "pots": [pot]}
        income, spending = income_between(**span), spending_between(**span)
        lines.append(YearLine(year, opening, income, spending))
        opening += income - spending
    return lines


def year_columns(code):
    return [
        Column(_("year of account"), lambda line: str(line.year), width=12),
        Column(_("opening balance"), lambda line: line.opening, MONEY, 16, key="opening"),
        Column(
            _("income"), lambda line: line.income, MONEY, 16, total=True, ref=f"R5.{code}.years.income", key="income"
        ),
        Column(
            _("spending"),
            lambda line: line.spending,
            MONEY,
            16,
            total=True,
            ref=f"R5.{code}.years.spending",
            key="spending",
        ),
        Column(
            _("closing balance"),
            lambda line: Formula(
                "={opening}{row}+{income}{row}-{spending}{row}", line.opening + line.income - line.spending
            ),
            MONEY,
            16,
        ),
    ]


def entries_of(pot, year, kind):
    """The movements of a year on one side of the books, in the order booked; red lines are negative."""
    accounts = {account.pk: account for account in pot.accounts.all() if account.kind == kind}
    for entry in (
        Entry.objects.filter(pot=pot).between(date(year, 1, 1), date(year, 12, 31)).order_by("number").iterator(2000)
    ):
        account = accounts.get(entry.debit_id) or accounts.get(entry.credit_id)
        if account:
            grows = (entry.credit_id if kind == Account.Kind.INCOME else entry.debit_id) == account.pk
            yield entry, str(account.label), entry.amount if grows else -entry.amount


def entry_columns(ref=""):
    return [
        Column(_("entry number"), lambda row: row[0].number, NUMBER),
        Column(_("booked on"), lambda row: row[0].booked_on, DATE),
        Column(_("kind"), lambda row: row[1], width=16),
        Column(_("summary"), lambda row: row[0].summary, width=44),
        Column(_("person-times"), lambda row: row[0].persons or None, NUMBER),
        Column(_("amount (yuan)"), lambda row: row[2], MONEY, 15, total=True, ref=ref),
    ]


@dataclass(frozen=True)
class MoneyLine:
    """R7: one line of a branch's activity money; the balance runs on from line to line."""

    pot: str
    source: str
    use: str
    amount: Decimal
    is_income: bool | None
    balance: Decimal


def money_lines(pot, year):
    """Opening balance, sources and uses of one activity pot in a year (yuan), each with the balance after it."""
    balance = balance_on(date(year - 1, 12, 31), pots=[pot])
    lines = [MoneyLine(pot.name, _("balance of last year"), "", balance, None, balance)]
    for kind, amounts in movements(pot, date(year, 1, 1), date(year, 12, 31)).items():
        is_income = kind == Account.Kind.INCOME
        for _code, label, amount in amounts:
            balance += amount if is_income else -amount
            words = (label, "") if is_income else ("", label)
            lines.append(MoneyLine(pot.name, *words, amount, is_income, balance))
    return lines


def money_columns():
    """经费来源, 用途, 收入, 支出, 结余."""

    def balance(line):
        if line.is_income is None:
            return line.balance
        return Formula("={balance}{above}+N({income}{row})-N({spending}{row})", line.balance)

    def side(wanted):
        return lambda line: line.amount if line.is_income is wanted else None

    return [
        Column(_("pot"), lambda line: line.pot, width=40),
        Column(_("source of money"), lambda line: line.source, width=20),
        Column(_("use of money"), lambda line: line.use, width=20),
        Column(_("income (yuan)"), side(True), MONEY, 15, total=True, ref="R7.income", key="income"),
        Column(_("spending (yuan)"), side(False), MONEY, 15, total=True, ref="R7.spending", key="spending"),
        Column(_("balance (yuan)"), balance, MONEY, 15, key="balance"),
    ]

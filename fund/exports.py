"""The columns and rows of the fund's yearly accounts (R5) and its figures for any span of whole months (R12)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from config.kit.dates import quarter_bounds
from config.kit.excel import DATE, MONEY, NUMBER, Column, Formula
from config.kit.money import ZERO
from fund.models import Account, AssistanceCase, CondolenceVisit, Entry, FundMember, MonthTotal
from fund.models.cases import PAID_STATES
from fund.models.help import PAID_STEPS


def _totals(kind, *, pots, first=None, last=None):
    rows = MonthTotal.objects.filter(account__kind=kind, account__pot__in=pots)
    if first:
        rows = rows.filter(month__gte=first)
    return rows.filter(month__lte=last) if last else rows


def _net(rows, kind):
    sums = rows.aggregate(debit_sum=Sum("debit"), credit_sum=Sum("credit"))
    net = (sums["debit_sum"] or ZERO) - (sums["credit_sum"] or ZERO)
    return -net if kind == Account.Kind.INCOME else net


def income_between(first, last, *, pots):
    """Yuan received from the month of `first` (None: since the start) to the month of `last`, both included."""
    return _net(_totals(Account.Kind.INCOME, pots=pots, first=first, last=last), Account.Kind.INCOME)


def spending_between(first, last, *, pots):
    """Yuan spent in a span of whole months."""
    return _net(_totals(Account.Kind.EXPENSE, pots=pots, first=first, last=last), Account.Kind.EXPENSE)


def balance_on(last, *, pots):
    """Yuan in all asset accounts at the end of the month of `last`."""
    return _net(_totals(Account.Kind.ASSET, pots=pots, last=last), Account.Kind.ASSET)


def people_helped_between(first, last, *, pots):
    """人数: different people helped by cases and visits paid in a span; payments taken back do not count."""
    span = {"paid_on__lte": last} | ({"paid_on__gte": first} if first else {})
    cases = AssistanceCase.objects.filter(pot__in=pots, state__in=PAID_STATES, entry__reversed_by=None, **span)
    of_rounds = {f"round__{name}": value for name, value in span.items()}
    visits = CondolenceVisit.objects.filter(
        round__pot__in=pots, round__state__in=PAID_STEPS, round__entry__reversed_by=None, **of_rounds
    )
    return cases.order_by().values("person_key").union(visits.order_by().values("person_key")).count()


def fund_members_on(day, *, pots):
    """Members of the fund on a day (persons)."""
    return FundMember.objects.filter(pot__in=pots, joined_on__lte=day).exclude(left_on__lte=day)


@dataclass(frozen=True)
class BalanceLine:
    """One line of the account of a year: a word and its amount, or the formula that yields it."""

    word: str
    kind: str
    amount: Decimal | Formula


def balance_lines(pot, year, *, first_row):
    """上年结余 + 本年收入 by source − 本年支出 by kind = 年末结余; `first_row` is the Excel row of the first line."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    by_kind: dict[str, list] = {}
    for kind in (Account.Kind.INCOME, Account.Kind.EXPENSE):
        rows = (
            _totals(kind, pots=[pot], first=start, last=end)
            .order_by("account_id")
            .values_list("account_id")
            .annotate(debit_sum=Sum("debit"), credit_sum=Sum("credit"))
        )
        sign = -1 if kind == Account.Kind.INCOME else 1
        labels = {account.pk: str(account.label) for account in pot.accounts.all()}
        by_kind[kind] = [(labels[pk], sign * (debit - credit)) for pk, debit, credit in rows]
    opening = balance_on(date(year - 1, 12, 31), pots=[pot])
    lines = [BalanceLine(_("balance of last year"), "", opening)]
    ends = {}
    for kind, word in ((Account.Kind.INCOME, _("income")), (Account.Kind.EXPENSE, _("spending"))):
        begin = first_row + len(lines)
        lines += [BalanceLine(label, word, amount) for label, amount in by_kind[kind]]
        total = sum((amount for _label, amount in by_kind[kind]), ZERO)
        stop = first_row + len(lines) - 1
        formula = Formula(f"=SUM(C{begin}:C{stop})", total) if by_kind[kind] else total
        lines.append(BalanceLine(_("%(kind)s, total") % {"kind": word}, "", formula))
        ends[kind] = (first_row + len(lines) - 1, total)
    (income_row, income), (spending_row, spending) = ends[Account.Kind.INCOME], ends[Account.Kind.EXPENSE]
    closing = Formula(f"=C{first_row}+C{income_row}-C{spending_row}", opening + income - spending)
    return [*lines, BalanceLine(_("balance at the end of the year"), "", closing)]


def balance_columns():
    return [
        Column(_("item"), lambda line: line.word, width=26),
        Column(_("kind"), lambda line: line.kind, width=10),
        Column(_("amount (yuan)"), lambda line: line.amount, MONEY, 16),
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


def quarter_columns():
    return [
        Column(_("quarter"), lambda line: _("quarter %(number)s") % {"number": line.quarter}, width=12),
        Column(_("opening balance"), lambda line: line.opening, MONEY),
        Column(_("income"), lambda line: line.income, MONEY, total=True),
        Column(_("spending"), lambda line: line.spending, MONEY, total=True),
        Column(
            _("closing balance"),
            lambda line: Formula("=B{row}+C{row}-D{row}", line.opening + line.income - line.spending),
            MONEY,
        ),
    ]


def entries_of(pot, year, kind):
    """The movements of a year on one side of the books, in the order booked; red lines are negative."""
    accounts = {account.pk: account for account in pot.accounts.all() if account.kind == kind}
    for entry in Entry.objects.filter(pot=pot).between(date(year, 1, 1), date(year, 12, 31)).order_by("number"):
        account = accounts.get(entry.debit_id) or accounts.get(entry.credit_id)
        if account:
            grows = (entry.credit_id if kind == Account.Kind.INCOME else entry.debit_id) == account.pk
            yield entry, str(account.label), entry.amount if grows else -entry.amount


def entry_columns():
    return [
        Column(_("entry number"), lambda row: row[0].number, NUMBER),
        Column(_("booked on"), lambda row: row[0].booked_on, DATE),
        Column(_("kind"), lambda row: row[1], width=16),
        Column(_("summary"), lambda row: row[0].summary, width=44),
        Column(_("person-times"), lambda row: row[0].persons or None, NUMBER),
        Column(_("amount (yuan)"), lambda row: row[2], MONEY, 15, total=True),
    ]

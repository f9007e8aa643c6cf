"""All pots side by side for a year, and how many people are members of the fund."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from config.kit.money import ZERO
from fund.models import Account, FundMember, MonthTotal, Pot
from fund.public.lines import lines_address


@dataclass(frozen=True)
class PotLine:
    """What one pot received and spent in a span, and what it holds now (yuan)."""

    name: str
    kind: str
    income: Decimal
    spending: Decimal
    balance: Decimal
    income_address: str
    spending_address: str


@dataclass(frozen=True)
class PotsPage:
    lines: tuple
    income: Decimal
    spending: Decimal
    balance: Decimal
    kinds: tuple
    kind: str
    year: int | None


def pots_page(query):
    """The pots of a kind (`?kind=`) in a year (`?year=`), or all of them since they were opened."""
    kind = query.get("kind", "")
    kind = kind if kind in Pot.Kind.values else ""
    year = query.get("year", "")
    year = int(year) if len(year) == 4 and year.isascii() and year.isdigit() and int(year) >= 1949 else None
    pots = list(Pot.objects.filter(kind=kind) if kind else Pot.objects.all())
    moved = _sums(pots, year)
    lines = tuple(
        PotLine(
            name=pot.name,
            kind=pot.get_kind_display(),
            income=-moved.get((pot.pk, Account.Kind.INCOME), ZERO),
            spending=moved.get((pot.pk, Account.Kind.EXPENSE), ZERO),
            balance=moved.get((pot.pk, Account.Kind.ASSET), ZERO),
            income_address=lines_address(pot.code, side="income", year=year),
            spending_address=lines_address(pot.code, side="expense", year=year),
        )
        for pot in pots
    )
    return PotsPage(
        lines=lines,
        income=sum((line.income for line in lines), ZERO),
        spending=sum((line.spending for line in lines), ZERO),
        balance=sum((line.balance for line in lines), ZERO),
        kinds=tuple((code, str(word)) for code, word in Pot.Kind.choices),
        kind=kind,
        year=year,
    )


def _sums(pots, year):
    """Debit less credit by pot and kind of account: of the year for income and spending, of all time for assets."""
    rows = MonthTotal.objects.filter(account__pot__in=pots).order_by()
    if year:
        in_year = Q(month__gte=date(year, 1, 1), month__lte=date(year, 12, 31))
        rows = rows.filter(in_year | Q(account__kind=Account.Kind.ASSET))
    return {
        (pot, kind): debit - credit
        for pot, kind, debit, credit in rows.values_list("account__pot", "account__kind").annotate(
            debit_sum=Sum("debit"), credit_sum=Sum("credit")
        )
    }


@dataclass(frozen=True)
class MemberCount:
    """A kind of fund member and how many there are (persons); the list itself is the office's."""

    word: str
    number: int


def fund_member_counts():
    counts = dict(FundMember.objects.filter(left_on=None).order_by().values_list("kind").annotate(number=Count("pk")))
    return [MemberCount(str(word), counts.get(code, 0)) for code, word in FundMember.Kind.choices]

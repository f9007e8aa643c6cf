"""All pots side by side for a year, plans beside what moved, equipment money beside the register, fund members counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from branches.models import Equipment
from config.kit import clock
from config.kit.dates import year_in
from config.kit.money import ZERO
from fund.bookkeeping.models import Budget
from fund.disclosure.wording import lines_address
from fund.donations.models import FundMember
from fund.ledger.models import Account, Pot
from fund.ledger.totals import MonthTotal


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
class PlanLine:
    """A source or a use of a pot in a year: planned, actual and what is left of the plan (yuan)."""

    pot: str
    label: str
    side: str
    planned: Decimal
    actual: Decimal
    left: Decimal
    address: str


@dataclass(frozen=True)
class EquipmentTie:
    """Equipment money spent by a pot beside the worth of the equipment register of its organisation (yuan)."""

    pot: str
    spent: Decimal
    register: Decimal
    spent_address: str

    @property
    def is_even(self):
        return self.spent == self.register


@dataclass(frozen=True)
class PotsPage:
    lines: tuple
    plans: tuple
    plan_year: int
    ties: tuple
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
    year = year_in(query.get("year", ""))
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
    plan_year = year or clock.today().year
    return PotsPage(
        lines=lines,
        plans=tuple(_plans(pots, plan_year)),
        plan_year=plan_year,
        ties=tuple(_ties(pots)),
        income=sum((line.income for line in lines), ZERO),
        spending=sum((line.spending for line in lines), ZERO),
        balance=sum((line.balance for line in lines), ZERO),
        kinds=tuple((code, str(word)) for code, word in Pot.Kind.choices),
        kind=kind,
        year=year,
    )


def _plans(pots, year):
    """Every line that was planned for a year, with what moved."""
    planned = Budget.objects.filter(pot__in=pots, year=year).select_related("pot", "account").order_by("pot", "id")
    rows = MonthTotal.objects.filter(account__in=planned.order_by().values("account"))
    moved = rows.between(date(year, 1, 1), date(year, 12, 31)).net_by("account")
    for plan in planned:
        actual = Account.Kind(plan.account.kind).worth(moved.get(plan.account_id, ZERO))
        yield PlanLine(
            pot=plan.pot.name,
            label=str(plan.account.label),
            side=str(plan.account.get_kind_display()),
            planned=plan.amount,
            actual=actual,
            left=plan.amount - actual,
            address=lines_address(plan.pot.code, side=plan.account.kind, kind=plan.account.code, year=year),
        )


def _ties(pots):
    """What each equipment pot spent beside the worth of the equipment register; both should be equal (§1 row 4)."""
    equipment = [pot for pot in pots if pot.kind == Pot.Kind.EQUIPMENT]
    if not equipment:
        return
    use = Account.Code.EQUIPMENT.value
    rows = MonthTotal.objects.filter(account__pot__in=equipment, account__kind=Account.Kind.EXPENSE, account__code=use)
    spent = rows.net_by("account__pot")
    places = {pot.organization_id for pot in equipment}
    register = list(
        Equipment.objects.filter(Q(organization__in=places) | Q(organization__parent__in=places)).select_related(
            "organization"
        )
    )
    for pot in equipment:
        own = [
            thing.amount
            for thing in register
            if pot.organization_id in {thing.organization_id, thing.organization.parent_id}
        ]
        yield EquipmentTie(
            pot=pot.name,
            spent=spent.get(pot.pk, ZERO),
            register=sum(own, ZERO),
            spent_address=lines_address(pot.code, side="expense", kind=use),
        )


def _sums(pots, year):
    """Debit less credit by pot and kind of account: of the year for income and spending, of all time for assets."""
    rows = MonthTotal.objects.filter(account__pot__in=pots)
    if year:
        in_year = Q(month__gte=date(year, 1, 1), month__lte=date(year, 12, 31))
        rows = rows.filter(in_year | Q(account__kind=Account.Kind.ASSET))
    return rows.net_by("account__pot", "account__kind")


@dataclass(frozen=True)
class MemberCount:
    """A kind of fund member and how many there are (persons); the list itself is the office's."""

    word: str
    number: int


def fund_member_counts():
    counts = dict(FundMember.objects.filter(left_on=None).order_by().values_list("kind").annotate(number=Count("pk")))
    return [MemberCount(str(word), counts.get(code, 0)) for code, word in FundMember.Kind.choices]

"""The headline figures of all pots: what the programme's own numbers rest on."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse

from config.kit.money import ZERO
from fund.models import Account, AssistanceCase, CondolenceVisit, FundMember, MonthTotal, Pot
from fund.models.cases import PAID_STATES
from fund.models.help import PAID_STEPS


def persons_helped(pot):
    """人数: how many different people a pot has helped by cases and visits; payments taken back do not count."""
    cases = AssistanceCase.objects.filter(pot=pot, state__in=PAID_STATES, entry__reversed_by=None)
    visits = CondolenceVisit.objects.filter(round__pot=pot, round__state__in=PAID_STEPS, round__entry__reversed_by=None)
    return cases.order_by().values("person_key").union(visits.order_by().values("person_key")).count()


@dataclass(frozen=True)
class PotFigures:
    """Income, spending and balance of one pot in yuan; movements and person-times of both sides."""

    name: str
    code: str
    kind: str
    income: Decimal
    income_count: int
    spending: Decimal
    person_times: int
    balance: Decimal
    address: str


@dataclass(frozen=True)
class FundFigures:
    pots: tuple
    fund_members: int
    persons: int

    def of_kind(self, kind):
        return [pot for pot in self.pots if pot.kind == kind]


def fund_figures(on=None):
    """The figures of every pot, the number of fund members (on a day, or now) and of people helped."""
    rows = {
        (row["account__pot"], row["account__kind"]): row
        for row in MonthTotal.objects.order_by()
        .values("account__pot", "account__kind")
        .annotate(
            sum_debit=Sum("debit"), sum_credit=Sum("credit"), sum_movements=Sum("movements"), sum_persons=Sum("persons")
        )
    }

    def net(pot, kind):
        row = rows.get((pot.pk, kind))
        return row["sum_debit"] - row["sum_credit"] if row else ZERO

    def count(pot, kind, what):
        return rows.get((pot.pk, kind), {}).get(what, 0)

    income, expense, asset = Account.Kind.INCOME, Account.Kind.EXPENSE, Account.Kind.ASSET
    pots = list(Pot.objects.order_by("id"))
    members = FundMember.objects.filter(left_on=None) if on is None else FundMember.objects.filter(joined_on__lte=on)
    return FundFigures(
        pots=tuple(
            PotFigures(
                name=pot.name,
                code=pot.code,
                kind=pot.kind,
                income=-net(pot, income),
                income_count=count(pot, income, "sum_movements"),
                spending=net(pot, expense),
                person_times=count(pot, expense, "sum_persons"),
                balance=net(pot, asset),
                address=f"{reverse('fund:board')}?pot={pot.code}",
            )
            for pot in pots
        ),
        fund_members=members.count(),
        persons=sum(persons_helped(pot) for pot in pots if pot.kind == Pot.Kind.MUTUAL_AID),
    )

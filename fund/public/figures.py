"""The headline figures of all pots: what the programme's own numbers rest on."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse

from config.kit.money import ZERO
from fund.models import Account, AssistanceCase, CondolenceVisit, FundMember, MonthTotal, Pot
from fund.models.cases import PAID_STATES
from fund.models.help import PAID_STEPS


def _helped(**pot):
    """Cases and visits that were paid from a pot and not taken back, each as pot and person."""
    cases = AssistanceCase.objects.filter(
        state__in=PAID_STATES, entry__reversed_by=None, **{f"pot{path}": value for path, value in pot.items()}
    )
    visits = CondolenceVisit.objects.filter(
        round__state__in=PAID_STEPS,
        round__entry__reversed_by=None,
        **{f"round__pot{path}": value for path, value in pot.items()},
    )
    both = visits.order_by().values_list("round__pot", "person_key")
    return cases.order_by().values_list("pot", "person_key").union(both)


def persons_helped(pot):
    """人数: how many different people a pot has helped by cases and visits; payments taken back do not count."""
    return _helped(**{"": pot}).count()


def persons_helped_by_each(kind):
    """人数 of all pots of a kind together, each person once a pot; one query for any number of pots."""
    return _helped(__kind=kind).count()


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
        persons=persons_helped_by_each(Pot.Kind.MUTUAL_AID),
    )

"""The disclosure board of a pot: its balance, how it came about, the chain of statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.money import ZERO
from fund.board.figures import persons_helped
from fund.disclosure.periods import due_on, period_end
from fund.disclosure.statements.listing import StatementLine, chain_of
from fund.disclosure.wording import lines_address, period_label
from fund.ledger.models import Account, Entry, Pot
from fund.ledger.totals import MonthTotal
from fund.ledger.wording import day, people

SLIPS = 3
INCOME, EXPENSE = Account.Kind.INCOME.value, Account.Kind.EXPENSE.value


@dataclass(frozen=True)
class PotChoice:
    """One pot a reader may choose."""

    name: str
    kind: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Since:
    """What moved after the newest statement (yuan)."""

    income: Decimal
    spending: Decimal
    income_address: str
    spending_address: str


@dataclass(frozen=True)
class Board:
    """The board of one pot; amounts in yuan, bars as `bar_table` takes them, years as `flow_chart` does."""

    name: str
    code: str
    kind: str
    is_mutual_aid: bool
    opened_on: date
    as_of: date | None
    balance: Decimal
    lines_address: str
    income: Decimal
    income_count: int
    income_address: str
    spending: Decimal
    spending_count: int
    spending_address: str
    persons: int
    person_times: int
    pots: tuple
    newest: StatementLine | None
    since: Since | None
    slips: tuple
    next_label: str
    next_opening: Decimal | None
    next_note: str
    sources: tuple
    uses: tuple
    uses_total: str
    sources_total: str
    span: str
    years: tuple


@dataclass(frozen=True)
class PotLine:
    """The pot a list belongs to, and the other pots a reader may turn to."""

    name: str
    code: str
    pots: tuple


def pot_line(pot):
    return PotLine(name=pot.name, code=pot.code, pots=_choices(pot))


def _choices(pot):
    return tuple(
        PotChoice(
            name=other.name,
            kind=other.get_kind_display(),
            address=f"{reverse('fund:board')}?{urlencode({'pot': other.code})}",
            is_current=other.pk == pot.pk,
        )
        for other in getattr(pot, "all_pots", [pot])
    )


MOST_CHOICES = 24  # pots that a reader is offered to turn to


def pot_of(code):
    """The pot that an address names, else the first mutual-aid fund, else the first pot, else None.

    `all_pots` of it are those a reader may turn to. One query where there are few pots, two where there are many.
    """
    rows = Pot.objects.select_related("organization")
    pots = list(rows.for_address(code)[: MOST_CHOICES + 1])
    if not pots:
        return None
    pot = pots[0]
    if len(pots) <= MOST_CHOICES:
        pot.all_pots = sorted(pots, key=lambda row: row.pk)
    else:
        # A county holds thousands of pots; there a reader turns to the others of the same organisation.
        near = rows.filter(organization=pot.organization_id).exclude(pk=pot.pk).order_by("id")
        pot.all_pots = [pot, *near[: MOST_CHOICES - 1]]
    return pot


def board(pot, *, chain=None):
    """The content of the board of a pot (from `pot_of`); reads month totals, so it does not grow with the entries.

    `chain` is the pot's `chain_of`, where the caller has it already.
    """
    sums = _Sums(MonthTotal.objects.filter(account__pot=pot).select_related("account").order_by("month"))
    income, spending = sum(sums.money[INCOME].values(), ZERO), sum(sums.money[EXPENSE].values(), ZERO)
    chain = chain_of(pot) if chain is None else chain
    standing = [line for line in chain if not line.corrected_by][:SLIPS]
    newest = standing[0] if standing else None
    persons = persons_helped(pot) if pot.kind == Pot.Kind.MUTUAL_AID else 0
    person_times = sum(sums.persons[EXPENSE].values())
    as_of = Entry.objects.filter(pot=pot).order_by("-booked_on").values_list("booked_on", flat=True).first()
    return Board(
        name=pot.name,
        code=pot.code,
        kind=pot.get_kind_display(),
        is_mutual_aid=pot.kind == Pot.Kind.MUTUAL_AID,
        opened_on=pot.opened_on,
        as_of=as_of,
        balance=sums.balance,
        lines_address=lines_address(pot.code),
        income=income,
        income_count=sum(sums.movements[INCOME].values()),
        income_address=lines_address(pot.code, side=INCOME),
        spending=spending,
        spending_count=sum(sums.movements[EXPENSE].values()),
        spending_address=lines_address(pot.code, side=EXPENSE),
        persons=persons,
        person_times=person_times,
        pots=_choices(pot),
        newest=newest,
        since=_since(pot, newest, chain, income=income, spending=spending) if newest else None,
        slips=tuple(reversed(standing)),
        **_next_slip(pot, newest),
        sources=tuple(sums.bars(INCOME, pot)),
        uses=tuple(sums.bars(EXPENSE, pot)),
        sources_total=_("Total, %(count)s") % {"count": _movements(sum(sums.movements[INCOME].values()))},
        uses_total=_("Total, %(count)s") % {"count": people(person_times)}
        if person_times
        else _("Total, %(count)s") % {"count": _movements(sum(sums.movements[EXPENSE].values()))},
        span=_("%(first)s to %(last)s") % {"first": day(pot.opened_on), "last": day(as_of)} if as_of else "",
        years=tuple(sums.years(pot)),
    )


def _movements(count):
    return ngettext("%(count)s movement", "%(count)s movements", count) % {"count": f"{count:,}"}


def _since(pot, newest, chain, *, income, spending):
    """All there ever was less what statements account for; a period and its correction count once."""
    published = [line for line in chain if not line.corrects]
    later = (newest.period_to + timedelta(days=1)).isoformat()
    return Since(
        income=income - sum((line.income for line in published), ZERO),
        spending=spending - sum((line.spending for line in published), ZERO),
        income_address=lines_address(pot.code, side=INCOME, since=later),
        spending_address=lines_address(pot.code, side=EXPENSE, since=later),
    )


def _next_slip(pot, newest):
    """The period after the newest statement, by the pot's rhythm, and when its notice is due."""
    first = newest.period_to + timedelta(days=1) if newest else pot.opened_on
    last = period_end(pot, first)
    return {
        "next_label": str(period_label(first, last, opened_on=pot.opened_on)),
        "next_opening": newest.closing if newest else None,
        "next_note": _("on the wall by %(day)s") % {"day": day(due_on(pot, last))},
    }


class _Sums:
    """Month totals of one pot, summed by account and by year."""

    def __init__(self, totals):
        self.accounts = {}
        self.money = {INCOME: defaultdict(Decimal), EXPENSE: defaultdict(Decimal)}
        self.movements = {INCOME: defaultdict(int), EXPENSE: defaultdict(int)}
        self.persons = {INCOME: defaultdict(int), EXPENSE: defaultdict(int)}
        self.balance = ZERO
        self.by_year = defaultdict(lambda: {INCOME: ZERO, EXPENSE: ZERO})
        for total in totals:
            account = self.accounts.setdefault(total.account_id, total.account)
            if account.is_asset:
                self.balance += total.debit - total.credit
                continue
            amount = self._amount(account, total)
            self.money[account.kind][account.pk] += amount
            self.movements[account.kind][account.pk] += total.movements
            self.persons[account.kind][account.pk] += total.persons
            self.by_year[total.month.year][account.kind] += amount

    @staticmethod
    def _amount(account, total):
        net = total.debit - total.credit
        return net if account.kind == Account.Kind.EXPENSE else -net

    def bars(self, side, pot):
        for pk, amount in sorted(self.money[side].items(), key=lambda item: (-item[1], item[0])):
            account = self.accounts[pk]
            people_count = self.persons[side][pk]
            note = people(people_count) if side == EXPENSE and people_count else _movements(self.movements[side][pk])
            yield (str(account.label), amount, note, lines_address(pot.code, side=side, kind=account.code))

    def years(self, pot):
        balance = ZERO
        for year in range(min(self.by_year), max(self.by_year) + 1) if self.by_year else ():
            income, spending = self.by_year[year][INCOME], self.by_year[year][EXPENSE]
            balance += income - spending
            yield (
                str(year),
                income,
                spending,
                balance,
                lines_address(pot.code, side=INCOME, year=year),
                lines_address(pot.code, side=EXPENSE, year=year),
            )

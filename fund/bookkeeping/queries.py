"""The books as the office reads them: day book, account view with running balance, budget beside actual.

Each costs the length of its span: what lies before it comes from the month totals.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Q

from config.kit.money import ZERO
from config.kit.person.names import called
from fund.bookkeeping.models import BankLine, BankStatement, Budget
from fund.ledger.models import Account, Entry
from fund.ledger.totals import MonthTotal


@dataclass(frozen=True)
class BookLine:
    """One entry in a book: `income`, `spending` and `balance` in yuan; `moved` where money only changed its place."""

    pk: int
    number: int
    booked_on: date
    happened_on: date | None
    summary: str
    income_label: str
    spending_label: str
    income: Decimal | None
    spending: Decimal | None
    moved: Decimal | None
    balance: Decimal
    persons: int
    reverses: int | None
    recorded_by: str


@dataclass(frozen=True)
class Book:
    """A span of a book; opening + income − spending = closing (yuan)."""

    first: date
    last: date
    opening: Decimal
    income: Decimal
    spending: Decimal
    closing: Decimal
    lines: tuple


def _rows(entries, first, last):
    return (
        entries.filter(booked_on__gte=first, booked_on__lte=last)
        .select_related("debit", "credit", "recorded_by", "reverses")
        .order_by("booked_on", "number")
    )


def _line(entry, *, income, spending, moved, balance):
    return BookLine(
        pk=entry.pk,
        number=entry.number,
        booked_on=entry.booked_on,
        happened_on=entry.happened_on,
        summary=entry.summary,
        income_label=str(entry.credit.label),
        spending_label=str(entry.debit.label),
        income=income,
        spending=spending,
        moved=moved,
        balance=balance,
        persons=entry.persons,
        reverses=entry.reverses.number if entry.reverses else None,
        recorded_by=called(entry.recorded_by),
    )


def _book(first, last, opening, lines):
    income = sum((line.income for line in lines if line.income is not None), ZERO)
    spending = sum((line.spending for line in lines if line.spending is not None), ZERO)
    return Book(first, last, opening, income, spending, opening + income - spending, tuple(lines))


def day_book(pot, first, last):
    """日记账: every entry of a pot in a span, in the order of days, with the pot's balance after each."""
    balance = opening = MonthTotal.objects.net_before(pot, first)
    lines = []
    for entry in _rows(Entry.objects.filter(pot=pot), first, last):
        into, out_of = entry.debit.is_asset, entry.credit.is_asset
        income = entry.amount if into and not out_of else None
        spending = entry.amount if out_of and not into else None
        # A red line takes an income or a spending back, so it stands in that column below zero.
        if entry.reverses_id and income is not None and entry.credit.kind == Account.Kind.EXPENSE:
            income, spending = None, -entry.amount
        elif entry.reverses_id and spending is not None and entry.debit.kind == Account.Kind.INCOME:
            income, spending = -entry.amount, None
        balance += (income or ZERO) - (spending or ZERO)
        moved = entry.amount if into and out_of else None
        lines.append(_line(entry, income=income, spending=spending, moved=moved, balance=balance))
    return _book(first, last, opening, lines)


def account_book(account, first, last):
    """明细账: what went into and out of one account in a span, with its running balance (net for sources and uses)."""
    is_income = account.kind == Account.Kind.INCOME
    balance = opening = Account.Kind(account.kind).worth(MonthTotal.objects.net_before(account.pot, first, [account]))
    lines = []
    touching = Entry.objects.filter(Q(debit=account) | Q(credit=account))
    for entry in _rows(touching, first, last):
        gained = (entry.debit_id == account.pk) != is_income
        income, spending = (entry.amount, None) if gained else (None, entry.amount)
        balance += (income or ZERO) - (spending or ZERO)
        lines.append(_line(entry, income=income, spending=spending, moved=None, balance=balance))
    return _book(first, last, opening, lines)


@dataclass(frozen=True)
class BudgetLine:
    """A source or a use in a year: planned, actual and what is left of the plan (yuan)."""

    account: int
    label: str
    is_income: bool
    planned: Decimal | None
    actual: Decimal
    left: Decimal | None


def budget_of(pot, year):
    """Every source and use of a pot with what was planned for a year and what moved; two queries."""
    planned = dict(Budget.objects.filter(pot=pot, year=year).values_list("account", "amount"))
    of_year = MonthTotal.objects.filter(account__pot=pot).between(date(year, 1, 1), date(year, 12, 31))
    moved = of_year.net_by("account")
    lines = []
    for account in pot.accounts.all():
        if account.is_asset:
            continue
        actual = Account.Kind(account.kind).worth(moved.get(account.pk, ZERO))
        plan = planned.get(account.pk)
        if plan is None and not actual:
            continue
        left = None if plan is None else plan - actual
        is_income = account.kind == Account.Kind.INCOME
        lines.append(BudgetLine(account.pk, str(account.label), is_income, plan, actual, left))
    return lines


@dataclass(frozen=True)
class Reconciliation:
    """银行存款余额调节表: what the bank says and what the books say on a day, each brought to the same sum (yuan).

    `only_books_in` are booked as received and not at the bank yet, `only_bank_in` the other way round; likewise paid.
    """

    day: date
    bank: Decimal | None
    books: Decimal
    only_books_in: tuple
    only_books_out: tuple
    only_bank_in: tuple
    only_bank_out: tuple

    @property
    def bank_adjusted(self):
        if self.bank is None:
            return None
        return self.bank + _sum(self.only_books_in) - _sum(self.only_books_out)

    @property
    def books_adjusted(self):
        return self.books + _sum(self.only_bank_in) - _sum(self.only_bank_out)

    @property
    def is_even(self):
        return self.bank_adjusted == self.books_adjusted


def _sum(rows):
    return sum((row.amount for row in rows), ZERO)


def reconcile(statement):
    """The reconciliation at the last day of a bank's list, over all lists of the pot up to it."""
    bank, day = statement.pot.bank, statement.last_day
    first = BankStatement.objects.filter(pot=statement.pot).aggregate(day=Min("first_day"))["day"]
    entries = list(
        Entry.objects.filter(Q(bank_line=None) | Q(bank_line__day__gt=day), pot=statement.pot)
        .between(first, day)
        .touching([bank])
        .order_by("booked_on", "number")
    )
    lines = list(
        BankLine.objects.filter(Q(entry=None) | Q(entry__booked_on__gt=day), statement__pot=statement.pot, day__lte=day)
        .select_related("entry")
        .order_by("day", "id")
    )
    return Reconciliation(
        day=day,
        bank=statement.closing,
        books=MonthTotal.objects.net_before(statement.pot, day + timedelta(days=1), [bank]),
        only_books_in=tuple(entry for entry in entries if entry.debit_id == bank.pk),
        only_books_out=tuple(entry for entry in entries if entry.credit_id == bank.pk),
        only_bank_in=tuple(line for line in lines if line.is_income),
        only_bank_out=tuple(line for line in lines if not line.is_income),
    )

"""The mutual-aid fund on the home page: the newest statement and how much was given and helped."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum
from django.urls import reverse

from config.kit.money import ZERO
from fund.board.figures import persons_helped
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import lines_address, period_label
from fund.ledger.models import Account, Pot
from fund.ledger.totals import MonthTotal


@dataclass(frozen=True)
class FrontLine:
    """The newest statement that no later one corrects (yuan), with what the fund raised and whom it helped in all."""

    pot: str
    pot_code: str
    label: str
    office_number: str
    address: str
    opening: Decimal
    income: Decimal
    spending: Decimal
    closing: Decimal
    code: str
    notice_from: date
    notice_to: date
    raised: Decimal
    raised_count: int
    raised_address: str
    persons: int


def front_line():
    """The line of the mutual-aid fund for the front page, or None before its first statement; two queries."""
    income = (
        MonthTotal.objects.filter(account__pot=OuterRef("pot"), account__kind=Account.Kind.INCOME)
        .order_by()
        .values("account__pot")
        .annotate(taken=Sum("debit"), given=Sum("credit"), moved=Sum("movements"))
    )
    newest = (
        Statement.objects.in_chain()
        .filter(pot__kind=Pot.Kind.MUTUAL_AID, corrected_by=None)
        .defer("document")
        .select_related("pot")
        .annotate(**{name: Subquery(income.values(name)) for name in ("taken", "given", "moved")})
        .first()
    )
    if newest is None:
        return None
    pot = newest.pot
    return FrontLine(
        pot=pot.name,
        pot_code=pot.code,
        label=str(period_label(newest.period_from, newest.period_to, opened_on=pot.opened_on)),
        office_number=newest.office_number,
        address=reverse("fund:statement", kwargs={"number": newest.number}),
        opening=newest.opening,
        income=newest.income,
        spending=newest.expense,
        closing=newest.closing,
        code=newest.short_code,
        notice_from=newest.notice_from,
        notice_to=newest.notice_to,
        raised=(newest.given or ZERO) - (newest.taken or ZERO),
        raised_count=newest.moved or 0,
        raised_address=lines_address(pot.code, side=Account.Kind.INCOME.value),
        persons=persons_helped(pot),
    )

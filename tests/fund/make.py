"""One valid object of each kind of the fund."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.db import connection, transaction

from config.kit import clock
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.donations.actions import receive_donation
from fund.help.cases.actions import (
    approve_case,
    check_case,
    end_notice,
    pay_case,
    propose_case,
    review_case,
    start_notice,
)
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.ledger.actions import open_pot, post
from fund.models import AssistanceCase, CondolenceRound, CondolenceVisit, Donation, Pot
from fund.verification import verify
from tests.make import make_organization, make_user

_numbers = count(1)
OPENED = date(2018, 1, 1)


def on_day(day):
    """Acts inside happen as if a day were today."""
    return clock.set_to(lambda: datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def make_pot(*, holding=None, **fields):
    """A mutual-aid pot; `holding` yuan lie in its cash box since the opening day."""
    number = next(_numbers)
    fields.setdefault("organization", None)
    fields["organization"] = fields["organization"] or make_organization()
    pot = open_pot(
        **{
            "name": f"测试基金{number}",
            "kind": Pot.Kind.MUTUAL_AID,
            "code": f"pot-{number}",
            "opened_on": OPENED,
            "by": make_user(),
        }
        | fields
    )
    if holding:
        book(pot, pot.cash, pot.source("social_donation"), holding, OPENED)
    return pot


def book(pot, debit, credit, amount, booked_on, **fields):
    defaults = {"summary": "测试", "by": fields.pop("by", None) or make_user()}
    return post(pot=pot, debit=debit, credit=credit, amount=Decimal(amount), booked_on=booked_on, **defaults | fields)


def make_donation(**fields):
    fields.setdefault("pot", None)
    fields["pot"] = fields["pot"] or make_pot()
    defaults = {"donated_on": date(2018, 6, 28), "donor": "韦怀德", "amount": Decimal("100.00")}
    return Donation(**defaults | fields)


def make_case(**fields):
    fields.setdefault("pot", None)
    branch = fields.get("branch")
    fields["pot"] = fields["pot"] or make_pot(organization=branch and branch.organization, holding=1000)
    defaults = {
        "beneficiary": "陈志强",
        "applied_on": date(2018, 4, 2),
        "applied_amount": Decimal("300.00"),
        "hardship": AssistanceCase.Hardship.SERIOUS_ILLNESS,
        "reason": "住院",
    }
    return AssistanceCase(**defaults | fields)


def noticed_case(case=None, *, by=None, on=date(2018, 4, 18), amount=None, **fields):
    """A case whose notice was over the day before `on`; `by` are its proposer, its approver, its payer."""
    case = make_case(**fields) if case is None else case
    clerk, street = (by or [make_user(), make_user()])[:2]
    # Ten days hold five working days, wherever they begin, unless holidays lie among them.
    start = on - timedelta(days=10)
    case.applied_on = min(case.applied_on, start)
    propose_case(case, by=clerk)
    review_case(case, by=clerk, on=start, votes_for=9, votes_against=1)
    check_case(case, by=clerk, on=start)
    approve_case(case, by=street, on=start, amount=amount)
    with on_day(start):
        return start_notice(case, by=street)


def notice_on(case, *, by, on):
    """A notice that begins on a day, given on that day."""
    with on_day(on):
        return start_notice(case, by=by, on=on)


def payable_case(case=None, *, by=None, on=date(2018, 4, 18), **fields):
    by = by or [make_user(), make_user()]
    case = noticed_case(case, by=by, on=on, **fields)
    return end_notice(case, by=by[1], on=on)


def paid_case(case=None, *, by=None, on=date(2018, 4, 18), **fields):
    """A case that went the whole way and was paid on a day, by three people."""
    by = by or [make_user() for _ in range(3)]
    return pay_case(payable_case(case, by=by, on=on, **fields), by=by[2], on=on)


def make_round(*, visits=3, amount=Decimal("60.00"), **fields):
    fields.setdefault("pot", None)
    fields["pot"] = fields["pot"] or make_pot(holding=1000)
    defaults = {"season": CondolenceRound.Season.JULY_FIRST, "visited_on": date(2018, 6, 29)}
    round_ = CondolenceRound.objects.create(**defaults | fields)
    for number in range(visits):
        CondolenceVisit.objects.create(
            round=round_, name=f"李秀{'一二三四五六七八九十'[number % 10]}{number}", amount=amount
        )
    return round_


def published(pot, period_from, period_to, *, on=None, **fields):
    """A statement that went the whole way, by four different people."""
    statement = draft_statement(pot=pot, period_from=period_from, period_to=period_to, by=make_user(), **fields)
    review_first(statement, by=make_user())
    review_second(statement, by=make_user())
    return publish_statement(statement, by=make_user(), on=on)


def make_quarter():
    """The second quarter of 2018 of the handbook's worked example; `(pot, published statement)`."""
    pot = make_pot(holding=Decimal("2200.00"))
    published(pot, OPENED, date(2018, 3, 31), on=date(2018, 4, 10))
    clerks = [make_user(), make_user(), make_user()]
    for day, name in [(date(2018, 4, 18), "韦怀德"), (date(2018, 6, 5), "陈志强")]:
        paid_case(pot=pot, beneficiary=name, applied_on=day, by=clerks, on=day)
    letters = "德英强玉明芳华安贵福秀成平文兰"
    for number in range(30):
        publicity = ["masked", "named", "anonymous"][number % 3]
        donation = make_donation(
            pot=pot,
            donor=f"黄{letters[number % 15]}{letters[number // 15]}",
            amount=Decimal("400.00") if number in (4, 17) else Decimal("100.00"),
            publicity=publicity,
        )
        receive_donation(donation, by=clerks[0])
    round_ = make_round(pot=pot, visits=30)
    propose_round(round_, by=clerks[0])
    approve_round(round_, by=clerks[1])
    pay_round(round_, by=clerks[2], on=date(2018, 6, 29))
    return pot, published(pot, date(2018, 4, 1), date(2018, 6, 30), on=date(2018, 7, 10))


def change_and_verify(sql, params):
    """Change the books behind the program's back, verify them, and undo the change."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
        verify()

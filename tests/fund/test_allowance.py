"""The allowance list of a month comes from the rule and from who sat in post; missing months are seen, nobody gets it twice."""

from datetime import date
from decimal import Decimal

import pytest

from branches.models import CommitteeSeat, CommitteeTerm
from fund.help.allowances.actions import (
    missing_months,
    prepare_allowance,
    propose_allowance,
    reject_allowance,
    secretaries_of,
)
from fund.models import AllowanceRule, Pot
from tests.fund.make import book, make_pot
from tests.make import make_branch, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db
MARCH = date(2018, 3, 1)


def make_secretary(branch, name, *, since=date(2017, 5, 10), until=None, term_no=1):
    term, _ = CommitteeTerm.objects.get_or_create(
        branch=branch, term_no=term_no, defaults={"elected_on": since, "term_end": date(2030, 5, 10)}
    )
    return CommitteeSeat.objects.create(term=term, post="secretary", name=name, held_from=since, held_until=until)


@pytest.fixture
def rule():
    organization = make_organization()
    pot = make_pot(organization=organization, kind=Pot.Kind.ALLOWANCE)
    book(pot, pot.bank, pot.source("fiscal"), 6000, date(2018, 1, 2))
    return AllowanceRule.objects.create(pot=pot, starts_on=MARCH, amount=Decimal("300.00"))


def names_of(rule, month):
    return sorted(seat.name for seat in secretaries_of(rule, month))


def test_whoever_sits_in_post_on_the_fifteenth_gets_the_whole_month(rule):
    branch = make_branch(organization=rule.pot.organization)
    make_secretary(branch, "韦怀德", until=date(2018, 4, 14))
    make_secretary(branch, "黄桂兰", since=date(2018, 4, 15))
    make_secretary(make_branch(organization=rule.pot.organization), "李秀英", since=date(2018, 4, 16))
    make_secretary(make_branch(), "别处的书记")

    assert names_of(rule, MARCH) == ["韦怀德"]
    assert names_of(rule, date(2018, 4, 1)) == ["黄桂兰"]
    assert names_of(rule, date(2018, 5, 1)) == ["李秀英", "黄桂兰"]


def test_several_posts_are_one_allowance_and_a_branch_has_one_secretary(rule):
    first, second = (make_branch(organization=rule.pot.organization) for _ in range(2))
    make_secretary(first, "韦怀德")
    make_secretary(second, "韦怀德")
    make_secretary(first, "黄桂兰", since=date(2018, 2, 1), term_no=2)

    assert names_of(rule, MARCH) == ["韦怀德", "黄桂兰"]


def test_missing_months_run_from_the_first_to_the_newest_that_is_due(rule):
    make_secretary(make_branch(organization=rule.pot.organization), "韦怀德")
    run = prepare_allowance(rule, MARCH, by=make_user())

    assert [(line.name, line.amount) for line in run.lines.all()] == [("韦怀德", Decimal("300.00"))]
    assert missing_months(rule, today=date(2018, 6, 14)) == [date(2018, 4, 1), date(2018, 5, 1)]
    assert missing_months(rule, today=date(2018, 2, 20)) == []


def test_a_month_is_prepared_once_until_it_is_rejected(rule):
    make_secretary(make_branch(organization=rule.pot.organization), "韦怀德")
    clerk = make_user()
    run = prepare_allowance(rule, MARCH, by=clerk)

    assert refusal_of(prepare_allowance, rule, MARCH, by=clerk) == "month_twice"
    assert refusal_of(prepare_allowance, rule, date(2018, 2, 1), by=clerk) == "before_rule"
    propose_allowance(run, by=clerk)
    reject_allowance(run, by=make_user(), reason="名单有误")
    assert MARCH in missing_months(rule, today=date(2018, 6, 1))
    assert prepare_allowance(rule, MARCH, by=clerk).pk != run.pk


def test_a_month_without_a_secretary_makes_no_empty_list(rule):
    assert refusal_of(prepare_allowance, rule, MARCH, by=make_user()) == "empty_list"

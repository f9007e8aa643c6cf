"""Whatever anybody tries in whatever order, no case is paid by fewer than three people, in its notice, or while one objects."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from branches.calendar import notice_days
from fund.disclosure.questions.actions import answer_question, take_question
from fund.help.cases.actions import (
    approve_case,
    approve_second,
    check_again,
    check_case,
    close_case,
    end_notice,
    pay_case,
    propose_case,
    reject_case,
    review_case,
    sign_case,
    spot_check_case,
    start_notice,
    withdraw_case,
)
from fund.help.cases.models import LAST_STATES, PAID_STATES
from fund.help.cases.transitions import CASES
from fund.ledger.actions import stamped
from fund.models import AssistanceCase, Question, Recusal
from fund.verification import verify
from tests.fund.make import OPENED, make_pot
from tests.make import make_user

SEQUENCES = {"sqlite": 1000, "postgresql": 100}[connection.vendor]  # the actions are the same on both
OF_ONE_POT, ACTS = 100, 10
APPLICANT, PLACE = "莫大山", "荔江支部"


class Walk:
    """One pot, the people around it, a clock that only moves on, and dice."""

    def __init__(self, dice):
        self.dice, self.day = dice, date(2018, 1, 8)
        self.pot = make_pot(holding=9_000_000)
        self.pot.second_approval_from, self.pot.case_most = Decimal(500), None
        self.pot.save()
        self.users = [make_user() for _ in range(4)] + [make_user(is_superuser=True), make_user(is_superuser=True)]
        self.kin, self.namesake = self.users[3], make_user(last_name="莫", first_name="大山", is_superuser=True)
        self.users.append(self.namesake)
        Recusal.objects.create(
            organization=self.pot.organization, user=self.kin, name=APPLICANT, unit=PLACE, relation="child"
        )
        self.refused = Counter()

    def now(self):
        return datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=UTC)

    @contextmanager
    def clock(self):
        with stamped(now=self.now, salt=lambda: "0" * 32):
            yield

    def new_case(self):
        urgent = self.dice.random() < 0.15
        return AssistanceCase.objects.create(
            pot=self.pot,
            beneficiary=APPLICANT if self.dice.random() < 0.3 else "陈志强",
            unit=PLACE,
            applied_on=self.day,
            applied_amount=Decimal(self.dice.choice([200, 300, 500])),
            is_emergency=urgent,
            emergency_reason="失火" if urgent else "",
        )

    def some_day(self):
        """Today mostly; now and then a day that is past or to come."""
        return self.day + timedelta(days=self.dice.choice([*[0] * 12, -1, -4, 3]))

    def objections(self, case):
        return list(Question.objects.filter(case=case, kind="objection", state="received"))

    def try_act(self, case, name, by):
        day, amount = self.some_day(), Decimal(self.dice.choice([200, 300, 500]))
        acts = {
            "propose": lambda: propose_case(case, by=by),
            "agree": lambda: review_case(case, by=by, on=day, votes_for=9, amount=amount),
            "disagree": lambda: review_case(case, by=by, on=day, votes_against=9, reason="不符合"),
            "check": lambda: check_case(case, by=by, on=day),
            "check_again": lambda: check_again(case, by=by, reason="勾错"),
            "approve": lambda: approve_case(case, by=by, on=day),
            "approve_urgently": lambda: approve_case(case, by=by, on=day),
            "approve_second": lambda: approve_second(case, by=by),
            "approve_again": lambda: approve_case(case, by=by, on=day, amount=amount),
            "reject": lambda: reject_case(case, by=by, reason="不符合"),
            "reject_urgently": lambda: reject_case(case, by=by, reason="不符合"),
            "start_notice": lambda: start_notice(case, by=by, on=day),
            "notice_afterwards": lambda: start_notice(case, by=by, on=day),
            "end_notice": lambda: end_notice(case, by=by, on=day),
            "pay": lambda: pay_case(case, by=by, on=day),
            "sign": lambda: sign_case(case, by=by, on=day, signed_by="本人"),
            "spot_check": lambda: spot_check_case(case, by=by, on=day, way="visit", finding="收到"),
            "close": lambda: close_case(case, by=by, on=day),
            "withdraw": lambda: withdraw_case(case, by=by, reason="不需要了"),
            "object": lambda: take_question(
                Question(pot=case.pot, case=case, kind="objection", text="x", asked_on=self.day), by=by
            ),
            "answer": lambda: [
                answer_question(one, by=by, public_text="是否属实", answer="属实", outcome="not_upheld")
                for one in self.objections(case)
            ],
        }
        try:
            acts[name]()
        except ValidationError as refusal:
            self.refused[refusal.code] += 1

    def next_act(self, case):
        """Mostly what the case waits for, so that many get far; otherwise anything."""
        waits = [row.name for row in CASES if row.leads_on and row.fits(case)]
        if case.state == "under_review":
            waits.append("answer")
        if waits and self.dice.random() < 0.88:
            return self.dice.choice(waits)
        return self.dice.choice([*(row.name for row in CASES), *["object"] * 6, "answer"])

    def somebody(self, case, name):
        """Half the time anybody; otherwise somebody whom the table does not bar."""
        users = self.users
        if name in CASES.by_name and self.dice.random() < 0.5:
            barred = CASES[name].excluded_actors(case)
            users = [user for user in users if user.pk not in barred] or users
        return self.dice.choice(users)

    def walk(self):
        """Up to ten acts on a new case; gives the case back with what was seen at its payment."""
        case = self.new_case()
        for _ in range(ACTS):
            name = self.next_act(case)
            by = self.somebody(case, name)
            was_paid, open_before = case.state in PAID_STATES, name == "pay" and bool(self.objections(case))
            self.try_act(case, name, by)
            if case.state in PAID_STATES and not was_paid:
                self.look_at_payment(case, open_before)
            # Few need to be followed to the archive.
            if case.state in LAST_STATES or (case.state in PAID_STATES and self.dice.random() < 0.7):
                break
            # A notice of five working days is waited for now and then, not always.
            self.day += timedelta(days=self.dice.choice([0, 1, 7, 7]) if case.state == "in_notice" else 0)
        self.day += timedelta(days=self.dice.choice([0, 0, 1]))
        return case

    def look_at_payment(self, case, open_before):
        case = AssistanceCase.objects.get(pk=case.pk)
        proposing = {case.proposed_by_id, case.reviewed_by_id} - {None}
        approving = {case.approved_by_id, case.approved_second_by_id} - {None}
        hands = proposing | approving | {case.paid_by_id}
        assert not proposing & approving
        assert case.paid_by_id not in proposing | approving
        assert len(hands) >= 3
        assert len(approving) == (2 if case.approved_amount >= 500 else 1)
        assert not open_before
        assert not self.objections(case)
        if case.beneficiary == APPLICANT:
            assert not hands & {self.kin.pk, self.namesake.pk}
        assert case.entry.amount == case.approved_amount
        if not case.is_emergency:
            assert case.paid_on > notice_days(case.notice_from, 5)[1]
            assert [step.act for step in case.steps.all()].count("start_notice") >= 1


@pytest.mark.django_db
def test_no_sequence_of_acts_ever_pays_a_case_wrongly(settings):
    settings.SIMPLE_HISTORY_ENABLED = False  # a twelfth of the time, and nothing here reads it
    cases, refused = [], Counter()

    # One pot after another: each act reads the cases that its pot paid within a year.
    for seed in range(SEQUENCES // OF_ONE_POT):
        walk = Walk(Random(20181033 + seed))
        with walk.clock():
            cases += [walk.walk() for _ in range(OF_ONE_POT)]
        assert walk.day > OPENED
        refused += walk.refused

    reached = Counter(case.state for case in cases)
    paid = [case for case in cases if case.state in PAID_STATES]
    # The walks get far enough to mean something, and meet every refusal on the way.
    assert len(paid) >= SEQUENCES // 4
    assert sum(case.is_emergency for case in paid) >= SEQUENCES // 100
    assert reached["receipted"] >= SEQUENCES // 50
    assert {
        "excluded_actor",
        "recused",
        "own_case",
        "in_notice",
        "open_objection",
        "wrong_step",
        "in_future",
        "too_early",
    } <= set(refused)
    verify()

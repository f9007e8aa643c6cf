"""Whether the books hold after any sequence of bookings, reversals, closings and refusals."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from config.kit.dates import month_end
from fund.ledger.actions import reverse_entry, stamped
from fund.models import Entry, MonthTotal, Statement
from fund.verification import verify
from tests.fund.make import OPENED, book, make_pot, published
from tests.make import make_user

DAYS = st.integers(0, 240).map(lambda number: OPENED + timedelta(days=number))
AMOUNTS = st.one_of(
    st.integers(-5, 50_000).map(lambda fen: Decimal(fen) / 100), st.sampled_from([Decimal("0.001"), Decimal("1E9")])
)
KEYS = st.one_of(st.none(), st.sampled_from("abcdef"))


class LedgerMachine(RuleBasedStateMachine):
    """A pot beside a plain list of what was acknowledged; the list is replayed after every step."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.pot, self.clerk = make_pot(), make_user()
        self.assets = [self.pot.cash, self.pot.bank]
        self.sources = [self.pot.source("interest"), self.pot.source("member_donation")]
        self.uses = [self.pot.use("fee"), self.pot.use("assistance")]
        self.booked = []

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def _closed(self):
        last = Statement.objects.filter(pot=self.pot).in_chain().first()
        return last.period_to if last else OPENED - timedelta(days=1)

    def _book(self, debit, credit, amount, day, key):
        closed = self._closed()
        try:
            with transaction.atomic():
                entry = book(self.pot, debit, credit, amount, day, key=key, by=self.clerk)
        except ValidationError:
            return
        if entry.number > len(self.booked):
            assert entry.booked_on > closed
            self.booked.append(entry)
        else:
            assert key
            assert entry.pk in {old.pk for old in self.booked}

    @rule(asset=st.integers(0, 1), source=st.integers(0, 1), amount=AMOUNTS, day=DAYS, key=KEYS)
    def receive(self, asset, source, amount, day, key):
        self._book(self.assets[asset], self.sources[source], amount, day, key)

    @rule(asset=st.integers(0, 1), use=st.integers(0, 1), amount=AMOUNTS, day=DAYS, key=KEYS)
    def spend(self, asset, use, amount, day, key):
        self._book(self.uses[use], self.assets[asset], amount, day, key)

    @rule(asset=st.integers(0, 1), amount=AMOUNTS, day=DAYS)
    def carry_to_the_bank_or_back(self, asset, amount, day):
        self._book(self.assets[1 - asset], self.assets[asset], amount, day, None)

    @rule(asset=st.integers(0, 1), source=st.integers(0, 1), amount=AMOUNTS, day=DAYS, back=st.integers(0, 300))
    def receive_by_a_clock_set_back(self, asset, source, amount, day, back):
        moment = datetime.combine(OPENED, time(4), tzinfo=UTC) + timedelta(days=back)
        with stamped(now=lambda: moment, salt=lambda: "0" * 32):
            self._book(self.assets[asset], self.sources[source], amount, day, None)

    @precondition(lambda self: self.booked)
    @rule(place=st.integers(0, 100), day=DAYS)
    def reverse(self, place, day):
        entry = self.booked[place % len(self.booked)]
        with suppress(ValidationError), transaction.atomic():
            self.booked.append(reverse_entry(entry, by=self.clerk, on=day, reason="x"))

    @rule(months=st.integers(0, 2))
    def close(self, months):
        first = self._closed() + timedelta(days=1)
        end = month_end(first)
        for _ in range(months):
            end = month_end(end + timedelta(days=1))
        published(self.pot, first, end)

    @invariant()
    def the_books_equal_the_replay(self):
        verify()
        entries = list(Entry.objects.filter(pot=self.pot).order_by("number"))
        assert [entry.number for entry in entries] == list(range(1, len(self.booked) + 1))
        assert [entry.digest for entry in entries] == [entry.digest for entry in self.booked]
        for account in [*self.assets, *self.sources, *self.uses]:
            replayed = sum(
                (
                    entry.amount * ((entry.debit_id == account.pk) - (entry.credit_id == account.pk))
                    for entry in entries
                ),
                Decimal(0),
            )
            assert MonthTotal.objects.filter(account=account).net() == replayed
            if account in self.assets:
                assert replayed >= 0


@pytest.mark.django_db
def test_the_books_hold_after_any_sequence_of_acts():
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples={"sqlite": 12, "postgresql": 6}[connection.vendor],
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            # Shrinking would take minutes; the failing steps are printed as they were.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_a_clock_set_back_opens_no_closed_period():
    pot = make_pot(holding=10)
    published(pot, OPENED, date(2018, 3, 31))
    before_the_closing = datetime(2018, 3, 15, 4, tzinfo=UTC)

    with (
        stamped(now=lambda: before_the_closing, salt=lambda: "0" * 32),
        pytest.raises(ValidationError) as refusal,
    ):
        book(pot, pot.cash, pot.source("interest"), 1, date(2018, 3, 15))

    assert refusal.value.code == "closed_period"
    assert Entry.objects.filter(pot=pot).count() == 1


def test_the_clock_of_the_books_can_be_set_for_the_demo_alone(db):
    pot = make_pot()
    moment = datetime(2018, 5, 10, 4, 0, tzinfo=UTC)

    with stamped(now=lambda: moment, salt=lambda: "0" * 32):
        entry = book(pot, pot.cash, pot.source("interest"), 1, date(2018, 5, 10))
        with pytest.raises(ValidationError):
            book(pot, pot.cash, pot.source("interest"), 1, date(2018, 5, 11))

    assert entry.recorded_at == moment
    assert book(pot, pot.cash, pot.source("interest"), 1, date(2018, 5, 11)).recorded_at > moment

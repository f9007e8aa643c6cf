"""How a pot is opened, how money is booked and how a booking is reversed."""

import secrets
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from config.kit.dates import month_start
from config.kit.money import ZERO, from_fen
from fund import rules
from fund.models import Account, Entry, MonthTotal, Pot, Statement
from fund.models.ledger import ENTRIES_PER_POT, STANDARD_ACCOUNTS


@dataclass(frozen=True)
class Stamp:
    """The clock and the dice of the books: the moment an entry is recorded, today, and the salts of statements."""

    now: Callable = field(default=timezone.now)
    salt: Callable = field(default=lambda: secrets.token_hex(16))

    def today(self):
        return timezone.localdate(self.now())


_stamp = ContextVar("stamp", default=None)


def stamp():
    return _stamp.get() or Stamp()


@contextmanager
def stamped(*, now, salt):
    """Books kept inside read the clock from `now()` and draw salts from `salt()`: the demo's bytes are the same twice."""
    token = _stamp.set(Stamp(now=now, salt=salt))
    try:
        yield
    finally:
        _stamp.reset(token)


@contextmanager
def book_language():
    """Summaries and documents are written in the language of the office, whoever is signed in."""
    from django.conf import settings

    with translation.override(settings.LANGUAGE_CODE):
        yield


@transaction.atomic
def open_pot(*, organization, name, kind, code, opened_on, by, branch=None, notice_prefix="", rhythm=None):
    """Open a pot with the usual accounts of its kind; `by` is written into its history."""
    pot = Pot(
        organization=organization,
        branch=branch,
        name=name,
        kind=kind,
        code=code,
        opened_on=opened_on,
        notice_prefix=notice_prefix,
        rhythm=rhythm or Pot.Rhythm.QUARTER,
    )
    pot._history_user = by
    pot.full_clean()
    pot.save()
    add_standard_accounts(pot)
    return pot


def add_standard_accounts(pot):
    Account.objects.bulk_create(
        Account(pot=pot, kind=account_kind, code=account_code)
        for account_kind, codes in STANDARD_ACCOUNTS[pot.kind].items()
        for account_code in codes
    )


def lock_pot(pot):
    """Nobody else books in this pot until the transaction ends (on SQLite the transaction itself holds everything)."""
    return Pot.objects.select_for_update().get(pk=pot.pk)


def closed_until(pot):
    """The last day that a published statement covers, or None."""
    return Statement.objects.filter(pot=pot).published().aggregate(day=Max("period_to"))["day"]


def least_balance_from(account, day):
    """The least yuan an asset account holds at any month's end from the month of `day` on."""
    running, least = ZERO, None
    first = month_start(day)
    for month, debit, credit in (
        MonthTotal.objects.filter(account=account).order_by("month").values_list("month", "debit", "credit")
    ):
        if month > first and least is None:
            least = running
        running += debit - credit
        if month >= first:
            least = running if least is None else min(least, running)
    return running if least is None else least


def refuse_unbookable(*, pot, debit, credit, amount, booked_on, happened_on=None):
    """Every rule of `post` that depends on the books as they are now; forms ask it first, `post` asks it again."""
    rules.refuse_unless_positive(amount)
    rules.refuse_wrong_pot(pot_id=pot.pk, account_pot_ids=(debit.pot_id, credit.pot_id))
    rules.refuse_odd_accounts(debit=debit, credit=credit)
    rules.refuse_day_outside(
        booked_on=booked_on,
        happened_on=happened_on,
        opened_on=pot.opened_on,
        closed_until=closed_until(pot),
        today=stamp().today(),
    )
    if credit.is_asset:
        rules.refuse_overdraft(amount=amount, balance=least_balance_from(credit, booked_on))


@transaction.atomic
def post(
    *, pot, debit, credit, amount, booked_on, summary, by, key=None, happened_on=None, reverses=None, persons=0
) -> Entry:
    """Book one movement of `amount` yuan from `credit` to `debit`; committed when the outermost transaction ends.

    The same `key` gives back the first entry, so a double click or a retry books once. ValidationError codes: `sub_fen`,
    `not_money`, `not_positive`, `wrong_pot`, `same_account`, `wrong_accounts`, `before_opening`, `in_future`,
    `closed_period`, `happened_later`, `overdraft`, `key_reused`, `too_long`. `persons` counts givers or recipients (person-times).
    """
    amount = from_fen(rules.refuse_unless_positive(amount))
    summary = str(summary).strip()
    rules.refuse_long_text(summary=summary, key=key)
    rules.refuse_wrong_pot(pot_id=pot.pk, account_pot_ids=(debit.pot_id, credit.pot_id))
    pot = lock_pot(pot)
    if key is not None:
        first = Entry.objects.filter(pot=pot, key=key).first()
        if first:
            rules.refuse_other_content(
                same=(first.debit_id, first.credit_id, first.amount) == (debit.pk, credit.pk, amount)
            )
            return first
    refuse_unbookable(pot=pot, debit=debit, credit=credit, amount=amount, booked_on=booked_on, happened_on=happened_on)
    last = Entry.objects.filter(pot=pot).order_by("-number").values_list("number", "digest").first() or (0, "")
    entry = Entry(
        id=pot.pk * ENTRIES_PER_POT + last[0] + 1,
        pot=pot,
        number=last[0] + 1,
        booked_on=booked_on,
        happened_on=happened_on,
        debit=debit,
        credit=credit,
        amount=amount,
        persons=persons,
        summary=summary,
        reverses=reverses,
        recorded_by=by,
        recorded_at=stamp().now(),
        key=key,
        previous_digest=last[1],
    )
    entry.digest = entry.computed_digest(pot_code=pot.code, debit=debit, credit=credit)
    entry.save()
    sign = -1 if reverses else 1
    MonthTotal.objects.add(
        debit=debit,
        credit=credit,
        month=month_start(booked_on),
        amount=amount,
        movements=sign,
        persons=sign * persons,
    )
    return entry


@transaction.atomic
def reverse(entry, *, by, on, reason):
    """红字冲销: book the entry the other way round on the day `on`, once; the reason stands in its summary."""
    rules.refuse_without_reason(reason)
    lock_pot(entry.pot)
    rules.refuse_second_reversal(
        is_reversed=Entry.objects.filter(reverses=entry).exists(), is_reversal=entry.reverses_id is not None
    )
    with book_language():
        summary = _("reverses entry %(number)s: %(reason)s") % {"number": entry.number, "reason": reason}
    return post(
        pot=entry.pot,
        debit=entry.credit,
        credit=entry.debit,
        amount=entry.amount,
        booked_on=on,
        summary=summary[:120],
        by=by,
        key=f"reverse-{entry.number}",
        reverses=entry,
        persons=entry.persons,
    )

"""How a pot is opened, how money is booked and how a booking is reversed."""

import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.dates import month_start
from config.kit.money import ZERO, from_fen, to_fen
from config.kit.public_text import refuse_private_words
from fund.ledger.models import ENTRIES_PER_POT, STANDARD_ACCOUNTS, Account, Entry, Pot
from fund.ledger.rules import (
    refuse_day_outside,
    refuse_long,
    refuse_long_text,
    refuse_odd_accounts,
    refuse_other_content,
    refuse_overdraft,
    refuse_second_reversal,
    refuse_unless_positive,
    refuse_without_reason,
    refuse_wrong_pot,
)
from fund.ledger.totals import MonthTotal


def random_salt():
    return secrets.token_hex(16)


_salt = ContextVar("salt", default=random_salt)


def new_salt():
    """What is mixed into the commitment of a name, so that nobody finds the name by trying."""
    return _salt.get()()


@contextmanager
def stamped(*, now, salt):
    """Context manager: entries booked inside take their time from `now()` and salts from `salt()`, so the demo's bytes repeat."""
    token = _salt.set(salt)
    try:
        with clock.set_to(now):
            yield
    finally:
        _salt.reset(token)


@contextmanager
def book_language():
    """Summaries and documents are written in the language of the office, whoever is signed in."""
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
    """Give a pot the usual accounts of its kind that it lacks; two queries."""
    standing = set(pot.accounts.values_list("kind", "code"))
    usual = [(kind, code) for kind, codes in STANDARD_ACCOUNTS[pot.kind].items() for code in codes]
    Account.objects.bulk_create(
        Account(pot=pot, kind=kind, code=code) for kind, code in usual if (kind, code) not in standing
    )


def add_accounts_after_migrate(sender, using, **kwargs):
    """An account that became usual since a pot was opened is added to it, where the tables stand."""
    if Account._meta.db_table in connections[using].introspection.table_names():
        for pot in Pot.objects.using(using):
            add_standard_accounts(pot)


def lock_pot(pot):
    """Nobody else books in this pot until the transaction ends (on SQLite the transaction itself holds everything)."""
    return Pot.objects.select_for_update(no_key=True).get(pk=pot.pk)


def lock_and_refresh(record):
    """A record of a pot as it stands now, with the pot locked: concurrent requests run one after the other."""
    pot = lock_pot(record.pot)
    record.refresh_from_db()
    record.pot = pot
    return record


def closed_until(pot):
    """The last day that a published statement covers, or None; read anew, because `pot` may be older than the statement."""
    return Pot.objects.values_list("closed_until", flat=True).get(pk=pot.pk)


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
    refuse_unless_positive(amount)
    refuse_wrong_pot(pot_id=pot.pk, account_pot_ids=(debit.pot_id, credit.pot_id))
    refuse_odd_accounts(debit=debit, credit=credit)
    refuse_day_outside(
        booked_on=booked_on,
        happened_on=happened_on,
        opened_on=pot.opened_on,
        closed_until=closed_until(pot),
        today=clock.today(),
    )
    if credit.is_asset:
        refuse_overdraft(amount=amount, balance=least_balance_from(credit, booked_on))


# What the books say about a movement before it is booked, in one read; {asset} and {key} are left out where not asked.
_STANDING = (
    "SELECT p.code, p.opened_on, p.closed_until, e.number, e.digest"
    "{key}{asset}"
    f" FROM fund_pot p LEFT JOIN fund_entry e ON e.id = p.id * {ENTRIES_PER_POT} + "
    "(SELECT MAX(n.number) FROM fund_entry n WHERE n.pot_id = p.id) WHERE p.id = %s"
)
_KEY = ", (SELECT k.id FROM fund_entry k WHERE k.pot_id = p.id AND k.key = %s)"
# The balance at the end of the month, and whether there are later months, in which it may have been less.
_ASSET = (
    ", (SELECT SUM(m.debit) - SUM(m.credit) FROM fund_monthtotal m WHERE m.account_id = %s AND m.month <= %s)"
    ", EXISTS (SELECT 1 FROM fund_monthtotal m WHERE m.account_id = %s AND m.month > %s)"
)


def _standing(cursor, pot, *, credit, month, key):
    """Lock a pot and read what a booking depends on: `(code, opened_on, closed_until, number, digest, first, balance)`.

    `first` is the key of the entry that stands under `key`, `balance` the least the credited asset account holds in fen.
    On PostgreSQL the lock comes first: a statement that waits for it would go on to read what stood before.
    """
    sql = _STANDING.format(key="" if key is None else _KEY, asset=_ASSET if credit.is_asset else "")
    day = connection.ops.adapt_datefield_value(month)
    params = [] if key is None else [key]
    params += [credit.pk, day, credit.pk, day] if credit.is_asset else []
    if connection.features.has_select_for_update:
        cursor.execute("SELECT 1 FROM fund_pot WHERE id = %s FOR NO KEY UPDATE", [pot.pk])
    cursor.execute(sql, [*params, pot.pk])
    row = cursor.fetchone()
    if row is None:
        raise Pot.DoesNotExist
    code, opened_on, closed, number, digest, *rest = row
    first = None if key is None else rest.pop(0)
    balance = None
    if rest:
        fen, is_followed = rest
        balance = least_balance_from(credit, month) if is_followed else from_fen(fen or 0)
    return code, _as_day(opened_on), _as_day(closed), number or 0, digest or "", first, balance


def _as_day(value):
    """A day as a raw cursor gives it: SQLite keeps its text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


_COLUMNS = (
    "id", "pot_id", "number", "booked_on", "happened_on", "debit_id", "credit_id", "amount", "persons", "summary",
    "reverses_id", "recorded_by_id", "recorded_at", "key", "previous_digest", "digest",
)  # fmt: skip
_INSERT = f"INSERT INTO fund_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"


def _insert(cursor, entry):
    """Write a new entry with one statement; what `Entry.save` would write, without what the ORM asks on the way."""
    ops = connection.ops
    values = [getattr(entry, name) for name in _COLUMNS]
    values[3] = ops.adapt_datefield_value(entry.booked_on)
    values[4] = entry.happened_on and ops.adapt_datefield_value(entry.happened_on)
    values[7] = to_fen(entry.amount)
    values[12] = ops.adapt_datetimefield_value(entry.recorded_at)
    cursor.execute(_INSERT, values)
    entry._state.adding, entry._state.db = False, connection.alias


def _booked_before(pk, *, debit, credit, amount):
    """The entry that was booked with the same key; another content is refused."""
    entry = Entry.objects.get(pk=pk)
    refuse_other_content(same=(entry.debit_id, entry.credit_id, entry.amount) == (debit.pk, credit.pk, amount))
    return entry


@transaction.atomic
def post(
    *, pot, debit, credit, amount, booked_on, summary, by, key=None, happened_on=None, reverses=None, persons=0
) -> Entry:
    """Book one movement of `amount` yuan from `credit` to `debit`; committed when the outermost transaction ends.

    The same `key` gives back the first entry, so a double click or a retry books once. ValidationError codes: `sub_fen`,
    `not_money`, `not_positive`, `wrong_pot`, `same_account`, `wrong_accounts`, `before_opening`, `in_future`,
    `closed_period`, `happened_later`, `overdraft`, `key_reused`, `too_long`. `persons` counts givers or recipients (person-times).
    """
    amount = from_fen(refuse_unless_positive(amount))
    summary = str(summary).strip()
    refuse_long_text(summary=summary, key=key)
    refuse_wrong_pot(pot_id=pot.pk, account_pot_ids=(debit.pot_id, credit.pot_id))
    month = month_start(booked_on)
    with connection.cursor() as cursor:
        standing = _standing(cursor, pot, credit=credit, month=month, key=key)
        code, opened_on, closed, number, digest, first, balance = standing
        if first:
            return _booked_before(first, debit=debit, credit=credit, amount=amount)
        refuse_odd_accounts(debit=debit, credit=credit)
        days = {"booked_on": booked_on, "happened_on": happened_on, "opened_on": opened_on, "closed_until": closed}
        refuse_day_outside(**days, today=clock.today())
        if balance is not None:
            refuse_overdraft(amount=amount, balance=balance)
        entry = Entry(
            id=pot.pk * ENTRIES_PER_POT + number + 1,
            pot_id=pot.pk,
            number=number + 1,
            booked_on=booked_on,
            happened_on=happened_on,
            debit_id=debit.pk,
            credit_id=credit.pk,
            amount=amount,
            persons=persons,
            summary=summary,
            reverses_id=reverses and reverses.pk,
            recorded_by_id=by.pk,
            recorded_at=clock.now(),
            key=key,
            previous_digest=digest,
        )
        entry.digest = entry.computed_digest(pot_code=code, debit=debit, credit=credit)
        _insert(cursor, entry)
        sign = -1 if reverses else 1
        MonthTotal.objects.add(
            cursor, debit=debit, credit=credit, month=month, fen=to_fen(amount), movements=sign, persons=sign * persons
        )
    # What the caller handed over is not asked for again.
    entry._state.fields_cache |= {"pot": pot, "debit": debit, "credit": credit, "recorded_by": by, "reverses": reverses}
    return entry


@transaction.atomic
def book_by_hand(*, pot, debit, credit, amount, booked_on, summary, by, key=None, happened_on=None):
    """Book a movement whose summary somebody typed; besides the codes of `post`: `public_name`, `public_number`."""
    refuse_private_words(summary)
    return post(
        pot=pot,
        debit=debit,
        credit=credit,
        amount=amount,
        booked_on=booked_on,
        summary=summary,
        by=by,
        key=key,
        happened_on=happened_on,
    )


@transaction.atomic
def reverse_entry(entry, *, by, on, reason):
    """红字冲销: book the entry the other way round on the day `on`, once; the reason stands in its summary."""
    refuse_without_reason(reason)
    refuse_private_words(reason)
    lock_pot(entry.pot)
    refuse_second_reversal(
        is_reversed=Entry.objects.filter(reverses=entry).exists(), is_reversal=entry.reverses_id is not None
    )
    with book_language():
        summary = _("reverses entry %(number)s: %(reason)s") % {"number": entry.number, "reason": reason}
    # The reason has what the sentence around it leaves of the summary.
    whole = Entry._meta.get_field("summary").max_length
    refuse_long(reason, most=whole - (len(summary) - len(reason)))
    return post(
        pot=entry.pot,
        debit=entry.credit,
        credit=entry.debit,
        amount=entry.amount,
        booked_on=on,
        summary=summary,
        by=by,
        key=f"reverse-{entry.number}",
        reverses=entry,
        persons=entry.persons,
    )

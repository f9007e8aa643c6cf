"""Verifies the ledger and statements: recomputes everything and names the first place where it differs."""

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from config.kit.money import ZERO, from_fen, to_fen, yuan
from fund.disclosure.statements.document import (
    build_document,
    canonical_json,
    commitment,
    document_digest,
    facts_of,
    parse_document,
    plain,
    short_code,
)
from fund.disclosure.statements.models import Statement
from fund.ledger.models import ENTRIES_PER_POT, Account, Entry, Pot, canonical_entry

CHUNK, STEP = 10_000, 250_000
# Dates and moments as the program writes them; SQLite would read other spellings as the same value.
SQLITE_SPELLING = """
    SELECT number FROM fund_entry WHERE pot_id = %s AND (
        typeof(amount) <> 'integer' OR typeof(number) <> 'integer' OR typeof(persons) <> 'integer'
        OR booked_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
        OR (happened_on IS NOT NULL AND happened_on NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
        OR (recorded_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'
            AND recorded_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9].'
                || '[0-9][0-9][0-9][0-9][0-9][0-9]')
        OR recorded_at GLOB '*.000000'
    ) ORDER BY number LIMIT 1
"""
SQLITE_TOTALS = """
    SELECT m.account_id, CAST(m.month AS text) FROM fund_monthtotal m JOIN fund_account a ON a.id = m.account_id
    WHERE a.pot_id = %s AND (
        typeof(m.debit) <> 'integer' OR typeof(m.credit) <> 'integer' OR typeof(m.movements) <> 'integer'
        OR typeof(m.persons) <> 'integer' OR m.month NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-01'
    ) ORDER BY m.id LIMIT 1
"""


class Difference(Exception):
    """The books differ from what they should be; the text names the place."""


def verify(progress=lambda pot, number, last: None):
    """`(pots, entries, statements)` checked; raises Difference at the first place where the books differ.

    `progress` is called every STEP entries with how far the check has come in a pot.
    """
    entries = statements = 0
    pots = list(Pot.objects.select_related("organization").order_by("id"))
    _check_stray_rows(pots)
    for pot in pots:
        entries += _verify_ledger(pot, progress)
        statements += _verify_statements(pot)
    return len(pots), entries, statements


def _at(pot, what, problem):
    return Difference(_("%(pot)s, %(what)s: %(problem)s") % {"pot": pot.name, "what": what, "problem": problem})


def _miswritten():
    return _("a value is not written as the program writes it")


@contextmanager
def _readable(pot, where):
    """A value that cannot even be read is a difference at this place too."""
    try:
        yield
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, ValidationError) as error:
        raise _at(pot, where, _miswritten()) from error


def _check_stray_rows(pots):
    known = [pot.pk for pot in pots]
    stray = Entry.objects.exclude(pot__in=known).order_by("pk").values_list("pk", flat=True).first()
    if stray:
        raise Difference(_("entry with key %(pk)s: it belongs to no pot") % {"pk": stray})
    stray = Statement.objects.exclude(pot__in=known).order_by("pk").values_list("pk", flat=True).first()
    if stray:
        raise Difference(_("statement with key %(pk)s: it belongs to no pot") % {"pk": stray})


def _check_spelling(pot, accounts):
    """SQLite keeps a value in whatever spelling it was written; ours is one."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_SPELLING, [pot.pk])
        odd = cursor.fetchone()
        cursor.execute(SQLITE_TOTALS, [pot.pk])
        odd_total = cursor.fetchone()
    if odd:
        raise _at(pot, _entry(odd[0]), _miswritten())
    if odd_total:
        raise _at(pot, _month_total(accounts[odd_total[0]], odd_total[1][:7]), _miswritten())


def _refuse_odd_place(pot, number, *, saved, pk, accounts_known, follows):
    """Raise where number, key or chain of an entry do not follow on the entry before."""
    if saved != number:
        raise _at(pot, _entry(number), _("it is missing"))
    if pk != pot.pk * ENTRIES_PER_POT + number:
        raise _at(pot, _entry(number), _("its key was changed"))
    if not accounts_known:
        raise _at(pot, _entry(number), _("an account is of another pot"))
    if not follows:
        raise _at(pot, _entry(number), _("it does not follow on the entry before"))


def _add_to_totals(totals, accounts, month, *, fen, sign, persons):
    for place, account_id in enumerate(accounts):
        total = totals[account_id, month]
        total[place] += fen
        total[2] += sign
        total[3] += sign * persons


def _verify_ledger(pot, progress):
    """Gaps, keys, digests, chain, reversals; then month totals and balances against the replay.

    Month totals and the last number are read at one moment and the entries up to it afterwards, page by page: entries never
    change, so the books may go on meanwhile, and memory does not grow with them.
    """
    accounts = {account.pk: account for account in pot.accounts.all()}
    names = {account.pk: f"{account.kind}:{account.code}" for account in accounts.values()}
    _check_spelling(pot, accounts)
    stored, last = _stored_totals(pot)
    totals = defaultdict(lambda: [0, 0, 0, 0])
    number, digest, first_key = 0, "", pot.pk * ENTRIES_PER_POT
    for row in _rows(pot, last):
        number += 1
        pk, saved, booked_on, happened_on, debit, credit, fen, persons, summary, reverses, by, at, key, before, own = (
            row
        )
        known = debit in names and credit in names
        _refuse_odd_place(pot, number, saved=saved, pk=pk, accounts_known=known, follows=before == digest)
        with _readable(pot, _entry(number)):
            text = canonical_entry(
                amount=fen,
                booked_on=booked_on,
                credit=names[credit],
                debit=names[debit],
                happened_on=happened_on,
                key=key,
                number=number,
                persons=persons,
                pot=pot.code,
                previous=before,
                recorded_at=_moment(at),
                recorded_by=by,
                reverses=reverses - first_key if reverses else None,
                summary=summary,
            )
            digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != own:
            raise _at(pot, _entry(number), _("its content does not fit its digest"))
        if reverses:
            _check_reversal(pot, Entry.objects.get(pk=pk))
        _add_to_totals(totals, (debit, credit), booked_on[:7], fen=fen, sign=-1 if reverses else 1, persons=persons)
        if number % STEP == 0:
            progress(pot, number, last)
    if number != last:
        raise _at(pot, _entry(number + 1), _("it is missing"))
    _check_month_totals(pot, accounts, stored, totals)
    return number


def _stored_totals(pot):
    """`({(account, "2018-05"): sums}, last number)` as they stand at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.account_id, CAST(m.month AS text), m.debit, m.credit, m.movements, m.persons,"
            " (SELECT MAX(e.number) FROM fund_entry e WHERE e.pot_id = p.id)"
            " FROM fund_pot p LEFT JOIN fund_account a ON a.pot_id = p.id"
            " LEFT JOIN fund_monthtotal m ON m.account_id = a.id WHERE p.id = %s",
            [pot.pk],
        )
        rows = cursor.fetchall()
    return {(row[0], row[1][:7]): list(row[2:6]) for row in rows if row[0]}, (rows[0][6] if rows else 0) or 0


def _rows(pot, last):
    """Every entry of a pot up to a number, as the database holds it: amounts in fen, days as text."""
    after, moment = 0, "CAST(recorded_at AS text)" if connection.vendor == "sqlite" else "recorded_at"
    while after < last:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, number, CAST(booked_on AS text), CAST(happened_on AS text), debit_id, credit_id, amount, persons, summary, reverses_id,"
                f" recorded_by_id, {moment}, key, previous_digest, digest FROM fund_entry"
                " WHERE pot_id = %s AND number > %s AND number <= %s ORDER BY number LIMIT %s",
                [pot.pk, after, last, CHUNK],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][1]


def _moment(value):
    """A moment in UTC as digests spell it; SQLite keeps it as text that SQLITE_SPELLING has looked at."""
    if isinstance(value, str):
        return f"{value[:10]}T{value[11:]}{'' if len(value) > 19 else '.000000'}+00:00"
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _entry(number):
    return _("entry %(number)s") % {"number": number}


def _month_total(account, month):
    return _("month total of %(account)s in %(month)s") % {"account": account.label, "month": month}


def _check_reversal(pot, entry):
    other = Entry.objects.filter(pk=entry.reverses_id).first()
    swapped = other is not None and (other.pot_id, other.debit_id, other.credit_id, other.amount, other.persons) == (
        entry.pot_id, entry.credit_id, entry.debit_id, entry.amount, entry.persons,
    )  # fmt: skip
    if not swapped or other.reverses_id:
        raise _at(pot, _entry(entry.number), _("it does not mirror the entry it reverses"))


def _check_month_totals(pot, accounts, stored, totals):
    for account_id, month in sorted(set(stored) | set(totals)):
        if stored.get((account_id, month), [0, 0, 0, 0]) != list(totals.get((account_id, month), [0, 0, 0, 0])):
            where = _month_total(accounts[account_id], month)
            raise _at(pot, where, _("it is not the sum of the entries"))
    running = defaultdict(int)
    for account_id, month in sorted(totals, key=lambda key: (key[1], key[0])):
        account = accounts[account_id]
        running[account_id] += totals[account_id, month][0] - totals[account_id, month][1]
        if account.kind == Account.Kind.ASSET and running[account_id] < 0:
            where = _("%(account)s at the end of %(month)s") % {"account": account.label, "month": month}
            raise _at(pot, where, _("the balance is %(balance)s") % {"balance": yuan(from_fen(running[account_id]))})


def _verify_statements(pot):
    """The chain of published statements: document, digest, check code, equation, lines and names."""
    numbered = list(
        Statement.objects.filter(pot=pot)
        .exclude(sequence=None)
        .select_related("previous", "corrects", "pot__organization")
        .order_by("sequence")
    )
    odd = Statement.objects.filter(pot=pot, sequence=None).published().first()
    if odd:
        raise _at(pot, _statement(odd), _("it is published without a place in the chain"))
    _check_none_gone(pot)
    last = None
    for place, statement in enumerate(numbered, start=1):
        where = _statement(statement)
        if statement.sequence != place:
            raise _at(pot, _("statement number %(place)s of the chain") % {"place": place}, _("it is missing"))
        if not statement.is_published or statement.return_reason:
            raise _at(pot, where, _("it was published and is not marked so"))
        if (statement.previous_id or None) != (last.pk if last else None):
            raise _at(pot, where, _("it does not follow on the statement before"))
        with _readable(pot, where):
            _check_document(pot, statement, where)
            _check_seam(pot, statement, last, where)
            _check_names(pot, statement, where)
        last = statement
    until = max((statement.period_to for statement in numbered), default=None)
    if pot.closed_until != until:
        raise _at(
            pot,
            _("the closed period"),
            _("it ends on %(found)s instead of %(wanted)s")
            % {"found": pot.closed_until or "-", "wanted": until or "-"},
        )
    return len(numbered)


def _check_none_gone(pot):
    """What was published once stands for good; the history of a statement remembers it where the row is gone."""
    still = Statement.objects.filter(pot=pot).published().values("pk")
    gone = (
        Statement.history.filter(pot_id=pot.pk, state=Statement.State.PUBLISHED)
        .exclude(id__in=still)
        .order_by("sequence")
        .values_list("number", flat=True)
        .first()
    )
    if gone:
        raise _at(pot, _("statement %(number)s") % {"number": gone}, _("it is missing"))


def _statement(statement):
    return _("statement %(number)s") % {"number": statement.number or statement}


def _check_document(pot, statement, where):
    if document_digest(statement.document) != statement.digest:
        raise _at(pot, where, _("the document does not fit its digest"))
    if short_code(statement.digest) != statement.short_code:
        raise _at(pot, where, _("the check code does not fit the digest"))
    document = parse_document(statement.document)
    header = build_document(statement, document)
    if document["pot"]["code"] != pot.code:
        raise _at(pot, where, _("“%(part)s” differs from the document") % {"part": "pot"})
    for key in sorted(header):
        if header[key] != document.get(key) and key not in {"organization", "pot", "office_number"}:
            raise _at(pot, where, _("“%(part)s” differs from the document") % {"part": key})
    if (statement.correction_reason or statement.corrects_id) and not statement.corrects:
        raise _at(pot, where, _("“%(part)s” differs from the document") % {"part": "corrects"})
    if canonical_json(document) != statement.document:
        raise _at(pot, where, _("the document is not written canonically"))
    for name in ("opening", "income", "expense", "closing"):
        if to_fen(getattr(statement, name)) != document[name]:
            raise _at(pot, where, _("“%(part)s” differs from the document") % {"part": name})


def _check_seam(pot, statement, last, where):
    document = parse_document(statement.document)
    base = statement.corrects or last
    expected = (base.opening if statement.corrects else base.closing) if base else ZERO
    if statement.opening != expected:
        raise _at(pot, where, _("the opening balance is not the last closing balance"))
    if statement.opening + statement.income - statement.expense != statement.closing:
        raise _at(pot, where, _("opening + income − spending is not the closing balance"))
    facts = facts_of(statement, base=base, salt=lambda: "")
    now, then = plain(facts.core), plain({key: document[key] for key in facts.core})
    for key in ("opening", "closing", "income", "expense", "accounts", "lines", "last_entry"):
        if not _same(now[key], then[key], key):
            raise _at(pot, where, _("“%(part)s” differs from the ledger") % {"part": key})


# Beside what the ledger holds, a line tells what stood in case or round then; those may be worded anew since.
OF_THE_LEDGER = ("no", "date", "happened_on", "side", "account", "summary", "fen", "persons", "reverses", "digest")


def _same(now, then, key):
    if key == "lines":
        return [[line[part] for part in OF_THE_LEDGER] for line in now] == [
            [line[part] for part in OF_THE_LEDGER] for line in then
        ]
    if key == "accounts":
        return [row | {"label": ""} for row in now] == [row | {"label": ""} for row in then]
    return now == then


def _check_names(pot, statement, where):
    document = parse_document(statement.document)
    wanted = {
        (line["no"], position): hashes for line in document["lines"] for position, hashes in enumerate(line["names"])
    }
    rows = {(row.line, row.position): row for row in statement.names.all()}
    if set(rows) != set(wanted):
        raise _at(pot, where, _("names are missing or too many"))
    for place in sorted(rows):
        row, hashes = rows[place], wanted[place]
        spot = _("%(statement)s, line %(line)s, name %(position)s") % {
            "statement": where,
            "line": place[0],
            "position": place[1] + 1,
        }
        if commitment(row.masked_salt, row.masked) != hashes[0]:
            raise _at(pot, spot, _("the name was exchanged"))
        if row.name and (len(hashes) < 2 or commitment(row.name_salt, row.name) != hashes[1]):
            raise _at(pot, spot, _("the full name was exchanged"))
        if row.name_salt and not row.name:
            raise _at(pot, spot, _("the full name was taken off and its salt was not"))

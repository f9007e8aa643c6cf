"""Do the books still say what was written? Recomputes everything and names the first place where it differs."""

from collections import defaultdict
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from config.kit.dates import month_start
from config.kit.money import ZERO, from_fen, to_fen, yuan
from fund.document import (
    build_document,
    canonical_json,
    commitment,
    document_digest,
    facts_of,
    parse_document,
    plain,
    short_code,
)
from fund.models import Account, Entry, MonthTotal, Pot, Statement
from fund.models.ledger import ENTRIES_PER_POT

CHUNK = 2000
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


def verify():
    """`(pots, entries, statements)` checked; raises Difference at the first place where the books differ."""
    entries = statements = 0
    pots = list(Pot.objects.select_related("organization").order_by("id"))
    _check_stray_rows(pots)
    for pot in pots:
        entries += _verify_ledger(pot)
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


def _verify_ledger(pot):
    """Gaps, keys, digests, chain, reversals; then month totals and balances against the replay."""
    accounts = {account.pk: account for account in pot.accounts.all()}
    totals = defaultdict(lambda: [0, 0, 0, 0])
    last_number, last_digest = 0, ""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(SQLITE_SPELLING, [pot.pk])
            odd = cursor.fetchone()
            cursor.execute(SQLITE_TOTALS, [pot.pk])
            odd_total = cursor.fetchone()
        if odd:
            raise _at(pot, _entry(odd[0]), _miswritten())
        if odd_total:
            raise _at(pot, _month_total(accounts[odd_total[0]], odd_total[1][:7]), _miswritten())
    for entry in Entry.objects.filter(pot=pot).order_by("number").iterator(chunk_size=CHUNK):
        if entry.number != last_number + 1:
            raise _at(pot, _entry(last_number + 1), _("it is missing"))
        if entry.pk != pot.pk * ENTRIES_PER_POT + entry.number:
            raise _at(pot, _entry(entry.number), _("its key was changed"))
        if entry.debit_id not in accounts or entry.credit_id not in accounts:
            raise _at(pot, _entry(entry.number), _("an account is of another pot"))
        if entry.previous_digest != last_digest:
            raise _at(pot, _entry(entry.number), _("it does not follow on the entry before"))
        debit, credit = accounts[entry.debit_id], accounts[entry.credit_id]
        with _readable(pot, _entry(entry.number)):
            digest = entry.computed_digest(pot_code=pot.code, debit=debit, credit=credit)
        if digest != entry.digest:
            raise _at(pot, _entry(entry.number), _("its content does not fit its digest"))
        if entry.reverses_id:
            _check_reversal(pot, entry)
        sign, fen = (-1 if entry.reverses_id else 1), to_fen(entry.amount)
        for account_id, place in ((entry.debit_id, 0), (entry.credit_id, 1)):
            total = totals[account_id, month_start(entry.booked_on)]
            total[place] += fen
            total[2] += sign
            total[3] += sign * entry.persons
        last_number, last_digest = entry.number, entry.digest
    _check_month_totals(pot, accounts, totals)
    return last_number


def _entry(number):
    return _("entry %(number)s") % {"number": number}


def _month_total(account, month):
    return _("month total of %(account)s in %(month)s") % {"account": account.label, "month": month}


def _check_reversal(pot, entry):
    other = Entry.objects.filter(pk=entry.reverses_id).first()
    swapped = other is not None and (other.pot_id, other.debit_id, other.credit_id, other.amount, other.persons) == (
        entry.pot_id,
        entry.credit_id,
        entry.debit_id,
        entry.amount,
        entry.persons,
    )
    if not swapped or other.reverses_id:
        raise _at(pot, _entry(entry.number), _("it does not mirror the entry it reverses"))


def _check_month_totals(pot, accounts, totals):
    stored = {
        (row.account_id, row.month): [to_fen(row.debit), to_fen(row.credit), row.movements, row.persons]
        for row in MonthTotal.objects.filter(account__pot=pot)
    }
    for account_id, month in sorted(set(stored) | set(totals)):
        if stored.get((account_id, month), [0, 0, 0, 0]) != list(totals.get((account_id, month), [0, 0, 0, 0])):
            where = _month_total(accounts[account_id], f"{month:%Y-%m}")
            raise _at(pot, where, _("it is not the sum of the entries"))
    running = defaultdict(int)
    for account_id, month in sorted(totals, key=lambda key: (key[1], key[0])):
        account = accounts[account_id]
        running[account_id] += totals[account_id, month][0] - totals[account_id, month][1]
        if account.kind == Account.Kind.ASSET and running[account_id] < 0:
            where = _("%(account)s at the end of %(month)s") % {"account": account.label, "month": f"{month:%Y-%m}"}
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

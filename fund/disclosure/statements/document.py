"""The document of a statement: canonical JSON of the period's movements, with commitments in place of names.

Canonical JSON: keys sorted, no blanks, UTF-8, amounts in fen, days as YYYY-MM-DD. The digest of a statement is the SHA-256
of exactly that text, the check code its first 100 bits. A name is committed to as SHA-256(salt|text); where the full name
may be shown, a second commitment stands beside the one to the masked form.
"""

import hashlib
import json
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import translation

from config.kit.money import ZERO, from_fen, to_fen
from config.kit.numbering import next_number
from fund.disclosure.statements.models import Statement, StatementName
from fund.donations.models import Donation
from fund.ledger.models import Account, Entry
from fund.ledger.totals import MonthTotal
from members.privacy import ANONYMOUS, mask_beneficiary, mask_donor, shown_name, wants_no_name

FORMAT = "yure-statement-1"
# Digits and capitals without 0, 1, I and O, which are misread on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH, GROUP = 20, 4
# What a typed code is made of: more than the alphabet, so that a misread 0 is answered and not passed over.
CODE_LETTERS = frozenset(string.digits + string.ascii_uppercase)
INCOME, EXPENSE = Account.Kind.INCOME.value, Account.Kind.EXPENSE.value


def canonical_json(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_document(text):
    return json.loads(text) if text else {}


def document_digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def short_code(digest):
    """20 characters in five groups of four, `M3VH-8WTC-Q6ZE-2KRP-D9XA`, from the first 100 bits of a digest."""
    bits = int(digest[:25], 16)
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def bare_code(text):
    """A code as somebody typed it: full-width or small letters, blanks, lines and dashes make no difference."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).upper() if letter in CODE_LETTERS)


def commitment(salt, text):
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def number_for(statement):
    """Year, number in the year and address of a statement that is about to be published."""
    year = statement.period_to.year
    number = next_number(Statement.objects.filter(pot=statement.pot, year=year).values_list("year_number", flat=True))
    return year, number, f"{statement.pot.code}-{year}-{number}"


@dataclass(frozen=True)
class Name:
    """One name of a line: the form everybody may read, and the full one where its owner wants it shown."""

    masked: str
    full: str = ""


@dataclass(frozen=True)
class Movement:
    """One entry as residents read it: `fen` is negative on a red line, `parts` are (people, fen each)."""

    entry: Entry
    side: str
    account: str
    fen: int
    persons: int
    kind: str = ""
    season: str = ""
    category: str = ""
    parts: tuple = ()
    names: tuple = ()


def donor_name(donation):
    if donation.publicity == Donation.Publicity.ANONYMOUS or wants_no_name(donation.donor):
        return Name(str(ANONYMOUS))
    named = donation.publicity == Donation.Publicity.NAMED
    return Name(mask_donor(donation.donor), shown_name(donation.donor, agreed=named))


def with_stories(entries):
    """Entries with what stands behind them, in a constant number of queries."""
    return entries.select_related(
        "debit", "credit", "donation", "case", "round", "allowance_run", "reversed_by", "reverses"
    ).prefetch_related("round__visits")


def movement_of(entry):
    """The movement of an entry as residents read it, or None where money only moved between cash box and bank."""
    if entry.debit.is_asset and entry.credit.is_asset:
        return None
    into = entry.credit if entry.credit.kind == INCOME else entry.debit
    if into.is_asset:
        into = entry.credit
    # An income account is credited by income, a use is debited by spending; the other way round it is a red line.
    usual = entry.credit_id if into.kind == INCOME else entry.debit_id
    sign = 1 if usual == into.pk else -1
    return Movement(
        entry=entry,
        side=into.kind,
        account=into.code,
        fen=sign * to_fen(entry.amount),
        persons=-entry.persons if entry.reverses_id else entry.persons,
        **_story(entry),
    )


def _story(entry):
    fen = to_fen(entry.amount)
    if hasattr(entry, "donation"):
        donation = entry.donation
        return {"kind": "donation", "parts": ((1, fen),), "names": (donor_name(donation),)}
    if hasattr(entry, "case"):
        case = entry.case
        return {
            "kind": "case",
            "category": case.category,
            "parts": ((1, fen),),
            "names": (Name(mask_beneficiary(case.beneficiary)),),
        }
    if hasattr(entry, "round"):
        visits = list(entry.round.visits.all())
        counts = Counter(to_fen(visit.amount) for visit in visits)
        return {
            "kind": "round",
            "season": entry.round.season,
            "parts": tuple((persons, each) for each, persons in sorted(counts.items())),
            "names": tuple(Name(mask_beneficiary(visit.name)) for visit in visits),
        }
    if hasattr(entry, "allowance_run"):
        return {"kind": "allowance"}
    return {}


@dataclass(frozen=True)
class StatementFacts:
    """The ledger's data of a period: the core of the document, the names beside it, the equation in yuan."""

    core: dict
    names: tuple
    equation: dict

    def name_rows(self, statement):
        return [StatementName(statement=statement, **fields) for fields in self.names]

    def matches(self, document):
        """Whether two documents have the same content; commitments differ by their salts, so their number is compared."""
        return plain(self.core) == plain({key: document.get(key) for key in self.core})


def plain(core):
    """A document's core without its salted parts."""
    lines = [line | {"names": [len(name) for name in line["names"]]} for line in core["lines"]]
    return core | {"lines": lines}


def base_of(statement):
    """The statement a draft follows on: the newest of the chain, or the one it corrects; None for the first."""
    return statement.corrects or Statement.objects.filter(pot=statement.pot).in_chain().first()


def facts_of(statement, *, base, salt):
    """The facts of a statement's period and pot, following on `base`; costs the length of the period.

    `salt()` gives one salt a name.
    """
    pot, first, last = statement.pot, statement.period_from, statement.period_to
    with translation.override(settings.LANGUAGE_CODE):
        entries = list(with_stories(Entry.objects.filter(pot=pot).between(first, last).order_by("booked_on", "number")))
        movements = [movement for movement in map(movement_of, entries) if movement]
        lines, names = [], []
        for movement in movements:
            line, rows = _line(movement, salt)
            lines.append(line)
            names += rows
        accounts = _account_totals(pot, movements)
    opening, closing = _balance_before(pot, first), _balance_before(pot, last + timedelta(days=1))
    income = sum(line["fen"] for line in lines if line["side"] == INCOME)
    expense = sum(line["fen"] for line in lines if line["side"] == EXPENSE)
    core = {
        "opening": to_fen(opening),
        "income": income,
        "expense": expense,
        "closing": to_fen(closing),
        "accounts": accounts,
        "lines": lines,
        "last_entry": _last_entry(entries, base),
    }
    equation = {
        "opening": opening,
        # A correction covers the same period again, so its opening balance is that of the corrected one.
        "last_closing": statement.corrects.opening if statement.corrects else (base.closing if base else ZERO),
        "income": from_fen(income),
        "expense": from_fen(expense),
        "closing": closing,
    }
    return StatementFacts(core=core, names=tuple(names), equation=equation)


def _balance_before(pot, day):
    return MonthTotal.objects.net_before(pot, day)


def _last_entry(entries, base):
    """The newest entry the statement rests on: of the period, else of the statement before."""
    if entries:
        newest = max(entries, key=lambda entry: entry.number)
        return {"number": newest.number, "digest": newest.digest}
    return parse_document(base.document)["last_entry"] if base else None


def _line(movement, salt):
    entry = movement.entry
    commitments, rows = [], []
    for position, name in enumerate(movement.names):
        masked_salt, name_salt = salt(), salt() if name.full else ""
        commitments.append(
            [commitment(masked_salt, name.masked)] + ([commitment(name_salt, name.full)] if name.full else [])
        )
        rows.append(
            {
                "line": entry.number,
                "position": position,
                "masked": name.masked,
                "masked_salt": masked_salt,
                "name": name.full,
                "name_salt": name_salt,
            }
        )
    line = {
        "no": entry.number,
        "date": entry.booked_on.isoformat(),
        "happened_on": entry.happened_on.isoformat() if entry.happened_on else None,
        "side": movement.side,
        "account": movement.account,
        "summary": entry.summary,
        "fen": movement.fen,
        "persons": movement.persons,
        "reverses": entry.reverses.number if entry.reverses_id else None,
        "kind": movement.kind,
        "season": movement.season,
        "category": movement.category,
        "parts": [list(part) for part in movement.parts],
        "names": commitments,
        "digest": entry.digest,
    }
    return line, rows


def _account_totals(pot, movements):
    sums = {}
    for movement in movements:
        total = sums.setdefault((movement.side, movement.account), [0, 0, 0])
        total[0] += movement.fen
        total[1] += -1 if movement.entry.reverses_id else 1
        total[2] += movement.persons
    return [
        {
            "side": account.kind,
            "code": account.code,
            "label": str(account.label),
            "fen": sums[account.kind, account.code][0],
            "movements": sums[account.kind, account.code][1],
            "persons": sums[account.kind, account.code][2],
        }
        for account in sorted(pot.accounts.all(), key=lambda account: account.pk)
        if (account.kind, account.code) in sums
    ]


def build_document(statement, core):
    """The whole document of a statement: its header from the record, its core from the ledger (or from its draft)."""
    pot, previous, corrects = statement.pot, statement.previous, statement.corrects
    return {
        "format": FORMAT,
        "pot": {"code": pot.code, "kind": pot.kind, "name": pot.name},
        "organization": pot.organization.seal_name,
        "number": statement.number,
        "office_number": f"{pot.notice_prefix or pot.name}{statement.office_number}" if statement.number else None,
        "year": statement.year,
        "year_number": statement.year_number,
        "sequence": statement.sequence,
        "period": {"from": statement.period_from.isoformat(), "to": statement.period_to.isoformat()},
        "published_on": _iso(statement.published_on),
        "notice": {"from": _iso(statement.notice_from), "to": _iso(statement.notice_to)},
        "previous": {"number": previous.number, "digest": previous.digest, "short_code": previous.short_code}
        if previous
        else None,
        "corrects": {
            "number": corrects.number,
            "digest": corrects.digest,
            "reason": statement.correction_reason,
            "income": to_fen(corrects.income),
            "expense": to_fen(corrects.expense),
            "closing": to_fen(corrects.closing),
        }
        if corrects
        else None,
        "hands": [
            statement.drafted_by_id,
            statement.first_reviewed_by_id,
            statement.second_reviewed_by_id,
            statement.published_by_id,
        ],
        **{key: core[key] for key in ("opening", "income", "expense", "closing", "accounts", "lines", "last_entry")},
    }


def _iso(day):
    return day.isoformat() if day else None

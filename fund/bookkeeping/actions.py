"""Checks of the books against cash and bank: the cash box counted by two people, the bank's list matched with the entries."""

import hashlib
from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit import clock
from config.kit.sheets.tables import row_text
from config.kit.workflow.rules import refuse_wrong_step
from fund.bookkeeping.bank_sheet import read_bank_list
from fund.bookkeeping.models import BankLine, BankStatement
from fund.bookkeeping.rules import (
    refuse_counted_below_zero,
    refuse_covered_days,
    refuse_unexplained_difference,
    refuse_unlike_line,
)
from fund.bookkeeping.transitions import CASH_COUNTS
from fund.ledger.actions import lock_pot
from fund.ledger.models import Entry
from fund.ledger.rules import (
    refuse_day_before_opening,
    refuse_empty_list,
    refuse_future_day,
    refuse_long_list,
    refuse_wrong_count,
)
from fund.ledger.totals import MonthTotal

# A transfer reaches the bank a few days before or after the office writes it down.
DAYS_APART = 5
ROWS_NAMED = 20
MOST_LINES = 3000  # of one list: what a page shows and matching compares at once


def cash_in_books(count):
    """Yuan in the cash box by the books at the end of the day of a count."""
    return MonthTotal.objects.net_before(count.pot, count.counted_on + timedelta(days=1), [count.pot.cash])


def refuse_uncountable(count):
    """What a first count is refused for; the books' own figure is set on it. Forms ask it first."""
    refuse_future_day(day=count.counted_on, today=clock.today())
    refuse_day_before_opening(day=count.counted_on, opened_on=count.pot.opened_on)
    refuse_counted_below_zero(amount=count.amount)
    count.book_amount = cash_in_books(count)
    refuse_unexplained_difference(difference=count.difference, reason=count.reason)


@transaction.atomic
def count_cash(count, *, by):
    """The first of two people writes what lies in the cash box (yuan); the books' own figure is kept beside it."""
    lock_pot(count.pot)
    refuse_uncountable(count)
    count.first_by = by
    count._history_user = by
    count.save()
    return count


@transaction.atomic
def confirm_cash(count, *, by, amount):
    """The second person counted on their own and found the same; otherwise nothing is confirmed."""
    lock_pot(count.pot)
    count.refresh_from_db()
    CASH_COUNTS.begin(count, "confirm", by=by)
    refuse_wrong_count(counted=amount, registered=count.amount)
    count.second_by = by
    count._history_user = by
    count.save()
    return count


def take_bank_list(pot, name, data, *, by):
    """Store a bank's list whole or not at all and match what can only be one entry; the same file gives the first back.

    ValidationError names each row that cannot be read. Nothing is locked while the file is read: postings go on.
    """
    digest = hashlib.sha256(data).hexdigest()
    return _stored_before(pot, digest) or _store_bank_list(pot, digest, _read_whole(name, data), by=by)


def _stored_before(pot, digest):
    return BankStatement.objects.filter(pot=pot, digest=digest).first()


def _read_whole(name, data):
    reading = read_bank_list(name, data)
    if reading.refused:
        raise ValidationError(
            [
                ValidationError(
                    _("%(place)s: %(reasons)s"),
                    params={
                        "place": row_text(record.row, record.sheet),
                        "reasons": " ".join(str(reason) for reason in record.reasons),
                    },
                    code="refused_row",
                )
                for record in reading.refused[:ROWS_NAMED]
            ]
            + _unnamed(len(reading.refused) - ROWS_NAMED)
        )
    refuse_empty_list(len(reading.accepted))
    refuse_long_list(count=len(reading.accepted), at_most=MOST_LINES)
    return reading


def _unnamed(count):
    if count <= 0:
        return []
    sentence = ngettext("%(count)s more row cannot be read.", "%(count)s more rows cannot be read.", count)
    return [ValidationError(sentence % {"count": count}, code="refused_row")]


@transaction.atomic
def _store_bank_list(pot, digest, reading, *, by):
    pot = lock_pot(pot)
    first = _stored_before(pot, digest)
    if first:
        return first
    days = [record.values["day"] for record in reading.accepted]
    covered = BankStatement.objects.filter(pot=pot, first_day__lte=max(days), last_day__gte=min(days)).first()
    refuse_covered_days(covered=covered)
    newest = max(reading.accepted, key=lambda record: record.values["day"])
    last = reading.accepted[-1] if days[-1] >= days[0] else reading.accepted[0]
    statement = BankStatement.objects.create(
        pot=pot,
        first_day=min(days),
        last_day=max(days),
        closing=(last if last.values["day"] == newest.values["day"] else newest).values.get("balance"),
        digest=digest,
        uploaded_by=by,
    )
    BankLine.objects.bulk_create(
        BankLine(
            statement=statement,
            row=place,
            day=record.values["day"],
            is_income=record.values["is_income"],
            amount=record.values["moved"],
            text=" ".join(filter(None, (record.values.get("words"), record.values.get("other")))),
        )
        for place, record in enumerate(reading.accepted, 1)
    )
    match_lines(statement)
    return statement


def free_entries(statement, lines):
    """Entries that moved the pot's bank account in the span of a list, a few days more, by the amount of one of these
    lines, and stand for no line yet.
    """
    bank = statement.pot.bank
    span = (statement.first_day - timedelta(days=DAYS_APART), statement.last_day + timedelta(days=DAYS_APART))
    return (
        Entry.objects.filter(pot=statement.pot, bank_line=None, amount__in={line.amount for line in lines})
        .between(*span)
        .touching([bank])
        .select_related("debit", "credit")
        .order_by("booked_on", "number")
    )


def fits(line, entry, bank):
    """Whether an entry can match a line: the same yuan in the same direction."""
    return line.amount == entry.amount and line.is_income == (entry.debit_id == bank.pk)


@transaction.atomic
def match_lines(statement):
    """Match what can only belong together: first by the same day, then by days nearby; gives how many were matched."""
    bank, lines = statement.pot.bank, list(statement.lines.filter(entry=None))
    entries: dict = {}
    for entry in free_entries(statement, lines):
        entries.setdefault(entry.amount, []).append(entry)
    matched = 0
    for apart in (0, DAYS_APART):
        pairs = [
            (line, entry)
            for line in lines
            for entry in entries.get(line.amount, ())
            if fits(line, entry, bank) and abs((entry.booked_on - line.day).days) <= apart
        ]
        of_line = Counter(line for line, _entry in pairs)
        of_entry = Counter(entry for _line, entry in pairs)
        for line, entry in pairs:
            if of_line[line] == of_entry[entry] == 1:
                line.entry = entry
                line.save(update_fields=["entry"])
                lines.remove(line)
                entries[entry.amount].remove(entry)
                matched += 1
    return matched


@transaction.atomic
def match_line(line, entry, *, by):
    """Say by hand which entry a line of the bank is; amount and direction must be the same."""
    lock_pot(line.statement.pot)
    line.refresh_from_db()
    refuse_wrong_step(fits=line.entry_id is None)
    bank = line.statement.pot.bank
    refuse_unlike_line(
        same=entry.pot_id == line.statement.pot_id
        and bank.pk in {entry.debit_id, entry.credit_id}
        and fits(line, entry, bank)
    )
    line.entry = entry
    line.save(update_fields=["entry"])
    return line


@transaction.atomic
def unmatch_line(line, *, by):
    """Take a match back; the line waits again."""
    lock_pot(line.statement.pot)
    line.entry = None
    line.save(update_fields=["entry"])
    return line

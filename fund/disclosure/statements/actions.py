"""How a statement comes about: drafted from the ledger, reviewed twice, published and frozen."""

from django.db import transaction

from branches.calendar import STATEMENT_NOTICE_WORKING_DAYS, notice_days
from config.kit import clock
from config.kit.public_text import refuse_private_words
from fund.disclosure.periods import close_period
from fund.disclosure.statements.document import (
    base_of,
    build_document,
    canonical_json,
    document_digest,
    facts_of,
    number_for,
    parse_document,
    short_code,
)
from fund.disclosure.statements.models import Statement, StatementName
from fund.disclosure.statements.rules import (
    refuse_changed_ledger,
    refuse_correction,
    refuse_period,
    refuse_published_before,
    refuse_returned,
    refuse_second_draft,
    refuse_unbalanced,
)
from fund.disclosure.statements.transitions import STATEMENTS
from fund.donations.models import Donation
from fund.ledger.actions import closed_until, lock_and_refresh, lock_pot, new_salt
from fund.ledger.rules import refuse_future_day, refuse_without_reason

State = Statement.State


def _last_of_chain(pot):
    return Statement.objects.filter(pot=pot).in_chain().first()


def refuse_undraftable(*, pot, period_from, period_to, corrects=None, correction_reason=""):
    """Every rule of `draft_statement` that needs no sums; forms ask it first. Returns the returned statement, or None."""
    in_hand = Statement.objects.filter(pot=pot).exclude(state=State.PUBLISHED).first()
    refuse_second_draft(in_hand=in_hand is not None and in_hand.state != State.RETURNED)
    if corrects is None:
        refuse_period(
            period_from=period_from,
            period_to=period_to,
            opened_on=pot.opened_on,
            last_closed=closed_until(pot),
            today=clock.today(),
        )
    else:
        refuse_without_reason(correction_reason)
        refuse_correction(
            same_pot=corrects.pot_id == pot.pk,
            is_published=corrects.is_published,
            is_corrected=corrects.corrected_by.filter(state=State.PUBLISHED).exists(),
            same_period=(corrects.period_from, corrects.period_to) == (period_from, period_to),
        )
    return in_hand


@transaction.atomic
def draft_statement(*, pot, period_from, period_to, by, corrects=None, correction_reason=""):
    """Draft the account of a period from the ledger; a returned statement of the pot is drafted again in its place.

    ValidationError codes: `period_order`, `not_over`, `gap`, `overlap`, `opening`, `unbalanced`, `already_drafted`,
    `reason_missing` (a correction says what was wrong).
    """
    refuse_private_words(correction_reason if corrects else "")
    pot = lock_pot(pot)
    in_hand = refuse_undraftable(
        pot=pot, period_from=period_from, period_to=period_to, corrects=corrects, correction_reason=correction_reason
    )
    statement = in_hand or Statement(pot=pot)
    if statement.pk:
        statement.names.all().delete()
    statement.period_from, statement.period_to = period_from, period_to
    statement.corrects, statement.correction_reason = corrects, correction_reason if corrects else ""
    statement.drafted_by = by
    facts = facts_of(statement, base=base_of(statement), salt=new_salt)
    refuse_unbalanced(**facts.equation)
    for name in ("opening", "income", "expense", "closing"):
        setattr(statement, name, facts.equation[name])
    statement.document = canonical_json(build_document(statement, facts.core))
    empty = {"return_reason": "", "first_reviewed_by": None, "second_reviewed_by": None}
    STATEMENTS["draft-again"].move(statement, by=by, **empty)
    StatementName.objects.bulk_create(facts.name_rows(statement))
    return statement


def draft_again(statement, *, by):
    """Draft a returned statement anew: the same period, from the ledger as it is now."""
    return draft_statement(
        pot=statement.pot,
        period_from=statement.period_from,
        period_to=statement.period_to,
        by=by,
        corrects=statement.corrects,
        correction_reason=statement.correction_reason,
    )


def _refuse_stale(statement):
    """What the reviewers sign is what the ledger says now."""
    facts = facts_of(statement, base=base_of(statement), salt=lambda: "")
    refuse_unbalanced(**facts.equation)
    refuse_changed_ledger(same=facts.matches(parse_document(statement.document)))


@transaction.atomic
def review_first(statement, *, by):
    """初审, by somebody other than the drafter."""
    lock_and_refresh(statement)
    row = STATEMENTS.begin(statement, "review-first", by=by)
    _refuse_stale(statement)
    return row.move(statement, by=by, first_reviewed_by=by)


@transaction.atomic
def review_second(statement, *, by):
    """复审, by a third person."""
    lock_and_refresh(statement)
    row = STATEMENTS.begin(statement, "review-second", by=by)
    _refuse_stale(statement)
    return row.move(statement, by=by, second_reviewed_by=by)


@transaction.atomic
def return_statement(statement, *, by, reason):
    """Send a statement that is not published yet back to the keeper, with a reason."""
    lock_and_refresh(statement)
    refuse_without_reason(reason)
    refuse_returned(is_open=statement.state in {State.DRAFT, State.FIRST_REVIEWED, State.SECOND_REVIEWED})
    return STATEMENTS["return"].move(statement, by=by, return_reason=reason)


@transaction.atomic
def publish_statement(statement, *, by, on=None):
    """Freeze a statement reviewed twice: number, digest, check code, link to the one before; its period is closed."""
    lock_and_refresh(statement)
    row = STATEMENTS.begin(statement, "publish", by=by)
    _refuse_stale(statement)
    day = on or clock.today()
    refuse_future_day(day=day, today=clock.today())
    refuse_published_before(day=day, period_to=statement.period_to)
    previous = _last_of_chain(statement.pot)
    statement.published_by = by
    statement.published_on = day
    statement.notice_from, statement.notice_to = notice_days(day, STATEMENT_NOTICE_WORKING_DAYS)
    statement.previous = previous
    statement.sequence = previous.sequence + 1 if previous else 1
    statement.year, statement.year_number, statement.number = number_for(statement)
    statement.document = canonical_json(build_document(statement, parse_document(statement.document)))
    statement.digest = document_digest(statement.document)
    statement.short_code = short_code(statement.digest)
    close_period(statement.pot, statement.period_to)
    return row.move(statement, by=by, return_reason="")


@transaction.atomic
def withdraw_name(donation, *, by):
    """A donor takes back the word that the full name may stand in notices: it leaves every statement at once."""
    donation.publicity = Donation.Publicity.MASKED
    donation._history_user = by
    donation.save(update_fields=["publicity"])
    if donation.is_booked:
        lines = [donation.entry.number]
        if donation.returned_entry_id:
            lines.append(donation.returned_entry.number)
        StatementName.objects.filter(statement__pot=donation.pot, line__in=lines).update(name="", name_salt="")
    return donation

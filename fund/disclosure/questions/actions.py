"""Actions on questions and objections: take, word for the public, answer, or keep off the page."""

from datetime import timedelta

from django.db import transaction

from branches.calendar import ANSWER_WORKING_DAYS, notice_days
from config.kit import clock
from config.kit.numbering import next_number
from config.kit.public_text import refuse_private_words
from fund.disclosure.questions.models import Question
from fund.disclosure.questions.rules import (
    refuse_misplaced_question,
    refuse_unshown_objection,
    refuse_without_outcome,
    refuse_without_words,
)
from fund.disclosure.questions.transitions import QUESTIONS
from fund.help.cases.actions import object_to_case, refuse_recused_user
from fund.ledger.actions import lock_and_refresh, lock_pot
from fund.ledger.rules import refuse_day_before_opening, refuse_future_day, refuse_without_reason

Kind = Question.Kind


def due_day(day):
    """The last of the working days within which an answer is owed; they are counted from the day after the asking."""
    return notice_days(day + timedelta(days=1), ANSWER_WORKING_DAYS)[1]


def _step(question, *, by, **fields):
    question._history_user = by
    for name, value in fields.items():
        setattr(question, name, value)
    question.full_clean(exclude=["pot", "statement", "entry", "case"])
    question.save()
    return question


@transaction.atomic
def take_question(question, *, by=None, key=None):
    """Give a question its gap-free number of the year and its due day; by nobody where it came by the web form.

    With a `key` taken before, the first question comes back and nothing is stored. An objection stops its case.
    """
    pot = lock_pot(question.pot)
    if key is not None:
        first = Question.objects.filter(key=key).first()
        if first:
            return first
    refuse_misplaced_question(
        pot_id=pot.pk,
        kind=question.kind,
        about=[subject.pot_id for subject in (question.statement, question.entry, question.case) if subject],
        has_case=question.case_id is not None,
    )
    question.asked_on = question.asked_on or clock.today()
    refuse_future_day(day=question.asked_on, today=clock.today())
    refuse_day_before_opening(day=question.asked_on, opened_on=pot.opened_on)
    if question.kind == Kind.OBJECTION:
        object_to_case(question.case, by=by)
    question.key = key
    given = Question.objects.filter(pot=pot, year=question.asked_on.year).values_list("year_number", flat=True)
    return _step(
        question,
        by=by,
        recorded_by=by,
        year=question.asked_on.year,
        year_number=next_number(given),
        due_on=due_day(question.asked_on),
    )


def _refuse_private(question, *texts):
    for text in texts:
        refuse_private_words(text, names=question.names_to_spare())


@transaction.atomic
def word_question(question, *, by, public_text):
    """Write what residents read of a question, without names, numbers and illness; from then on it is public."""
    lock_and_refresh(question)
    row = QUESTIONS.begin(question, "word", by=by)
    refuse_without_words(public_text)
    _refuse_private(question, public_text)
    return _step(question, by=by, state=row.target, public_text=public_text)


@transaction.atomic
def refuse_question(question, *, by, refusal):
    """Keep a question off the page, for one of the fixed reasons; its number stays. An objection is always answered."""
    lock_and_refresh(question)
    refuse_unshown_objection(is_objection=question.kind == Kind.OBJECTION)
    row = QUESTIONS.begin(question, "refuse", by=by)
    refuse_without_reason(refusal)
    return _step(question, by=by, state=row.target, refusal=refusal)


@transaction.atomic
def answer_question(question, *, by, answer, public_text="", outcome=""):
    """Answer in public; an objection with its outcome, by somebody who did not act on the case."""
    lock_and_refresh(question)
    is_objection = question.kind == Kind.OBJECTION
    row = QUESTIONS.begin(question, "decide" if is_objection else "answer", by=by)
    wording = public_text or question.public_text
    refuse_without_words(wording)
    refuse_without_words(answer)
    _refuse_private(question, wording, answer)
    if is_objection:
        refuse_without_outcome(outcome)
        refuse_recused_user(question.case, by=by)
    return _step(
        question,
        by=by,
        state=row.target,
        public_text=wording,
        answer=answer,
        outcome=outcome if is_objection else "",
        answered_by=by,
        answered_on=clock.today(),
    )

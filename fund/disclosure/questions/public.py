"""Questions and objections as residents read them: number, due day, wording and answer; never who asked."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.dates import year_in
from config.kit.person.search import contains
from fund.disclosure.questions.models import Question
from fund.disclosure.statements.models import Statement
from fund.disclosure.wording import asked_page, lines_address, period_label
from fund.help.cases.models import AssistanceCase

PER_PAGE = 10
State = Question.State


@dataclass(frozen=True)
class QuestionLine:
    """One question: `about` and `about_address` lead to the figure it is beside, `note` says why a text is missing."""

    number: str
    anchor: str
    address: str
    is_objection: bool
    text: str
    note: str
    answer: str
    outcome: str
    state: str
    state_label: str
    is_late: bool
    asked_on: date
    due_on: date
    answered_on: date | None
    about: str
    about_address: str


def questions_address(pot_code, **params):
    return f"{reverse('fund:questions')}?{urlencode({'pot': pot_code, **params})}"


def _about(question):
    pot = question.pot
    if question.statement:
        label = period_label(question.statement.period_from, question.statement.period_to, opened_on=pot.opened_on)
        return (
            _("statement %(number)s, %(period)s") % {"number": question.statement.office_number, "period": label},
            question.statement.get_absolute_url(),
        )
    if question.case:
        return _("case %(number)s") % {"number": question.case.case_no}, reverse("fund:notices")
    if question.entry:
        return (
            _("movement %(number)s") % {"number": question.entry.number},
            f"{lines_address(pot.code, year=question.entry.booked_on.year)}#movement-{question.entry.number}",
        )
    return "", ""


def line_of_question(question, *, today):
    about, about_address = _about(question)
    late = question.is_late(on=today)
    anchor = f"question-{question.year}-{question.year_number}"
    notes = {
        State.RECEIVED: _("The office is finding words for it that give nobody away."),
        State.REFUSED: _("Not shown, because it %(reason)s.") % {"reason": question.get_refusal_display()},
    }
    return QuestionLine(
        number=question.office_number,
        anchor=anchor,
        address=f"{questions_address(question.pot.code, number=f'{question.year}-{question.year_number}')}#{anchor}",
        is_objection=question.kind == Question.Kind.OBJECTION,
        text=question.public_text if question.state in {State.OPEN, State.ANSWERED} else "",
        note=str(notes.get(question.state, "")),
        answer=question.answer if question.state == State.ANSWERED else "",
        outcome=question.get_outcome_display() if question.outcome else "",
        state="late" if late else {State.ANSWERED: "done", State.REFUSED: "void"}.get(question.state, "doing"),
        state_label=str(_("late") if late else question.get_state_display()),
        is_late=late,
        asked_on=question.asked_on,
        due_on=question.due_on,
        answered_on=question.answered_on,
        about=str(about),
        about_address=about_address,
    )


def _rows():
    return Question.objects.select_related("pot", "statement", "case", "entry").defer("statement__document")


@dataclass(frozen=True)
class QuestionList:
    """A page of questions and what the reader asked for; `waiting` and `late` count questions of the whole pot."""

    page: object
    years: tuple
    states: tuple
    year: str
    state: str
    q: str
    waiting: int
    late: int


def question_lines(pot, query):
    """Questions of a pot that `query` (a GET dictionary) asks for, newest first."""
    today = clock.today()
    rows = _rows().filter(pot=pot)
    year, state = query.get("year", "")[:4], query.get("state", "")[:10]
    q = "".join(letter for letter in query.get("q", "")[:60] if letter.isprintable()).strip()
    number = query.get("number", "")[:20]
    if number:
        parts = number.split("-")
        known = len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) < 8 for part in parts)
        rows = rows.filter(year=int(parts[0]), year_number=int(parts[1])) if known else rows.none()
    if year_in(year):
        rows = rows.filter(year=int(year))
    if state == "late":
        rows = rows.waiting().filter(due_on__lt=today)
    elif state in State.values:
        rows = rows.filter(state=state)
    if q:
        rows = rows.filter(contains(q, "public_text"), state__in=(State.OPEN, State.ANSWERED)) | rows.filter(
            contains(q, "answer"), state=State.ANSWERED
        )
    page = Paginator(rows, PER_PAGE).get_page(asked_page(query))
    page.object_list = [line_of_question(row, today=today) for row in page.object_list]
    waiting = list(Question.objects.filter(pot=pot).waiting().values_list("due_on", flat=True))
    return QuestionList(
        page=page,
        years=tuple(Question.objects.filter(pot=pot).order_by("-year").values_list("year", flat=True).distinct()),
        states=((State.OPEN, _("being answered")), (State.ANSWERED, _("answered")), ("late", _("late"))),
        year=year,
        state=state,
        q=q,
        waiting=len(waiting),
        late=sum(due < today for due in waiting),
    )


def newest_questions(pot, *, count=3):
    """The newest questions that have words, for the board."""
    today = clock.today()
    rows = _rows().filter(pot=pot, state__in=(State.OPEN, State.ANSWERED))[:count]
    return tuple(line_of_question(row, today=today) for row in rows)


def questions_about(number):
    """Questions about the published statement of an address, in the order they were asked."""
    today = clock.today()
    rows = _rows().filter(statement__number=number, state__in=(State.OPEN, State.ANSWERED))
    return tuple(line_of_question(row, today=today) for row in rows.order_by("year", "year_number")[:50])


@dataclass(frozen=True)
class Subject:
    """What a question is about, as the form shows it: words, and the records' public names."""

    label: str
    statement: str
    case: str
    is_objection: bool


def asked_records(pot, *, statement="", case=""):
    """The published statement and the case on notice that public names stand for, each None where there is none."""
    number, named = ("".join(letter for letter in text[:60] if letter.isprintable()) for text in (statement, case))
    return (
        Statement.objects.published().filter(pot=pot, number=number).first() if number else None,
        AssistanceCase.objects.filter(pot=pot, case_no=named).exclude(notice_from=None).first() if named else None,
    )


def subject_of(pot, query):
    """The statement or case that the address of the form names, or none; garbage names nothing."""
    statement, case = asked_records(pot, statement=query.get("statement", ""), case=query.get("case", ""))
    if case:
        return Subject(_("case %(number)s in its notice") % {"number": case.case_no}, "", case.case_no, True)
    if statement:
        label = period_label(statement.period_from, statement.period_to, opened_on=pot.opened_on)
        return Subject(
            _("statement %(number)s, %(period)s") % {"number": statement.office_number, "period": label},
            statement.number,
            "",
            False,
        )
    return Subject("", "", "", False)

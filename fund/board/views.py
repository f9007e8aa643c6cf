"""Which address of the fund shows what."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from config.kit.qr import qr_code
from config.kit.rate_limit import count_sending
from fund.board.compare import compare_page
from fund.board.lines import movements
from fund.board.pots import fund_member_counts, pots_page
from fund.board.public import board as board_context
from fund.board.public import pot_line, pot_of
from fund.disclosure.notices.public import case_notices
from fund.disclosure.questions.actions import take_question
from fund.disclosure.questions.forms import AskForm
from fund.disclosure.questions.public import (
    newest_questions,
    question_lines,
    questions_about,
    questions_address,
    subject_of,
)
from fund.disclosure.statements.listing import chain_of, statement_lines
from fund.disclosure.statements.public import statement_page

ASKED_AN_HOUR = 6


@require_safe
def board(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    chain = chain_of(pot)
    context = {
        "board": board_context(pot, chain=chain),
        "statements": statement_lines(pot, request.GET, chain=chain),
        "questions": newest_questions(pot),
    }
    return render(request, "fund/board.html", context)


@require_safe
def statements(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(
        request,
        "fund/statements.html",
        {"pot": pot_line(pot), "statements": statement_lines(pot, request.GET)},
    )


@require_safe
def compare(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    context = {"pot": pot_line(pot), "page": compare_page(pot, request.GET)}
    return render(request, "fund/compare.html", context)


@require_safe
def statement(request, number):
    page = statement_page(number)
    if page is None:
        raise Http404
    # The code on paper opens the Chinese page, whatever language this reader has chosen.
    with translation.override("zh-hans"):
        address = request.build_absolute_uri(reverse("fund:statement", kwargs={"number": number}))
    context = {"statement": page, "qr": qr_code(address), "questions": questions_about(number)}
    return render(request, "fund/statement.html", context)


@require_safe
def lines(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(request, "fund/lines.html", {"pot": pot_line(pot), "lines": movements(pot, request.GET)})


@require_safe
def pots(request):
    return render(request, "fund/pots.html", {"pots": pots_page(request.GET)})


@require_safe
def notices(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(request, "fund/notices.html", {"pot": pot_line(pot), "notices": case_notices(pot, request.GET)})


@require_safe
def members(request):
    counts = fund_member_counts()
    return render(request, "fund/members.html", {"counts": counts, "total": sum(line.number for line in counts)})


@require_safe
def questions(request):
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    context = {
        "pot": pot_line(pot),
        "questions": question_lines(pot, request.GET),
        "taken": "taken" in request.GET,
    }
    return render(request, "fund/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form for a question or an objection; sending it twice stores it once."""
    pot = pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    params = {name: request.GET.get(name, "")[:60] for name in ("statement", "case")}
    form = AskForm(request.POST or None, initial=params)
    if request.method == "POST" and form.is_valid():
        try:
            count_sending(request, "question", at_most=ASKED_AN_HOUR)
            taken = take_question(form.question_for(pot), key=form.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(questions_address(pot.code, number=f"{taken.year}-{taken.year_number}", taken=1))
    context = {"pot": pot_line(pot), "form": form, "subject": subject_of(pot, form.data or params)}
    return render(request, "fund/ask.html", context)

"""Which address of the fund shows what."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from config.kit.qr import qr_code
from config.kit.visitors import count_sending
from fund import actions, public
from fund.forms.questions import AskForm

ASKED_AN_HOUR = 6


@require_safe
def board(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    chain = public.chain_of(pot)
    context = {
        "board": public.board(pot, chain=chain),
        "statements": public.statement_lines(pot, request.GET, chain=chain),
        "questions": public.newest_questions(pot),
    }
    return render(request, "fund/board.html", context)


@require_safe
def statements(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(
        request,
        "fund/statements.html",
        {"pot": public.pot_line(pot), "statements": public.statement_lines(pot, request.GET)},
    )


@require_safe
def compare(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    context = {"pot": public.pot_line(pot), "page": public.compare_page(pot, request.GET)}
    return render(request, "fund/compare.html", context)


@require_safe
def statement(request, number):
    page = public.statement_page(number)
    if page is None:
        raise Http404
    # The code on paper opens the Chinese page, whatever language this reader has chosen.
    with translation.override("zh-hans"):
        address = request.build_absolute_uri(reverse("fund:statement", kwargs={"number": number}))
    context = {"statement": page, "qr": qr_code(address), "questions": public.questions_about(number)}
    return render(request, "fund/statement.html", context)


@require_safe
def lines(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(
        request, "fund/lines.html", {"pot": public.pot_line(pot), "lines": public.movements(pot, request.GET)}
    )


@require_safe
def pots(request):
    return render(request, "fund/pots.html", {"pots": public.pots_page(request.GET)})


@require_safe
def notices(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    return render(
        request, "fund/notices.html", {"pot": public.pot_line(pot), "notices": public.case_notices(pot, request.GET)}
    )


@require_safe
def members(request):
    counts = public.fund_member_counts()
    return render(request, "fund/members.html", {"counts": counts, "total": sum(line.number for line in counts)})


@require_safe
def questions(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    context = {
        "pot": public.pot_line(pot),
        "questions": public.question_lines(pot, request.GET),
        "taken": "taken" in request.GET,
    }
    return render(request, "fund/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form for a question or an objection; sending it twice stores it once."""
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    asked = {name: request.GET.get(name, "")[:60] for name in ("statement", "case")}
    form = AskForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            count_sending(request, "question", at_most=ASKED_AN_HOUR)
            taken = actions.take_question(form.question_for(pot), key=form.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(public.questions_address(pot.code, number=f"{taken.year}-{taken.year_number}", taken=1))
    context = {"pot": public.pot_line(pot), "form": form, "subject": public.subject_of(pot, form.data or asked)}
    return render(request, "fund/ask.html", context)

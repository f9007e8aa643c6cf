"""Which address of the fund shows what."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from config.kit.qr import qr_code
from fund import public


@require_safe
def board(request):
    pot = public.pot_of(request.GET.get("pot", ""))
    if pot is None:
        return render(request, "fund/empty.html")
    chain = public.chain_of(pot)
    context = {
        "board": public.board(pot, chain=chain),
        "statements": public.statement_lines(pot, request.GET, chain=chain),
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
def statement(request, number):
    page = public.statement_page(number)
    if page is None:
        raise Http404
    # The code on paper opens the Chinese page, whatever language this reader has chosen.
    with translation.override("zh-hans"):
        address = request.build_absolute_uri(reverse("fund:statement", kwargs={"number": number}))
    return render(request, "fund/statement.html", {"statement": page, "qr": qr_code(address)})


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
def members(request):
    counts = public.fund_member_counts()
    return render(request, "fund/members.html", {"counts": counts, "total": sum(line.number for line in counts)})

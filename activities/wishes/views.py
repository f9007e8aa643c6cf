"""Which address shows what of wishes."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.events.views import LARGEST_KEY
from activities.wishes import public
from config.kit.paging import asked_choice, asked_words, page_of


@require_safe
def wishes(request):
    groups = public.wish_choices()
    params = {"group": asked_choice(request, "state", dict(groups)), "query": asked_words(request)}
    page = page_of(request, public.wishes(**params), per_page=24)
    return render(
        request,
        "activities/wishes.html",
        {
            "params": params,
            "page": page,
            "lines": [public.wish_line(row) for row in page.object_list],
            "groups": groups,
            "tally": public.wish_tally(),
        },
    )


@require_safe
def wish(request, pk):
    page = public.wish_page(pk) if pk <= LARGEST_KEY else None
    if page is None:
        raise Http404
    return render(request, "activities/wish.html", {"page": page, "wish": page.line})

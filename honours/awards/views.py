"""Which address shows what of honours and the role model."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.kit.paging import asked_choice, asked_words, asked_year, page_of
from honours.awards import public


@require_safe
def honours(request):
    return render(request, "honours/list.html", public.honours_page())


@require_safe
def all_honours(request):
    params = {
        "level": asked_choice(request, "level", dict(public.level_choices())),
        "year": asked_year(request),
        "winner": asked_choice(request, "winner", ("person", "collective")),
        "query": asked_words(request),
    }
    page = page_of(request, public.honours(**params))
    return render(
        request,
        "honours/all.html",
        {
            "params": params,
            "page": page,
            "lines": public.honour_lines(page.object_list),
            "levels": public.level_choices(),
            "years": [(year, year) for year in public.honour_years()],
        },
    )

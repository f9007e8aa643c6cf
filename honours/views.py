"""Which address shows what of honours, the role model and the education point."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.kit.paging import asked_choice, asked_words, asked_year, page_of
from honours import public


@require_safe
def honours(request):
    return render(request, "honours/list.html", public.honours_page())


@require_safe
def all_honours(request):
    asked = {
        "level": asked_choice(request, "level", dict(public.level_choices())),
        "year": asked_year(request),
        "winner": asked_choice(request, "winner", ("person", "collective")),
        "query": asked_words(request),
    }
    page = page_of(request, public.honours(**asked))
    return render(
        request,
        "honours/all.html",
        {
            "asked": asked,
            "page": page,
            "lines": public.honour_lines(page.object_list),
            "levels": public.level_choices(),
            "years": [(year, year) for year in public.honour_years()],
        },
    )


@require_safe
def education_point(request):
    return render(request, "honours/education_point.html", public.point_page())


@require_safe
def books(request):
    subjects = public.book_counts()
    asked = {
        "subject": asked_choice(request, "subject", {line.code: line.word for line in subjects}),
        "query": asked_words(request),
    }
    found = public.books(**asked)
    page = page_of(request, found)
    return render(
        request,
        "honours/books.html",
        {
            "asked": asked,
            "page": page,
            "lines": [public.book_line(row) for row in page.object_list],
            "copies": found.copies_total(),
            "subjects": subjects,
            "titles_total": sum(line.titles for line in subjects),
            "copies_total": sum(line.copies for line in subjects),
        },
    )


@require_safe
def visit(request):
    page = page_of(request, public.visits(), per_page=50)
    return render(
        request,
        "honours/visit.html",
        {
            "point": public.education_point(),
            "counts": public.visit_counts(),
            "page": page,
            "lines": [public.visit_line(row) for row in page.object_list],
        },
    )

"""Which address shows what of the bookroom."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.kit.paging import asked_choice, asked_words, page_of
from honours.bookroom import public


@require_safe
def books(request):
    subjects = public.book_counts()
    params = {
        "subject": asked_choice(request, "subject", {line.code: line.word for line in subjects}),
        "query": asked_words(request),
    }
    titles = public.books(**params)
    page = page_of(request, titles)
    return render(
        request,
        "honours/books.html",
        {
            "params": params,
            "page": page,
            "lines": [public.book_line(row) for row in page.object_list],
            "copies": titles.copies_total(),
            "subjects": subjects,
            "titles_total": sum(line.titles for line in subjects),
            "copies_total": sum(line.copies for line in subjects),
        },
    )

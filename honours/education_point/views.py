"""Which address shows what of the education point."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.kit.paging import page_of
from honours.education_point import public


@require_safe
def education_point(request):
    return render(request, "honours/education_point.html", public.point_page())


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

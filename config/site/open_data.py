"""The programme's figures as open data: a page to read and a file to compute with."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.public import site_line
from config.kit import clock
from config.site.helped import helped_years
from config.site.programme import as_json, headline_figures


@require_safe
def page(request):
    board = site_line()
    return render(request, "site/open_data.html", {"figures": headline_figures(clock.today()), "site": board})


@require_safe
def programme(request):
    """`/open-data/programme.json`: every headline figure with its unit, period and the address of its rows."""
    return JsonResponse(
        as_json(headline_figures(clock.today())), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )


@require_safe
def helped(request):
    """People helped by the mutual-aid fund, year by year: persons once, person-times each time; without names."""
    years = helped_years(request.GET.get("pot", ""), until=clock.today())
    context = {
        "years": years,
        "cases": sum(row.cases for row in years),
        "visits": sum(row.visits for row in years),
        "persons": sum(row.persons for row in years),
    }
    return render(request, "site/sources_helped.html", context)

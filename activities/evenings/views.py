"""Which address shows what of shows: an event with its programme, and the villages."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.evenings.public import show_of, show_years, village_lines
from activities.events import public
from activities.events.views import LARGEST_KEY
from config.kit.paging import asked_year


@require_safe
def activity(request, pk):
    """One event, with its programme where it is a show."""
    line = public.activity(pk) if pk <= LARGEST_KEY else None
    if line is None:
        raise Http404
    return render(request, "activities/detail.html", {"line": line, "show": show_of(pk)})


@require_safe
def villages(request):
    year = asked_year(request)
    lines = village_lines(year=year)
    context = {
        "year": year,
        "years": show_years(),
        "lines": lines,
        "shows": sum(line.shows for line in lines),
        "audience": sum(line.audience for line in lines),
    }
    return render(request, "activities/villages.html", context)

"""Which address shows what of volunteers."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.volunteers import public
from config.kit import clock
from config.kit.paging import asked_year


@require_safe
def volunteers(request):
    today = clock.today()
    year = asked_year(request) or today.year
    return render(request, "activities/volunteers.html", public.volunteers_page(year=year, on=today))

"""Which page shows what of the pages that span apps."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.public import site_line
from config.kit import clock
from config.kit.paging import asked_words
from config.site.branches import branches_page
from config.site.home import home_page
from config.site.search import search_page


@require_safe
def home(request):
    line = site_line()
    return render(request, "site/home.html", {"site": line, **home_page(today=clock.today())})


@require_safe
def branches(request):
    line = site_line()
    return render(request, "site/branches.html", {"site": line, **branches_page(request, today=clock.today())})


@require_safe
def search(request):
    return render(request, "site/search.html", search_page(asked_words(request)))


@require_safe
def accessibility(request):
    return render(request, "site/accessibility.html")

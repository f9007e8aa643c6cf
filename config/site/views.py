"""Which page shows what of the pages that span apps."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from branches import public as branches_public
from config.site.home import home_page
from config.site.search import asked_for, found_for


@require_safe
def home(request):
    return render(request, "site/home.html", home_page(today=timezone.localdate()))


@require_safe
def branches(request):
    return render(request, "site/branches.html", branches_public.branches_page(today=timezone.localdate()))


@require_safe
def search(request):
    query = asked_for(request)
    return render(request, "site/search.html", {"query": query, "groups": found_for(query)})


@require_safe
def accessibility(request):
    return render(request, "site/accessibility.html")

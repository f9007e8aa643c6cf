"""Pagination of long lists: any `?page=` gives a page."""

from django.core.paginator import Paginator

from config.kit.dates import year_in

PER_PAGE = 30


def page_of(request, items, per_page=PER_PAGE):
    """The page of `items` that `?page=` asks for; words give the first page, numbers too high the last one."""
    page = request.GET.get("page", "")
    # Longer digits than any list has pages would only cost time to read.
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1
    return Paginator(items, per_page).get_page(max(number, 1))


def asked_words(request, name="q", longest=60):
    """The words of a search field, without control characters and never longer than a reader would type."""
    words = "".join(letter if letter.isprintable() else " " for letter in request.GET.get(name, "")[:1000])
    return " ".join(words.split())[:longest]


def asked_year(request, name="year"):
    """The year of a filter, or None where the address names none that a calendar has."""
    return year_in(request.GET.get(name, ""))


def asked_choice(request, name, choices):
    """One of the values that a filter offers, or "" for anything else in the address."""
    choice = request.GET.get(name, "")
    return choice if choice in choices else ""

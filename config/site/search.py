"""What a resident finds across the whole board: public lines only, a few of each kind, the rest one step away."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from activities.events import public as event_public
from activities.wishes import public as wish_public
from branches import public as branches
from honours.awards import public as award_public
from honours.bookroom import public as book_public

OF_EACH = 8


@dataclass(frozen=True)
class Found:
    """One thing found: its name, where it stands, and a word about it."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True)
class FoundGroup:
    """Things of one kind; `more` is the address of the full list where there are more than shown."""

    title: str
    things: tuple[Found, ...]
    more: str = ""


def search_page(query):
    """Context of the search page for words that were typed; no query without words."""
    return {"query": query, "groups": [group for group in _groups(query) if group.things] if query else []}


def _groups(query):
    words = urlencode({"q": query})

    def group(title, rows, to_result, more):
        rows = list(rows[: OF_EACH + 1])
        more = f"{more}?{words}" if len(rows) > OF_EACH else ""
        return FoundGroup(title, tuple(to_result(row) for row in rows[:OF_EACH]), more)

    yield group(
        _("Activities"),
        event_public.activities(query=query).prefetch_related(None),
        lambda row: Found(row.title, reverse("activities:detail", args=[row.pk]), date_format(row.day)),
        reverse("activities:list"),
    )
    yield group(
        _("Small wishes"),
        wish_public.wishes(query=query),
        lambda row: Found(row.public_text, reverse("activities:wish", args=[row.pk]), row.get_state_display()),
        reverse("activities:wishes"),
    )
    all_honours = reverse("honours:all")
    yield group(
        _("Honours"),
        award_public.honours(query=query),
        lambda row: Found(
            row.title,
            f"{all_honours}?{urlencode({'q': row.title, 'year': row.awarded_on.year})}",
            date_format(row.awarded_on, "YEAR_MONTH_FORMAT"),
        ),
        all_honours,
    )
    books = reverse("honours:books")
    yield group(
        _("Books"),
        book_public.books(query=query),
        lambda row: Found(row.title, f"{books}?{urlencode({'q': row.title})}", row.author),
        books,
    )
    yield group(
        _("Party branches"),
        branches.branches(query=query),
        lambda row: Found(row.name, f"{reverse('site:branches')}#branch-{row.pk}"),
        reverse("site:branches"),
    )

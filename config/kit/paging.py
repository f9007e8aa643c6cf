"""How a long list is cut into pages: any page number somebody typed gives a page."""

from django.core.paginator import Paginator

PER_PAGE = 30


def page_of(request, items, per_page=PER_PAGE):
    """The page of `items` that `?page=` asks for; words give the first page, numbers too high the last one."""
    asked = request.GET.get("page", "")
    # Longer digits than any list has pages would only cost time to read.
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return Paginator(items, per_page).get_page(number)

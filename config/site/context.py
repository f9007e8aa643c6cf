"""Context processor of every page: whose board this is, its current day, and the reader's text size."""

from django.utils.functional import SimpleLazyObject

from branches.public import site_line
from config.kit import clock


def site(request):
    """Lazy, so that pages and downloads that do not name the organisation ask no query for it."""
    return {
        "site": SimpleLazyObject(site_line),
        "clock_day": clock.today,
        "large": request.COOKIES.get("size") == "large",
    }

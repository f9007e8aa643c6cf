"""What every page knows: whose board this is, and how large its reader wants it."""

from django.utils.functional import SimpleLazyObject

from branches.public import site_line


def site(request):
    """Lazy, so that pages and downloads that do not name the organisation ask no query for it."""
    return {
        "site": SimpleLazyObject(site_line),
        "large": request.COOKIES.get("size") == "large",
    }

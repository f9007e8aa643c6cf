"""How large a reader wants the pages: a cookie of one word, set by a plain link, read by every page."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

COOKIE = "size"
A_YEAR = 365 * 24 * 60 * 60


@require_safe
def display(request, size):
    """Remember the size and lead back to the page the reader came from, on this site only."""
    response = HttpResponseRedirect(way_back(request))
    response.set_cookie(COOKIE, size, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    add_never_cache_headers(response)
    return response


def way_back(request):
    """The `next` of the address, else the page that linked here, else home; never another site, never this switch."""
    for address in (request.GET.get("next", ""), request.META.get("HTTP_REFERER", "")):
        if (
            address
            and "/display/" not in address
            and address.isprintable()
            and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
        ):
            return address
    return reverse("site:home")


def varies_by_size(get_response):
    """Middleware: a cache in between must not serve a page in large type to a reader of normal type."""

    def middleware(request):
        response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware

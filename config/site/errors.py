"""Error pages in our look: a plain sentence, what to do next, and nothing private."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from config.site.display import COOKIE

# Bytes; forms answer files above their own 20 MB with a sentence.
LARGEST_BODY = 64 * 1024 * 1024


def bad_request(request, exception):
    return _page(request, "errors/400.html", 400)


def forbidden(request, exception):
    return _page(request, "errors/403.html", 403)


def not_found(request, exception):
    return _page(request, "errors/404.html", 404)


def says_not_allowed(get_response):
    """Middleware: Django answers a wrong method with an empty page; a reader gets a sentence, with the same headers."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.method != "HEAD":
            page = _page(request, "errors/405.html", 405)
            page["Allow"] = response["Allow"]
            return page
        return response

    return middleware


def refuses_large_bodies(get_response):
    """Middleware: refuses a request larger than any form takes before it is written to the disk."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return _page(request, "errors/413.html", 413)
        return get_response(request)

    return middleware


def csrf_failure(request, reason=""):
    """A form of an earlier session: what was typed in the office is kept, anybody else is told to begin anew."""
    # Loaded by the middleware, before the admin site is made.
    from config.site.kept_forms import after_csrf_failure

    return after_csrf_failure(request, admin.site) or _page(request, "errors/csrf.html", 403)


def server_error(request):
    """The page of a server error; uses neither the database nor context processors."""
    page = render_to_string("errors/500.html", {"large": request.COOKIES.get(COOKIE) == "large"})
    response = HttpResponse(page, status=500)
    add_never_cache_headers(response)
    return response


def _page(request, template, status):
    in_office = "admin" in request.path.strip("/").split("/")[:2]
    response = render(request, template, {"in_office": in_office}, status=status)
    add_never_cache_headers(response)
    return response

"""Cache of public pages of the fund as rendered bytes, and when a cached page is valid.

The middleware `page_cache` stands before every other, so a cached page goes out with exactly the headers it had when it was
fresh, and neither session nor user nor language is touched. One indexed read decides: `Edition.objects.current()` names
everything a page is made from but for the ledger, `current_with_ledger()` adds the newest digest of the pot it shows.
Triggers write a new random edition with every change of a table in `fund.ledger.triggers.PUBLIC_TABLES`, inside the
transaction of the change: what was rolled back is never seen, and all processes agree because they read the same row. Entries and
month totals are not in that list: bookings of different pots would wait for each other at the one row.

A new table that a cached page reads is added to PUBLIC_TABLES (a test names it); a new page to LEDGER_PAGES if it shows
entries, month totals or balances of one pot, chosen by `?pot=`, else to PAGES. A page over several pots is not cached.
"""

import re
from collections import OrderedDict
from copy import copy
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from config.kit import clock
from config.site.display import COOKIE
from fund.models import Edition

PAGES = re.compile(r"(?:/en)?/fund/(?:statements/|notices/|questions/)(?!ask/).*")
LEDGER_PAGES = re.compile(r"(?:/en)?/fund/(?:lines/)?")
MOST_BYTES, LONGEST_PAGE = 32 * 1024 * 1024, 2 * 1024 * 1024
# Of a page the reader has already; Django's own 304 has neither.
OF_A_BODY = ("Content-Type", "Content-Length", "Content-Disposition")


@dataclass(frozen=True)
class CachedPage:
    """One rendered answer: whole, for HEAD, and for a reader who has it already."""

    edition: tuple
    etag: str
    whole: HttpResponse
    head: HttpResponse
    unchanged: HttpResponse

    @classmethod
    def of(cls, response, edition):
        head, unchanged = HttpResponse(), HttpResponseNotModified()
        whole = HttpResponse(response.content)
        for answer in (whole, head, unchanged):
            del answer.headers["Content-Type"]
            for name, value in response.headers.items():
                if answer is not unchanged or name not in OF_A_BODY:
                    answer.headers[name] = value
        return cls(edition, response.headers["ETag"], whole, head, unchanged)

    def answer(self, request):
        wanted = request.META.get("HTTP_IF_NONE_MATCH")
        if wanted and _is_wanted(self.etag, wanted):
            response = copy(self.unchanged)
        else:
            response = copy(self.head if request.method == "HEAD" else self.whole)
        # Closers belong to one request; headers are shared, because nothing changes them after this.
        response._resource_closers = []
        return response

    def __len__(self):
        return len(self.whole.content)


class PageCache:
    """Rendered answers of this process, least recently used first out; thread-safe, bounded by their bytes."""

    def __init__(self, most_bytes=MOST_BYTES):
        self.most_bytes = most_bytes
        self.bytes = 0
        self.pages = OrderedDict()
        self.lock = Lock()

    def get(self, address, edition):
        """The answer of an address if it was rendered under this edition, else None."""
        with self.lock:
            page = self.pages.get(address)
            if page is None or page.edition != edition:
                return None
            self.pages.move_to_end(address)
        return page

    def put(self, address, page):
        with self.lock:
            self._drop(address)
            self.pages[address] = page
            self.bytes += len(page)
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self.pages)))

    def clear(self):
        with self.lock:
            self.pages.clear()
            self.bytes = 0

    def _drop(self, address):
        old = self.pages.pop(address, None)
        if old:
            self.bytes -= len(old)


cached_pages = PageCache()


def page_cache(get_response):
    """Middleware: answer from the cache while the edition is the same, else cache the fresh answer."""

    def middleware(request):
        path = request.path_info
        if request.method not in {"GET", "HEAD"} or settings.DEBUG:
            return get_response(request)
        with_ledger = LEDGER_PAGES.fullmatch(path)
        if not (with_ledger or PAGES.fullmatch(path)):
            return get_response(request)
        edition = _edition(request, with_ledger)
        if edition is None:
            return get_response(request)
        address = (
            request.scheme,
            request.META.get("HTTP_HOST") or request.META["SERVER_NAME"],
            request.path,
            request.META.get("QUERY_STRING", ""),
            request.COOKIES.get(COOKIE) == "large",
        )
        page = cached_pages.get(address, edition)
        if page is not None:
            return page.answer(request)
        response = get_response(request)
        # Asked again: what was committed while the page was rendered may be on it in part.
        if request.method == "GET" and _may_be_kept(request, response) and _edition(request, with_ledger) == edition:
            cached_pages.put(address, CachedPage.of(response, edition))
        return response

    return middleware


def _edition(request, with_ledger):
    """The version of everything the page is rendered from, the day included; None where that cannot be read.

    Inside a transaction the row may show what is never committed.
    """
    if connection.in_atomic_block:
        return None
    try:
        if with_ledger:
            pot = request.GET.get("pot", "") if request.META.get("QUERY_STRING") else ""
            edition = Edition.objects.current_with_ledger(pot)
        else:
            edition = Edition.objects.current()
    except DatabaseError:
        return None
    return edition and (*edition, clock.today())


def _may_be_kept(request, response):
    """A whole page, the same for every reader: no cookie, no session, no form with a token."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not (session is not None and session.accessed)
        and "ETag" in response
        and len(response.content) <= LONGEST_PAGE
        and b"csrfmiddlewaretoken" not in response.content
    )


def _is_wanted(etag, wanted):
    """If-None-Match compares weakly: a proxy that packed the page marks its tag so."""
    tags = parse_etags(wanted)
    return "*" in tags or any(tag.removeprefix("W/") == etag for tag in tags)

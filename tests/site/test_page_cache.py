"""Whether kept pages are the same as fresh ones, go out with one query, and never outlive what they show."""

import re

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from config.site.page_cache import LEDGER_PAGES, PAGES, CachedPage, PageCache, cached_pages, page_cache
from fund.ledger.triggers import PUBLIC_TABLES
from fund.models import Pot
from tests.fund.make import book, make_quarter
from tests.make import make_user

LEDGER = {"fund_entry", "fund_monthtotal"}


def addresses(statement):
    own = f"/fund/statements/{statement.number}/"
    at = ["/fund/", "/fund/lines/", "/fund/statements/", own, f"{own}data.json", f"{own}data.csv"]
    return [*at, *(f"/en{address}" for address in at), "/fund/?year=2018", "/fund/lines/?side=income"]


@pytest.fixture
def published(transactional_db):
    cached_pages.clear()
    pot, statement = make_quarter()
    yield pot, statement
    cached_pages.clear()


def queries_of(act):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = act()
    return answer, [query["sql"] for query in captured]


def test_a_kept_page_is_the_fresh_one_and_costs_one_query(client, published):
    _, statement = published
    fresh = {address: client.get(address) for address in addresses(statement)}

    for address, first in fresh.items():
        again, queries = queries_of(lambda address=address: client.get(address))

        assert (again.status_code, again.content) == (200, first.content), address
        assert dict(again.headers) == dict(first.headers), address
        assert "Content-Security-Policy" in again.headers
        assert len(queries) == 1, (address, queries)


def test_a_reader_who_has_the_page_is_told_so(client, published):
    first = client.get("/fund/")
    etag = first["ETag"]

    for wanted in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = client.get("/fund/", headers={"If-None-Match": wanted})
        assert (answer.status_code, answer.content, answer["ETag"], answer["Vary"]) == (304, b"", etag, first["Vary"])
        assert "Content-Security-Policy" in answer.headers
    assert client.get("/fund/", headers={"If-None-Match": '"x"'}).content == first.content


def test_head_has_the_headers_of_the_page_and_no_body(client, published):
    first = client.get("/fund/")

    answer = client.head("/fund/")

    assert answer.content == b""
    assert dict(answer.headers) == dict(first.headers)


def test_a_booking_shows_at_once_on_the_pages_of_its_pot(client, published):
    pot, statement = published
    clerk, cash, source = make_user(), pot.cash, pot.source("interest")
    before = client.get("/fund/").content
    own = f"/fund/statements/{statement.number}/"
    client.get(own)

    book(pot, cash, source, "76543.21", statement.notice_from, by=clerk)

    assert "76,543.21" not in before.decode()
    assert "76,543.21" in client.get("/fund/").content.decode()
    # A published statement does not change with the ledger, so it stays cached.
    assert len(queries_of(lambda: client.get(own))[1]) == 1


def test_a_change_shows_at_once_and_one_that_was_undone_never(client, published):
    pot, _ = published
    client.get("/fund/")

    with transaction.atomic():
        Pot.objects.filter(pk=pot.pk).update(name="未定名")
        inside = client.get("/fund/").content.decode()
        transaction.set_rollback(True)
    after_rollback = client.get("/fund/").content.decode()
    Pot.objects.filter(pk=pot.pk).update(name="新名")

    assert "未定名" in inside
    assert "未定名" not in after_rollback
    assert "新名" in client.get("/fund/").content.decode()


def test_sizes_hosts_and_languages_are_kept_apart(client, published, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    normal = client.get("/fund/").content
    english = client.get("/en/fund/").content
    client.cookies["size"] = "large"
    large = client.get("/fund/").content

    assert b'data-size="large"' in large
    assert b'data-size="large"' not in normal
    assert b'lang="en"' in english
    client.get("/fund/", headers={"host": "other.example"})
    assert {address[1] for address in cached_pages.pages} == {"testserver", "other.example"}
    assert client.get("/fund/", headers={"host": "evil.example"}).status_code == 400


def with_token(request):
    return HttpResponse(f'<form><input name="t" value="{get_token(request)}"></form>', headers={"ETag": '"x"'})


def with_cookie(request):
    response = HttpResponse("x", headers={"ETag": '"x"'})
    response.set_cookie("a", "b")
    return response


def with_session(request):
    request.session.get("x")
    return HttpResponse("x", headers={"ETag": '"x"'})


def missing(request):
    return HttpResponse("x", status=404, headers={"ETag": '"x"'})


def plain(request):
    return HttpResponse("x", headers={"ETag": '"x"'})


@pytest.mark.same_everywhere
@pytest.mark.parametrize(
    ("view", "kept"), [(with_token, 0), (with_cookie, 0), (with_session, 0), (missing, 0), (plain, 1)]
)
def test_only_what_is_the_same_for_everybody_is_kept(published, view, kept):
    from django.contrib.sessions.backends.db import SessionStore

    request = RequestFactory().get("/fund/questions/", headers={"host": "testserver"})
    request.session = SessionStore()

    page_cache(view)(request)

    assert len(cached_pages.pages) == kept


def test_nothing_is_kept_of_the_office_or_inside_a_transaction(client, published):
    client.get("/admin/login/")
    client.get("/branches/")
    client.get("/fund/questions/ask/")
    with transaction.atomic():
        client.get("/fund/")

    assert len(cached_pages.pages) == 0


def test_the_cache_never_holds_more_than_its_bytes():
    small = PageCache(most_bytes=25)
    for name in "abc":
        small.put(name, CachedPage.of(HttpResponse(b"x" * 10, headers={"ETag": f'"{name}"'}), (1,)))
    small.put("b", CachedPage.of(HttpResponse(b"x" * 10, headers={"ETag": '"b2"'}), (2,)))

    assert (list(small.pages), small.bytes) == (["c", "b"], 20)
    assert small.get("b", (1,)) is None
    assert small.get("b", (2,)).etag == '"b2"'


def test_every_table_that_a_kept_page_reads_draws_a_new_edition(client, published):
    _, statement = published
    own = f"/fund/statements/{statement.number}/"

    for address in [*addresses(statement), "/fund/questions/", f"{own}data.xlsx", f"{own}notice.pdf"]:
        path = address.partition("?")[0]
        assert LEDGER_PAGES.fullmatch(path) or PAGES.fullmatch(path), address
        cached_pages.clear()
        _, queries = queries_of(lambda address=address: client.get(address))
        # The first and the last query ask for the edition itself. An entry that a row points to never changes.
        sql = " ".join(queries[1:-1]).replace('JOIN "fund_entry"', "")
        tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        assert tables <= set(PUBLIC_TABLES) | (LEDGER if LEDGER_PAGES.fullmatch(path) else set()), address

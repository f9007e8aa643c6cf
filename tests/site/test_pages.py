"""The frame of every public page: type size, language, menu, errors, garbage in addresses, honest emptiness."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path

from branches.models import Equipment
from config.kit.paging import page_of
from config.site import home
from config.site.errors import LARGEST_BODY
from tests.make import make_branch, make_member, make_organization

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/branches/",
    "/activities/",
    "/activities/month/",
    "/activities/villages/",
    "/volunteers/",
    "/wishes/",
    "/honours/",
    "/honours/all/",
    "/honours/education-point/",
    "/honours/education-point/books/",
    "/honours/education-point/visit/",
    "/search/",
    "/accessibility/",
    "/fund/",
    "/fund/statements/",
]
SHEETS = ["tokens", "base", "layout", "components", "print"]


def broken(request):
    raise RuntimeError("planted")


def without_database(request):
    raise OperationalError("no such server")


def forbidden(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def suspicious(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


urlpatterns = []


@pytest.fixture
def broken_pages(settings):
    """The project's addresses with a few that fail in known ways."""
    from config import urls

    urlpatterns[:] = [
        path("broken/", broken),
        path("en/broken/", broken),
        path("without-database/", without_database),
        path("forbidden/", forbidden),
        path("suspicious/", suspicious),
        *urls.urlpatterns,
    ]
    settings.ROOT_URLCONF = "tests.site.test_pages"
    return Client(raise_request_exception=False)


handler400 = "config.site.errors.bad_request"
handler403 = "config.site.errors.forbidden"
handler404 = "config.site.errors.not_found"
handler500 = "config.site.errors.server_error"


# Type size


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_large_type_is_remembered_and_leads_back(client, prefix):
    answer = client.get(f"{prefix}/display/large/", {"next": f"{prefix}/wishes/?state=posted&page=2"})

    assert answer.status_code == 302
    assert answer["Location"] == f"{prefix}/wishes/?state=posted&page=2"
    assert answer.cookies["size"].value == "large"
    assert "no-store" in answer["Cache-Control"]
    for page in PAGES:
        assert b'data-size="large"' in client.get(prefix + page).content, page


def test_normal_type_takes_large_type_back(client):
    client.get("/display/large/")

    answer = client.get("/display/normal/", headers={"referer": "http://testserver/fund/?pot=x"})

    assert answer["Location"] == "http://testserver/fund/?pot=x"
    assert b"data-size" not in client.get("/").content


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\x00/",
        "/display/large/",
        "",
    ],
)
def test_the_size_switch_leads_nowhere_else(client, next_page):
    answer = client.get("/display/large/", {"next": next_page}, headers={"referer": "https://evil.example/page"})

    assert answer["Location"] == "/"


def test_only_two_sizes_are_known(client):
    assert client.get("/display/huge/").status_code == 404
    assert client.post("/display/large/").status_code == 405


def test_a_body_larger_than_any_form_takes_is_answered_before_it_is_read(client):
    body = io.BytesIO(b"--x")
    sent = {
        "wsgi.input": body,
        "CONTENT_LENGTH": str(LARGEST_BODY + 1),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }

    answer = client.generic("POST", "/admin/login/", **sent)

    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()
    assert body.tell() == 0


def test_caches_keep_large_and_normal_pages_apart(client):
    for page in PAGES:
        assert "Cookie" in client.get(page)["Vary"], page


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_did_not_change_is_not_sent_twice(client, page):
    first = client.get(page)

    again = client.get(page, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "sessionid" not in first.cookies
    assert "csrftoken" not in first.cookies


# Language and menu


def test_the_language_switch_keeps_the_page_and_its_question(client):
    chinese = client.get("/wishes/", {"state": "posted", "q": "灯"}).content.decode()
    english = client.get("/en/wishes/?state=posted").content.decode()

    assert 'href="/en/wishes/?state=posted&amp;q=%E7%81%AF" lang="en" hreflang="en"' in chinese
    assert 'href="/wishes/?state=posted" lang="zh-Hans" hreflang="zh-Hans"' in english
    assert '<html lang="zh-Hans"' in chinese
    assert '<html lang="en"' in english


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", '<a href="/" aria-current="page">'),
        ("/fund/statements/", '<a href="/fund/" aria-current="true">'),
        ("/honours/all/", '<a href="/honours/" aria-current="true">'),
        ("/honours/education-point/books/", '<a href="/honours/education-point/" aria-current="true">'),
        ("/en/wishes/", '<a href="/en/wishes/" aria-current="page">'),
    ],
)
def test_the_menu_says_where_the_reader_is(client, address, marked):
    menu = re.search(r'<nav class="site-nav".*?</nav>', client.get(address).content.decode(), re.DOTALL)[0]

    assert marked in menu
    assert menu.count("aria-current") == 1


def test_the_footer_names_each_way_once(client):
    footer = client.get("/").content.decode().partition('<footer class="site-foot">')[2]

    assert re.findall(r'<li><a href="([^"]+)">', footer) == [
        "/open-data/",
        "/fund/verify/",
        "/accessibility/",
        "/admin/",
    ]


def test_pages_load_the_sheets_in_order_and_nothing_inline(client):
    for page in PAGES:
        html = client.get(page).content.decode()

        assert re.findall(r'<link rel="stylesheet" href="/static/css/(\w+)\.css">', html) == SHEETS, page
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html), page


def test_demo_pages_say_that_they_are_fictitious(client):
    organization = make_organization()
    assert "纯属虚构" not in client.get("/").content.decode()

    organization.is_demo = True
    organization.save()

    for page in PAGES:
        assert "演示数据 纯属虚构" in client.get(page).content.decode(), page
        assert "Demo data, fictitious" in client.get(page).content.decode(), page


# Errors


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/no-such-page/", 404, "这里没有贴东西"),
        ("/en/no-such-page/", 404, "Nothing is posted here"),
        ("/activities/99999999999999999999999/", 404, "这里没有贴东西"),
        ("/fund/statements/none/", 404, "这里没有贴东西"),
        ("/broken/", 500, "我们这边出了毛病"),
        ("/en/broken/", 500, "Something broke on our side"),
        ("/without-database/", 500, "我们这边出了毛病"),
        ("/forbidden/", 403, "这一页不对您开放"),
        ("/suspicious/", 400, "这个请求看不懂"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_errors_are_plain_pages_in_our_look(broken_pages, address, status, heading, caplog):
    answer = broken_pages.get(address)
    html = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert 'class="site-nav"' in html
    assert "planted" not in html
    assert "no-store" in answer["Cache-Control"]


def test_the_broken_page_asks_the_database_nothing(broken_pages, django_assert_num_queries, caplog):
    with django_assert_num_queries(0):
        answer = broken_pages.get("/broken/")

    assert answer.status_code == 500


def test_a_form_without_its_token_is_explained(settings):
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/admin/login/", {"username": "a", "password": "b"})

    assert answer.status_code == 403
    assert "<h1>表格开得太久了</h1>" in answer.content.decode()
    assert 'href="/admin/"' in answer.content.decode()


GARBAGE = [
    "page=0", "page=-1", "page=1e9", "page=99999999999999999999", "page=%00", "page=一", "page=", "page=1&page=x",
    "year=0", "year=99999", "year=abcd", "year=%E2%91%A0", "year=2018-", "kind=__import__", "kind=%00", "state='--",
    "q=%00", "q=%FF%FE", "q=" + "x" * 2000, "q=%25%25%27%22%3C%3E", "level[]=1", "plate=%F0%9F%98%80", "pot=%00", "pot=../",
    "winner=nobody", "subject=;", "from=2018-02-30", "to=x", "side=both", "since=%00", "&&&===", "%",
]  # fmt: skip


@pytest.mark.same_everywhere
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_in_an_address_is_a_plain_page(client, garbage):
    for page in PAGES:
        assert client.get(f"{page}?{garbage}").status_code == 200, page


@pytest.mark.parametrize(
    ("typed", "number"), [("2", 2), ("x", 1), ("0", 1), ("-3", 1), ("999", 4), ("9" * 30, 1), ("²", 1)]
)
def test_any_page_number_gives_a_page(rf, typed, number):
    page = page_of(rf.get("/", {"page": typed}), list(range(100)), per_page=30)

    assert page.number == number


# What the pages say


def test_an_empty_board_says_so_and_breaks_nowhere(client):
    html = client.get("/").content.decode()

    assert "还没有公示过" in html
    assert "现在没有等人认领的心愿" in html
    assert home.home_page(today=date(2018, 10, 31))["fund"] is None
    assert "还没有登记党支部" in client.get("/branches/").content.decode()
    assert "没有公开的先进典型" in client.get("/honours/").content.decode()
    assert "还没有登记教育点" in client.get("/honours/education-point/").content.decode()


def test_branches_show_counts_that_sum_up_and_nobody_by_name(client):
    first, second = make_branch(name="甲支部"), make_branch(name="乙支部")
    for branch, name in ((first, "韦怀德"), (first, "农玉珍"), (second, "覃光明")):
        make_member(branch=branch, name=name)
    make_member(branch=second, name="蒙秀英", status="transferred_out")

    html = client.get("/branches/").content.decode()

    assert re.findall(r'amount-large">(\d+)<', html) == ["2", "1"]
    assert "在册党员共 3 人" in html
    assert not [name for name in ("韦怀德", "农玉珍", "覃光明", "蒙秀英") if name in html]


def test_equipment_lines_sum_to_the_total_shown(client):
    organization = make_organization()
    for number, (quantity, price) in enumerate([(6, "1200.00"), (60, "150.50")]):
        Equipment.objects.create(
            organization=organization,
            asset_no=f"SB-{number}",
            name="会议桌",
            quantity=quantity,
            unit_price=Decimal(price),
            bought_on=date(2018, 3, 1),
        )

    html = client.get("/branches/").content.decode()

    assert re.findall(r'class="num key">([\d,.]+)<', html) == ["7,200.00", "9,030.00", "16,230.00"]


# Old browsers


def test_styles_work_in_browsers_of_2021(settings):
    for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

        assert not re.search(r"@layer|:has\(|&[\s.:]|@scope|light-dark\(|color-mix\(", css), sheet.name
        # A text alternative in `content` is new: the same sign without it must come first.
        assert not re.search(r'(?<!; )(?<!;)content: [^;]+ / ""', css), sheet.name

"""Every figure leads to the records it is made of: masked for residents, with links for the office, and they add up."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from activities.models import Volunteer
from config.site.programme import INDICATORS, STOCK, headline_figures, measured
from config.site.sources import SOURCES, SPANS, Behind, bounds, where_of
from config.site.yearbook.scope import scope_of
from fund.models import Entry
from members.models import Member
from tests.make import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 31)
KEYS = [line.key for line in INDICATORS]


@pytest.fixture
def office(client, demo):
    def enter(name="admin"):
        user = get_user_model().objects.get(username=name)
        client.force_login(user)
        return user

    return enter


def numbers_in(text):
    return [Decimal(found.replace(",", "")) for found in re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)]


def page_through(client, address):
    """The contexts of all pages of a list, first to last."""
    response = client.get(address)
    yield response
    page = response.context.get("page") or response.context["lines"].page
    parts = urlsplit(address)
    for number in range(2, page.paginator.num_pages + 1):
        query = parse_qs(parts.query) | {"page": [number]}
        yield client.get(f"{parts.path}?{urlencode(query, doseq=True)}")


def test_every_indicator_names_its_records(demo):
    assert list(SOURCES) == KEYS


@pytest.mark.parametrize("year", [2016, 2017, 2018])
@pytest.mark.parametrize("span", list(SPANS))
def test_the_records_of_every_figure_count_or_sum_up_to_it_in_every_span(demo, year, span):
    user = get_user_model().objects.get(username="admin")
    on = min(date(year, 12, 31), DAY)
    last = bounds(span, INDICATORS[0], year, on)[1]
    numbers = measured(lambda line: bounds(span, line, year, on)[0], last)

    found = {
        line.key: Behind(line.key, *bounds(span, line, year, on), where_of(scope_of(user=user)), user)
        for line in INDICATORS
    }

    assert {key: behind.number for key, behind in found.items()} == numbers
    # What the number says in one question is what the rows say one by one.
    for key, behind in found.items():
        rows = behind.rows[0 : len(behind.rows)]
        assert len(rows) == len({(type(row), row.pk) for row in rows}) == len(behind.rows)
        if behind.source.is_sum:
            assert sum((row.worth for row in rows), Decimal(0)) == numbers[key], key
        elif behind.source.by_person:
            assert len({row.person_key for row in rows}) == numbers[key]
        else:
            assert len(rows) == numbers[key], key


def test_the_page_of_figures_links_each_number_to_records_that_say_the_same(office, client):
    office()
    html = client.get(reverse("admin:figures")).content.decode()

    links = re.findall(r'<a href="(/admin/figures/[^"]+)">([\d,.]+)<', html)

    assert len(links) == sum(2 if line.span == STOCK else 3 for line in INDICATORS)
    for address, shown in links:
        page = client.get(address.replace("&amp;", "&"))
        assert re.search(r"figure-number\">([\d,.]+) ", page.content.decode())[1] == shown, address


def test_the_records_of_a_figure_are_listed_over_pages_each_with_its_link(office, client):
    office()
    address = f"{reverse('admin:figure', args=['performances'])}?span=all"

    pages = list(page_through(client, address))

    links = [
        link
        for page in pages
        for link in re.findall(r'href="(/admin/activities/activity/\d+/change/)"', page.content.decode())
    ]
    assert len(links) == len(set(links)) == pages[0].context["number"]
    assert len(pages) > 1
    assert client.get(links[0]).status_code == 200


@pytest.mark.parametrize("key", [key for key, source in SOURCES.items() if source.in_list])
@pytest.mark.parametrize("span", list(SPANS))
def test_the_list_of_the_office_asked_for_these_records_finds_as_many(office, client, key, span):
    office()
    page = client.get(reverse("admin:figure", args=[key]), {"span": span})

    listed = client.get(page.context["list_address"])

    assert listed.status_code == 200
    assert listed.context["cl"].result_count == page.context["records"]


def test_every_record_behind_a_figure_opens(office, client):
    office()
    for key in KEYS:
        lines = client.get(reverse("admin:figure", args=[key]), {"span": "all"}).context["lines"]
        assert lines, key
        assert client.get(lines[0].address).status_code == 200, key


def test_a_secretary_sees_figures_and_records_of_the_own_branch_alone(office, client):
    user = office("secretary-a")
    own = Member.objects.on_roll().filter(branch__in=scope_of(user=user).reach.branch_ids)

    html = client.get(reverse("admin:figures")).content.decode()
    names = [
        line.label
        for page in page_through(client, reverse("admin:figure", args=["members"]))
        for line in page.context["lines"]
    ]

    assert len(names) == own.count() == 43
    assert re.search(r"figures/members/[^>]*>(\d+)<", html)[1] == "43"
    assert not [name for name in names if "荔园社区离退休" in name]
    for key, source in SOURCES.items():
        page = client.get(reverse("admin:figure", args=[key]))
        assert page.status_code in {200, 403, 404}
        if page.status_code == 200:
            numbers = measured(
                lambda line: bounds("this", line, 2018, DAY)[0], DAY,
                keys=[key], reach=scope_of(user=user).reach, pots=scope_of(user=user).pots,
            )  # fmt: skip
            assert page.context["number"] == numbers[key], key


def test_records_are_for_those_who_may_see_them(office, client):
    office("accountant")

    assert client.get(reverse("admin:figure", args=["members"])).status_code == 403
    html = client.get(reverse("admin:figures")).content.decode()
    assert "/admin/figures/members/" not in html
    assert "/admin/figures/fund_raised/" in html
    client.logout()
    assert client.get(reverse("admin:figures")).status_code == 302


def test_garbage_gives_the_page_of_this_year_and_unknown_figures_are_not_found(office, client):
    office()
    for word in ["", "x", "-1", "9" * 30, "\0", "2999", "1900"]:
        assert client.get(reverse("admin:figures"), {"year": word}).status_code == 200
        asked = {"year": word, "span": word, "page": word}
        assert client.get(reverse("admin:figure", args=["members"]), asked).status_code == 200
    assert client.get("/admin/figures/nonsense/").status_code == 404


def test_figures_of_an_empty_installation_are_noughts(client, db):
    client.force_login(get_user_model().objects.create_superuser("boss"))

    assert client.get(reverse("admin:figures")).status_code == 200
    for key in KEYS:
        page = client.get(reverse("admin:figure", args=[key]))
        assert page.status_code == 200
        assert page.context["number"] == 0


# What residents see: the rows at a figure's public address


def rows_at(client, figure):
    """What the rows at the address of a headline figure count or sum up to, read from the page itself."""
    key, html = figure.key, client.get(figure.address).content.decode()
    table = {"branches": "equipment", "equipment_total": "equipment"}

    def cells(pattern):
        return [Decimal(found.replace(",", "")) for found in re.findall(pattern, html)]

    if key == "branches":
        return len(re.findall(r'<h2 id="branch-\d+"', html))
    if key == "members":
        return sum(cells(r'名册上的党员 *<span class="amount[^"]*">([\d,]+)<'))
    if key == "nameplates":
        return len(re.findall(r"<li>", re.search(r'<ul class="plates">(.*?)</ul>', html, re.S)[1]))
    if key == "venue_area":
        return sum(cells(r">([\d.,]+) m²<"))
    if key == "equipment_total":
        return sum(cells(r'<td class="num" data-label="金额[^"]*">([\d,.]+)</td></tr>(?=<tr>|</tbody>)'))
    raise AssertionError((key, table))

"""Every figure leads to the records it is made of: masked for residents, with links for the office, and they add up."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from activities.models import Volunteer
from config.site.demo.accounts import DEMO_ACCOUNTS
from config.site.programme import INDICATORS, STOCK, headline_figures, measured
from config.site.sources import SOURCES, SPANS, Behind, bounds, where_of
from config.site.yearbook.scope import scope_of
from members.models import Member
from tests.fund.make import make_pot, paid_case

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


def page_through(client, address):
    """The contexts of all pages of a list, first to last."""
    response = client.get(address)
    yield response
    page = response.context["page"] if "page" in response.context else response.context["lines"].page
    parts = urlsplit(address)
    for number in range(2, page.paginator.num_pages + 1):
        query = parse_qs(parts.query) | {"page": [number]}
        yield client.get(f"{parts.path}?{urlencode(query, doseq=True)}")


# Stands first: the demo, once loaded, stays for the other tests of the module.
def test_figures_of_an_empty_installation_are_noughts(client, db):
    client.force_login(get_user_model().objects.create_superuser("boss"))

    assert client.get(reverse("admin:figures")).status_code == 200
    for key in KEYS:
        page = client.get(reverse("admin:figure", args=[key]))
        assert page.status_code == 200
        assert page.context["number"] == 0


def test_every_indicator_names_its_records(demo):
    assert list(SOURCES) == KEYS


@pytest.mark.parametrize("year", [2016, 2017, 2018])
@pytest.mark.parametrize("span", list(SPANS))
def test_the_records_of_every_figure_count_or_sum_up_to_it_in_every_span(demo, year, span):
    user = get_user_model().objects.get(username="admin")
    on = min(date(year, 12, 31), DAY)
    last = bounds(span, INDICATORS[0], year, on)[1]
    numbers = measured(lambda line: bounds(span, line, year, on)[0], last)

    sources_ = {
        line.key: Behind(line.key, *bounds(span, line, year, on), where_of(scope_of(user=user)), user)
        for line in INDICATORS
    }

    assert {key: behind.number for key, behind in sources_.items()} == numbers
    # What the number says in one question is what the rows say one by one.
    for key, behind in sources_.items():
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
    own = Member.objects.on_roll().filter(branch__in=scope_of(user=user).filters.branch_ids)

    html = client.get(reverse("admin:figures")).content.decode()
    names = [
        line.label
        for page in page_through(client, reverse("admin:figure", args=["members"]))
        for line in page.context["lines"]
    ]

    assert len(names) == own.count() == 43
    assert re.search(r"figures/members/[^>]*>(\d+)<", html)[1] == "43"
    assert not [name for name in names if "荔园社区离退休" in name]
    for key in SOURCES:
        page = client.get(reverse("admin:figure", args=[key]))
        assert page.status_code in {200, 403, 404}
        if page.status_code == 200:
            numbers = measured(
                lambda line: bounds("this", line, 2018, DAY)[0], DAY,
                keys=[key], filters=scope_of(user=user).filters, pots=scope_of(user=user).pots,
            )  # fmt: skip
            assert page.context["number"] == numbers[key], key


@pytest.mark.same_everywhere
@pytest.mark.parametrize("account", [account.username for account in DEMO_ACCOUNTS if account.role])
def test_whoever_opens_a_number_finds_records_that_say_the_same(office, client, account):
    office(account)
    html = client.get(reverse("admin:figures")).content.decode()

    links = re.findall(r'<a href="(/admin/figures/[^"]+)">([\d,.]+)<', html)

    for address, shown in links:
        page = client.get(address.replace("&amp;", "&"))
        assert re.search(r"figure-number\">([\d,.]+) ", page.content.decode())[1] == shown, address


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
        params = {"year": word, "span": word, "page": word}
        assert client.get(reverse("admin:figure", args=["members"]), params).status_code == 200
    assert client.get("/admin/figures/nonsense/").status_code == 404


# What residents see: the rows at a figure's public address


def listed(client, address):
    """Every row of a public list, over all its pages."""
    return [row for page in page_through(client, address) for row in page.context["lines"]]


def moved(client, address, side):
    """Yuan of the movements behind one side of the pots of a page, summed row by row."""
    total = Decimal(0)
    for pot in client.get(address).context["pots"].lines:
        for page in page_through(client, getattr(pot, f"{side}_address")):
            total += sum(line.amount for line in page.context["lines"].page.object_list)
    return total


def shared(client, address):
    return client.get(address).context


PUBLIC_ROWS = {
    "branches": lambda client, address: len(shared(client, address)["branches"]),
    "members": lambda client, address: sum(members for _branch, members in shared(client, address)["branches"]),
    "nameplates": lambda client, address: len(shared(client, address)["plates"]),
    "venue_area": lambda client, address: sum(venue.area for venue in shared(client, address)["venues"]),
    "equipment_total": lambda client, address: sum(line.amount for line in shared(client, address)["equipment"]),
    "activity_money": lambda client, address: moved(client, address, "income"),
    "allowance_total": lambda client, address: moved(client, address, "spending"),
    "volunteer_days": lambda client, address: len(listed(client, address)),
    "performances": lambda client, address: len(listed(client, address)),
    "volunteers": lambda client, address: sum(line.number for line in shared(client, address)["counts"]),
    "mentor_pairs": lambda client, address: shared(client, address)["pairs"],
    "wishes_fulfilled": lambda client, address: len(listed(client, address)),
    "fund_members": lambda client, address: sum(line.number for line in shared(client, address)["counts"]),
    "fund_raised": lambda client, address: moved(client, address, "income"),
    "fund_balance": lambda client, address: moved(client, address, "income") - moved(client, address, "spending"),
    "people_helped": lambda client, address: sum(row.persons for row in shared(client, address)["years"]),
    "honours": lambda client, address: len(listed(client, address)),
    "visitors": lambda client, address: sum(line.visitors for line in listed(client, address)),
    "book_titles": lambda client, address: len(listed(client, address)),
    "book_copies": lambda client, address: sum(line.copies for line in listed(client, address)),
}


def test_the_public_rows_of_every_figure_count_or_sum_up_to_it(client, demo):
    figures = headline_figures(DAY)

    assert list(PUBLIC_ROWS) == KEYS
    counts = {figure.key: PUBLIC_ROWS[figure.key](client, figure.address) for figure in figures}

    assert counts == {figure.key: figure.number for figure in figures}


@pytest.mark.parametrize("year", [2016, 2017, 2018])
def test_the_public_rows_of_a_year_count_or_sum_up_to_the_figure_of_that_year(client, demo, year):
    of_year = [line for line in INDICATORS if line.span == "year"]
    numbers = measured(lambda line: date(year, 1, 1), min(date(year, 12, 31), DAY), keys=[line.key for line in of_year])

    counts = {line.key: PUBLIC_ROWS[line.key](client, line.address(year)) for line in of_year}

    assert counts == numbers


def test_public_rows_name_no_member_volunteer_or_person_helped(client, demo):
    names = [*Member.objects.values_list("name", flat=True), *Volunteer.objects.values_list("name", flat=True)[:300]]
    shown = {
        "branches",
        "members",
        "nameplates",
        "venue_area",
        "equipment_total",
        "honours",
    }  # officers, the role model

    for figure in headline_figures(DAY):
        if figure.key not in shown:
            html = client.get(figure.address).content.decode()
            assert not [name for name in names if len(name) > 2 and name in html], figure.key


def test_people_helped_again_count_once_as_a_person(client, demo):
    address = reverse("site:helped")
    before = shared(client, address)
    pot = make_pot(holding=1000)
    for day in (date(2018, 4, 18), date(2018, 6, 18)):
        paid_case(pot=pot, beneficiary="农再来", applied_on=day, on=day)

    after = shared(client, address)

    assert (after["persons"], after["cases"]) == (before["persons"] + 1, before["cases"] + 2)
    assert {figure.key: figure.number for figure in headline_figures(DAY)}["people_helped"] == after["persons"]
    assert [(row.cases, row.persons) for row in shared(client, f"{address}?pot={pot.code}")["years"]] == [(2, 1)]


def test_each_number_of_the_front_page_is_what_its_address_counts_or_sums_up_to(client, demo):
    html = client.get("/").content.decode()
    lead = re.findall(r'<span class="amount[^"]*">([\d,.]+)<span class="unit">(\w+)', html)
    figures = html[html.index('class="figures-lead"') :]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]*)"', figures)][:9]
    counted = [
        ("people_helped", 0), ("volunteers", 1), ("performances", 2), ("members", 3), (None, 4), ("income", 5),
        ("wishes_fulfilled", 6), ("visitors", 7), ("book_titles", 8),
    ]  # fmt: skip

    for key, place in counted:
        number = Decimal(lead[place][0].replace(",", ""))
        if key is None:
            assert sum(day.is_held for day in shared(client, links[place])["days"]) == number
        elif key == "income":
            lines = [
                line for page in page_through(client, links[place]) for line in page.context["lines"].page.object_list
            ]
            assert sum(line.amount for line in lines) == number
        else:
            assert PUBLIC_ROWS[key](client, links[place]) == number, key

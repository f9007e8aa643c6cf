"""Residents' phones: what a page is about stands on the first screen in large type, and lists are short lines."""

import re

import pytest

from activities.models import Activity, MiniWish
from config.site.display import COOKIE
from fund.models import Statement

pytestmark = pytest.mark.django_db

PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 740}
MOST_BAR = {"normal": 61, "large": 80}

# Each kind of page and the first figure, day or number that it is about; None where it has none but its heading.
FIGURES = {
    "/": ".equation-result dd",
    "/branches/": ".page-head p",
    "/activities/": "tbody time",
    "/activities/?q=zzz": ".empty h2",
    "/volunteers/": ".figures-lead .amount",
    "/wishes/": ".tally dd",
    "/wishes/new/": "main label",
    "/honours/": ".page-head b",
    "/honours/all/": "tbody time",
    "/honours/education-point/": ".facts dd",
    "/honours/education-point/books/": "tbody .key",
    "/honours/education-point/visit/": ".facts dd",
    "/search/": "#f-q",
    "/search/?q=志愿": ".found-list small",
    "/accessibility/": None,
    "/open-data/": "tbody .key",
    "/open-data/people-helped/": "tbody .num",
    "/fund/": ".equation-result dd",
    "/fund/lines/": "tbody .key",
    "/fund/statements/": "tbody .key",
    "/fund/statements/compare/": ".lead",
    "/fund/members/": "tbody .num",
    "/fund/notices/": "tbody .key",
    "/fund/pots/": "tbody .key",
    "/fund/questions/": ".split .stack > p",
    "/fund/questions/ask/": "main label",
    "/fund/verify/": "#f-code",
    "/no-such-page/": None,
}
READ = """(figure) => {
  const bottom = (element) => element ? element.getBoundingClientRect().bottom + scrollY : Infinity;
  const heading = [...document.querySelectorAll("h1, h2")].find((title) => !title.closest(".unseen"));
  return {
    bar: document.querySelector(".site-bar").getBoundingClientRect().height,
    heading: bottom(heading),
    figure: figure ? bottom(document.querySelector(figure)) : 0,
    sideways: document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth,
    phones: Object.fromEntries([".site-head", "main", ".site-foot"].map((place) =>
      [place, document.querySelectorAll(`${place} [href^="tel:"]`).length])),
  };
}"""
ROWS_OF_GIFTS = """() => [...document.querySelectorAll("tbody tr.by-name")].map((row) => {
  const style = getComputedStyle(row);
  const around = ["paddingTop", "paddingBottom", "borderTopWidth", "borderBottomWidth"]
    .reduce((sum, side) => sum + parseFloat(style[side]), 0);
  return (row.getBoundingClientRect().height - around) / parseFloat(style.lineHeight);
})"""
# Double type and more is what a browser's own text zoom gives; a richer fund has longer amounts.
ZOOM = "(zoom) => { document.documentElement.style.fontSize = 18 * zoom + 'px'; }"
MILLIONS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.data = walker.currentNode.data.replace(/\\d[\\d,]*\\.\\d\\d/g, "12,345,678.00");
  }
}"""
SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture
def phone(browser, browser_context_args):
    """A phone whose browser runs no scripts."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False, "viewport": PHONE})
    yield context.new_page()
    context.close()


def sized(phone, server, size):
    phone.context.add_cookies([{"name": COOKIE, "value": size, "url": server}])
    return phone


def statements():
    published = Statement.objects.published()
    return published.order_by("-period_to").first(), published.exclude(corrects=None).first()


@pytest.fixture(scope="module")
def first_screens(shared_demo, browser, browser_context_args, django_db_blocker):
    """Every kind of public page on a phone, in both languages and sizes: `[(address, size, reading)]`."""
    with django_db_blocker.unblock():
        newest, corrected = statements()
        event, wish = Activity.objects.held().first(), MiniWish.objects.filter(state="posted").first()
    figures = FIGURES | {
        f"/activities/{event.pk}/": ".figures-lead .amount",
        f"/wishes/{wish.pk}/": ".wish-slip-top span",
        f"/fund/verify/?code={newest.short_code}": ".verdict h2",
        newest.get_absolute_url(): ".paper-sum strong",
        corrected.get_absolute_url(): ".paper-sum strong",
    }
    context = browser.new_context(**browser_context_args | {"viewport": PHONE})
    context.add_cookies([{"name": COOKIE, "value": "large", "url": shared_demo}])
    page, readings = context.new_page(), []
    for address, figure in figures.items():
        for prefix in ("", "/en"):
            page.goto(shared_demo + prefix + address)
            readings.append((prefix + address, "large", page.evaluate(READ, figure)))
            page.evaluate("delete document.documentElement.dataset.size")
            readings.append((prefix + address, "normal", page.evaluate(READ, figure)))
    context.close()
    return readings


@pytest.mark.parametrize("what", ["heading", "figure"])
def test_heading_and_first_figure_stand_on_the_first_screen_in_both_sizes(first_screens, what):
    assert len(first_screens) >= 120
    assert [(page, size, read) for page, size, read in first_screens if read[what] > PHONE["height"]] == []


def test_the_head_of_a_page_is_one_low_bar_on_a_phone(first_screens):
    assert [(page, size, read["bar"]) for page, size, read in first_screens if read["bar"] > MOST_BAR[size]] == []


def test_no_page_scrolls_sideways_on_a_phone(first_screens):
    assert [(page, size, read["sideways"]) for page, size, read in first_screens if read["sideways"] > 0] == []


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_menu_of_a_phone_is_opened_with_the_keyboard_and_without_scripts(shared_demo, phone, size, prefix):
    sized(phone, shared_demo, size).goto(f"{shared_demo}{prefix}/fund/lines/")
    links, summary = phone.locator(".site-nav a"), phone.locator(".menu summary")
    assert not links.first.is_visible()

    for _skip_link_brand_menu in range(3):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    assert phone.locator(".menu[open]").count() == 1
    assert summary.evaluate("summary => summary === document.activeElement")
    assert [link.is_visible() for link in links.all()] == [True] * 9
    assert phone.locator(".size-switch").is_visible()
    assert phone.locator(".tools [hreflang]").is_visible()
    assert links.and_(phone.locator("[aria-current]")).count() == 1
    assert links.nth(1).get_attribute("aria-current") == "true"
    links.nth(3).click()
    assert phone.url == f"{shared_demo}{prefix}/volunteers/"
    assert phone.locator(".menu[open]").count() == 0


def test_the_supervision_phone_stands_at_the_foot_and_on_the_pages_of_the_fund(first_screens):
    for address, size, read in first_screens:
        wanted = {".site-head": 0, ".site-foot": 1} | ({"main": 1} if "/fund/" in address else {})
        assert wanted.items() <= {place: min(count, 1) for place, count in read["phones"].items()}.items(), (
            address,
            size,
        )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/activities/", "全部"),
        ("/activities/?kind=performance&year=2018", "文艺演出，2018"),
        ("/fund/lines/?side=income&q=捐款", "捐款，收入"),
        ("/en/honours/education-point/books/?q=no-such-book", "no-such-book"),
    ],
)
def test_a_filter_is_folded_on_a_phone_and_says_what_is_chosen(shared_demo, phone, address, said):
    phone.goto(shared_demo + address)
    fold, fields = phone.locator(".filter-fold summary"), phone.locator(".filter .field")
    assert re.split("[：:] ?", fold.inner_text())[-1].startswith(said)
    assert not fields.first.is_visible()

    fold.click()

    assert all(field.is_visible() for field in fields.all())


@pytest.mark.parametrize(
    "address", ["/activities/", "/fund/lines/", "/fund/statements/", "/honours/all/", "/fund/notices/"]
)
def test_a_filter_is_one_open_line_on_a_wide_screen(shared_demo, page, address):
    for prefix in ("", "/en"):
        page.goto(shared_demo + prefix + address)
        for width in (1024, 1280):
            page.set_viewport_size({"width": width, "height": 768})

            controls = page.locator(".filter :is(input:not([type=hidden]), select, button)").all()
            bottoms = [round(box["y"] + box["height"]) for box in (control.bounding_box() for control in controls)]
            assert len(bottoms) > 2
            assert max(bottoms) - min(bottoms) <= 1, (prefix, width, bottoms)
            assert not page.locator(".filter-fold").is_visible()


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("size", ["normal", "large"])
def test_a_gift_takes_two_lines_on_a_phone(shared_demo, page, size, prefix):
    page.set_viewport_size(PHONE)
    sized(page, shared_demo, size).goto(f"{shared_demo}{prefix}/fund/lines/?side=income")

    lines = page.evaluate(ROWS_OF_GIFTS)

    assert len(lines) >= 29
    assert [line for line in lines if line > 2.05] == []
    first = page.locator("tbody tr.by-name").first
    name, amount = first.locator(".who").bounding_box(), first.locator(".key").bounding_box()
    assert abs(name["y"] - amount["y"]) < name["height"] / 2
    assert first.locator(".day").bounding_box()["y"] > name["y"] + name["height"] / 2


def test_a_table_laid_out_as_lines_is_still_a_table_to_a_screen_reader(shared_demo, page):
    page.set_viewport_size(PHONE)
    page.goto(f"{shared_demo}/fund/lines/?side=income")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    names = [node["name"]["value"] for node in tree if not node["ignored"] and node["role"]["value"] == "table"]

    rows = page.locator("tbody tr").count()
    assert rows >= 29
    assert names == ["逐笔收支，新的在前（元）"]
    counted = {role: roles.count(role) for role in ("columnheader", "row", "rowheader", "cell")}
    assert counted == {"columnheader": 6, "row": rows + 1, "rowheader": rows, "cell": rows * 5}


def test_sums_of_millions_fit_the_narrowest_phone_in_more_than_double_type(shared_demo, page):
    page.set_viewport_size(NARROWEST)
    pages = [address for address in FIGURES if address.startswith("/fund/")] + ["/", "/branches/"]
    too_wide = []
    for address in [*pages, *(statement.get_absolute_url() for statement in statements())]:
        page.goto(shared_demo + address)
        page.evaluate(MILLIONS)
        for zoom in (2, 2.25):
            page.evaluate(ZOOM, zoom)
            too_wide += [(address, zoom)] * (page.evaluate(SIDEWAYS) > 0)

    assert too_wide == []

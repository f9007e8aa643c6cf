"""How pages read and are touched: type sizes, targets, columns of amounts, double type and narrow screens."""

from pathlib import Path

import pytest

from activities.models import Activity, MiniWish
from fund.models import Statement
from tests.browser.conftest import sign_in
from tests.browser.test_axe import PUBLIC, in_both_languages

pytestmark = pytest.mark.django_db

ROSTER = Path(__file__).parent.parent / "data" / "roster-street.xlsx"
PHONE = {"width": 360, "height": 740}
# Double type is what a browser's own text zoom of 200 % gives, on top of the size the reader has chosen.
SIDEWAYS_STATES = [
    ("normal", 2, (320, 360, 1024, 1280)),
    ("large", 1, (320, 360, 1024, 1280)),
    ("large", 2, (320, 1280)),
]
TARGET = {"normal": 44, "large": 60}
SMALLEST_TYPE = {"normal": 18, "large": 24}

# Size and zoom are switched in the open page: the cookie of the display setting changes nothing but this attribute.
SHOW = """([size, zoom]) => {
  const page = document.documentElement;
  if (size === "large") page.dataset.size = size; else delete page.dataset.size;
  page.style.fontSize = "";
  page.style.fontSize = parseFloat(getComputedStyle(page).fontSize) * zoom + "px";
}"""

READ = """([target, smallest]) => {
  const shown = (element) => element.getClientRects().length && !element.closest(".unseen, .skip-link");
  const words = (element) => element.textContent.trim().slice(0, 30);
  const texts = (inside) => {
    const found = [], walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.trim() && shown(walker.currentNode.parentElement)) found.push(walker.currentNode);
    }
    return found;
  };
  const rightEdge = (cell) => {
    const range = document.createRange();
    return Math.max(...texts(cell).map((text) => (range.selectNodeContents(text), range.getBoundingClientRect().right)));
  };

  const small = [];
  for (const element of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const touched = /^(radio|checkbox)$/.test(element.type) ? element.closest("label") : element;
    if (!shown(element) || touched.getBoundingClientRect().height > target - 0.5) continue;
    // A word that is a link within a running sentence is as high as its line; numbers to dial and amounts are not words.
    const inSentence = getComputedStyle(element).display === "inline" && element.closest("p, li")
      && words(element.parentElement) !== words(element) && !/^(tel:)/.test(element.getAttribute("href"))
      && !/\\d\\.\\d\\d/.test(element.textContent);
    if (!inSentence) small.push(words(element) + " " + touched.getBoundingClientRect().height);
  }

  const type = texts(document.body)
    .map((text) => [text, parseFloat(getComputedStyle(text.parentElement).fontSize)
      * (text.parentElement.getScreenCTM ? text.parentElement.getScreenCTM().a : 1)])
    .filter(([text, size]) => size < smallest - 0.01)
    .map(([text, size]) => text.data.trim().slice(0, 30) + " " + size);

  const uneven = [];
  for (const table of document.querySelectorAll("table, .equation, .chain-slip dl")) {
    const columns = new Map();
    for (const cell of table.querySelectorAll("td.num, .equation-term dd, .chain-slip dd")) {
      if (!shown(cell) || !texts(cell).length) continue;
      const column = cell.dataset.label || "amount";
      columns.set(column, [...(columns.get(column) || []), rightEdge(cell)]);
    }
    for (const [column, edges] of columns) {
      if (Math.max(...edges) - Math.min(...edges) > 1) uneven.push(column + " " + [...new Set(edges.map(Math.round))]);
    }
  }
  return {small, type, uneven};
}"""
# What stands out of its own box lies over its neighbour, even where the page as a whole is wide enough.
SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
FITS = f"""() => ({{
  sideways: {SIDEWAYS},
  spills: [...document.querySelectorAll("body *")]
    .filter((box) => box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1
      && getComputedStyle(box).overflowX === "visible" && !box.closest("svg, .unseen, .ledger-lines thead, .plain-table thead"))
    .map((box) => box.outerHTML.slice(0, 80)),
}})"""

SCROLLED = "[...document.querySelectorAll('.scrolls')].filter((box) => box.scrollWidth > box.clientWidth).length"
UNREACHABLE = """() => [...document.querySelectorAll("main *")]
  .filter((box) => getComputedStyle(box).overflowX === "auto" && box.scrollWidth > box.clientWidth)
  .filter((box) => box.tabIndex < 0 || !(box.ariaLabel || document.getElementById(box.getAttribute("aria-labelledby"))))
  .map((box) => box.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def public_pages(shared_demo, browser, browser_context_args, django_db_blocker):
    """Every kind of public page, opened once and read in every state: `[(address, state, reading)]`.

    Both languages are read on a phone; wide screens are read in one of them, in turns.
    """
    with django_db_blocker.unblock():
        newest = Statement.objects.published().order_by("-period_to").first()
        corrected = Statement.objects.published().exclude(corrects=None).first()
        event, wish = Activity.objects.held().first(), MiniWish.objects.filter(state="posted").first()
    more = [statement.get_absolute_url() for statement in (newest, corrected)]
    more += [f"/fund/verify/?code={code}" for code in (newest.short_code, newest.short_code[:-1] + "0")]
    more += [f"/activities/{event.pk}/", f"/wishes/{wish.pk}/", "/no-such-page/"]
    context = browser.new_context(**browser_context_args)
    page, readings = context.new_page(), []
    for place, address in enumerate(in_both_languages([*PUBLIC, *more])):
        # The list is Chinese first, then English: of each page one of both is read on wide screens too.
        wide = (place % len([*PUBLIC, *more]) + address.startswith("/en/")) % 2
        page.goto(shared_demo + address)
        for size in TARGET:
            page.set_viewport_size(PHONE)
            page.evaluate(SHOW, [size, 1])
            readings.append((address, f"{size} 360", page.evaluate(READ, [TARGET[size], SMALLEST_TYPE[size]])))
        for size, zoom, widths in SIDEWAYS_STATES:
            page.evaluate(SHOW, [size, zoom])
            for width in (width for width in widths if wide or width <= PHONE["width"]):
                page.set_viewport_size({"width": width, "height": 740})
                readings.append((address, f"{size} {width} x{zoom}", page.evaluate(FITS)))
    context.close()
    return readings


def where(readings, what, wrong=bool):
    return [(address, state, read[what]) for address, state, read in readings if what in read and wrong(read[what])]


def test_no_public_page_scrolls_sideways_in_large_or_double_type(public_pages):
    assert where(public_pages, "sideways", lambda more: more > 0) == []
    assert len(public_pages) > 600


def test_nothing_stands_out_of_its_box_in_large_or_double_type(public_pages):
    assert where(public_pages, "spills") == []


def test_links_and_buttons_are_large_enough_to_touch(public_pages):
    assert where(public_pages, "small") == []


def test_no_type_is_smaller_than_the_accessibility_page_says(public_pages):
    assert where(public_pages, "type") == []


def test_amounts_of_one_column_share_their_right_edge_on_a_phone(public_pages):
    assert where(public_pages, "uneven") == []


def test_a_wide_screen_shows_the_whole_menu_at_once(shared_demo, page):
    page.goto(f"{shared_demo}/display/large/?next=/fund/")

    for width in (1024, 1280):
        page.set_viewport_size({"width": width, "height": 768})
        assert [link.is_visible() for link in page.locator(".site-nav a, .size-switch").all()] == [True] * 10
        assert not page.locator(".menu").is_visible()


def test_the_today_page_and_an_import_scroll_only_their_wide_tables(shared_demo, page):
    sign_in(page, shared_demo, "secretary-a")
    wrong, scrolled = [], 0
    for prefix in ("", "/en"):
        page.goto(f"{shared_demo}{prefix}/admin/members/member/import/")
        page.set_input_files("#id_file", ROSTER)
        page.click("#content form [type=submit]")
        page.wait_for_selector(".tally")
        for address in (page.url, f"{shared_demo}{prefix}/admin/"):
            page.goto(address)
            for size, zoom in (("normal", 1), ("normal", 2), ("large", 1)):
                page.evaluate(SHOW, [size, zoom])
                for width in (320, 1024):
                    page.set_viewport_size({"width": width, "height": 768})
                    wrong += [(address, size, zoom, width)] * (page.evaluate(SIDEWAYS) > 0)
                    wrong += page.evaluate(UNREACHABLE)
                    scrolled += page.evaluate(SCROLLED)

    assert wrong == []
    assert scrolled > 0

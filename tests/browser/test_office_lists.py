"""Lists of the office on the first screen of an old monitor: eight rows, each one link, amounts on one edge."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from fund.models import Donation
from members.models import Member
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db

SCREEN = {"width": 1024, "height": 768}
EIGHT = 8
# Two lines of text, and the line between two rows.
HIGHEST_ROW = 53

READ = """() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")].map((row) => row.getBoundingClientRect());
  const edge = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return Math.round(range.getBoundingClientRect().right);
  };
  const uneven = [...document.querySelectorAll("#result_list thead th")].map((head, place) => {
    const cells = [...document.querySelectorAll(`#result_list tbody tr > :nth-child(${place + 1})`)];
    if (!cells[0] || !cells[0].matches(".num")) return null;
    const edges = [head, ...cells].map(edge);
    return Math.max(...edges) - Math.min(...edges) > 1 ? head.innerText : null;
  }).filter(Boolean);
  const table = document.querySelector(".results");
  return {
    rows: rows.length,
    whole: rows.filter((row) => row.bottom <= innerHeight).length,
    highest: Math.max(0, ...rows.map((row) => row.height)),
    sideways: table ? table.scrollWidth - table.clientWidth : 0,
    uneven,
  };
}"""


def address_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture(scope="module")
def readings(shared_demo, browser, browser_context_args):
    """`{model: what its list shows}` at 1,024 × 768, read by one person in one window."""
    context = browser.new_context(**browser_context_args | {"viewport": SCREEN})
    page, read = context.new_page(), {}
    with translation.override("zh-hans"):
        addresses = {model._meta.label: address_of(model) for model in admin.site._registry}
    sign_in(page, shared_demo)
    for label, address in addresses.items():
        page.goto(shared_demo + address)
        read[label] = page.evaluate(READ)
    context.close()
    return read


def test_every_list_shows_eight_whole_rows_on_the_first_screen(readings):
    short = {label: read for label, read in readings.items() if read["whole"] < min(EIGHT, read["rows"])}

    assert short == {}
    assert sum(read["rows"] >= EIGHT for read in readings.values()) >= 18


def test_a_row_has_two_lines_at_most_and_no_table_scrolls_sideways(readings):
    assert {label: read for label, read in readings.items() if read["highest"] > HIGHEST_ROW} == {}
    assert {label: read for label, read in readings.items() if read["sideways"] > 0} == {}


def test_numbers_share_their_right_edge_with_their_heading(readings):
    assert {label: read["uneven"] for label, read in readings.items() if read["uneven"]} == {}


@pytest.fixture
def office(shared_demo, browser, browser_context_args):
    """Signed in on the same screen, without scripts."""
    context = browser.new_context(**browser_context_args | {"viewport": SCREEN, "java_script_enabled": False})
    page = context.new_page()
    sign_in(page, shared_demo)
    yield page
    context.close()


def middle_of(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_anywhere_in_a_row_opens_its_record(shared_demo, office):
    office.goto(f"{shared_demo}/admin/fund/donation/")
    row = office.locator("#result_list tbody tr").nth(2)
    address = row.locator("th a").get_attribute("href")

    with office.expect_navigation():
        office.mouse.click(*middle_of(row.locator("td.num")))

    assert office.url == shared_demo + address


def test_a_box_in_a_row_is_ticked_and_opens_nothing(shared_demo, office):
    office.goto(f"{shared_demo}/admin/branches/holiday/")
    box = office.locator("#result_list tbody input[type=checkbox]").first

    office.mouse.click(*middle_of(box))

    assert box.is_checked()
    assert office.url == f"{shared_demo}/admin/branches/holiday/"


def test_the_keyboard_shows_the_whole_row_that_it_stands_on(shared_demo, office):
    office.goto(f"{shared_demo}/admin/fund/donation/")
    row = office.locator("#result_list tbody tr").first
    row.locator("th a").focus()
    office.keyboard.press("Tab")
    office.keyboard.press("Shift+Tab")

    seen = row.locator("th a").evaluate(
        """(link) => {
          const frame = getComputedStyle(link, "::after");
          return [frame.outlineStyle, parseFloat(frame.outlineWidth), parseFloat(frame.width)];
        }"""
    )

    assert seen[:2] == ["solid", 3]
    assert abs(seen[2] - row.bounding_box()["width"]) <= 1


def test_filters_are_chosen_kept_and_removed_without_scripts(shared_demo, office):
    office.goto(f"{shared_demo}/admin/fund/donation/")
    office.select_option("select[aria-label=捐款日期]", label="2018 年")
    office.click(".more-filters summary")
    office.select_option(".more-filters select >> nth=1", index=1)
    office.click("#changelist-search > .button")
    asked = office.url
    shown = office.locator("#result_list tbody tr").count()

    office.click(".list-state summary")
    office.fill("#filter-name", "今年的")
    office.click(".keep-filter button")
    office.goto(f"{shared_demo}/admin/fund/donation/")
    office.click(".list-state >> text=今年的")

    assert "donated_on__year=2018" in asked
    assert sorted(office.url.partition("?")[2].split("&")) == sorted(asked.partition("?")[2].split("&"))
    assert 0 < shown == office.locator("#result_list tbody tr").count() < Donation.objects.count()
    office.click("text=删去筛选")
    assert office.locator(".list-state >> text=今年的").count() == 0


@pytest.mark.parametrize("width", [360, 768])
def test_narrow_screens_name_each_value_and_keep_rows_one_link(shared_demo, office, width):
    office.set_viewport_size({"width": width, "height": 800})
    office.goto(f"{shared_demo}/admin/members/member/")
    row = office.locator("#result_list tbody tr").first
    cell = row.locator("td").first

    label = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert "党支部" in label
    assert office.evaluate("document.documentElement.scrollWidth") <= width
    with office.expect_navigation():
        office.mouse.click(*middle_of(cell))
    assert f"/members/member/{Member.objects.get(name=office.locator('h1').inner_text()).pk}/" in office.url

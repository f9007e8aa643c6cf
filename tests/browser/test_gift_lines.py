"""The list of a collection day on screens of three widths: all of it is in view, and a gift is a line."""

import pytest

from branches.models import Branch
from fund.models import Pot
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OVER_THE_EDGE = """() => {
  const box = document.querySelector(".gifts-form").getBoundingClientRect();
  const seen = [...document.querySelectorAll(".gifts-form :is(input, select)")].filter(field => field.offsetWidth);
  return seen.filter(field => field.getBoundingClientRect().right > box.right + 1).map(field => field.id);
}"""


@pytest.fixture
def sheet(page, demo_server):
    sign_in(page, demo_server, "keeper")
    pot, branch = Pot.objects.get(kind="mutual_aid"), Branch.objects.get(name__contains="社区")

    def opened(width, height=800):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{demo_server}/admin/fund/collection/add/lines/?pot={pot.pk}&branch={branch.pk}&day=2018-10-31")
        return page

    return opened


def sent(page):
    with page.expect_navigation():
        page.evaluate("document.querySelector('.gifts-form').requestSubmit()")


def test_every_column_fits_a_screen_of_1024_with_a_wrong_amount_too(sheet):
    page = sheet(1024, 768)
    untouched = page.evaluate(OVER_THE_EDGE)
    page.fill("#id_form-30-amount", "一些")
    page.fill("#id_form-2-amount", "100")
    page.select_option("#id_form-2-publicity", "named")

    sent(page)

    assert (untouched, page.evaluate(OVER_THE_EDGE)) == ([], [])
    assert page.is_visible("#id_form-2-consent")
    assert page.evaluate("document.documentElement.scrollWidth") == 1024
    links = page.locator(".error-summary a")
    assert links.evaluate_all("all => all.map(link => link.hash)") == ["#id_form-2-consent", "#id_form-30-amount"]
    links.last.click()
    assert page.evaluate("document.activeElement.id") == "id_form-30-amount"
    typed = [page.input_value(f"#id_form-{place}") for place in ("30-amount", "2-amount", "2-publicity")]
    assert typed == ["一些", "100.00", "named"]


@pytest.mark.parametrize("width", [768, 360])
def test_a_gift_is_one_line_on_narrow_screens_with_the_rest_folded(sheet, width):
    page = sheet(width)
    lines = page.locator(".gifts-table tbody tr")
    height = page.evaluate("document.querySelector('.gifts-table').offsetHeight")

    assert height < lines.count() * 70
    assert page.evaluate(OVER_THE_EDGE) == []
    assert not page.is_visible("#id_form-1-method")
    lines.nth(1).locator("summary").click()
    # A browser tells of an unfolded part a moment later.
    page.wait_for_selector("#id_form-1-method", state="visible")
    assert all(page.is_visible(f"#id_form-1-{name}") for name in ("method", "publicity", "consent"))
    page.fill("#id_form-1-amount", "100")
    page.select_option("#id_form-1-publicity", "named")
    sent(page)
    assert page.is_visible("#id_form-1-consent")


def test_keys_are_not_named_where_there_are_none(browser, demo_server):
    page = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800}).new_page()
    sign_in(page, demo_server, "keeper")
    branch = Branch.objects.get(name__contains="社区")

    page.goto(f"{demo_server}/admin/fund/collection/add/lines/?pot=1&branch={branch.pk}&day=2018-10-31")

    assert not page.is_visible("text=Alt+S")
    page.context.close()

"""Pages and office forms do their work with scripts off."""

import pytest

from branches.models import Venue
from members.models import Member
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain_page(browser, browser_context_args):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    yield context.new_page()
    context.close()


def test_public_pages_are_readable_without_scripts(shared_demo, plain_page):
    for address in ("/", "/fund/", "/branches/", "/volunteers/", "/wishes/", "/honours/", "/en/search/?q=2018"):
        plain_page.goto(shared_demo + address)

        assert plain_page.locator("main h1").first.inner_text().strip(), address
        assert plain_page.locator(".site-nav a").count() >= 9, address
        assert plain_page.locator(".read-aloud").is_hidden(), address


def test_a_filter_is_used_without_scripts(shared_demo, plain_page):
    plain_page.goto(f"{shared_demo}/activities/")

    plain_page.select_option("#f-kind", "performance")
    plain_page.click(".filter button")

    assert "72" in plain_page.locator(".ledger-lines caption").inner_text()


def test_large_type_is_switched_on_and_kept_without_scripts(shared_demo, plain_page):
    plain_page.goto(f"{shared_demo}/wishes/?state=posted")

    plain_page.click("text=大字版")

    assert plain_page.url == f"{shared_demo}/wishes/?state=posted"
    assert plain_page.locator("html").get_attribute("data-size") == "large"
    plain_page.goto(f"{shared_demo}/en/fund/")
    assert plain_page.locator("html").get_attribute("data-size") == "large"


def test_a_record_is_read_and_a_block_of_it_changed_without_scripts(shared_demo, plain_page):
    venue = Venue.objects.first()
    record = f"{shared_demo}/admin/branches/venue/{venue.pk}/change/"
    sign_in(plain_page, shared_demo)

    plain_page.goto(record)
    assert plain_page.locator(".record input, .record select, .record textarea").count() == 0
    plain_page.click(".edit-block a[href='?edit=0']")
    plain_page.fill("#id_opening_hours", "每天 8:00–18:00")
    plain_page.click("[name=_save]")

    assert plain_page.url == record
    assert plain_page.locator(".messagelist .success").is_visible()
    assert "每天 8:00–18:00" in plain_page.locator(".field-opening_hours").inner_text()
    venue.refresh_from_db()
    assert venue.opening_hours == "每天 8:00–18:00"


def test_the_box_on_top_the_month_and_the_help_work_without_scripts(shared_demo, plain_page):
    member = Member.objects.on_roll().first()
    sign_in(plain_page, shared_demo)

    plain_page.fill("#office-search", member.name)
    plain_page.click(".office-search button")
    plain_page.click(f".found-list a:has-text('{member.name}') >> nth=0")
    assert member.name in plain_page.locator("main h1").inner_text()

    plain_page.goto(f"{shared_demo}/admin/month/")
    plain_page.click("main .go-back")
    assert "2018年9月" in plain_page.locator("main h1").inner_text()

    plain_page.goto(f"{shared_demo}/admin/help/")
    assert plain_page.locator("main section h2").count() >= 8

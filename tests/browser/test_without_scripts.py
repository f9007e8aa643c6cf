"""Pages and office forms do their work with scripts off."""

import pytest

from branches.models import Venue
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


def test_a_record_is_changed_without_scripts(shared_demo, plain_page):
    venue = Venue.objects.first()
    sign_in(plain_page, shared_demo)

    plain_page.goto(f"{shared_demo}/admin/branches/venue/{venue.pk}/change/?edit=all")
    plain_page.fill("#id_opening_hours", "每天 8:00–18:00")
    plain_page.click("[name=_save]")

    assert plain_page.locator(".messagelist .success").is_visible()
    venue.refresh_from_db()
    assert venue.opening_hours == "每天 8:00–18:00"

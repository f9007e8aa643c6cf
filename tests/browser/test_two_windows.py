"""Two people with one record open in two browsers: nothing of either is lost, and what both changed is decided by one."""

import pytest
from django.contrib.auth.models import User

from members.models import Member
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

BLOCK = "2"


@pytest.fixture
def colleague(browser, browser_context_args):
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def test_what_two_people_write_into_one_record_is_kept_or_asked_about(demo_server, page, colleague):
    User.objects.create_superuser("second", password="secret-word-1", last_name="韦", first_name="怀德")
    member = Member.objects.on_roll().first()
    sign_in(page, demo_server)
    sign_in(colleague, demo_server, "second", "secret-word-1")
    address = f"{demo_server}/admin/members/member/{member.pk}/change/?edit={BLOCK}"
    for window in (page, colleague):
        window.goto(address)
    colleague.fill("#id_former_post", "县供销社")
    colleague.fill("#id_native_place", "广西桂南")
    colleague.click("[name=_save]")
    colleague.wait_for_selector(".messagelist .success")

    page.fill("#id_former_post", "县糖厂")
    page.click("[name=_save]")

    page.wait_for_selector(".conflicts")
    assert page.locator(".conflict").count() == 1
    assert "韦怀德" in page.inner_text(".conflict")
    assert page.locator(".conflict input:checked").count() == 0
    page.click(".conflict label:has-text('您填的')")
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")
    member.refresh_from_db()
    assert (member.former_post, member.native_place) == ("县糖厂", "广西桂南")


def test_what_was_typed_into_a_window_that_was_closed_is_offered_again(demo_server, page, colleague):
    member = Member.objects.on_roll().first()
    before = member.former_post
    sign_in(page, demo_server)
    sign_in(colleague, demo_server)
    address = f"{demo_server}/admin/members/member/{member.pk}/change/?edit={BLOCK}"
    page.goto(address)
    page.fill("#id_former_post", "县供销社")
    with page.expect_response("**/admin/drafts/keep/") as kept:
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert kept.value.status == 204

    colleague.goto(address)
    colleague.click(".own-draft a")

    assert colleague.input_value("#id_former_post") == "县供销社"
    member.refresh_from_db()
    assert member.former_post == before
    colleague.click("[name=_save]")
    colleague.wait_for_selector(".messagelist .success")
    member.refresh_from_db()
    assert member.former_post == "县供销社"

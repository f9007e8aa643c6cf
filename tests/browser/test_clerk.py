"""Tasks of an office day by keyboard alone on a screen of 1,024 × 768, counted: what is typed or pressed, field by field."""

from datetime import date, time

import pytest

from activities.models import Activity, MiniWish
from branches.models import Branch
from fund.models import AssistanceCase, Collection, Donation
from members.models import Affiliation, Member
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


class Clerk:
    """Somebody at the keyboard: fields are reached by Tab, and each that is typed into or pressed counts as one input."""

    def __init__(self, page, server, name):
        page.set_viewport_size({"width": 1024, "height": 768})
        sign_in(page, server, name)
        self.page, self.server, self.inputs, self.keys = page, server, 0, 0

    def open(self, address):
        self.page.goto(f"{self.server}{address}")

    def reach(self, selector):
        """Press Tab until the element is focused."""
        self.page.wait_for_selector(selector, state="attached")
        for _step in range(120):
            if self.page.evaluate("what => document.activeElement.matches(what)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the keyboard on {self.page.url}")

    def type(self, selector, text):
        self.reach(selector)
        self.page.keyboard.type(text)
        self.inputs += 1

    def choose(self, selector, words):
        """Choose in a list by the arrow keys."""
        self.reach(selector)
        for _step in range(30):
            if words in self.page.evaluate("document.activeElement.selectedOptions[0].textContent"):
                self.inputs += 1
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{words} is not in the list")

    def press(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.inputs += 1

    def keystrokes(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def go(self):
        """Enter, which leads to another page."""
        with self.page.expect_navigation():
            self.keystrokes("Enter")


@pytest.fixture
def at_desk(page, demo_server):
    return lambda name: Clerk(page, demo_server, name)


def test_a_member_is_found_from_any_page_by_the_initials_in_six_keys(at_desk):
    clerk = at_desk("secretary-a")
    wanted = Member.objects.get(name="卢琼瑞")

    for address in ("/admin/", "/admin/activities/activity/", f"/admin/members/member/{wanted.pk}/change/"):
        clerk.open(address)
        clerk.keys = 0
        clerk.keystrokes("/", "l", "q", "r")
        clerk.go()
        assert clerk.page.url.endswith(f"/admin/members/member/{wanted.pk}/change/")
        assert clerk.keys <= 6


def test_a_wish_by_phone_takes_three_inputs(at_desk):
    clerk = at_desk("secretary-a")
    clerk.open("/admin/activities/miniwish/add/")

    clerk.type("#id_wisher", "黄大妈")
    clerk.choose("#id_group", "困难")
    clerk.type("#id_public_text", "想要一副老花镜")
    clerk.go()

    wish = MiniWish.objects.latest("pk")
    assert (wish.wisher, wish.public_text, clerk.inputs) == ("黄大妈", "想要一副老花镜", 3)
    assert clerk.page.url.endswith(f"/admin/activities/miniwish/{wish.pk}/change/")


def test_a_collection_day_of_twenty_gifts_takes_at_most_45_inputs(at_desk):
    clerk = at_desk("keeper")
    clerk.open("/admin/fund/collection/add/")
    clerk.choose("#id_branch", "荔园社区离")
    clerk.press("main [type=submit]")
    clerk.reach("#id_form-0-amount")
    for _gift in range(20):
        clerk.page.keyboard.type("50")
        clerk.page.keyboard.press("Enter")
        clerk.inputs += 1
    assert "1,000.00" in clerk.page.text_content(".running-total")
    with clerk.page.expect_navigation():
        clerk.keystrokes("Alt+s")
    clerk.inputs += 1

    day = Collection.objects.latest("pk")
    assert day.donations.count() == 20
    assert clerk.inputs <= 45


def test_a_case_of_a_member_takes_at_most_six_inputs(at_desk):
    clerk = at_desk("secretary-a")
    clerk.open("/admin/fund/assistancecase/add/")
    wanted = Member.objects.get(name="卢琼瑞")

    clerk.reach(".field-beneficiary_member [role=combobox]")
    clerk.keystrokes("Enter")
    clerk.page.wait_for_selector(".select2-search__field")
    clerk.page.keyboard.type("lqr")
    clerk.page.wait_for_selector(".select2-results__option--highlighted")
    clerk.page.wait_for_function("document.querySelectorAll('.select2-results__option--highlighted').length === 1")
    clerk.page.wait_for_selector("text=卢琼瑞 ·")
    clerk.keystrokes("Enter")
    clerk.inputs += 1
    clerk.choose("#id_hardship", "病")
    clerk.type("#id_reason", "住院")
    clerk.type("#id_applied_amount", "500")
    clerk.go()

    case = AssistanceCase.objects.latest("pk")
    assert (case.beneficiary_member, case.beneficiary, case.applied_amount) == (wanted, "卢琼瑞", 500)
    assert clerk.inputs <= 6


def test_a_receipt_is_printed_again_from_its_number_in_two_inputs(at_desk):
    clerk = at_desk("keeper")
    gift = Donation.objects.exclude(receipt_no="").latest("pk")
    clerk.keystrokes("/")
    clerk.type("#office-search", gift.receipt_no)
    clerk.go()
    assert clerk.page.url.endswith(f"/admin/fund/donation/{gift.pk}/change/")
    clerk.reach("a[href*='/print/']")
    address = clerk.page.evaluate("document.activeElement.href")

    answer = clerk.page.request.get(address)
    clerk.inputs += 1
    assert answer.headers["content-type"] == "application/pdf"
    assert clerk.inputs == 2


def test_a_day_is_read_back_beside_its_field_and_stored_at_the_first_save(demo_server, page):
    clerk = Clerk(page, demo_server, "secretary-b")
    clerk.open("/admin/activities/activity/add/")
    clerk.choose("[name=kind]", "志愿服务日")
    clerk.type("[name=title]", "看望老党员")
    clerk.type("[name=day]", "11月8日")
    page.keyboard.press("Tab")

    page.wait_for_selector(".read-as:has-text('2018年11月8日，星期四')")
    assert page.input_value("[name=day]") == "2018-11-08"
    clerk.press("[name=_save]")

    page.wait_for_selector(".messagelist .success")
    assert Activity.objects.filter(title="看望老党员", day="2018-11-08").exists()


def test_a_sheet_of_forty_takes_at_most_45_inputs(at_desk):
    clerk = at_desk("secretary-b")
    branch = Branch.objects.get(name__startswith="荔园社区")
    on_roll = Affiliation.objects.on(date(2018, 10, 29)).filter(branch=branch).order_by("pk")
    Affiliation.objects.filter(pk__in=on_roll.values_list("pk", flat=True)[40:]).update(ends_on=date(2018, 10, 20))
    meeting = Activity.objects.create(
        organization=branch.organization,
        branch=branch,
        kind=Activity.Kind.GENERAL_MEETING,
        title="支部党员大会",
        day=date(2018, 10, 29),
        starts_at=time(9),
        ends_at=time(10, 30),
    )
    clerk.open(f"/admin/activities/activity/{meeting.pk}/act/record/")
    assert clerk.page.locator("tr[data-line]").count() == 40

    for key in "1" * 36 + "2":
        clerk.keystrokes(key)
    clerk.page.keyboard.type("住院")
    clerk.inputs += 1
    clerk.keystrokes("Enter", "3", "0", "1")
    clerk.type("[name=residents]", "6")
    with clerk.page.expect_navigation():
        clerk.keystrokes("Alt+s")

    meeting.refresh_from_db()
    assert (meeting.state, meeting.expected, meeting.present, meeting.public_present) == ("held", 39, 37, 6)
    assert meeting.attendance.get(mark="leave").reason == "住院"
    # Enter leads on from the reason and is no entry of its own.
    assert clerk.keys - 1 + clerk.inputs <= 45

"""One case from the application to the archive, by five people in a real browser.

With CASE_SHOTS=folder the pictures of the README are written there.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from branches.models import Branch
from config.kit import clock
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.models import AssistanceCase, CondolenceRound, MonthTotal, Pot
from fund.verification import verify
from tests.browser.conftest import HEIGHT, WIDE, findings, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
APPLICANT = "覃大山"


class Office:
    """A browser in which one person after the other signs in and acts on the same case."""

    def __init__(self, page, server):
        self.page, self.server, self.shots, self.problems = page, server, os.environ.get("CASE_SHOTS"), []

    def enter(self, name):
        self.page.context.clear_cookies()
        sign_in(self.page, self.server, name)

    def open(self, case):
        self.page.goto(f"{self.server}/admin/fund/assistancecase/{case.pk}/change/")

    def act(self, case, act, **typed):
        """Press the button of an act on the case's page, fill in what it asks, confirm."""
        self.open(case)
        self.page.click(f".next-act a[href*='/act/{act}/']")
        for name, value in typed.items():
            field = self.page.locator(f"#id_{name}")
            field.select_option(value) if name == "way" else field.fill(str(value))
        self.shoot(f"act-{act}")
        if act in {"agree", "check", "sign", "spot_check"}:
            self.look()
        self.page.click("main form .button[type=submit]")
        self.page.wait_for_selector(".messagelist .success")
        case.refresh_from_db()

    def look(self):
        """What axe and narrow screens find on the page that is open."""
        self.problems += findings(self.page)
        self.page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def shoot(self, name):
        if self.shots:
            self.page.screenshot(path=Path(self.shots) / f"case-{name}.png")


def days_ago(number):
    return (clock.today() - timedelta(days=number)).isoformat()


def test_a_case_goes_from_the_application_to_the_archive_by_five_people(demo_server, inspected):
    office, page = Office(inspected, demo_server), inspected
    pot, branch = Pot.objects.get(code="mutual-aid"), Branch.objects.get(name__startswith="荔园")
    method = "cash" if MonthTotal.objects.filter(account=pot.cash).net() >= 300 else "transfer"

    office.enter("secretary-b")
    page.goto(f"{demo_server}/admin/fund/assistancecase/add/")
    page.click("summary:has-text('更多栏目')")
    assert page.input_value("#id_pot") == str(pot.pk)
    page.select_option("#id_branch", str(branch.pk))
    page.select_option("#id_hardship", "serious_illness")
    page.select_option("#id_method", method)
    for name, value in {
        "applied_on": days_ago(30),
        "beneficiary": APPLICANT,
        "family_size": 2,
        "income_per_head": 900,
        "reason": "住院自费部分较多",
        "phone": "14000000077",
        "applied_amount": 300,
    }.items():
        page.fill(f"#id_{name}", str(value))
    office.shoot("1-application")
    office.look()
    page.click("[name=_save]")
    page.wait_for_selector(".messagelist .success")
    case = AssistanceCase.objects.get(state="draft")
    office.act(case, "propose")
    office.act(case, "agree", day=days_ago(28), votes_for=20, votes_against=1, votes_abstained=2, amount=300)

    office.enter("keeper")
    office.act(case, "check", day=days_ago(27), remark="材料齐全")
    office.enter("street")
    office.act(case, "approve", day=days_ago(25), amount=280)
    office.enter("keeper")
    office.act(case, "start_notice")
    assert case.state == "in_notice"
    page.goto(f"{demo_server}/fund/notices/")
    assert APPLICANT not in page.content()
    assert "覃**" in page.content()
    office.look()
    office.shoot("2-notices")
    office.open(case)
    office.shoot("3-in-notice")
    # The days of the notice go by.
    AssistanceCase.objects.update(notice_from=days_ago(24), notice_to=days_ago(16))
    office.act(case, "end_notice")

    office.enter("cashier")
    page.goto(f"{demo_server}/admin/")
    assert case.case_no in page.content()
    office.act(case, "pay", day=days_ago(0))
    office.act(case, "sign", day=days_ago(0), signed_by=APPLICANT)
    office.enter("discipline")
    office.act(case, "spot_check", day=days_ago(0), way="visit", finding="本人确认全额收到")
    office.enter("keeper")
    office.act(case, "close")
    office.open(case)
    office.look()
    office.shoot("4-archive")

    assert (case.state, case.file_no, case.entry.amount) == ("closed", f"档{clock.today().year}-0008", 280)
    assert len({case.proposed_by_id, case.approved_by_id, case.paid_by_id, case.spot_checked_by_id}) == 4
    assert page.locator(".path [aria-current=step]").count() == 1
    assert office.problems == []
    assert page.said == []
    verify()


def test_a_round_is_filled_from_the_roster_and_signed_on_pages_that_read_well(demo_server, inspected):
    office, page = Office(inspected, demo_server), inspected
    users = {user.username: user for user in get_user_model().objects.all()}
    round_ = CondolenceRound.objects.create(
        pot=Pot.objects.get(code="mutual-aid"), season="double_ninth", visited_on=clock.today(), method="transfer"
    )
    office.enter("keeper")
    page.goto(f"{demo_server}/admin/fund/condolenceround/{round_.pk}/change/")
    page.click("a[href*='/fill/']")
    page.fill("#id_standing", "50")
    page.click("form[method=get] .button[type=submit]")
    page.wait_for_selector("[name=people]")
    office.look()
    page.locator("[name=people]").first.uncheck()
    problems = page.locator("[name=people]:checked").count()
    page.fill("#id_amount", "10")
    page.click("form[method=post] .button[type=submit] >> nth=-1")
    page.wait_for_selector(".messagelist .success")
    propose_round(round_, by=users["keeper"])
    approve_round(round_, by=users["street"])
    pay_round(round_, by=users["cashier"], on=clock.today())

    office.enter("cashier")
    page.goto(f"{demo_server}/admin/fund/condolenceround/{round_.pk}/change/")
    page.click("a[href*='/signatures/']")
    page.wait_for_selector("#id_rest")
    office.look()
    page.check("#id_rest")
    page.click("form[method=post] .button[type=submit] >> nth=-1")
    page.wait_for_selector("a[href*='/act/sign/']")

    assert round_.visits.exclude(signed_on=None).count() == problems > 0
    assert office.problems == []
    assert page.said == []

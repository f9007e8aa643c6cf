"""The three steps of an import in a real browser: the samples give their rows, every step passes axe."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from fund.ledger.actions import open_pot
from fund.models import Donation
from members.models import Member
from tests.browser.conftest import findings, sign_in

DATA = Path(__file__).parent.parent / "data"
PASSWORD = "a-word-of-their-own-1"


def sign_in_as(page, server, name):
    """The demo's own password opens nothing where the test client's name is allowed, so each gets another."""
    user = get_user_model().objects.get(username=name)
    user.set_password(PASSWORD)
    user.save()
    sign_in(page, server, name, PASSWORD)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("file", "secretary", "tally"),
    [
        ("roster-street.xlsx", "secretary-a", [43, 39, 0, 0, 4]),
        ("roster-community.xlsx", "secretary-b", [48, 44, 0, 0, 4]),
    ],
)
def test_a_secretary_imports_the_sample_roster_and_takes_it_back(demo_server, inspected, file, secretary, tally):
    page = inspected
    members = Member.objects.count()
    sign_in_as(page, demo_server, secretary)
    page.goto(f"{demo_server}/admin/members/member/")
    page.get_by_role("link", name="从表格导入").click()
    problems = findings(page)

    page.set_input_files("#id_file", DATA / file)
    page.get_by_role("button", name="读取表格").click()
    problems += findings(page)
    shown = [int(re.sub(r"\D", "", text)) for text in page.locator(".tally dd").all_inner_texts()]
    refused = page.locator("table").first.locator("tbody tr").all_inner_texts()

    page.get_by_label(re.compile("跳过")).check()
    page.get_by_role("button", name=re.compile("确认存入")).click()
    problems += findings(page)
    stored = Member.objects.count() - members
    page.get_by_role("button", name="撤销这次导入").click()
    problems += findings(page)

    assert shown == tally
    assert [re.search(r"\d+", row)[0] for row in refused] == ["6", "14", "20", "26"]
    assert stored == tally[1]
    assert Member.objects.count() == members
    assert problems == []
    assert page.said == []


@pytest.mark.django_db(transaction=True)
def test_the_keeper_imports_the_sample_donations_once(demo_server, inspected):
    page = inspected
    keeper = get_user_model().objects.get(username="keeper")
    pot = open_pot(
        organization=keeper.assignments.get().organization,
        name="试用互助基金",
        kind="mutual_aid",
        code="trial",
        opened_on=date(2015, 1, 1),
        by=keeper,
    )
    sign_in_as(page, demo_server, "keeper")

    for _time in range(2):
        page.goto(f"{demo_server}/admin/fund/donation/import/")
        page.set_input_files("#id_file", DATA / "donations.xlsx")
        page.select_option("#id_target", label="试用互助基金")
        page.get_by_role("button", name="读取表格").click()
        problems = findings(page)
        confirm = page.get_by_role("button", name=re.compile("确认存入"))
        if confirm.count():
            confirm.click()
            problems += findings(page)
        assert problems == []

    assert Donation.objects.filter(pot=pot).count() == 136
    assert pot.balance() == Decimal("25000.00")
    assert page.said == []

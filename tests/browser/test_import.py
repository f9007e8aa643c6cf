"""The three steps of an import in a real browser: the sample roster gives its 39 and 4 rows, every step passes axe."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from members.models import Member
from tests.browser.conftest import findings, sign_in

ROSTER = Path(__file__).parent.parent / "data" / "roster-street.xlsx"


@pytest.mark.django_db(transaction=True)
def test_a_secretary_imports_the_sample_roster_and_takes_it_back(demo_server, inspected):
    page = inspected
    members = Member.objects.count()
    secretary = get_user_model().objects.get(username="secretary-a")
    secretary.set_password("a-word-of-their-own-1")
    secretary.save()
    sign_in(page, demo_server, "secretary-a", "a-word-of-their-own-1")
    page.goto(f"{demo_server}/admin/members/member/")
    page.get_by_role("link", name="从表格导入").click()
    found = findings(page)

    page.set_input_files("#id_file", ROSTER)
    page.get_by_role("button", name="读取表格").click()
    found += findings(page)
    tally = [int(re.sub(r"\D", "", text)) for text in page.locator(".tally dd").all_inner_texts()]
    refused = page.locator("table").first.locator("tbody tr").all_inner_texts()

    page.get_by_label(re.compile("跳过")).check()
    page.get_by_role("button", name=re.compile("确认存入")).click()
    found += findings(page)
    stored = Member.objects.count() - members
    page.get_by_role("button", name="撤销这次导入").click()
    found += findings(page)

    assert tally == [43, 39, 0, 0, 4]
    assert [re.search(r"\d+", row)[0] for row in refused] == ["6", "14", "20", "26"]
    assert stored == 39
    assert Member.objects.count() == members
    assert found == []
    assert page.said == []

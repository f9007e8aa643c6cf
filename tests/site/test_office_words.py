"""What the office reads is words: no codes, no names of tables, colleagues as they are called."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Activity
from branches.models import Nameplate
from config.kit.excel import LONGEST_SHEET_NAME
from config.site.yearbook.money import _tab
from fund.models import Pot
from tests.fund.make import noticed_case
from tests.make import make_branch, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    branch = make_branch()
    activity = Activity.objects.create(
        organization=branch.organization, branch=branch, kind="sports", title="太极", day="2018-11-01"
    )
    activity.plates.add(Nameplate.objects.create(organization=branch.organization, code="seniors_sports"))
    return activity


@pytest.fixture
def office():
    client = Client()
    client.force_login(make_user(is_superuser=True, last_name="黄", first_name="志文"))
    return client


def test_the_history_says_words_and_no_codes(office, activity):
    activity.state, activity.day, activity.starts_at = "held", "2018-11-02", "09:30"
    activity.save()
    activity.plates.clear()

    html = office.get(reverse("admin:activities_activity_history", args=[activity.pk])).content.decode()

    changes = re.sub(r"<[^>]+>", " ", " ".join(re.findall(r'<ul class="changes">.*?</ul>', html, re.S)))
    assert {word for word in ("计划中", "已举办", "2018年11月1日", "2018年11月2日", "老体协") if word in changes} == {
        "计划中",
        "已举办",
        "2018年11月1日",
        "2018年11月2日",
        "老体协",
    }
    assert not re.search(r"held|planned|Nameplate|object|2018-11-0", changes)


def test_the_page_before_deleting_names_no_table(office, activity):
    html = office.get(reverse("admin:activities_activity_delete", args=[activity.pk])).content.decode()

    assert "太极" in html
    assert "object (" not in html
    assert "Activity_plates" not in html
    assert "relationship" not in html


def test_a_step_of_a_case_says_what_happened(client):
    case = noticed_case()
    client.force_login(make_user(is_superuser=True))

    page = client.post(
        reverse("admin:fund_assistancecase_transition", args=[case.pk, "withdraw"]), {"reason": "本人放弃"}, follow=True
    ).content.decode()

    assert re.search(f"已办好：[^，]+，{case.case_no}。", page)


def test_exports_and_the_workbook_name_colleagues_family_name_first(client, demo, tmp_path):
    client.force_login(get_user_model().objects.get(username="street"))

    response = client.post("/admin/reports/", {"year": "2018"})
    (tmp_path / "a.xlsx").write_bytes(response.getvalue())

    book = load_workbook(tmp_path / "a.xlsx")
    words = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert [word for word in words if "黄志文" in word]
    assert not [word for word in words if "志文 黄" in word]
    assert not [name for name in book.sheetnames if re.search("[a-z]", name)]
    signed = [row[7].value for row in book["R6 救助慰问"].iter_rows(min_row=5) if row[7].value]
    assert not [value for value in signed if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value))]


def test_long_names_of_pots_are_told_apart_on_the_tabs_of_the_workbook():
    pots = [Pot(name=f"桂南县荔香街道荔园社区机关离退休干部{word}党支部活动经费") for word in ("第一", "第二")]

    tabs = [_tab("R5 收支 %(pot)s", pot) for pot in pots]

    assert len(set(tabs)) == 2
    assert all(len(tab) <= LONGEST_SHEET_NAME for tab in tabs)

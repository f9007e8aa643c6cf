"""The box and the menu of the office on the demo: numbers open their records, whatever is found costs one query."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fund.models import AssistanceCase, Donation, Statement
from tests.site.test_office_search import SEARCH, opened, page_of, titles

pytestmark = pytest.mark.django_db


def test_numbers_of_the_demo_open_their_records(demo, client):
    client.force_login(get_user_model().objects.get(username="admin"))
    gift = Donation.objects.exclude(receipt_no="").latest("pk")
    case = AssistanceCase.objects.exclude(case_no="").latest("pk")
    statement = Statement.objects.exclude(number=None).latest("pk")

    assert opened(client, gift.receipt_no) == page_of(gift)
    assert opened(client, case.case_no) == page_of(case)
    for words in (f"〔{statement.year}〕{statement.year_number} 号", f"{statement.year}-{statement.year_number}"):
        assert page_of(statement) in client.get(SEARCH, {"q": words}).content.decode()
    assert opened(client, statement.short_code) == page_of(statement)


def test_who_may_not_see_a_kind_of_record_finds_none_of_it(demo, client):
    client.force_login(get_user_model().objects.get(username="point"))
    gift = Donation.objects.exclude(receipt_no="").latest("pk")

    assert opened(client, gift.receipt_no) is None
    assert titles(client, gift.receipt_no) == []


def test_records_of_every_kind_cost_one_query(demo, client):
    client.force_login(get_user_model().objects.get(username="admin"))
    client.get(SEARCH, {"q": "zz"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(SEARCH, {"q": "李"})

    assert len(queries) <= 6, [query["sql"][:90] for query in queries]
    assert sum("UNION ALL" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("role", ["", "secretary", "fund_keeper", "point_keeper"])
def test_the_menu_has_eight_entries_and_remembers_without_a_script_whether_the_rest_is_shown(demo, client, role):
    names = {"": "admin", "secretary": "secretary-a", "fund_keeper": "keeper", "point_keeper": "point"}
    client.force_login(get_user_model().objects.get(username=names[role]))
    menu = client.get("/admin/").context["menu"]
    assert len(menu.entries) == 8
    assert not menu.is_open
    assert menu.entries[0].label == "今天"

    assert client.get("/admin/menu/open/", {"next": "/admin/"}).url == "/admin/"
    assert client.get("/admin/").context["menu"].is_open
    client.get("/admin/menu/closed/")
    assert not client.get("/admin/").context["menu"].is_open

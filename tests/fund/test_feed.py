"""Whoever subscribes reads what is new on the board, in the language of the address, and nothing private."""

from datetime import date
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest

from tests.fund.make import make_quarter, published
from tests.site.test_public_pages import names_to_hide

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return [
        (
            entry.findtext(f"{ATOM}title"),
            entry.findtext(f"{ATOM}summary"),
            entry.find(f"{ATOM}link").get("href"),
            entry.findtext(f"{ATOM}updated"),
        )
        for entry in fromstring(answer.content).findall(f"{ATOM}entry")
    ]


def test_published_statements_and_corrections_stand_in_the_feed_newest_first(client):
    pot, second = make_quarter()
    correction = published(
        pot, second.period_from, second.period_to, on=date(2018, 7, 18), corrects=second, correction_reason="备注写错"
    )

    items = [
        entry for entry in entries(client.get(f"/fund/feed.xml?pot={pot.code}")) if "/fund/statements/" in entry[2]
    ]

    assert [entry[0] for entry in items] == [
        f"2018年第二季度 {correction.office_number}，更正 {second.office_number}",
        f"2018年第二季度 {second.office_number}",
        "2018年第一季度 〔2018〕1 号",
    ]
    assert items[0][1] == (
        f"上期结余 2,200.00 元，收入 3,600.00 元，支出 2,400.00 元，期末结余 3,400.00 元。校验码 {correction.short_code}。"
    )
    assert items[0][2] == f"http://testserver/fund/statements/{correction.number}/"
    assert items[0][3] == "2018-07-18T00:00:00+08:00"


def test_the_language_of_the_address_is_the_language_of_the_feed(client):
    pot, _statement = make_quarter()

    answer = client.get(f"/en/fund/feed.xml?pot={pot.code}")

    assert b'xml:lang="en"' in answer.content
    assert entries(answer)[0][0].startswith("second quarter of 2018")
    assert entries(answer)[0][2].startswith("http://testserver/en/fund/statements/")
    assert b'xml:lang="zh-hans"' in client.get("/fund/feed.xml").content


def test_an_empty_board_and_garbage_have_a_feed_too(client):
    assert entries(client.get("/fund/feed.xml")) == []
    make_quarter()
    assert entries(client.get("/fund/feed.xml"))
    assert entries(client.get("/fund/feed.xml?pot=%00")) == entries(client.get("/fund/feed.xml"))
    assert client.post("/fund/feed.xml").status_code == 405


def test_the_feed_costs_the_same_few_queries_for_any_number_of_statements(client, django_assert_max_num_queries):
    pot, _second = make_quarter()
    with django_assert_max_num_queries(12) as few:
        client.get("/fund/feed.xml")
    published(pot, date(2018, 7, 1), date(2018, 9, 30), on=date(2018, 10, 10))

    with django_assert_max_num_queries(12) as many:
        client.get("/fund/feed.xml")

    assert len(few.captured_queries) == len(many.captured_queries)


def test_the_board_points_feed_readers_to_its_feed(client):
    pot, _statement = make_quarter()

    html = client.get(f"/fund/?pot={pot.code}").content.decode()

    assert f'<link rel="alternate" type="application/atom+xml" href="/fund/feed.xml?pot={pot.code}"' in html


def test_cases_in_their_notice_and_answers_stand_in_the_feed_without_names(client, demo):
    items = entries(client.get("/fund/feed.xml"))
    text = client.get("/fund/feed.xml").content.decode()

    assert [title for title, *_rest in items if title.startswith("救助公示")]
    assert [title for title, *_rest in items if title.startswith("答复")]
    assert "**" not in text
    assert [day for *_rest, day in items] == sorted((day for *_rest, day in items), reverse=True)
    assert not [name for name in names_to_hide() if name in text]
    for _title, _summary, address, _day in items:
        path, _hash, anchor = address.removeprefix("http://testserver").partition("#")
        page = client.get(path)
        assert page.status_code == 200
        assert not anchor or f'id="{unquote(anchor)}"' in page.content.decode(), address

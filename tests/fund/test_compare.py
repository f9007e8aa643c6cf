"""Two statements side by side: every figure is that of its own sheet, and the difference is told in words."""

import re
from datetime import date
from html import unescape

import pytest

from fund.board.compare import compare_page
from fund.board.public import pot_of
from fund.models import Statement
from tests.fund.make import make_pot, make_quarter, published

pytestmark = pytest.mark.django_db
PATH = "/fund/statements/compare/"


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def pot(db):
    return make_quarter()[0]


def numbers(pot):
    return list(Statement.objects.filter(pot=pot).order_by("sequence").values_list("number", flat=True))


def test_two_statements_stand_side_by_side_the_earlier_one_left(client, pot):
    first, second = numbers(pot)

    forth = client.get(PATH, {"pot": pot.code, "a": first, "b": second})
    back = client.get(PATH, {"pot": pot.code, "a": second, "b": first})

    words = text_of(forth)
    assert "期末结余 2,200.00 元" in words
    assert "期末结余 3,400.00 元： 多 1,200.00 元" in words.replace("：多", "： 多")
    rows = dict(re.findall(r'<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', forth.content.decode()))
    figures = {
        name: [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        for name, cells in rows.items()
    }
    assert figures["上期结余"] == ["0.00", "2,200.00", "多 2,200.00 元"]
    assert figures["党员捐款"] == ["0.00", "3,600.00", "多 3,600.00 元"]
    assert figures["社会捐款"] == ["2,200.00", "0.00", "少 2,200.00 元"]
    assert figures["救助"] == ["0.00", "600.00", "多 600.00 元"]
    assert figures["期末结余"] == ["2,200.00", "3,400.00", "多 1,200.00 元"]
    assert re.findall(r"<td.*</td>", forth.content.decode()) == re.findall(r"<td.*</td>", back.content.decode())


def test_without_a_choice_the_newest_two_are_compared(client, pot):
    page = compare_page(pot_of(pot.code), {})

    assert [page.a, page.b] == numbers(pot)
    assert page.comparison.closing.difference == page.comparison.second.closing - page.comparison.first.closing
    assert "selected>" in client.get(PATH, {"pot": pot.code}).content.decode()


@pytest.mark.same_everywhere
@pytest.mark.parametrize("query", ["a=x&b=y", "a=%00&b=%FF", "a=" + "9" * 500, "a[]=1&b", "pot=none&a=&b=", "a=1'--"])
def test_garbage_compares_nothing_and_breaks_nothing(client, pot, query):
    assert client.get(f"{PATH}?{query}").status_code == 200


def test_one_statement_twice_is_no_comparison(client, pot):
    number = numbers(pot)[0]

    assert "请选择两期不同的" in text_of(client.get(PATH, {"pot": pot.code, "a": number, "b": number}))


def test_before_the_first_statement_there_is_nothing_to_compare(client):
    assert client.get(PATH).status_code == 200
    pot = make_pot()

    assert "还没有两期公示可以对照" in text_of(client.get(PATH, {"pot": pot.code}))


@pytest.mark.same_everywhere
def test_comparing_costs_the_same_few_queries_for_any_number_of_statements(client, pot, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        client.get(PATH, {"pot": pot.code})
    for month in range(7, 13):
        last = date(2018, month, 28) if month < 12 else date(2018, 12, 31)
        first = date(2018, month, 1) if month == 7 else date(2018, month - 1, 29)
        published(pot, first, last, on=date(2019, 1, 10))

    with django_assert_max_num_queries(12) as many:
        client.get(PATH, {"pot": pot.code})

    assert len(few.captured_queries) == len(many.captured_queries)


def test_the_list_of_statements_leads_to_the_comparison(client, pot):
    assert f'href="{PATH}?pot={pot.code}"' in client.get(f"/fund/statements/?pot={pot.code}").content.decode()

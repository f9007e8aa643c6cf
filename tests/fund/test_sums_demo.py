"""On every board page of the demo, each total is the sum of the lines it leads to, and each count their number."""

import re
from html import unescape

import pytest

from fund.models import Pot, Statement
from tests.fund.test_pages import linked_totals, shown_amounts

COUNTED = re.compile(r'<a class="go go-quiet" href="(/fund/lines/[^"#]*)">看 ([\d,]+) 笔')
DAYS = range(2015, 2019)


def board_pages():
    for code in Pot.objects.order_by("id").values_list("code", flat=True):
        yield f"/fund/?pot={code}"
        yield f"/fund/statements/?pot={code}"
        yield f"/fund/statements/?pot={code}&page=2"
    yield "/fund/pots/"
    for year in DAYS:
        yield f"/fund/pots/?year={year}"
    for number in Statement.objects.published().values_list("number", flat=True):
        yield f"/fund/statements/{number}/"
    yield "/"


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_a_crawler_finds_every_total_to_be_the_sum_of_its_lines(client):
    known, totals, counts = {}, 0, 0

    def lines_of(address):
        if address not in known:
            known[address] = shown_amounts(client, address)
        return known[address]

    for page in board_pages():
        html = client.get(page).content.decode()
        for address, amount in linked_totals(html):
            assert lines_of(address)[0] == amount, (page, address)
            totals += 1
        for address, number in COUNTED.findall(html):
            shown = re.search(r"<dd>([\d,]+) 笔</dd>", lines_of(unescape(address))[1])
            assert shown[1] == number, (page, address)
            counts += 1

    assert totals > 100
    assert counts >= 10

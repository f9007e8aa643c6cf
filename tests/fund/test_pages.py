"""Whether residents can read every figure, follow it to the lines that sum to it, and find nobody's secrets there."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from fund.disclosure.statements.actions import draft_statement
from fund.disclosure.statements.public import statement_page
from fund.donations.actions import receive_donation, return_donation
from fund.models import Pot
from tests.fund.make import OPENED, book, make_donation, make_pot, make_quarter, paid_case, published
from tests.make import make_user

pytestmark = pytest.mark.django_db
SECRETS = ["14000000001", "serious_illness", "住院透析", "桂南县秘密"]


def text_of(response):
    html = response.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_sheet_of_the_second_quarter_reads_as_in_the_handbook(client):
    _, statement = make_quarter()

    response = client.get(statement.get_absolute_url())

    text = text_of(response)
    assert response.status_code == 200
    for words in (
        "2,200.00 ＋ 3,600.00 － 2,400.00 ＝ 3,400.00",
        "党员 30 人捐款（28 人各 100 元，2 人各 400 元）",
        "救助困难党员 2 人（韦**、陈**）",
        "每人 300 元",
        "“七一”走访慰问 30 人",
        "每人 60 元",
        "叁仟肆佰元整",
        "2018年7月10日至2018年7月18日（7 个工作日）",
        " ".join(statement.short_code.split("-")),
    ):
        assert words in text
    assert text.count("爱心人士") == 10
    assert "黄英德" in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_answer_whatever_the_address_says(client, prefix):
    paths = [
        "/fund/",
        "/fund/?pot=%00nothing&year=abc&page=999999999999&kind=%00",
        "/fund/statements/",
        "/fund/statements/?year=99999&kind=x&q=%00%27&page=-1",
        "/fund/lines/",
        "/fund/lines/?year=0&quarter=9&side=x&kind=<b>&q=%00&page=zz&statement=%00x&since=2018-99-99",
        "/fund/lines/?year=99999999999999999999",
    ]
    assert {path: client.get(prefix + path).status_code for path in paths} == dict.fromkeys(paths, 200)
    make_quarter()
    assert {path: client.get(prefix + path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_an_unknown_or_unpublished_statement_is_not_there(client):
    pot = make_pot(holding=100)
    draft_statement(pot=pot, period_from=OPENED, period_to=date(2018, 3, 31), by=make_user())

    assert client.get("/fund/statements/none/").status_code == 404
    assert client.get(f"/fund/statements/{pot.code}-2018-1/").status_code == 404
    assert "waits" not in client.get("/en/fund/statements/").content.decode()


def figures(html, name):
    match = re.search(rf'class="lines-{name}">([\d,.−-]+)', html)
    return Decimal(match[1].replace(",", "")) if match else None


def linked_totals(html):
    """Every link to movements with the amount inside it, or the amount right beside it in its table row."""
    for row in re.findall(r"<tr(?: [^>]*)?>.*?</tr>|<p(?: [^>]*)?>.*?</p>|<dd>.*?</dd>", html, re.S):
        links = re.findall(r'<a [^>]*href="([^"]*/lines/[^"]*)"[^>]*>(.*?)</a>', row, re.S)
        for address, inner in links:
            amounts = re.findall(r"-?[\d,]+\.\d\d", inner) or re.findall(r"-?[\d,]+\.\d\d", row)
            if amounts:
                yield unescape(address), Decimal(amounts[-1].replace(",", ""))


def shown_amounts(client, address):
    """The sum of all lines over all pages, read off the cells."""
    total, number = Decimal(0), 1
    while True:
        html = client.get(f"{address}&page={number}").content.decode()
        cells = re.findall(r'<td [^>]*class="num key"[^>]*>(-?[\d,]+\.\d\d)</td>', html)
        total += sum((Decimal(cell.replace(",", "")) for cell in cells), Decimal(0))
        if f"page={number + 1}" not in html:
            return total, html
        number += 1


@pytest.mark.same_everywhere
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_linked_total_is_the_sum_of_its_lines(client, prefix):
    pot, statement = make_quarter()
    gift = receive_donation(make_donation(pot=pot, donated_on=date(2018, 7, 2)), by=make_user())
    return_donation(gift, by=make_user(), on=date(2018, 7, 3), reason="退回")
    book(pot, pot.use("fee"), pot.cash, "1.50", date(2018, 8, 1))
    book(pot, pot.bank, pot.cash, 500, date(2018, 8, 1))
    checked = set()

    for page in (f"{prefix}/fund/", f"{prefix}/fund/statements/", f"{prefix}{statement.get_absolute_url()}"):
        for address, amount in linked_totals(client.get(page).content.decode()):
            total, html = shown_amounts(client, address)
            side = "income" if "side=income" in address else "spending"
            assert (total, figures(html, side)) == (amount, amount), (page, address)
            checked.add(address)

    assert len(checked) >= 14
    lines = client.get(f"{prefix}/fund/lines/?pot={pot.code}").content.decode()
    assert figures(lines, "total") == pot.balance() == Decimal("3398.50")


def test_a_board_of_each_kind_of_pot_is_shown_and_chosen_by_its_name(client):
    fund, other = make_pot(holding=100), make_pot(kind=Pot.Kind.ACTIVITY)
    book(other, other.bank, other.source("dues_rebate"), 2600, date(2018, 1, 5))

    assert fund.name in text_of(client.get("/fund/"))
    text = text_of(client.get(f"/fund/?pot={other.code}"))
    assert "2,600.00" in text
    assert "党费返还" in text


def test_nothing_private_is_shown_on_any_page(client):
    pot = make_pot(holding=1000)
    users = [make_user(), make_user(), make_user()]
    paid_case(
        pot=pot,
        beneficiary="欧阳怀德",
        reason=SECRETS[2],
        citizen_id=SECRETS[3],
        address=SECRETS[3],
        phone=SECRETS[0],
        by=users,
        on=date(2018, 4, 24),
    )
    receive_donation(
        make_donation(pot=pot, donor="阿依·买买提", phone=SECRETS[0], purpose="给孙家", donated_on=date(2018, 5, 1)),
        by=users[0],
    )
    receive_donation(
        make_donation(pot=pot, donor="覃无名", publicity="anonymous", donated_on=date(2018, 5, 1)), by=users[0]
    )
    statement = published(pot, OPENED, date(2018, 6, 30))

    for path in ("/fund/", "/fund/lines/", "/fund/notices/", "/fund/statements/", statement.get_absolute_url()):
        html = client.get(path).content.decode()
        for secret in [*SECRETS, "欧阳怀德", "阿依·买买提", "覃无名", "给孙家"]:
            assert secret not in html, path
    html = client.get("/fund/lines/").content.decode()
    assert "欧***" in html
    assert "阿****提" in html
    assert "爱心人士" in html


@pytest.mark.same_everywhere
@pytest.mark.parametrize("path", ["/fund/", "/fund/lines/", "/fund/statements/"])
def test_pages_ask_the_same_few_queries_however_much_there_is(client, django_assert_max_num_queries, path):
    pot, _ = make_quarter()
    with django_assert_max_num_queries(12) as few:
        client.get(path)
    # A page without a round asks for no visits, so it may be one query less.
    for number in range(40):
        receive_donation(make_donation(pot=pot, donor=f"莫安{number}", donated_on=date(2018, 7, 2)), by=make_user())
    published(pot, date(2018, 7, 1), date(2018, 9, 30))

    with django_assert_max_num_queries(12) as many:
        client.get(path)

    assert len(few.captured_queries) - 1 <= len(many.captured_queries) <= len(few.captured_queries)


def test_the_sheet_costs_the_same_few_queries_for_any_period(client, django_assert_max_num_queries):
    _, statement = make_quarter()

    with django_assert_max_num_queries(12):
        client.get(statement.get_absolute_url())


@pytest.mark.same_everywhere
def test_a_correction_and_what_it_corrects_point_to_each_other(client):
    pot, first = make_quarter()
    correction = published(
        pot, first.period_from, first.period_to, on=date(2018, 7, 18), corrects=first, correction_reason="备注写错"
    )

    old, new = text_of(client.get(first.get_absolute_url())), text_of(client.get(correction.get_absolute_url()))

    assert "〔2018〕3 号" in old
    assert "〔2018〕2 号" in new
    assert "备注写错" in new


def test_before_and_after_a_statement_stand_the_neighbouring_periods_and_no_correction_of_its_own(client):
    pot, first = make_quarter()
    correction = published(
        pot, first.period_from, first.period_to, on=date(2018, 7, 18), corrects=first, correction_reason="备注写错"
    )
    third = published(pot, date(2018, 7, 1), date(2018, 9, 30), on=date(2018, 10, 10))

    for statement in (first, correction):
        page = statement_page(statement.number)
        assert (page.previous.label, page.next.number) == ("2018年第一季度", third.number)
        assert page.previous.closing == page.opening
        assert page.next.opening == page.closing
    assert statement_page(third.number).previous.number == correction.number

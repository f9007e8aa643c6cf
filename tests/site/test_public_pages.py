"""Every public page, found by following links: it answers, it is cheap, and it gives nobody away."""

import re
from typing import NamedTuple

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from branches.models import CommitteeSeat
from config.kit import clock
from config.kit.private_forms import private_fields
from fund.models import AssistanceCase, CondolenceVisit, Donation
from honours.models import Honour, RoleModel
from members.models import Member
from tests.fund.lifted_triggers import lifted
from tests.reading import info_of, squeezed, text_of_pdf
from tests.site.crawling import crawl
from tests.site.html_checker import findings, keep, skipped_headings
from tests.site.test_demo_clock import real_years

pytestmark = pytest.mark.django_db

SHOWN_BY_WISH = {("fund.statementname", "name")}


@pytest.fixture(scope="module")
def pages(demo):
    """Every public page of the demo, as a visitor gets it, while every private field holds what `PLANTED` marks."""
    pages = []
    clock.today()  # looked up once a process
    with transaction.atomic():
        assert len(plant()) > 15
        crawl(Client(), lambda *page: pages.append(Page.of(*page)))
        transaction.set_rollback(True)
    return pages


class Page(NamedTuple):
    """What is left of an answer of the test client, whose own keeps the contexts of all its templates."""

    address: str
    status: int
    kind: str
    headers: str
    cookies: tuple
    content: bytes
    queries: int

    @classmethod
    def of(cls, address, response, content, queries):
        kind, headers, cookies = response["Content-Type"], str(response.headers), tuple(response.cookies)
        return cls(address, response.status_code, kind, headers, cookies, content, queries)


@pytest.mark.same_everywhere
def test_every_public_page_answers_with_few_queries_and_no_session(pages):
    assert len(pages) > 150
    for page in pages:
        assert page.status == 200, page.address
        assert "sessionid" not in page.cookies, page.address
        assert page.queries <= 12, (page.address, page.queries)


@pytest.mark.same_everywhere
def test_public_pages_are_valid_html_and_skip_no_heading(pages, tmp_path):
    shown = [page for page in pages if "text/html" in page.kind]
    for number, page in enumerate(shown):
        keep(tmp_path, number, page.address, page.content)

    assert len(shown) > 100
    assert skipped_headings(tmp_path) == []
    assert findings(tmp_path) == []


@pytest.mark.same_everywhere
def test_public_pages_feeds_and_files_lie_in_the_year_of_the_demo(pages):
    read = [page for page in pages if "text" in page.kind or "json" in page.kind]

    assert {page.address: real_years(page.content)[:3] for page in read if real_years(page.content)} == {}


# Addresses, check codes in capitals, short names of pots and numbers of statements.
CODES = re.compile(
    r"https?://\S+|(?:/[\w.-]+)+/?|\b[A-Z0-9]+(?:-[A-Z0-9]+)*\b|\b(?:mutual-aid|activity-[ab]|equipment|allowance)[\w-]*"
)


@pytest.mark.same_everywhere
def test_papers_and_tables_of_the_demo_hold_no_latin_word_but_codes(pages):
    texts = {}
    for page in pages:
        if page.kind == "application/pdf":
            texts[page.address] = text_of_pdf(page.content)
        elif page.kind.startswith("text/csv"):
            texts[page.address] = page.content.decode("utf-8-sig")
    chinese = {address: text for address, text in texts.items() if not address.startswith("/en/")}

    assert sum(address.endswith(".csv") for address in chinese) > 10
    assert sum(".pdf" in address for address in chinese) > 10
    latin = {address: re.findall(r"[A-Za-z]{2,}", CODES.sub("", text)) for address, text in chinese.items()}
    assert {address: words for address, words in latin.items() if words} == {}


# What only the office reads although it is not encrypted.
OFFICE_WORDS = {
    "fund.donation": ["remark", "purpose", "handler"],
    "fund.condolenceround": ["visitors", "remark"],
    "fund.fundmember": ["name", "remark"],
    "fund.posting": ["posted_by", "remark"],
    "fund.casestep": ["remark"],
    "fund.cashcount": ["reason"],
    "fund.allowanceline": ["name"],
}


def plant():
    """Put a telling text into every encrypted field and every word of the office alone; returns the encrypted texts."""
    planted = []
    with lifted(connection):
        for model in apps.get_models():
            label = model._meta.label_lower
            for name in private_fields(model):
                if (label, name) in SHOWN_BY_WISH or name == "payload":
                    continue
                text = f"PLANTED-{label}-{name}"
                model._base_manager.update(**{name: text})
                planted.append(text)
            for name in OFFICE_WORDS.get(label, ()):
                model._base_manager.update(**{name: f"PLANTED-{name}"[: model._meta.get_field(name).max_length]})
    return planted


def names_to_hide():
    """Full names that no consent shows: the roster's, donors' without their word, everybody's who was helped."""
    shown = {*CommitteeSeat.objects.values_list("name", flat=True), *RoleModel.objects.values_list("name", flat=True)}
    shown |= {*Honour.objects.values_list("winner", flat=True)}
    shown |= {*Donation.objects.filter(publicity="named").values_list("donor", flat=True)}
    hidden = {*Member.objects.values_list("name", flat=True)}
    hidden |= {*Donation.objects.exclude(publicity="named").values_list("donor", flat=True)}
    hidden |= {case.beneficiary for case in AssistanceCase.objects.all()}
    hidden |= {visit.name for visit in CondolenceVisit.objects.all()}
    return hidden - shown


@pytest.mark.same_everywhere
def test_nothing_private_is_on_any_public_page(pages):
    hidden = names_to_hide()
    assert len(hidden) > 300

    for page in pages:
        text = page.content.decode(errors="ignore") + page.headers
        if page.kind == "application/pdf":
            text += squeezed(text_of_pdf(page.content)) + repr(info_of(page.content))
        assert "PLANTED" not in text, page.address
        names = {name for name in hidden if name in text}
        assert not names, (page.address, names)


def test_nothing_private_is_readable_in_the_database(demo):
    planted = plant()

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            assert not [text for text in planted if text in rows], table


def test_the_figures_are_open_data_and_their_rows_are_there(client, demo):
    data = client.get("/open-data/programme.json").json()["figures"]

    wanted = {
        "branches": 2, "members": 91, "nameplates": 5, "venue_area": 150, "equipment_total": 50_000,
        "activity_money": 12_000, "allowance_total": 4_800, "volunteer_days": 10, "performances": 72, "volunteers": 1_046,
        "mentor_pairs": 8, "wishes_fulfilled": 24, "fund_members": 128, "fund_raised": 25_000, "fund_balance": 2_500, "people_helped": 275,
        "honours": 173, "visitors": 1_086, "book_titles": 216, "book_copies": 2_068,
    }  # fmt: skip
    assert {key: figure["number"] for key, figure in data.items()} == wanted
    assert data["members"]["unit"] == "人"
    assert data["members"]["period"] == "2018-10-31"
    for key, figure in data.items():
        assert client.get(figure["address"]).status_code == 200, key


GARBAGE = ["?page=x", "?page=-1", "?page=99999999999999999999", "?year=abc", "?year=0", "?year=99999", "?q=%00", "?q=" + "x" * 5000,
           "?kind='\"--", "?state=%ff", "?pot=nothing", "?side=x&kind=y&year=2018&quarter=9"]  # fmt: skip


@pytest.mark.same_everywhere
def test_no_garbage_in_an_address_breaks_a_public_page(client, demo):
    pages = ["/", "/branches/", "/activities/", "/volunteers/", "/wishes/", "/fund/", "/fund/statements/", "/fund/lines/",
             "/honours/", "/honours/education-point/", "/honours/education-point/books/", "/honours/education-point/visit/",
             "/search/", "/open-data/", "/activities/999999999999999999999/", "/fund/statements/no-such-number/"]  # fmt: skip
    for page in pages:
        for tail in GARBAGE:
            response = client.get(page + tail)
            assert response.status_code in {200, 400, 404}, page + tail

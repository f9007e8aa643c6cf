"""An installation without records: every page answers, reports are honest, and the demo can be loaded, twice the same."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import load_workbook

from config.site.demo.accounts import DEMO_PASSWORD
from config.site.demo.loading import load_demo
from config.site.yearbook import write_yearbook
from fund.models import Entry, Statement
from members.models import Member
from tests.fund.lifted_triggers import lifted
from tests.make import make_organization
from tests.site.crawling import crawl

pytestmark = pytest.mark.django_db


def test_an_empty_installation_answers_every_page(client, db):
    def visit(address, response, content, queries):
        assert response.status_code == 200, address

    assert crawl(client, visit) > 15


def test_a_year_without_data_is_an_honest_empty_yearbook(db, tmp_path):
    path = write_yearbook(2016, tmp_path / "e.xlsx")

    rows = load_workbook(path, data_only=True)["R12 数据一览"].iter_rows(values_only=True)
    assert next(row for row in rows if row[0] == "互助基金已筹集")[2:5] == (0, 0, 0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"out": "x.csv"}, "xlsx"),
        ({"out": "no/such/folder/x.xlsx"}, "folder"),
        ({"out": "x.xlsx", "branch": "无"}, "branch"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(db, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("yearbook", 2018, **options)


def test_no_demo_account_is_named_before_the_demo_is_loaded(client):
    assert "secretary-a" not in client.get("/admin/login/").content.decode()


@pytest.mark.same_everywhere
@pytest.mark.django_db(transaction=True)
def test_two_loads_give_the_same_records(demo_database):
    def records():
        codes = list(Statement.objects.order_by("sequence").values_list("short_code", flat=True))
        people = [(row.name, row.citizen_id, row.phone, row.address) for row in Member.objects.order_by("id")]
        digests = list(Entry.objects.order_by("id").values_list("digest", flat=True))
        return codes, people, digests

    # Keys are part of the digests, so both loads start where an empty database does.
    with lifted(connection):
        call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    load_demo(DEMO_PASSWORD)
    first = records()
    with demo_database.entered():
        second = records()

    assert first == second
    assert len(first[0]) == 15


def test_the_demo_is_refused_over_the_records_of_an_office():
    make_organization()

    with pytest.raises(CommandError, match="演示数据"):
        call_command("load_demo")
    assert not Member.objects.exists()

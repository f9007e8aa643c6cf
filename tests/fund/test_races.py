"""Whether processes that book at the same moment book once, in order, and never more than there is."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from config.environment import BASE_DIR

PROCESSES, SHARED, OWN = 4, 10, 10
OPEN_BOOKS = """
import django; django.setup()
from datetime import date
from django.contrib.auth import get_user_model
from branches.models import Organization
from fund.ledger.actions import open_pot
clerk = get_user_model().objects.create(username="clerk")
place = Organization.objects.create(kind="community", name="测试社区")
open_pot(organization=place, name="测试基金", kind="mutual_aid", code="pot", opened_on=date(2018, 1, 1), by=clerk)
"""

OPEN_CASE = (
    OPEN_BOOKS
    + """
from fund.actions import post
from fund.help.cases import actions
from fund.models import AssistanceCase, Pot
pot, people = Pot.objects.get(), [get_user_model().objects.create(username=f"person{number}") for number in range(6)]
post(pot=pot, debit=pot.cash, credit=pot.source("interest"), amount=1000, booked_on=date(2018, 1, 2), summary="x", by=clerk)
case = AssistanceCase(pot=pot, beneficiary="陈志强", applied_on=date(2018, 4, 2), applied_amount=300)
actions.propose_case(case, by=people[0])
actions.review_case(case, by=people[0], on=date(2018, 4, 2), votes_for=9)
actions.check_case(case, by=people[0], on=date(2018, 4, 2))
actions.approve_case(case, by=people[1], on=date(2018, 4, 2))
from datetime import UTC, datetime
from config.kit import clock
with clock.set_to(lambda: datetime(2018, 4, 2, 2, tzinfo=UTC)):
    actions.start_notice(case, by=people[1])
actions.end_notice(case, by=people[1], on=date(2018, 4, 18))
"""
)
PAY_CASE = """
import sys; import django; django.setup()
from datetime import date
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from fund.help.cases import actions
from fund.models import AssistanceCase
case, cashier = AssistanceCase.objects.get(), get_user_model().objects.get(username=sys.argv[1])
try:
    print(actions.pay_case(case, by=cashier, on=date(2018, 4, 18)).entry.number)
except ValidationError as refusal:
    print(refusal.code)
"""


@pytest.fixture
def surroundings(transactional_db, tmp_path):
    """Environment of a process that works on a database of its own: a copy of the empty tables, or the test's PostgreSQL."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path / 'race.sqlite3'}"
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "race.sqlite3")) as copy:
            connection.connection.backup(copy)
    else:
        db = connection.settings_dict
        host = quote(db["HOST"], safe="") or "localhost"
        url = (
            f"postgres://{db['USER']}:{db['PASSWORD']}@{host}{':' + str(db['PORT']) if db['PORT'] else ''}/{db['NAME']}"
        )
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "PYTHONPATH": str(BASE_DIR),
    }


def test_processes_at_the_same_moment_book_once_and_never_too_much(surroundings):
    subprocess.run([sys.executable, "-c", OPEN_BOOKS], cwd=BASE_DIR, env=surroundings, check=True)

    processes = [
        subprocess.Popen(
            [sys.executable, "tests/fund/posting_process.py", str(SHARED), str(OWN)],
            cwd=BASE_DIR,
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120)[0].split() for process in processes]

    assert [process.returncode for process in processes] == [0] * PROCESSES
    shared = [words[: 2 * SHARED] for words in said]
    assert all(words == shared[0] for words in shared)
    own = [word for words in said for word in words[2 * SHARED :]]
    # Ten yuan in the cash box and ten in the bank pay sixteen times sixty fen each; every further payment is refused.
    assert (own.count("overdraft"), len({word for word in own if word.isdigit()})) == (2 * (PROCESSES * OWN - 16), 32)
    subprocess.run([sys.executable, "manage.py", "verify"], cwd=BASE_DIR, env=surroundings, check=True)


def test_cashiers_who_pay_one_case_at_the_same_moment_pay_it_once(surroundings):
    subprocess.run([sys.executable, "-c", OPEN_CASE], cwd=BASE_DIR, env=surroundings, check=True)

    cashiers = [
        subprocess.Popen(
            [sys.executable, "-c", PAY_CASE, f"person{number}"],
            cwd=BASE_DIR,
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in (2, 3, 4, 5)
    ]
    said = sorted(cashier.communicate(timeout=120)[0].strip() for cashier in cashiers)

    assert said == ["2", "wrong_step", "wrong_step", "wrong_step"]
    subprocess.run([sys.executable, "manage.py", "verify"], cwd=BASE_DIR, env=surroundings, check=True)

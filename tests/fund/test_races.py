"""Whether clerks who book at the same moment book once, in order, and never more than there is."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from config.environment import BASE_DIR

CLERKS, SHARED, OWN = 4, 10, 10
OPEN_BOOKS = """
import django; django.setup()
from datetime import date
from django.contrib.auth import get_user_model
from branches.models import Organization
from fund.actions import open_pot
clerk = get_user_model().objects.create(username="clerk")
place = Organization.objects.create(kind="community", name="测试社区")
open_pot(organization=place, name="测试基金", kind="mutual_aid", code="pot", opened_on=date(2018, 1, 1), by=clerk)
"""


@pytest.fixture
def surroundings(transactional_db, tmp_path):
    """Environment of a process that works on a database of its own: a file, or the test's PostgreSQL."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path / 'race.sqlite3'}"
    else:
        db = connection.settings_dict
        host = quote(db["HOST"], safe="") or "localhost"
        url = (
            f"postgres://{db['USER']}:{db['PASSWORD']}@{host}{':' + str(db['PORT']) if db['PORT'] else ''}/{db['NAME']}"
        )
    env = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "PYTHONPATH": str(BASE_DIR),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=BASE_DIR, env=env, check=True)
    return env


def test_clerks_at_the_same_moment_book_once_and_never_too_much(surroundings):
    subprocess.run([sys.executable, "-c", OPEN_BOOKS], cwd=BASE_DIR, env=surroundings, check=True)

    clerks = [
        subprocess.Popen(
            [sys.executable, "tests/fund/clerk.py", str(SHARED), str(OWN)],
            cwd=BASE_DIR,
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(CLERKS)
    ]
    said = [clerk.communicate(timeout=120)[0].split() for clerk in clerks]

    assert [clerk.returncode for clerk in clerks] == [0] * CLERKS
    shared = [words[:SHARED] for words in said]
    assert all(words == shared[0] for words in shared)
    own = [word for words in said for word in words[SHARED:]]
    # Ten yuan pay sixteen times sixty fen; every further clerk is refused.
    assert (own.count("overdraft"), len({word for word in own if word.isdigit()})) == (CLERKS * OWN - 16, 16)
    subprocess.run([sys.executable, "manage.py", "verify"], cwd=BASE_DIR, env=surroundings, check=True)

"""The suite's surroundings: keys of its own, Chinese compiled, and no trace in the installation's folder.

SQLite by default; `python -m tests.cluster pytest …` runs the same beside a PostgreSQL of its own.
"""

import os

import pytest
from django.conf import settings as project

from config.translation import compile_catalogues

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop and the ORM share a thread


def pytest_configure(config):
    project.SECRET_KEY = "only-for-tests-" + "x" * 50
    project.FIELD_KEYS = ["test:" + "11" * 32]
    project.ENVIRONMENT_PROBLEMS = []
    if not hasattr(config, "workerinput"):
        compile_catalogues()
    _let_tests_empty_the_ledger()


def _let_tests_empty_the_ledger():
    """Tests that commit are followed by emptying every table, which the triggers of the ledger rightly refuse."""
    from django.db import connection
    from django.test import TransactionTestCase

    from fund.triggers import lifted

    empty = TransactionTestCase._fixture_teardown

    def empty_with_triggers_lifted(self):
        with lifted(connection):
            empty(self)

    TransactionTestCase._fixture_teardown = empty_with_triggers_lifted


@pytest.fixture(autouse=True)
def quick_surroundings(settings, tmp_path):
    """Plain static names (no manifest on a clean clone), quick password hashes, media that vanish."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture
def demo(db):
    """The demo community, loaded into the test's own transaction."""
    from config.site.demo import load_demo

    load_demo("yure-demo-2018")

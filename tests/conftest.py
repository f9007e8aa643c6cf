"""The suite's surroundings: keys of its own, and no trace in the installation's folder.

SQLite by default; `python -m tests.cluster pytest …` runs the same beside a PostgreSQL of its own.
"""

import gc
import os
import sqlite3
import tempfile
from contextlib import closing
from copy import copy
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import translation

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop and the ORM share a thread


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run the tests that a second database can make differ: those that reach it and are not marked same_everywhere",
    )


# Files that take a process minutes, the longest first: begun last they would keep one process busy and the other waiting.
LONGEST = [
    "test_axe.py",
    "test_case_sequences.py",
    "test_reading.py",
    "test_garbage.py",
    "test_first_start.py",
    "test_triggers.py",
    "test_public_pages.py",
    "test_html.py",
]


def pytest_collection_finish(session):
    """Pages leave few cycles to look for, and none among what was imported: a tenth of the time of a page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_collection_modifyitems(config, items):
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))
    if not config.getoption("--database-only"):
        return
    reaching = [item for item in items if reaches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(reaching)])
    items[:] = reaching


def reaches_database(item):
    if item.get_closest_marker("same_everywhere"):
        return False
    fixtures = {"db", "transactional_db", "django_db_setup", "demo", "live_server"}
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def pytest_configure(config):
    folder = tempfile.TemporaryDirectory(prefix="yure")
    config.add_cleanup(folder.cleanup)
    # Files are handed to processes in the order above, not by how many tests they hold.
    config.option.loadscopereorder = False
    project.SECRET_KEY = "only-for-tests-" + "x" * 50
    project.FIELD_KEYS = ["test:" + "11" * 32]
    project.ENVIRONMENT_PROBLEMS = []
    project.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    project.MEDIA_ROOT = Path(folder.name) / "media"
    project.STATIC_ROOT = Path(folder.name) / "static"
    project.STATIC_ROOT.mkdir()
    # Plain names: a clean clone has no manifest of hashed ones.
    project.STORAGES = project.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    _let_tests_empty_the_ledger()
    _copy_one_context_a_page()


def _copy_one_context_a_page():
    """`response.context` keeps what the page was given; copies for each of its hundreds of widgets cost time and memory."""
    from django.test import client, utils

    def store(found, signal, sender, template, context, **kwargs):
        found.setdefault("templates", []).append(template)
        contexts = found.setdefault("context", utils.ContextList())
        if not contexts:
            contexts.append(copy(context))

    client.store_rendered_templates = store


def _let_tests_empty_the_ledger():
    """Tests that commit are followed by emptying every table, which the triggers of the ledger rightly refuse."""
    from django.test import TransactionTestCase

    from tests.fund.lifted_triggers import lifted

    empty = TransactionTestCase._fixture_teardown

    def empty_with_triggers_lifted(self):
        with lifted(connection):
            empty(self)

    TransactionTestCase._fixture_teardown = empty_with_triggers_lifted


@pytest.fixture(autouse=True)
def asks_again_which_clock():
    """Tests put other records into the same database, and the demo's clock is looked up once a process."""
    from config.site.demo import clock

    clock.forget()
    yield
    clock.forget()


@pytest.fixture(scope="session", autouse=True)
def no_new_day():
    """The first request costs what every other does; who tests the chores of a day lets it begin."""
    from config.site import daily

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(daily, "new_day", lambda: None)
        yield


@pytest.fixture(autouse=True)
def starts_in_chinese():
    """A page that was read in English leaves the thread in English."""
    translation.activate(project.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def empty_tables(django_db_setup, django_db_blocker, tmp_path_factory):
    """A SQLite file with the tests' own tables, to be copied for processes that need a database and test no migration.

    Tests that use it are marked `same_everywhere`.
    """
    path = tmp_path_factory.mktemp("empty") / "tables.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    return path


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo community, loaded once for all tests of a run."""
    from tests.demo_database import DemoDatabase

    own = tmp_path_factory.getbasetemp()  # of each process inside the one of the run, where there are several
    with django_db_blocker.unblock():
        database = DemoDatabase(own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own)
        yield database
        database.drop()


@pytest.fixture(scope="module")
def demo(demo_database, django_db_blocker):
    """The tests of a module work in the demo's database; what each test changes is rolled back after it."""
    with django_db_blocker.unblock(), demo_database.entered():
        yield

"""The demo community in a database of its own beside the tests' empty one: loaded once a run, worked in by modules.

`DemoDatabase.entered()` lets the connection work in it, `DemoDatabase.copied()` in a copy that is thrown away. Nothing of
the tests' own database is seen or changed in between.
"""

import fcntl
import shutil
import sqlite3
from contextlib import closing, contextmanager
from itertools import count

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from config.site.demo import clock
from config.site.demo.loading import load_demo

PASSWORD = "yure-demo-2018"


class SqliteStore:
    """Databases in memory, told apart by their raw connections."""

    def __init__(self):
        self.numbers = count(1)

    def current(self):
        connection.ensure_connection()
        return connection.connection, connection.settings_dict["NAME"]

    def copy(self, database):
        name = f"file:demo{next(self.numbers)}?mode=memory&cache=shared"
        raw, _name = database
        with self.using((None, name)):
            connection.ensure_connection()
            copied = connection.connection
            raw.backup(copied)
        return copied, name

    def keep(self, database, folder):
        """Put a database where other processes take theirs from."""
        with closing(sqlite3.connect(folder / "demo.sqlite3")) as target:
            database[0].backup(target)

    def take(self, folder):
        """A copy of what was kept, or None where nothing is."""
        if not (folder / "demo.sqlite3").exists():
            return None
        with closing(sqlite3.connect(folder / "demo.sqlite3")) as target:
            return self.copy((target, None))

    @contextmanager
    def using(self, database):
        before = self.current()
        connection.connection, connection.settings_dict["NAME"] = database
        try:
            yield
        finally:
            connection.connection, connection.settings_dict["NAME"] = before

    def drop(self, database):
        raw, _name = database
        if isinstance(raw, sqlite3.Connection):
            raw.close()


class PostgresStore:
    """Databases of one cluster, told apart by their names; a copy is made from a template."""

    def __init__(self):
        self.numbers = count(1)

    def current(self):
        return connection.settings_dict["NAME"]

    def copy(self, database, name=None):
        name = name or f"{self.current()}_{next(self.numbers)}"
        connection.close()  # nobody may be connected to what is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database}"')
        return name

    def keep(self, database, folder):
        """As above; it stays in the cluster, which is thrown away with the run."""
        (folder / "demo.name").write_text(self.copy(database, f"{database}_kept"))

    def take(self, folder):
        name_file = folder / "demo.name"
        return self.copy(name_file.read_text()) if name_file.exists() else None

    @contextmanager
    def using(self, database):
        before = self.current()
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    def drop(self, database):
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


class DemoDatabase:
    """Made at its first use from the tests' own database, which has to be empty then.

    `shelf` is a folder that all processes of a run share: the first one loads the demo, the others copy it and its files.
    """

    def __init__(self, folder):
        self.store = SqliteStore() if connection.vendor == "sqlite" else PostgresStore()
        with (folder / "demo.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.database = self.store.take(folder)
            if self.database is None:
                self.database = self.store.copy(self.store.current())
                with self.entered():
                    load_demo(PASSWORD)
                self.store.keep(self.database, folder)
                shutil.copytree(settings.MEDIA_ROOT, folder / "media")
            else:
                shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)

    @contextmanager
    def entered(self):
        with self._using(self.database):
            yield

    @contextmanager
    def copied(self):
        copied = self.store.copy(self.database)
        try:
            with self._using(copied):
                yield
        finally:
            self.store.drop(copied)

    def drop(self):
        self.store.drop(self.database)

    @contextmanager
    def _using(self, database):
        with self.store.using(database):
            forget_records()
            yield
        forget_records()


def forget_records():
    """What a process remembers of the database that it was connected to."""
    ContentType.objects.clear_cache()
    cache.clear()
    clock.forget()

"""Where settings come from: the environment first, then the installation's own ignored file."""

import os
import secrets
from ipaddress import ip_address
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
SECRETS_FILE = VAR_DIR / "secrets.env"


def read_secrets(path=SECRETS_FILE):
    """The `NAME=value` lines of the installation's file, or nothing where there is no such file."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def write_secrets(path=SECRETS_FILE):
    """Make the file with a fresh secret key and field key, readable by its owner alone; keep one that exists."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (
        "# Keys of this installation. Keep a copy apart from the database: without FIELD_KEYS nobody can read it.\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"FIELD_KEYS=k1:{secrets.token_hex(32)}\n"
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return True


class Environment:
    """Reads one setting by name; an empty value counts as missing."""

    def __init__(self, values, defaults):
        self.values = values
        self.defaults = defaults
        self.problems = []

    def text(self, name, default=""):
        return self.values.get(name) or self.defaults.get(name) or default

    def words(self, name, default=""):
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def addresses(self, name):
        words = self.words(name)
        for word in words:
            try:
                ip_address(word)
            except ValueError:
                self.problems.append(
                    f"{name} holds {word!r}. Write addresses such as 127.0.0.1, with commas between them."
                )
        return words

    def switch(self, name):
        value = self.text(name, "0").lower()
        if value not in {"0", "1", "true", "false", "yes", "no", "on", "off"}:
            self.problems.append(f"{name} is {value!r}. Write 1 or 0.")
        return value in {"1", "true", "yes", "on"}

    def database(self, default):
        """Django's settings of the database; a PostgreSQL, or an SQLite file in a folder that is there."""
        value, options = self.text("DATABASE_URL", default), {"conn_max_age": 60, "conn_health_checks": True}
        try:
            database = dj_database_url.parse(value, **options)
        except ValueError:
            database = {}
        engine = database.get("ENGINE", "").rpartition(".")[2]
        folder_is_there = value == default or engine != "sqlite3" or Path(database["NAME"] or ".").parent.is_dir()
        if engine in {"sqlite3", "postgresql"} and folder_is_there:
            return database
        # The value itself may hold a password, so it is not repeated.
        self.problems.append(
            "DATABASE_URL cannot be used. Write postgres://user:password@host/name, or sqlite:////folder/file.sqlite3 "
            "with a folder that exists."
        )
        return dj_database_url.parse(default, **options)

    def cache(self):
        """The address of a Redis for the cache, or nothing for the memory of this process."""
        value = self.text("CACHE_URL")
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            self.problems.append("CACHE_URL cannot be used. Write redis://host:6379/0, or leave it out.")
            return ""
        return value

    def number(self, name, default):
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()):
            self.problems.append(f"{name} is {value!r}. Write a whole number.")
            return default
        return int(value)

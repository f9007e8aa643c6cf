"""Settings come from the environment, and what is wrong with them is said in words at the start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks

from config.checks import TAG, refuse_bad_environment
from config.environment import Environment, read_secrets, write_secrets

ROOT = Path(settings.BASE_DIR)


def messages():
    return " ".join(f"{error.msg} {error.hint}" for error in checks.run_checks(tags=[TAG]))


def test_a_fresh_file_holds_keys_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "var" / "secrets.env"

    assert write_secrets(path)
    assert not write_secrets(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secrets = read_secrets(path)
    assert len(secrets["SECRET_KEY"]) >= 50
    assert secrets["FIELD_KEYS"].startswith("k1:")


def test_the_environment_wins_over_the_file_and_an_empty_value_over_nothing():
    env = Environment({"A": "1", "B": ""}, {"A": "2", "B": "3"})

    assert (env.text("A"), env.text("B"), env.text("C", "4")) == ("1", "3", "4")
    assert env.words("D", "x, y,") == ["x", "y"]


@pytest.mark.parametrize(("value", "problems"), [("1", 0), ("off", 0), ("maybe", 1)])
def test_a_switch_that_is_neither_on_nor_off_is_named(value, problems):
    env = Environment({"DEBUG": value}, {})
    env.switch("DEBUG")

    assert len(env.problems) == problems


def test_a_missing_secret_key_is_said(settings):
    settings.SECRET_KEY = ""

    assert "SECRET_KEY is missing" in messages()
    with pytest.raises(SystemExit, match="SECRET_KEY"):
        refuse_bad_environment()


def test_a_field_key_of_the_wrong_length_is_said(settings):
    settings.FIELD_KEYS = ["k1:abc"]

    assert "FIELD_KEYS cannot be used" in messages()


def test_debug_on_a_public_name_is_said(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["board.example.org"]

    assert "DEBUG is on" in messages()


@pytest.mark.django_db
def test_nothing_is_said_of_good_settings():
    refuse_bad_environment()


def run(code, **environment):
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    keys = {"SECRET_KEY": "x" * 60, "FIELD_KEYS": "k1:" + "11" * 32, "DATABASE_URL": "sqlite://:memory:"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**inherited, **keys, **environment}, capture_output=True, text=True
    )


def test_the_defaults_are_safe():
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='config.settings'\n"
        "from django.conf import settings as s\n"
        "print(s.DEBUG, s.ALLOWED_HOSTS, s.CONTENT_SECURITY_POLICY)"
    )

    printed = run(code).stdout

    assert printed.startswith("False ['127.0.0.1', 'localhost', '[::1]']")
    assert "unsafe" not in printed


def test_behind_tls_cookies_are_secure():
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE']='config.settings'\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )

    assert run(code, CSRF_TRUSTED_ORIGINS="https://board.example.org").stdout.split() == ["True"] * 3


def test_a_server_without_keys_does_not_start():
    answer = run("import config.wsgi", SECRET_KEY=" ", FIELD_KEYS="k1:no")

    assert answer.returncode != 0
    assert "FIELD_KEYS cannot be used" in answer.stderr


def test_a_start_loads_no_spreadsheet_pdf_pinyin_or_picture_library():
    code = "import config.wsgi, sys; print([m for m in ('openpyxl','xlsxwriter','xlrd','PIL','pypinyin','icalendar','segno','typst','cryptography','borax') if m in sys.modules])"

    answer = run(code)

    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr


def test_the_demo_password_stands_in_no_settings():
    assert "yure-demo" not in (ROOT / "config" / "settings.py").read_text()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://user:secret@host/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://host:word/name"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////no-such-folder/here.sqlite3"}, "DATABASE_URL"),
        ({"CACHE_URL": "nonsense"}, "CACHE_URL"),
        ({"PORT": "eight"}, "PORT"),
        ({"TRUSTED_PROXIES": "127.0.0.1, the-proxy"}, "TRUSTED_PROXIES"),
    ],
)
def test_what_cannot_be_used_is_said_without_its_value(values, name):
    env = Environment(values, {})

    env.database("sqlite:///x.sqlite3"), env.cache(), env.number("PORT", 8000), env.addresses("TRUSTED_PROXIES")

    assert [problem.split()[0] for problem in env.problems] == [name]
    assert "secret" not in env.problems[0]

"""A clone that was never run: its first start speaks Chinese, lives on the demo's day, and says who holds the port."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Words of Latin letters that are codes, not language: numbers of pots and statements, file kinds, keys.
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What git tracks, as it is in the working tree, and nothing that a start has made."""
    folder = tmp_path_factory.mktemp("clone")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, names.split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file() and not name.startswith(("tests/", "docs/")):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return folder


@pytest.fixture(scope="module")
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(port):
    """Of somebody who has set nothing, but for the port."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**inherited, "PORT": str(port)}


def manage(clone, port, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=clone,
        env=environment(port),
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def running(clone, port):
    """The server of the clone, started as `make run` starts it: its process, and what it printed first."""
    log = (clone / "log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=clone, env=environment(port), stdout=log, stderr=subprocess.STDOUT
    )
    for _attempt in range(600):
        if process.poll() is not None or answers(port):
            break
        time.sleep(0.2)
    assert process.poll() is None, (clone / "log").read_text()
    yield clone
    process.terminate()
    process.wait(timeout=30)
    log.close()


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def rows(clone, query):
    with closing(sqlite3.connect(clone / "var" / "yure.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_the_first_start_prints_its_address_and_the_demo_accounts(running, port):
    printed = (running / "log").read_text()

    assert f"http://127.0.0.1:{port}/" in printed
    assert "secretary-a" in printed
    assert "Traceback" not in printed


def test_every_summary_of_the_first_start_is_chinese(running):
    summaries = [summary for (summary,) in rows(running, "SELECT summary FROM fund_entry")]

    assert len(summaries) > 150
    assert [summary for summary in summaries if LATIN.search(summary)] == []


def test_every_published_document_of_the_first_start_is_chinese(running):
    documents = rows(running, "SELECT number, document FROM fund_statement WHERE state = 'published'")

    assert len(documents) > 10
    words = {word for _number, document in documents for word in chinese_less_values(document)}
    assert words == set()


def chinese_less_values(document):
    """Values of a document that are read by people and hold Latin letters; codes and digests aside."""
    import json

    values = []

    def walk(key, value):
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(name, inner)
        elif isinstance(value, list):
            for inner in value:
                walk(key, inner)
        elif isinstance(value, str) and LATIN.search(value) and not is_code(value) and key != "short_code":
            values.append((key, value))

    walk("", json.loads(document))
    return values


def is_code(value):
    """A code, a number with a prefix, a digest: one run without spaces, in small ASCII letters and digits."""
    return re.fullmatch(r"[a-z0-9_.:/+-]+", value) is not None


def test_the_demo_of_a_first_start_agrees_with_every_figure(running, port):
    checked, verified = manage(running, port, "check_demo"), manage(running, port, "verify")

    assert (checked.returncode, checked.stderr) == (0, "")
    assert (verified.returncode, verified.stderr) == (0, "")


def test_a_second_start_says_that_the_installation_runs_already(running, port):
    second = manage(running, 8, "serve")

    assert second.returncode == 1
    assert f"http://127.0.0.1:{port}/" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_a_taken_port_is_said_in_a_sentence_before_anything_is_announced(clone, tmp_path, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        other = tmp_path / "other"
        shutil.copytree(clone, other, ignore=shutil.ignore_patterns("var", "log"))

        refused = manage(other, number, "serve")

    assert refused.returncode == 1
    assert refused.stdout == ""
    assert str(number) in refused.stderr
    assert "PORT=" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.same_everywhere
def test_words_are_chinese_in_whatever_command_comes_first(clone, tmp_path, port, empty_tables):
    """A clone that is filled by hand never met the command that prepares it; no process needs another's."""
    other = tmp_path / "other"
    shutil.copytree(clone, other, ignore=shutil.ignore_patterns("var", "log", "*.mo"))
    keys = {
        "SECRET_KEY": "x" * 60,
        "FIELD_KEYS": "k1:" + "22" * 32,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}",
    }
    shutil.copy(empty_tables, tmp_path / "a.sqlite3")
    assert not list(other.glob("config/locale/*/LC_MESSAGES/*.mo"))

    command = [sys.executable, "manage.py", "load_demo", "-v0"]
    subprocess.run(command, cwd=other, env=environment(port) | keys, check=True)

    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as connection:
        summaries = [summary for (summary,) in connection.execute("SELECT summary FROM fund_entry")]

    assert len(summaries) > 150
    assert [summary for summary in summaries if LATIN.search(summary)] == []

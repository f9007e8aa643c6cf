"""A real browser against a real server with the demo community; every page is held to axe, the console and two widths."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# Without the lists of what passes, a run takes a third of the time. No page has a frame or a film to be fetched before, and
# the first rows of a table stand for the others.
AXE_RUN = """but => axe.run(
  {exclude: [["tbody tr:nth-child(n+9)"], ...but.map(part => [part])]},
  {resultTypes: ["violations"], iframes: false, preload: false, selectors: false},
)"""
WIDE, NARROW, NARROWEST = 1280, 360, 320
HEIGHT = 900
# Demo accounts sign in nowhere else.
LOOPBACK = ["localhost", "127.0.0.1"]
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def base_url():
    """Addresses are written out in full; the plugin's own fixture of this name warns under the newest pytest."""
    return


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, browser_type):
    """The browser playwright brought, or the one the machine has; root needs it without its sandbox."""
    args = dict(browser_type_launch_args)
    if not Path(browser_type.executable_path).exists():
        args["executable_path"] = (
            os.environ.get("CHROMIUM")
            or shutil.which("chromium")
            or shutil.which("google-chrome")
            or pytest.fail("No browser on this machine: run make browser.")
        )
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args["args"] = [*args.get("args", []), "--no-sandbox"]
    return args


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A reader in China, on a desktop to begin with."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": WIDE, "height": HEIGHT},
    }


@pytest.fixture(scope="session")
def plain_static_files(tmp_path_factory):
    """The server starts before any test's own settings: names without hashes, from the folders themselves."""
    names = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=settings.STORAGES | names):
        yield


@pytest.fixture(scope="session")
def own_database(playwright, django_db_setup, django_db_blocker):
    """The tests' database, let go of at the end by every thread and by playwright's loop, so that it can be dropped.

    Playwright comes first: a thread in which its loop runs has other connections than before, and a server shares those.
    """
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            connection.close()


def stop(server):
    """Stop a server once it has answered whom it was answering: a thread that ends later leaves its socket open."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    server.stop()


@pytest.fixture(scope="session")
def live_server(plain_static_files, own_database, django_db_blocker):
    """pytest-django's own, started after the database and stopped before it."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
    yield server
    stop(server)


@pytest.fixture
def server(live_server, settings):
    """A server on an empty database, emptied again at the end, ledger and all; for tests that change records."""
    settings.ALLOWED_HOSTS = LOOPBACK
    return live_server.url


@pytest.fixture
def demo_server(server, demo_database):
    """The same with the demo community, in a copy that is thrown away at the end."""
    with demo_database.copied():
        yield server


@pytest.fixture(scope="module")
def shared_demo(plain_static_files, own_database, demo_database, django_db_blocker):
    """One server with a copy of the demo community for a module of tests that look and change nothing of note.

    The module is marked `django_db`: without a marked test pytest-django makes no database of the tests' own.
    """
    with (
        django_db_blocker.unblock(),
        override_settings(ALLOWED_HOSTS=LOOPBACK, PASSWORD_HASHERS=QUICK_HASHERS),
        demo_database.copied(),
    ):
        server = LiveServer("localhost")
        yield server.url
        stop(server)


@pytest.fixture
def inspected(page):
    """A page that remembers what the browser's console said, and has axe at hand in every document."""
    page.said = []
    page.on("console", lambda message: page.said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: page.said.append(f"{page.url}: {error}"))
    # An init script is not the page's own, so the strict content policy stays as it is.
    page.add_init_script(path=AXE)
    return page


def sign_in(page, server, user_name="admin", password="yure-demo-2018"):
    page.goto(f"{server}/admin/login/")
    page.fill("#id_username", user_name)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    page.wait_for_selector("#logout-form", state="attached")


def findings(page, axe_at=WIDE, but=()):
    """What is wrong with the page that is open: axe at one width, sideways scrolling on phones.

    A page type meets axe once in each language and size of type, at a width that differs between them.
    `but` names what axe has seen on a page before.
    """
    # A click may have led to a page that is still arriving.
    page.wait_for_load_state("load")
    page.set_viewport_size({"width": axe_at, "height": HEIGHT})
    problems = [
        f"{page.url} at {axe_at}: {violation['id']} {[node['html'][:200] for node in violation['nodes'][:3]]}"
        for violation in page.evaluate(AXE_RUN, list(but))["violations"]
    ]
    # What fits the narrowest screen is wide enough for the others, unless they are laid out in another way.
    for width in (NARROWEST,) if axe_at == NARROW else (NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            problems.append(f"{page.url} at {width}: scrolls sideways, needs {needed}")
    return problems

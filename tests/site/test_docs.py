"""Whether what the README and the documents name is there: files, documents, commands with their options."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
MOST_LINES_OF_THE_README = 130
DJANGOS_OWN = {"migrate", "makemigrations", "createsuperuser", "check", "shell"}


def texts():
    return [(path.name, path.read_text()) for path in DOCUMENTS]


def test_the_readme_is_short_and_links_every_document():
    readme = (ROOT / "README.md").read_text()

    assert readme.count("\n") <= MOST_LINES_OF_THE_README
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= set(re.findall(r"\(docs/([a-z-]+\.md)\)", readme))


@pytest.mark.parametrize("name", [path.name for path in DOCUMENTS])
def test_every_file_that_is_named_is_there(name):
    path = next(path for path in DOCUMENTS if path.name == name)
    named = re.findall(r"`([a-z_]+(?:/[\w.-]+)+/?)`", path.read_text())
    linked = re.findall(r"\]\(([\w/.-]+\.(?:md|png))\)", path.read_text())

    missing = [
        path_
        for path_ in named
        if not path_.startswith("var/") and not (ROOT / path_).exists() and not (ROOT / "config/kit" / path_).exists()
    ]
    missing += [path_ for path_ in linked if not (path.parent / path_).exists()]
    assert missing == []


def commands():
    for name, text in texts():
        for line in re.findall(r"manage\.py ([a-z_]+(?:[^`\n#]|…)*)", text):
            yield name, line.strip()


def test_every_command_that_is_named_takes_the_options_that_are_written():
    known, checked = get_commands(), 0
    for document, line in commands():
        words = shlex.split(line.replace("…", "x"))
        command = words[0]
        assert command in known, (document, line)
        checked += 1
        options = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
        if command in DJANGOS_OWN or not options:
            continue
        parser = load_command_class(known[command], command).create_parser("manage.py", command)
        taken = {option for action in parser._actions for option in action.option_strings}
        assert options <= taken, (document, line)
    assert checked > 10

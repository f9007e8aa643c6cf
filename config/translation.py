"""How the words people read get their Chinese: extraction, and completeness, without gettext's own tools.

One catalogue, `config/locale/zh_Hans`, of the words of all apps and templates.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.catalogues import LOCALE, catalogue_path
from config.environment import BASE_DIR

FOLDERS = ("config", "branches", "members", "activities", "fund", "honours")

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# Lines of the header that would change with every run and are not used.
DATED_HEADERS = tuple(
    f'"{name}'
    for name in ("POT-Creation", "PO-Revision", "Generated-By", "Last-Translator", "Language-Team", "Report-M")
)


def sources():
    """Python files and templates whose words stand in the catalogue."""
    for folder in FOLDERS:
        yield from sorted((BASE_DIR / folder).rglob("*.py"))
    yield from sorted((BASE_DIR / "templates").rglob("*.html"))


def messages_of(path):
    """`(message or tuple of singular and plural, context)` of one file, in its order."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django turns a template into something like Python; its indentation means nothing.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield message, context


def read_catalogue():
    path = catalogue_path()
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def update():
    """Add new words to the catalogue, drop unused ones, keep every translation; returns what is missing."""
    old, new = (
        read_catalogue(),
        Catalog(locale=LOCALE, header_comment="# Chinese of Yure", project="Yure", version="1", fuzzy=False),
    )
    for path in sources():
        for message, context in messages_of(path):
            if message and (isinstance(message, tuple) or message.strip()):
                known = old.get(message if isinstance(message, str) else message[0], context)
                new.add(message, known.string if known else None, context=context, locations=[(_relative(path), 0)])
    path = catalogue_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, new, omit_header=False, include_lineno=False, sort_by_file=True, width=120)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(DATED_HEADERS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return missing()


def placeholders(text):
    """The names a sentence leaves open, such as `%(count)s`."""
    return set(re.findall(r"%\(\w+\)\w", text))


def missing():
    """Words of the source files without a Chinese sentence, and sentences marked fuzzy or with other placeholders."""
    catalogue, problems = read_catalogue(), []
    for path in sources():
        for message, context in messages_of(path):
            singular = message if isinstance(message, str) else message[0]
            if not singular or not singular.strip():
                continue
            entry = catalogue.get(singular, context)
            strings = (entry.string if isinstance(entry.string, (list, tuple)) else [entry.string]) if entry else [""]
            if not all(strings):
                problems.append((singular, "no translation"))
            elif entry.fuzzy:
                problems.append((singular, "fuzzy"))
            elif any(placeholders(string) != placeholders(singular) for string in strings):
                problems.append((singular, "another set of placeholders"))
    return list(dict.fromkeys(problems))


def _relative(path: Path):
    return path.relative_to(BASE_DIR).as_posix()

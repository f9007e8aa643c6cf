"""How anything becomes paper: a typst template and its data give the bytes of a PDF, the same ones every time.

A template imports `base.typ`, which lies beside this module, and reads `data.json`: the texts it prints come from there,
translated and masked already. `data` names `title`, `author` and `day` (a date), which become the file's own metadata;
nothing else does.
"""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from config.kit.paper.fonts import font_folders, has_glyph
from config.kit.qr import qr_code

BASE = Path(__file__).resolve().parent / "base.typ"
SIZES = ("a4", "a3", "a5")
DEFAULT_SIZE = "a4"
# Characters that change how those beside them are drawn and are never drawn themselves.
UNDRAWN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def paper_size(size):
    """The paper a reader asks for, A4 or A3; anything unknown is A4."""
    size = str(size).lower()
    return size if size in {"a4", "a3"} else DEFAULT_SIZE


def unprintable(text):
    """The characters of a text that no font draws, each once, in order."""
    missing = dict.fromkeys(
        character
        for character in text
        if unicodedata.category(character) not in UNDRAWN
        and not 0xFE00 <= ord(character) <= 0xFE0F
        and not 0xE0100 <= ord(character) <= 0xE01EF
        and not has_glyph(character)
    )
    return tuple(missing)


def refuse_unprintable(text):
    """ValidationError `unprintable` where a character would come out as an empty box; says which and where."""
    for character in unprintable(text):
        params = {
            "character": character,
            "point": f"U+{ord(character):04X}",
            "where": text[:40],
        }
        raise ValidationError(
            _(
                "The character “%(character)s” (%(point)s) in “%(where)s” is in none of the fonts for paper. "
                "Write it another way, for instance in the simplified form."
            ),
            code="unprintable",
            params=params,
        )


def set_apart(rows):
    """`(printable, others)` of the rows of a batch, each `(label, data)`: one row that no font draws stops no other.

    `printable` is a list of data; `others` are sentences for a last page, `label` being the row's name in the office.
    Where nothing is left to print, ValidationError `unprintable` of the first row.
    """
    printable, others, first = [], [], None
    for label, data in rows:
        try:
            for text in _texts(plain(data)):
                refuse_unprintable(text)
        except ValidationError as refusal:
            first = first or refusal
            others.append(spelled(_("%(label)s: %(reason)s") % {"label": label, "reason": refusal.messages[0]}))
        else:
            printable.append(data)
    if first and not printable:
        raise first
    return printable, others


def left_out(sentences):
    """What `left-out` of `base.typ` prints on a page of its own after a batch; nothing where all was printed."""
    return {"heading": _("Not printed: to be written by hand"), "lines": sentences} if sentences else None


def spelled(text):
    """The text with each character no font draws as its number, `[U+1F600]`: readable, and no empty box."""
    missing = unprintable(text)
    for character in missing:
        text = text.replace(character, f"[U+{ord(character):04X}]")
    return text


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def plain(value, *, spell=False):
    """What JSON can hold of the data: lazy words as words, tuples as lists, days as texts."""
    if isinstance(value, dict):
        return {str(key): plain(part, spell=spell) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part, spell=spell) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, Promise, Decimal)):
        return spelled(str(value)) if spell else str(value)
    return value


def qr_svg(text):
    """A QR code as the bytes of a drawing, to be handed in among `files`."""
    code = qr_code(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.size} {code.size}">'
        f'<rect width="{code.size}" height="{code.size}" fill="#fff"/>'
        f'<path d="{code.path}" stroke="#000" fill="none"/></svg>'
    ).encode()


def render(template, data, *, paper=DEFAULT_SIZE, files=None, spell=False):
    """The PDF of a template (a path) and its data; `files` are further bytes by name.

    ValidationError `unprintable` where a character has no glyph, unless `spell` writes it as its number. The file holds
    no clock and no machine: the same data gives the same bytes.
    """
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    import typst

    data = plain(data, spell=spell)
    for text in _texts(data):
        refuse_unprintable(text)
    given = {
        "main": Path(template).read_bytes(),
        "base.typ": BASE.read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **(files or {}),
    }
    return typst.compile(
        given,
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={"paper": paper if paper in SIZES else DEFAULT_SIZE},
    )

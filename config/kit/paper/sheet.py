"""Prints a list: title under a letterhead, a table with its head repeated on every page, a page number, places to sign."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from config.kit.paper import DEFAULT_SIZE, render

TEMPLATE = Path(__file__).resolve().parent / "sheet.typ"


def frame(title, *, author, on):
    """What every paper shows of itself: title, publisher, day, language, the words of its page number."""
    chinese = translation.get_language() == "zh-hans"
    return {
        "title": title,
        "author": author,
        "day": on,
        "language": "zh" if chinese else "en",
        "region": "cn" if chinese else "gb",
        "page_words": _("Page {page} of {pages}"),
    }


def column(name, width=0, align="start"):
    """A column `width` characters wide, or as wide as room is left; `align` is start, center or end."""
    return {"name": name, "width": width, "align": align}


def list_sheet(
    *,
    heading,
    publisher,
    on,
    columns,
    rows,
    meta=("", "", ""),
    mark="",
    total=(),
    notes=(),
    signed=(),
    foot=(),
    size=11.5,
    title_size=1.6,
    flipped=True,
    flexible=False,
    row_inset=0.6,
    row_inset_x=0.4,
    margin=3.2,
    paper=DEFAULT_SIZE,
):
    """The PDF of a list: `rows` are lists of texts, one a column; `total` is the last row, `signed` pairs word and name.

    `mark` stands over each page. Of `flexible` columns the widths are shares of the line; others are in characters.
    A character that no font draws is written as its number: one row never stops a list.
    """
    data = frame(heading, author=publisher, on=on) | {
        "publisher": publisher,
        "heading": heading,
        "mark": mark,
        "meta": meta,
        "columns": columns,
        "rows": rows,
        "total": total,
        "notes": notes,
        "signed": signed,
        "foot": foot,
        "size": size,
        "title_size": title_size,
        "flipped": flipped,
        "flexible": flexible,
        "row_inset": row_inset,
        "row_inset_x": row_inset_x,
        "margin": margin,
    }
    return render(TEMPLATE, data, paper=paper, spell=True)

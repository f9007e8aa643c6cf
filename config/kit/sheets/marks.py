"""What an `.xlsx` keeps beside its cells: comments, and text of which a part is struck out."""

import io
import posixpath
import re
import zipfile
from xml.etree.ElementTree import ParseError

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.functions import fromstring

# More comments than any roster has are not looked at.
LARGEST_COMMENTS = 4 * 1024 * 1024
LARGEST_TEXTS = 16 * 1024 * 1024


def comments_of(data, path):
    """`{row: {column: text}}` of the comments of the sheet whose part is `path`."""
    path = path.lstrip("/")
    folder, name = posixpath.split(path)
    found: dict = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for link in _parsed(package, f"{folder}/_rels/{name}.rels"):
            if not link.get("Type", "").endswith("/comments"):
                continue
            target = link.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            for comment in _parsed(package, part).iter() if part in package.namelist() else ():
                if not comment.tag.endswith("}comment") or not comment.get("ref"):
                    continue
                try:
                    row, column = coordinate_to_tuple(comment.get("ref"))
                except ValueError:
                    continue
                words = "".join(one.text or "" for one in comment.iter() if one.tag.endswith("}t"))
                found.setdefault(row, {})[column] = words
    return found


def texts_struck_in_part(data):
    """The shared texts with a run that is struck out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = next((name for name in package.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
        if part is None or package.getinfo(part).file_size > LARGEST_TEXTS:
            return frozenset()
        if not re.search(rb"<(?:\w+:)?strike\b", package.read(part)):
            return frozenset()
        return frozenset(
            "".join(one.text or "" for one in text.iter() if one.tag.endswith("}t"))
            for text in _parsed(package, part)
            if any(one.tag.endswith("}strike") and one.get("val", "1") not in {"0", "false"} for one in text.iter())
        )


def _parsed(package, part):
    """The root of an XML part; nothing where the part is missing, too large or malformed."""
    try:
        if package.getinfo(part).file_size > LARGEST_TEXTS:
            return fromstring(b"<none/>")
        return fromstring(package.read(part))
    except (KeyError, ParseError, zipfile.BadZipFile, ValueError, SyntaxError):
        return fromstring(b"<none/>")

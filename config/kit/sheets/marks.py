"""What an `.xlsx` keeps beside its cells: comments."""

import posixpath
import zipfile
from xml.etree.ElementTree import ParseError

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.functions import fromstring


def comments_of(package, path):
    """`{row: {column: text}}` of the comments of the sheet whose part is `path`."""
    path = path.lstrip("/")
    folder, name = posixpath.split(path)
    comments: dict = {}
    for link in _parsed(package, f"{folder}/_rels/{name}.rels"):
        if not link.get("Type", "").endswith("/comments"):
            continue
        target = link.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        for comment in _parsed(package, part).iter():
            if not comment.tag.endswith("}comment") or not comment.get("ref"):
                continue
            try:
                row, column = coordinate_to_tuple(comment.get("ref"))
            except ValueError:
                continue
            words = "".join(element.text or "" for element in comment.iter() if element.tag.endswith("}t"))
            comments.setdefault(row, {})[column] = words
    return comments


def _parsed(package, part):
    """The root of an XML part; nothing where the part is missing or malformed."""
    try:
        return fromstring(package.read(part))
    except (KeyError, ParseError, zipfile.BadZipFile, ValueError, SyntaxError):
        return fromstring(b"<none/>")

"""A package of parts (`.xlsx`) in which nothing reaches a parser before it was counted, empty rows and cells too.

`Package` takes the place of `zipfile.ZipFile` under the parsers: whatever part they ask for is first streamed through
and counted. A tag begins with the byte `<` in every encoding that an XML parser takes, so counting that byte can never
count too few, whatever the parts are called and however they are written.
"""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from django.utils.translation import gettext as _

from config.kit.sheets.sentences import damaged, has_macros, has_password, not_a_workbook, save_as_xlsx
from config.kit.sheets.size import MOST_CELLS, MOST_ROWS, too_many_cells, too_many_rows, too_much_beside

# The directory of a package is kept whole by whoever opens it; each entry begins with these four bytes.
ENTRY, MOST_PARTS = b"PK\x01\x02", 5_000
CHUNK = 256 * 1024
# A longer row, tag or text is handed on in parts.
LONGEST_ROW = 1024 * 1024
# Excel leaves a million rows that hold nothing but a height, or cells with nothing but looks. Taken only where each row
# and cell says its own place, so that those behind them keep theirs.
_BLANK_ROWS = re.compile(
    rb'<row r="[0-9]++"(?: [\w:]++="[^"<&]*+")*+ ?+'
    rb'(?:/>|>(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+ ?+/>)*+</row>)'
)
# What `zipfile` raises for a package that is damaged, or packed or locked in a way it does not read (a RuntimeError).
_BAD_PACKAGE = (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError)


class Limits(NamedTuple):
    """What the parts of a package may hold: all of them unpacked, and of what a parser asks for

    sheets and shared texts, which are streamed (`tags`, `size`, and rows of one sheet), and everything that is read as
    a whole and makes an object of each tag (`whole_tags`, `whole_size`).
    """

    unpacked: int
    rows: int
    cells: int
    tags: int
    size: int
    whole_tags: int
    whole_size: int
    drops_blank_rows: bool


# A list: four tags a cell with a number, six with a text of its own.
LISTS = Limits(
    unpacked=300 * 1024 * 1024, rows=MOST_ROWS, cells=MOST_CELLS, tags=2_000_000, size=50 * 1024 * 1024,
    whole_tags=100_000, whole_size=8 * 1024 * 1024, drops_blank_rows=True,
)  # fmt: skip


class Package(zipfile.ZipFile):
    """The parts of an upload; ValidationError where one of them is larger than `limits` when it is asked for.

    `titles` names the sheets of parts for the sentences, as soon as they are known.
    """

    def __init__(self, data, limits):
        if data.count(ENTRY) > MOST_PARTS:
            raise too_much_beside()
        try:
            super().__init__(io.BytesIO(data))
        except _BAD_PACKAGE as error:
            raise damaged() from error
        self.limits = limits
        self.titles: dict[str, str] = {}
        self.tags = self.size = self.whole_tags = self.whole_size = 0
        self._counted: set = set()
        self._short: dict[str, bytes] = {}

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        """A stream of a part, without its blank rows where they are dropped."""
        part = self._known(name)
        if part.filename not in self._counted:
            self._count_stream(part)
            self._counted.add(part.filename)
        if part.filename in self._short:
            return Pieces(io.BytesIO(self._short[part.filename]), False)
        return Pieces(super().open(part), self.limits.drops_blank_rows)

    def read(self, name, pwd=None):
        """A part as a whole."""
        part = self._known(name)
        if part.file_size > self.limits.whole_size:
            raise too_much_beside()
        with super().open(part) as stream:
            content = stream.read()
        # Each time: a part that many others point to is made into objects as often.
        self._count_whole(content)
        return content

    def _known(self, name):
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Other packers may ask for gigabytes before the first byte comes out.
            raise damaged()
        return part

    def _count_whole(self, content):
        self.whole_size += len(content)
        if _is_xml(content):
            refuse_entities(content)
            self.whole_tags += content.count(b"<")
        if self.whole_size > self.limits.whole_size or self.whole_tags > self.limits.whole_tags:
            raise too_much_beside()

    def _count_stream(self, part):
        """Count a part to its end, or to where it is too much; what is short without its blank rows is kept."""
        rows, short, size, title = 0, [], 0, self.titles.get(part.filename, "")
        with super().open(part) as stream:
            for piece in pieces(stream, self.limits.drops_blank_rows):
                refuse_entities(piece)
                size += len(piece)
                self.size += len(piece)
                self.tags += piece.count(b"<")
                rows += piece.count(b"<row") - piece.count(b"<rowB")
                if rows > self.limits.rows:
                    raise too_many_rows(title, self.limits.rows)
                if self.tags > self.limits.tags or self.size > self.limits.size:
                    raise too_many_cells(title, self.limits.cells)
                if size <= LONGEST_ROW:
                    short.append(piece)
        if size <= LONGEST_ROW < part.file_size:
            self._short[part.filename] = b"".join(short)


class Pieces:
    """A readable stream of the pieces of another one."""

    def __init__(self, stream, drops_blank_rows):
        self._stream, self._pieces = stream, pieces(stream, drops_blank_rows)

    def read(self, size=-1):
        """The next piece, whatever its size, or everything that is left."""
        if size is None or size < 0:
            return b"".join(self._pieces)
        return next((piece for piece in self._pieces if piece), b"")

    def close(self):
        self._stream.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def pieces(stream, drops_blank_rows):
    """The bytes of a stream, cut before a tag, or before a row where blank rows are dropped."""
    rest = b""
    while chunk := stream.read(CHUNK):
        rest += chunk
        cut = rest.rfind(b"<row") if drops_blank_rows else -1
        if cut < 0 or len(rest) > LONGEST_ROW:
            cut = rest.rfind(b"<")
        if cut <= 0 < len(rest) - LONGEST_ROW:
            cut = len(rest)
        if cut > 0:
            yield _BLANK_ROWS.sub(b"", rest[:cut]) if drops_blank_rows else rest[:cut]
            rest = rest[cut:]
    yield _BLANK_ROWS.sub(b"", rest) if drops_blank_rows else rest


def _is_xml(content):
    return content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")


def refuse_entities(content):
    """No office program writes declarations of entities, nor two bytes a letter, in which they would not be seen."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<\x00" in content or b"\x00<" in content:
        raise damaged()


def refuse_bad_package(package):
    """A package that is too large unpacked, holds macros, or is another kind of document."""
    parts = package.infolist()
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise has_password()
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names) or _names_macros(package):
        raise has_macros()
    if sum(part.file_size for part in parts) > package.limits.unpacked:
        raise too_much_beside()
    if "xl/workbook.bin" in names:
        raise save_as_xlsx("other_format", _("a binary workbook (.xlsb)"))
    if b"purl.oclc.org/ooxml" in _content_of(package, "xl/workbook.xml"):
        raise save_as_xlsx("other_format", _("a workbook in the strict variant of .xlsx"))
    if "content.xml" in names or "mimetype" in names:
        raise save_as_xlsx("other_format", _("an OpenDocument file (.ods)"))
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise not_a_workbook()
    if "[content_types].xml" not in names:
        raise not_a_workbook()


def _names_macros(package):
    """Whether the list of parts tells of macros, whatever the part itself is called."""
    types = _content_of(package, "[Content_Types].xml").lower()
    return b"vbaproject" in types or b"macroenabled" in types


def _content_of(package, name):
    try:
        return package.read(name)
    except (KeyError, *_BAD_PACKAGE):
        return b""

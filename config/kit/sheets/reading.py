"""Which file an upload really is, and whether it may be opened: decided by its bytes before any parser sees them."""

import io
import re
import zipfile
import zlib
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
# Parts a parser holds in memory whole.
LARGEST_PART = {"sharedstrings.xml": 120 * 1024 * 1024, "styles.xml": 20 * 1024 * 1024, "workbook.xml": 5 * 1024 * 1024}
LARGEST_RATIO = 400
MOST_ROWS = 200_000
MOST_COLUMNS = 120

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Marks:
    """What a sheet's cells show beside their text, filled while its rows are read: `{row: …}` of each.

    `struck` holds the columns whose text is struck out, wholly or in part; `comments` `{column: text}`.
    """

    def __init__(self, comments=None):
        self.struck: dict = {}
        self.comments: dict = comments or {}


NO_MARKS = Marks()


class Sheet(NamedTuple):
    """One sheet: `rows()` yields its filled rows in order; `merges` are (first row, first column, last row, last column)."""

    name: str
    hidden: bool
    rows: object
    merges: tuple = ()
    cached: object = None
    marks: Marks = NO_MARKS


class Book(NamedTuple):
    """An opened workbook; `epoch` is the day that serial number 0 stands for, `kind` one of xlsx, xls, csv.

    `stands_for` is the day that a workbook of this program's own making shows.
    """

    kind: str
    sheets: list
    epoch: object
    stands_for: object = None


def refusal(code, message, **params):
    return ValidationError(message, code=code, params=params or None)


def damaged():
    return refusal("damaged", _("The file is damaged. Open it in Excel or WPS, save it as .xlsx and upload that."))


def not_a_workbook():
    return refusal("not_a_workbook", _("This file is no workbook. Upload the roster as .xlsx, .xls or .csv."))


def has_macros():
    return refusal("macros", _("The workbook holds macros. Save it as .xlsx, which holds none, and upload that."))


def has_password():
    return refusal(
        "password", _("The workbook is protected by a password. Take the password off, save and upload again.")
    )


def too_many_rows():
    return refusal(
        "too_many_rows",
        _("The workbook has more than %(rows)s rows. Split it and upload the parts one by one.")
        % {"rows": f"{MOST_ROWS:,}"},
    )


def save_as_xlsx(code, what):
    return refusal(
        code,
        _("The file is %(what)s. Open it in Excel or WPS, choose “Save as”, type .xlsx, and upload that.")
        % {"what": what},
    )


def too_large():
    return refusal("too_large", _("The file is larger than 20 MB. Split it, or take pictures out of it."))


def open_upload(name, data):
    """The workbook in the bytes of an upload; ValidationError says in a sentence why it cannot be read."""
    base = re.split(r"[\\/]", name or "")[-1]
    if base.startswith(("~$", ".~")):
        raise refusal(
            "lock_file",
            _(
                "%(name)s is the mark Office leaves while a workbook is open. Close the workbook and upload the one without “~$”."
            )
            % {"name": base},
        )
    if len(data) > LARGEST_FILE:
        raise too_large()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refusal("empty_file", _("The file is empty. Choose the workbook again."))
    try:
        return _open(data)
    except ValidationError:
        raise
    except Exception as error:  # whatever bytes arrive, a parser's own error is no answer for a clerk
        raise damaged() from error


def _open(data):
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        from config.kit.sheets.xlsx import open_xlsx

        refuse_bad_package(data)
        return open_xlsx(data)
    if data.startswith(OLE):
        from config.kit.sheets.xls import open_xls

        return open_xls(data)
    _refuse_other_formats(data)
    from config.kit.sheets.csv_text import open_csv

    return open_csv(data)


def refuse_bad_package(data):
    """A zip package that is too large unpacked, holds macros, or is another kind of document."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged() from error
    parts = package.infolist()
    names = {part.filename.lower().replace("\\", "/") for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise has_password()
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names) or _names_macros(package):
        raise has_macros()
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(len(data), 1)
    if (
        unpacked > LARGEST_UNPACKED
        or (ratio > LARGEST_RATIO and unpacked > 30 * 1024 * 1024)
        or any(
            part.file_size
            > LARGEST_PART.get(part.filename.lower().replace("\\", "/").rpartition("/")[2], LARGEST_UNPACKED)
            for part in parts
        )
    ):
        raise refusal(
            "unpacked_too_large",
            _("Unpacked, the workbook is far larger than a roster. Copy the rows into a new workbook and upload that."),
        )
    if "xl/workbook.bin" in names:
        raise save_as_xlsx("other_format", _("a binary workbook (.xlsb)"))
    if b"purl.oclc.org/ooxml" in _start_of(package, "xl/workbook.xml"):
        raise save_as_xlsx("other_format", _("a workbook in the strict variant of .xlsx"))
    if "content.xml" in names or "mimetype" in names:
        raise save_as_xlsx("other_format", _("an OpenDocument file (.ods)"))
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise not_a_workbook()
    if "[content_types].xml" not in names:
        raise not_a_workbook()


def _names_macros(package):
    """Whether the list of parts tells of macros, whatever the part itself is called."""
    types = _start_of(package, "[Content_Types].xml").lower()
    return b"vbaproject" in types or b"macroenabled" in types


def _start_of(package, name):
    try:
        with package.open(name) as part:
            return part.read(1 << 20)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError):
        return b""


_LOCK_BYTES = {165, 162, 54, 171, 55}


def _refuse_other_formats(data):
    head = data[:4096]
    for mark, code in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            head = head[: len(head) // 2 * 2].decode(code, "replace").encode()
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
    if text.startswith(b"<"):
        is_table = b"excel.sheet" in text or b"office:spreadsheet" in text
        is_page = b"<html" in text or (b"<table" in text and not is_table)
        if not is_page and text.startswith((b"<?xml", b"<?mso", b"<workbook", b"<ss:workbook")):
            raise save_as_xlsx("xml_2003", _("an XML table of 2003 with the name of a workbook"))
        raise save_as_xlsx("html", _("a web page with the name of a workbook"))
    if text.startswith((b"mime-version:", b"from:", b"message-id:")):
        raise save_as_xlsx("html", _("a web archive with the name of a workbook"))
    if data[:2] == b"\x09\x00" or data[:2] in (b"\x09\x02", b"\x09\x04", b"\x09\x08"):
        raise save_as_xlsx("old_excel", _("a workbook of Excel 4 or older"))
    if text.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf")):
        raise not_a_workbook()
    if len(data) in _LOCK_BYTES and 0 < data[0] < 55 and b"\x00" in data:
        raise refusal(
            "lock_file",
            _(
                "This is the mark Office leaves while a workbook is open. Close the workbook and upload the one without “~$”."
            ),
        )

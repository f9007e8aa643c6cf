"""Which file an upload really is, and whether it may be opened: decided by its bytes before any parser sees them."""

import re
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.sheets.csv_text import open_csv
from config.kit.sheets.package import LISTS, Package, refuse_bad_package
from config.kit.sheets.sentences import damaged, not_a_workbook, refusal, save_as_xlsx
from config.kit.sheets.size import LARGEST_FILE, Tally, too_large

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
        book = _open(data)
    except ValidationError:
        raise
    except Exception as error:  # whatever bytes arrive, a parser's own error is no message for a user
        raise damaged() from error
    tally = Tally()
    return book._replace(sheets=[sheet._replace(rows=partial(_counted, tally, sheet)) for sheet in book.sheets])


def _counted(tally, sheet):
    return tally.counted(sheet.rows(), sheet.name)


def _open(data):
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        # On first use: the start of a process loads no library of files, pictures or ciphers.
        from config.kit.sheets.xlsx import open_xlsx

        package = Package(data, LISTS)
        refuse_bad_package(package)
        return open_xlsx(package)
    if data.startswith(OLE):
        # On first use, as above.
        from config.kit.sheets.xls import open_xls

        return open_xls(data)
    _refuse_other_formats(data)
    return open_csv(data)


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

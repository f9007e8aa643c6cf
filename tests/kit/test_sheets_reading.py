"""Which uploads are opened, and with what sentence the others are refused; whatever bytes arrive, nothing else comes out."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.kit.sheets import reading
from config.kit.sheets.package import LISTS
from config.kit.sheets.reading import open_upload
from config.kit.sheets.xls_records import formula_cells
from tests.kit.workbooks import csv, with_part, xls, xlsx

ROWS = [["姓名", "身份证号"], ["韦德", "459999194003150014"]]


def read_through(name, data):
    return [list(sheet.rows()) for sheet in open_upload(name, data).sheets]


def refused(data, name="花名册.xlsx"):
    with pytest.raises(ValidationError) as refusal:
        read_through(name, data)
    assert len(refusal.value.messages) == 1
    return refusal.value.code


def ole(*names):
    """A compound file is hard to write by hand; the names in its directory are what is asked for."""
    data = xls(ROWS)
    for name in names:
        entry = "Workbook".encode("utf-16-le").ljust(64, b"\0") + (18).to_bytes(2, "little")
        data = data.replace(
            entry, name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
        )
    return data


HTML = "<html><head><meta charset='gb2312'></head><body><table><tr><td>姓名</td></tr></table></body></html>"
XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table></Table></Worksheet></Workbook>"""
BAD = {
    "an empty file": (b"", "empty_file"),
    "blanks alone": (b"\xef\xbb\xbf \r\n\t", "empty_file"),
    "a web page": (HTML.encode("gb18030"), "html"),
    "a web page in UTF-16": (HTML.encode("utf-16"), "html"),
    "a bare table": (b"\xef\xbb\xbf  <table><tr><td>1</td></tr></table>", "html"),
    "a web page after a remark": (b"<!-- made by a program --><HTML><TABLE></TABLE></HTML>", "html"),
    "a web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
    "XML 2003": (XML_2003.encode(), "xml_2003"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00" + b"\0" * 40, "old_excel"),
    "Excel 2": (b"\x09\x00\x04\x00\x00\x00\x10\x00" + b"\0" * 40, "old_excel"),
    "a PDF": (b"%PDF-1.4 and so on, with, commas", "not_a_workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_workbook"),
    "noise": (bytes(random.Random(1).randbytes(5000)), "not_a_workbook"),
    "a broken package": (b"PK\x03\x04 and no more", "damaged"),
    "half a package": (xlsx(ROWS)[:2000], "damaged"),
    "half an old workbook": (xls(ROWS)[:1500], "damaged"),
    "a password": (ole("EncryptedPackage"), "password"),
    "an old Word file": (ole("WordDocument"), "not_a_workbook"),
    "macros": (with_part(xlsx(ROWS), "xl/vbaProject.bin", b"x"), "macros"),
    "macros under another name": (
        with_part(xlsx(ROWS), "[Content_Types].xml", b'<Types><Override PartName="/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'),
        "macros",
    ),
    "macro sheets": (with_part(xlsx(ROWS), "xl/macrosheets/sheet1.xml", b"x"), "macros"),
    "a binary workbook": (with_part(xlsx(ROWS), "xl/workbook.bin", b"x"), "other_format"),
    "a strict workbook": (with_part(xlsx(ROWS), "xl/workbook.xml", b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'), "other_format"),
    "an OpenDocument file": (with_part(xlsx(ROWS), "content.xml", b"x"), "other_format"),
    "a Word file": (with_part(xlsx(ROWS), "word/document.xml", b"x"), "not_a_workbook"),
    "an entity bomb": (
        with_part(
            xlsx(ROWS), "xl/worksheets/sheet1.xml",
            b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><worksheet><sheetData>&c;</sheetData></worksheet>',
        ),
        "damaged",
    ),
    "a lock file by its bytes": (b"\x06office" + b" " * 47 + b"\x06\x00o\x00f\x00f\x00i\x00c\x00e\x00" + b" \x00" * 48, "lock_file"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(what):
    data, code = BAD[what]
    if what == "a lock file by its bytes":
        data = data[:165].ljust(165, b"\0")

    assert refused(data) == code


@pytest.mark.parametrize("name", ["~$花名册.xlsx", "C:\\表\\~$花名册.xls", "/tmp/~$a.xlsx", ".~花名册.xlsx"])
def test_an_office_lock_file_is_known_by_its_name(name):
    assert refused(xlsx(ROWS), name) == "lock_file"


def test_what_counts_is_the_content_not_the_name():
    for data in (xlsx(ROWS), xls(ROWS), csv(ROWS)):
        book = open_upload("花名册.doc", data)
        assert [row.cells[1].value for row in book.sheets[0].rows()] == ["姓名", "韦德"]


def test_a_file_over_20_mb_is_refused():
    assert refused(b"a,b\n" * 6_000_000) == "too_large"


def test_a_package_that_unpacks_to_far_more_is_refused_before_any_parser():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (LISTS.unpacked + 1))

    assert refused(stream.getvalue()) == "unpacked_too_large"


def test_a_cell_in_the_farthest_corner_costs_no_memory():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    data = with_part(xlsx(ROWS), "xl/worksheets/sheet1.xml", sheet)

    [opened] = open_upload("a.xlsx", data).sheets

    assert [(row.number, row.cells[1].value) for row in opened.rows()] == [(1, "a")]


def test_more_than_10_000_rows_are_refused_in_every_format():
    rows = [["甲", "乙"]] * 10_001

    for data in (csv(rows), xlsx(rows), xls(rows)):
        assert refused(data) == "too_many_rows"


def test_a_workbook_from_1904_counts_from_there():
    assert open_upload("a.xlsx", xlsx(ROWS, epoch_1904=True)).epoch == date(1904, 1, 1)
    assert open_upload("a.xlsx", xlsx(ROWS)).epoch == date(1899, 12, 30)


def read_all(name, data):
    """Everything a reader of uploads does; ValidationError is the only way out but success."""
    from members.roster.reading import read_roster

    with suppress(ValidationError):
        read_roster(name, data, today=date(2018, 10, 31))


PERSON = ["1", "韦怀德", "男", "459999194003150014", date(1940, 3, 15), "1967.07", 14000000001]
SEEDS = [
    xlsx(
        [["花名册"], ["序号", "姓名", "性别", "身份证号", "出生日期", "入党时间", "电话"], PERSON, ["合计", "=A1"]],
        merges=["A1:G1"],
    ),
    xls([["花名册"], ["序号", "姓名", "性别", "身份证号", "出生日期", "入党时间", "电话"], PERSON]),
    csv([["序号", "姓名", "性别", "身份证号"], PERSON[:4]], encoding="gb18030"),
]


@pytest.mark.parametrize("seed", range(3))
def test_mutated_files_give_a_sentence_at_worst(seed):
    dice = random.Random(seed)
    original = SEEDS[seed]
    for _turn in range(150):
        data = bytearray(original)
        for _change in range(dice.choice([1, 2, 8, 40])):
            at = dice.randrange(len(data))
            act = dice.randrange(4)
            if act == 0:
                data[at] = dice.randrange(256)
            elif act == 1:
                del data[at : at + dice.randrange(1, 30)]
            elif act == 2:
                data[at:at] = dice.randbytes(dice.randrange(1, 20))
            else:
                data[at : at + 4] = b"\xff\xff\xff\xff"
            if not data:
                break
        read_all("a.xlsx", bytes(data))


def test_packages_with_mutated_parts_give_a_sentence_at_worst():
    dice = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(SEEDS[0])) as package:
        parts = {part.filename: package.read(part.filename) for part in package.infolist()}
    for _turn in range(200):
        name = dice.choice(sorted(parts))
        content = bytearray(parts[name])
        for _change in range(dice.choice([1, 3, 10])):
            at = dice.randrange(len(content))
            content[at : at + dice.randrange(1, 12)] = dice.choice(
                [b"", b"9" * 30, b"<", b">", b'"', b"&", b"-1", b"\x00", b"e99"]
            )
            content = content or bytearray(b"<")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            for other, there in parts.items():
                package.writestr(other, bytes(content) if other == name else there)
        read_all("a.xlsx", stream.getvalue())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"PK\x03\x04", reading.OLE, b"\xff\xfe", "姓名,性别,身份证号\n".encode()]),
)
def test_any_bytes_give_a_sentence_at_worst(data, start):
    read_all("a.xlsx", start + data)


def test_sheets_that_hold_only_a_chart_are_no_sheets_here():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("表").write_row(0, 0, ROWS[0])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=表!$A$1:$B$1"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()

    assert [sheet.name for sheet in open_upload("a.xlsx", stream.getvalue()).sheets] == ["表"]


def test_an_old_workbook_of_several_sheets_keeps_formulas_with_their_sheet():
    book = xlwt.Workbook()
    first, second = book.add_sheet("一"), book.add_sheet("二")
    first.write(0, 0, 1)
    second.write(0, 0, xlwt.Formula("1+1"))
    stream = io.BytesIO()
    book.save(stream)

    kinds = [[row.cells[1].kind for row in sheet.rows()] for sheet in open_upload("a.xls", stream.getvalue()).sheets]

    assert kinds == [["number"], ["formula"]]


def test_the_password_record_of_an_old_workbook_is_seen_before_the_parser():
    stream = bytes.fromhex("0908 1000 0006 0500 0000 0000 0000 0000 0000 0000 2f00 0600 0000 0000 0000")

    with pytest.raises(ValidationError) as refusal:
        formula_cells(stream)

    assert refusal.value.code == "password"


def test_every_cell_that_one_formula_fills_is_a_formula():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, [1, 2, 3])
    sheet.write_array_formula(0, 1, 1, 1, "{=A1:A2*2}", None, 2)
    sheet.write_column(1, 1, [4, 6])
    book.close()

    [opened] = open_upload("a.xlsx", stream.getvalue()).sheets

    assert [row.cells[2].kind for row in opened.rows()] == ["formula", "formula", "number"]


def test_the_quick_pass_gives_the_cells_that_openpyxl_gives():
    from openpyxl import Workbook, load_workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.worksheet._reader import WorkSheetParser

    from config.kit.sheets.parsing import QuickParser

    book = Workbook()
    page = book.active
    page.append(
        [
            "姓名",
            1,
            2.5,
            date(1960, 1, 2),
            datetime(2018, 1, 2, 3, 4),
            True,
            "=1+1",
            "#N/A",
            None,
            "",
            " 留 空 ",
            "_x0041_",
        ]
    )
    page.append([CellRichText("粗", TextBlock(InlineFont(b=True), "体")), 10**20, -0.5, "𠮷", "1e5", False, '=A1&"x"'])
    page["D2"].number_format = "yyyy-mm-dd"
    page["XFD9"], page["C9"].number_format = "远", "0.00"
    stream, shared = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with xlsxwriter.Workbook(shared) as other:
        page, bold = other.add_worksheet(), other.add_format({"bold": True})
        page.write_row(0, 0, ["姓名", 1, 2.5, " 留 空 ", "_x0041_", True])
        page.write_rich_string(1, 0, "粗", bold, "体")
        page.write_datetime(1, 1, datetime(2018, 1, 2), other.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_formula(2, 7, "=A1", None, "姓名")

    for data in (stream.getvalue(), shared.getvalue()):
        sheet = load_workbook(io.BytesIO(data), read_only=True).active
        results = []
        for parser in (WorkSheetParser, QuickParser):
            with sheet._get_source() as source:
                given = (source, sheet._shared_strings, False, sheet.parent.epoch, sheet.parent._date_formats)
                results.append(list(parser(*given).parse()))
        assert results[0] == results[1]
        assert len(results[0]) == 3

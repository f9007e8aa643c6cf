"""Uploads that would take a server down, each made by a few lines: `LISTS` and `FORMS` are {what it is: bytes}.

`python -m tests.kit.hostile` prints what reading each of them takes in a process of its own, time and memory.
"""

import io
import struct
import zipfile

import xlwt
from openpyxl.utils import get_column_letter
from xlwt.CompoundDoc import XlsDoc

from tests.kit.workbooks import with_part, xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
HEADER = ["姓名", "性别", "身份证号", "出生日期", "入党时间", "电话"]
PERSON = ["韦怀德", "男", "459999194003150014", "1940-03-15", "1967.07", "14000000001"]
LAST = 1_048_576


def text_cells(row, texts):
    return "".join(
        f'<c r="{get_column_letter(place)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts, 1)
    )


TOP = f'<row r="1">{text_cells(1, HEADER)}</row><row r="2">{text_cells(2, PERSON)}</row>'


def joined(parts, size=5000):
    """The parts as bytes in pieces, so that making a large file takes no memory either."""
    piece = []
    for part in parts:
        piece.append(part)
        if len(piece) == size:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode()


def with_sheet(rows=(), *, before="", after="", top=TOP, name=SHEET, package=None):
    """A workbook whose first sheet has these rows under a header and a person."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package or xlsx([HEADER]))) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part.filename))
        with new.open(name, "w") as out:
            out.write(f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{top}'.encode())
            for piece in joined(rows):
                out.write(piece)
            out.write(f"</sheetData>{after}</worksheet>".encode())
    return stream.getvalue()


def with_texts(texts, rows=()):
    """A workbook with a table of shared texts."""
    data = with_sheet(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    types = types.replace("</Types>", f'<Override PartName="/xl/shared.xml" ContentType="{kind}"/></Types>')
    data = with_part(data, "[Content_Types].xml", types.encode())
    return with_part(data, "xl/shared.xml", f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>'.encode())


def nested(depth, name="x"):
    return f"<{name}>" * depth + f"</{name}>" * depth


def styles(count):
    looks = '<xf numFmtId="0" fontId="0"><alignment horizontal="center"/></xf>' * count
    return f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><cellXfs>{looks}</cellXfs></styleSheet>'.encode()


def many_names(count):
    names = "".join(f'<definedName name="n{place}" hidden="1">#REF!</definedName>' for place in range(count))
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<workbook xmlns="{MAIN}" xmlns:r="{rels}">{sheets}<definedNames>{names}</definedNames></workbook>'.encode()


def sheets_of_one_part(count):
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="S{place}" sheetId="{place}" r:id="rId1"/>' for place in range(1, count + 1))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{rels}"><sheets>{sheets}</sheets></workbook>'
    return with_part(with_sheet(blank_rows(count=2000)), "xl/workbook.xml", book.encode())


def blank_rows(count=LAST, looks=' spans="1:7" ht="18.75" customHeight="1"'):
    return (f'<row r="{row}"{looks}/>' for row in range(3, count + 1))


def blank_cells(count=LAST, columns="ABCDEFG"):
    return (
        f'<row r="{row}" spans="1:7">' + "".join(f'<c r="{column}{row}" s="0"/>' for column in columns) + "</row>"
        for row in range(3, count + 1)
    )


def wide_rows(count, cell='<c r="{0}{1}"><v>1</v></c>', columns=16_384):
    letters = [get_column_letter(place) for place in range(1, columns + 1)]
    return (
        f'<row r="{row}">' + "".join(cell.format(letter, row) for letter in letters) + "</row>"
        for row in range(3, count + 3)
    )


def people(count):
    return (f'<row r="{row}">{text_cells(row, PERSON)}</row>' for row in range(3, count + 1))


def crowded(count):
    """A package with so many parts that its directory alone is large."""
    stream = io.BytesIO(xlsx([HEADER]))
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(count):
            package.writestr(zipfile.ZipInfo(f"x{number}"), b"")
    return stream.getvalue()


def packed_otherwise():
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([HEADER]))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part.filename))
    return stream.getvalue()


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
LAUGHING = f'<?xml version="1.0"?>{LAUGHS}<worksheet xmlns="{MAIN}"><sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>'

HEAD_LINE = ",".join(HEADER)
LISTS = {
    "ten million empty rows": lambda: with_sheet("<row/>" * 10_000 for _ in range(1000)),
    "blank rows to the end of the sheet": lambda: with_sheet(blank_rows()),
    "blank cells in 100,000 rows": lambda: with_sheet(blank_cells(100_000)),
    "empty rows in single quotes": lambda: with_sheet(f"<row r='{row}' ht='18'/>" for row in range(3, LAST)),
    "rows of 16,384 numbers": lambda: with_sheet(wide_rows(60)),
    "rows of 16,384 blank cells and a number": lambda: with_sheet(
        wide_rows(120, '<c r="{0}{1}" s="0"/>', 16_383), after=""
    ),
    "a million merged cells": lambda: with_sheet(
        after="<mergeCells>"
        + "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_000_000))
        + "</mergeCells>"
    ),
    "a million columns": lambda: with_sheet(before="<cols>" + '<col min="1" max="9"/>' * 1_000_000 + "</cols>"),
    "a million shared texts": lambda: with_texts(f"<si><t>{n}</t></si>" for n in range(1_000_000)),
    "one long text in 10,000 cells": lambda: with_texts(
        ["<si><t>" + "字" * 32_000 + "</t></si>"],
        (f'<row r="{row}"><c r="G{row}" t="s"><v>0</v></c></row>' for row in range(3, 9_990)),
    ),
    "a text of sixty megabytes": lambda: with_sheet(
        [f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"字" * 20_000_000}</t></is></c></row>']
    ),
    "half a million looks": lambda: with_part(with_sheet(), "xl/styles.xml", styles(500_000)),
    "half a million names": lambda: with_part(with_sheet(), "xl/workbook.xml", many_names(500_000)),
    "a million kinds of parts": lambda: with_part(
        with_sheet(), "[Content_Types].xml", b"<Types>" + b'<Default Extension="x" ContentType="y"/>' * 1_000_000
    ),
    "a shared formula in 12,000 cells": lambda: with_sheet(
        f'<row r="{row}">'
        + "".join(f'<c r="{c}{row}"><f t="shared" si="0">{"A1+" * 2000 if row == 3 else ""}</f></c>' for c in "ABCDEF")
        + "</row>"
        for row in range(3, 2_000)
    ),
    "entities in entities": lambda: with_part(xlsx([HEADER]), SHEET, LAUGHING.encode()),
    "entities in two bytes a letter": lambda: with_part(xlsx([HEADER]), SHEET, LAUGHING.encode("utf-16")),
    "a million levels": lambda: with_sheet([nested(1_000_000)]),
    "a million levels of looks": lambda: with_part(with_sheet(), "xl/styles.xml", nested(1_000_000).encode()),
    "zeros that unpack to gigabytes": lambda: with_part(with_sheet(), "xl/theme/theme1.xml", b"0" * 400 * 1024 * 1024),
    "two hundred thousand parts": lambda: crowded(200_000),
    "parts packed otherwise": packed_otherwise,
    "five thousand sheets of one part": lambda: sheets_of_one_part(5000),
    "as many people as can be read": lambda: with_sheet(people(9_990)),
    "an old workbook with ten million blank cells": lambda: old(blanks(39_000)),
    "an old workbook with a million numbers": lambda: old(numbers(1_000_000)),
    "an old workbook of five million records": lambda: old(b"\xff\x0e\x00\x00" * 4_900_000),
    "an old workbook with half a million looks": lambda: old(
        shared=b"\xe0\x00\x14\x00" + bytes(20) + (b"\xe0\x00\x14\x00" + bytes(20)) * 500_000
    ),
    "an old workbook with a link over every cell": lambda: old(link_over_everything()),
    "a line of twenty megabytes": lambda: HEAD_LINE.encode() + b"\n" + b"," * 19_000_000,
    "twenty million empty lines": lambda: HEAD_LINE.encode() + b"\n" * 19_000_000,
    "a row that never ends": lambda: HEAD_LINE.encode() + b"\n" + b'"\n",' * 4_700_000,
    "a face among nineteen million letters": lambda: (HEAD_LINE + "\n😀" + "a,b\n" * 4_700_000).encode(),
    "text in two bytes a letter": lambda: (HEAD_LINE + "\n" + "甲,乙\n" * 2_400_000).encode("utf-16"),
    "lines of commas to the end of a sheet": lambda: (
        HEAD_LINE + "\n" + ",,,,,,\n" * (LAST - 10) + ",".join(PERSON)
    ).encode(),
}


def old(rows=b"", shared=b""):
    """An old workbook with more records in its sheet, or before its sheets."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for place, text in enumerate(HEADER):
        sheet.write(0, place, text)
        sheet.write(1, place, PERSON[place])
    stream = book.get_biff_data()
    at = 0
    while True:
        code, length = struct.unpack_from("<HH", stream, at)
        if code == 0x0085:
            offset = struct.unpack_from("<i", stream, at + 4)[0]
            stream = (
                stream[: at + 4]
                + struct.pack("<i", offset + len(shared))
                + stream[at + 8 : offset - 4]
                + shared
                + stream[offset - 4 :]
            )
            break
        at += 4 + length
    target = io.BytesIO()
    XlsDoc().save(target, stream[:-4] + rows + stream[-4:])
    return target.getvalue()


def blanks(rows):
    """Rows of 256 cells with nothing but looks."""
    return b"".join(
        struct.pack("<HHHH", 0x00BE, 6 + 512, 2 + row, 0) + bytes(512) + struct.pack("<H", 255) for row in range(rows)
    )


def numbers(count):
    return b"".join(struct.pack("<HHHHHd", 0x0203, 14, 2 + n // 16, n % 16, 0, n) for n in range(count))


def link_over_everything():
    return struct.pack("<HHHHHH", 0x01B8, 32, 0, 65535, 0, 255) + bytes(24)


FORMS = {
    "ten million empty rows": LISTS["ten million empty rows"],
    "blank rows to the end of the sheet": LISTS["blank rows to the end of the sheet"],
    "rows with looks, as many as 127 kB pack": lambda: with_sheet(f'<row r="{row}" ht="9"/>' for row in range(3, 80_000)),
    "merged over everything": lambda: with_sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "a million merged cells": LISTS["a million merged cells"],
    "a link over everything": lambda: with_sheet(after="<hyperlinks><hyperlink ref='A1:XFD1048576' location='a'/></hyperlinks>"),
    "a choice for a million ranges": lambda: with_sheet(
        after='<dataValidations><dataValidation sqref="' + "A1 B2 " * 500_000 + '"/></dataValidations>'
    ),
    "half a million cells": lambda: with_sheet(wide_rows(5000, '<c r="{0}{1}"/>', 100)),
    "a hundred thousand cells": lambda: with_sheet(wide_rows(1000, '<c r="{0}{1}" s="0"/>', 99)),
    "a shared formula in 12,000 cells": LISTS["a shared formula in 12,000 cells"],
    "twenty thousand row blocks": lambda: with_sheet(
        (f'<row r="{row}">' + text_cells(row, ["{{a}}", "{{honours.title}}" if row % 2 else "{{visits.group}}"]) + "</row>" for row in range(3, 20_000)), top=""
    ),
    "a placeholder of spaces": lambda: with_sheet([f'<row r="3">{text_cells(3, ["{{" + " " * 900_000])}</row>'], top=""),
    "half a million looks": LISTS["half a million looks"],
    "a million levels": LISTS["a million levels"],
    "entities in entities": LISTS["entities in entities"],
}  # fmt: skip


if __name__ == "__main__":
    from tests.kit.measuring import print_table

    print_table()

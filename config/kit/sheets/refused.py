"""How refused rows go back to the office: the same header, the values as they came, and why, to mend and upload again."""

import io
from datetime import datetime

from django.utils.translation import gettext as _

from config.kit.punctuation import labelled
from config.kit.sheets.cells import BOOL, DATE, NUMBER, Cell

# Found by their own aliases when the file comes back; what the office reads follows its language.
REASON_HEADER, ROW_HEADER = "原因", "原行号"


def refused_workbook(refused):
    """The bytes of an `.xlsx` for what `records.refused_rows` kept. Text stays text: no value can become a formula."""
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Sheet1")
    text = book.add_format({"num_format": "@", "border": 1, "valign": "vcenter"})
    head = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "num_format": "@"}
    )
    why = book.add_format({"text_wrap": True, "border": 1, "valign": "vcenter", "num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "valign": "vcenter"})
    headers = {int(place): label for place, label in refused["headers"].items()}
    places = sorted(headers)
    for column, place in enumerate(places):
        sheet.write_string(0, column, headers[place], head)
        sheet.set_column(column, column, 22 if len(headers[place]) > 3 else 12, text)
    reason, number = len(places), len(places) + 1
    sheet.write_string(0, reason, REASON_HEADER, head)
    sheet.write_string(0, number, ROW_HEADER, head)
    sheet.set_column(reason, reason, 60)
    for at, row in enumerate(refused["rows"], 1):
        for column, place in enumerate(places):
            cell = row["cells"].get(str(place))
            if cell is not None:
                _write(sheet, at, column, Cell(*cell), text, day)
        sentences = [labelled(label, sentence) for label, sentence, _code in row["reasons"]]
        sheet.write_string(at, reason, "\n".join(sentences), why)
        sheet.write_string(at, number, f"{row['sheet']} {row['row']}".strip(), text)
    sheet.freeze_panes(1, 0)
    book.set_properties({"title": _("Refused rows")})
    book.close()
    return stream.getvalue()


def _write(sheet, row, column, cell, text, day):
    if cell.kind == NUMBER and not isinstance(cell.value, str) and abs(cell.value) < 1e15:
        sheet.write_number(row, column, cell.value)
    elif cell.kind == DATE:
        try:
            sheet.write_datetime(row, column, datetime.fromisoformat(cell.value), day)
        except ValueError:
            sheet.write_string(row, column, cell.value, text)
    elif cell.kind == NUMBER and isinstance(cell.value, float):
        # Past 15 digits a number cell would lose more of what stood there.
        sheet.write_string(row, column, f"{cell.value:.0f}", text)
    else:
        sheet.write_string(row, column, cell.shown if cell.kind == BOOL else str(cell.value), text)

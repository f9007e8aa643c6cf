"""How openpyxl reads a counted package, and is taken past the cells that most rosters are made of: plain text and numbers."""

from functools import lru_cache
from xml.etree.ElementTree import XMLPullParser

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import (
    DATA_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
    _cast_number,
)
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from config.kit.sheets.sentences import damaged
from config.kit.sheets.size import too_much_beside

_TEXT_TAG = VALUE_TAG[:-1] + "t"
_STRING_TAG, _RUN_TAG, _STRIKE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "r", "strike"))
_DIGITS = "0123456789"
# Elements that are kept until a row ends; the widest row has 16,384 cells.
MOST_WAITING = 100_000
# Characters of formulas that cells share, in all these cells.
MOST_WRITTEN_OUT = 2_000_000
_column = lru_cache(maxsize=1024)(column_index_from_string)


def elements(stream):
    """The elements of a counted part, each as it ends. The parser is the quick one: the count let no entity through."""
    parser = XMLPullParser(("end",))
    while piece := stream.read(64 * 1024):
        parser.feed(piece)
        for _event, element in parser.read_events():
            yield element
    parser.close()
    # Newer parsers keep a long tag, and all behind it, until they know that nothing more comes.
    for _event, element in parser.read_events():
        yield element


class CountedReader(ExcelReader):
    """Reads a list: its parts are counted as they are asked for, and its sheets are not gone through to be opened.

    `struck_texts` are the shared texts with a run that is struck out.
    """

    def __init__(self, package):
        super().__init__(package.fp, read_only=True, keep_links=False)
        self.archive = package
        self.struck_texts: set = set()

    def read_strings(self):
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as stream:
            for element in elements(stream):
                if element.tag == _STRING_TAG:
                    text = _text_of(element)
                    if _is_struck(element):
                        self.struck_texts.add(text)
                    self.shared_strings.append(text)
                    element.clear()

    def read_worksheets(self):
        sheets = [(sheet, link) for sheet, link in self.parser.find_sheets() if link.target in self.valid_files]
        self.archive.titles = {link.target: sheet.name for sheet, link in sheets}
        if len(self.archive.titles) < len(sheets):
            # Two names of one part: each would be read as often as it is named.
            raise damaged()
        for sheet, link in sheets:
            if "chartsheet" not in link.Type:
                page = UnsizedWorksheet(self.wb, sheet.name, link.target, self.shared_strings)
                page.sheet_state = sheet.state
                self.wb._sheets.append(page)


class UnsizedWorksheet(ReadOnlyWorksheet):
    """Its size is not looked for: where the file does not say it, that takes a pass of its own."""

    def _get_size(self):
        pass


def _text_of(string):
    """The text of a shared string, its readings left out, as openpyxl gives it."""
    parts = [
        child if child.tag == _TEXT_TAG else child.find(_TEXT_TAG)
        for child in string
        if child.tag in (_TEXT_TAG, _RUN_TAG)
    ]
    return "".join(part.text or "" for part in parts if part is not None).replace("x005F_", "")


def _is_struck(string):
    return any(
        mark.get("val", "1") not in {"0", "false"} for run in string.iter(_RUN_TAG) for mark in run.iter(_STRIKE)
    )


class QuickParser(WorkSheetParser):
    """Gives the same cells; whatever is more than one plain value goes the whole way of openpyxl."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.lengths: dict = {}
        self.written_out = 0

    def parse(self):
        """The rows of the sheet, as long as there are some; what stands between them is not looked at."""
        waiting = 0
        for element in elements(self.source):
            waiting += 1
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
                waiting = 0
            elif element.tag == DATA_TAG:
                return
            elif waiting > MOST_WAITING:
                raise too_much_beside()

    def parse_row(self, row):
        number, cells = super().parse_row(row)
        self.row_dimensions.clear()
        return number, cells

    def parse_formula(self, element):
        """A formula that cells share is written out for each of them, as long as that is a matter of moments."""
        formula = element.find(FORMULA_TAG)
        if formula.get("t") == "shared":
            text, key = formula.text or "", formula.get("si")
            self.lengths.setdefault(key, len(text))
            self.written_out += self.lengths[key]
            if self.written_out > MOST_WRITTEN_OUT:
                return f"={text}"
        return super().parse_formula(element)

    def parse_cell(self, element):
        coordinate = element.get("r")
        if len(element) == 1 and coordinate and coordinate[-1] in _DIGITS:
            child, kind = element[0], element.get("t", "n")
            style = int(element.get("s") or 0)
            value = None
            if kind == "s":
                if child.tag == VALUE_TAG and child.text:
                    value = self.shared_strings[int(child.text)]
            elif kind == "inlineStr":
                if child.tag == INLINE_STRING and len(child) == 1 and child[0].tag == _TEXT_TAG:
                    value, kind = child[0].text, "s"
            elif kind == "n" and child.tag == VALUE_TAG and child.text and style not in self.date_formats:
                value = _cast_number(child.text)
            if value is not None:
                column = self.col_counter = _column(coordinate.rstrip(_DIGITS))
                return {
                    "row": self.row_counter,
                    "column": column,
                    "value": value,
                    "data_type": kind,
                    "style_id": style,
                }
        return super().parse_cell(element)

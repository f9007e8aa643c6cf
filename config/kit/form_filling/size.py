"""How much a form may hold, and how openpyxl reads one: each sheet is gone through before it is made into objects."""

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from config.kit.sheets.package import Limits
from config.kit.sheets.parsing import MOST_WRITTEN_OUT, elements
from config.kit.sheets.sentences import damaged
from config.kit.sheets.size import too_many_cells, too_many_rows, too_much_beside

MOST_ROWS, MOST_CELLS = 20_000, 100_000
FORMS = Limits(
    unpacked=100 * 1024 * 1024, rows=MOST_ROWS, cells=MOST_CELLS, tags=600_000, size=20 * 1024 * 1024,
    whole_tags=100_000, whole_size=40 * 1024 * 1024, drops_blank_rows=False,
)  # fmt: skip
MOST_MERGES = 10_000
# Characters of the ranges that choices and conditions name.
MOST_RANGES = 200_000
# Pictures other than PNG, JPEG and GIF are unpacked when the copy is saved.
MOST_PIXELS = 20_000_000
ALL_ROWS, ALL_COLUMNS = 1_048_576, 16_384


class FormReader(ExcelReader):
    """Reads a form whose parts are counted as they are asked for."""

    def __init__(self, package):
        super().__init__(package.fp, rich_text=True)
        self.archive = package

    def read_worksheets(self):
        sheets = list(self.parser.find_sheets())
        self.archive.titles = {link.target: sheet.name for sheet, link in sheets}
        if len(self.archive.titles) < len(sheets):
            raise damaged()
        for sheet, link in sheets:
            if link.target not in self.valid_files:
                continue
            if "chartsheet" in link.Type:
                # Made into objects as a whole, and counted as such.
                self.archive.read(link.target)
            else:
                with self.archive.open(link.target) as stream:
                    SheetSize(sheet.name).refuse(stream)
        super().read_worksheets()


class SheetSize:
    """What a sheet would become: cells it states, cells that a range would make, ranges and formulas to be taken apart."""

    def __init__(self, title):
        self.title = title
        self.cells = self.merges = self.ranges = self.written_out = 0
        self.lengths: dict = {}

    def refuse(self, stream):
        """ValidationError as soon as the sheet would become too much."""
        for element in elements(stream):
            name = element.tag.rpartition("}")[2]
            self.ranges += len(element.get("sqref", ""))
            if name == "c":
                self.cells += 1
            elif name == "f" and element.get("t") == "shared":
                key = element.get("si")
                self.lengths.setdefault(key, len(element.text or ""))
                self.written_out += self.lengths[key]
            elif name in {"mergeCell", "hyperlink"} and element.get("ref"):
                self.merges += 1
                self.cells += area_of(element.get("ref"))
            elif name == "row":
                element.clear()
            if self.cells > MOST_CELLS:
                raise too_many_cells(self.title, MOST_CELLS)
            if self.merges > MOST_MERGES or self.ranges > MOST_RANGES or self.written_out > MOST_WRITTEN_OUT:
                raise too_much_beside()


def area_of(ref):
    """How many cells a range has; one that names no rows or no columns has all of them."""
    left, top, right, bottom = range_boundaries(ref)
    return ((right or ALL_COLUMNS) - (left or 1) + 1) * ((bottom or ALL_ROWS) - (top or 1) + 1)


def refuse_far_things(sheet):
    """Rows far below and tables and pictures that would become too much when the filled copy is saved."""
    rows = {place[0] for place in sheet._cells} | set(sheet.row_dimensions)
    rows |= {area.max_row for area in sheet.merged_cells.ranges}
    if max(rows, default=0) > MOST_ROWS:
        raise too_many_rows(sheet.title, MOST_ROWS)
    if sum(area_of(table.ref) for table in sheet.tables.values()) > MOST_CELLS:
        raise too_many_cells(sheet.title, MOST_CELLS)
    for picture in sheet._images:
        if picture.format not in {"png", "jpeg", "gif"} and picture.width * picture.height > MOST_PIXELS:
            raise too_much_beside()

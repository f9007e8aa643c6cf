"""How one sheet is written: its title lines, tables, sums, charts and foot, from top to bottom; and the cover."""

from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config.kit.excel_cells import (
    EMPTY,
    FIGURE,
    MONEY,
    NUMBER,
    TEXT,
    WIDTHS,
    Cells,
    Formula,
    NamedCell,
    column_letter,
    lines_of,
    written_width,
)

LINE, LEAST = 15.0, 19.0  # points of a line of body text, and of the lowest row
CHART_ROWS, CHART_ROW = 16, 18.0
NARROWEST, MOST_SPREAD = 104.0, 2.0  # characters that the lines around a table need, and how far it is spread for them
FIRST_ROW = 5  # Excel row of the first record of a confidential sheet whose first table has no heading
STEP = 5000  # rows between two words about progress


def _thirds(parts, sizes):
    """Last columns of the left and of the middle part of the line, so that each has room; None where none have."""
    needs = [written_width(part) + 2 for part in parts]
    cuts, best = None, float("inf")
    for first in range(len(sizes) - 2):
        for second in range(first + 1, len(sizes) - 1):
            rooms = (sum(sizes[: first + 1]), sum(sizes[first + 1 : second + 1]), sum(sizes[second + 1 :]))
            short = sum(max(need - room, 0) for need, room in zip(needs, rooms, strict=True))
            uneven = abs(rooms[0] - rooms[2]) / 1000
            if short + uneven < best:
                cuts, best = (first, second), short + uneven
    return cuts if cuts and best < 60 else None


def add_chart(writer, chart):
    """A native chart under the tables, with its values kept beside it for previews that do not calculate."""
    span, block = writer.spans[chart.block], writer.sheet.blocks[chart.block]
    places = [place for place, column in enumerate(block.columns) if column.key in chart.columns]
    if span["last"] < span["first"] or not places:
        return
    drawn = writer.book.add_chart({"type": chart.kind})
    if chart.of_total:
        left, right, row, head = places[0], places[-1], span["total"], span["head"]
        drawn.add_series(
            {
                "categories": [writer.name, head, left, head, right],
                "values": [writer.name, row, left, row, right],
                "categories_data": [block.columns[place].title for place in range(left, right + 1)],
                "values_data": [float(span["sums"][place]) for place in range(left, right + 1)],
                "data_labels": {"value": True},
            }
        )
        drawn.set_legend({"none": True})
    else:
        for place in places:
            drawn.add_series(
                {
                    "name": [writer.name, span["head"], place],
                    "categories": [writer.name, span["first"], 0, span["last"], 0],
                    "values": [writer.name, span["first"], place, span["last"], place],
                    "categories_data": [str(text) for text in span["values"][0]],
                    "values_data": [float(value or 0) for value in span["values"][place]],
                    "data_labels": {"value": True},
                }
            )
        drawn.set_legend({"none": True} if len(places) == 1 else {"position": "bottom"})
    drawn.set_title({"name": chart.title, "name_font": {"size": 14}})
    pixels = int(sum(size * 7 + 5 for size in writer.sizes))
    drawn.set_size({"width": min(max(pixels - 10, 300), 900), "height": int(CHART_ROWS * CHART_ROW * 96 / 72) - 20})
    writer.page.insert_chart(writer.row, 0, drawn, {"x_offset": 5, "y_offset": 8, "description": chart.title})
    for row in range(writer.row, writer.row + CHART_ROWS):
        writer.page.set_row(row, CHART_ROW)
    writer.row += CHART_ROWS


class SheetWriter:
    """Writes one sheet from top to bottom, row after row: what is written is never gone back to."""

    def __init__(self, book, page, styles, sheet, frame, refs, on_progress):
        self.book, self.page, self.styles, self.sheet, self.frame = book, page, styles, sheet, frame
        self.refs, self.on_progress = refs, on_progress
        self.name = page.get_name()
        self.width = max((len(block.columns) for block in sheet.blocks), default=1)
        self.row = 0
        self.cells = Cells(page, styles, refs)
        self.spans: list[dict] = []
        self.sizes = [0.0] * self.width

    def write(self):
        """Returns the number of rows under the headers, rows of sums not counted."""
        self.page.set_default_row(LEAST)
        self._widths()
        self._title()
        count = 0
        for place, block in enumerate(self.sheet.blocks):
            count += self._block(block, is_first=place == 0)
        for chart in self.sheet.charts:
            add_chart(self, chart)
        self._foot()
        self._print_setup(count)
        if self.on_progress:
            self.on_progress(self.name, count)
        return count

    def _widths(self):
        """Widths by kind and wish; a table too narrow for its own title line is spread to that."""
        for place in range(self.width):
            columns = [block.columns[place] for block in self.sheet.blocks if place < len(block.columns)]
            self.sizes[place] = max(column.width or WIDTHS[column.kind] for column in columns)
        spread = min(max(NARROWEST / sum(self.sizes), 1), MOST_SPREAD)
        for place, size in enumerate(self.sizes):
            self.sizes[place] = round(size * spread, 1)
            self.page.set_column(place, place, self.sizes[place])

    def _merged(self, text, style, *, height=0.0, size=11, first=0, last=None, row_done=True):
        """A text over the columns `first` to `last`, its row high enough for all of it."""
        last = self.width - 1 if last is None else last
        room = sum(self.sizes[first : last + 1])
        lines = lines_of(text, room, size / 11)
        needed = max(height, LINE * size / 11 * lines + 6)
        if last > first:
            self.page.merge_range(self.row, first, self.row, last, "", style)
        self.page.write_string(self.row, first, text, style)
        if row_done:
            self.page.set_row(self.row, needed)
            self.row += 1
        return needed

    def _title(self):
        looks = {"bold": True, "font_size": 20, "align": "center", "text_wrap": True}
        self._merged(self.sheet.title, self.styles(**looks), height=36, size=20)
        parts = [
            _("Reporting unit (seal): %(unit)s") % {"unit": self.frame.reporting_unit},
            _("Filled in on: %(day)s") % {"day": written_date(self.frame.on)},
            _("Unit: %(unit)s") % {"unit": self.sheet.unit} if self.sheet.unit else "",
        ]
        ends = _thirds(parts, self.sizes)
        if ends is None:
            self._merged("        ".join(filter(None, parts)), self.styles(align="left", text_wrap=True), height=22)
        else:
            starts, height = (0, ends[0] + 1, ends[1] + 1), 22.0
            for text, first, last, align in zip(parts, starts, (*ends, self.width - 1), ("left", "center", "right"), strict=True):  # fmt: skip
                style = self.styles(align=align, text_wrap=True)
                height = max(height, self._merged(text, style, first=first, last=last, row_done=False))
            self.page.set_row(self.row, height)
            self.row += 1
        if self._is_confidential():
            self._merged(_("Internal material, confidential"), self.styles(bold=True, align="left"), height=20)

    def _is_confidential(self):
        return self.frame.confidential if self.sheet.confidential is None else self.sheet.confidential

    def _block(self, block, *, is_first):
        if block.heading:
            self._merged(block.heading, self.styles(bold=True, align="left", text_wrap=True), height=24)
        header = self.styles(bold=True, border=1, align="center", text_wrap=True)
        lines = 1
        for place, column in enumerate(block.columns):
            self.page.write_string(self.row, place, column.title, header)
            lines = max(lines, lines_of(column.title, self.sizes[place]))
        self.page.set_row(self.row, max(32, LINE * lines + 6))
        head = self.row
        if is_first:
            self.page.freeze_panes(self.row + 1, 0)
            self.page.repeat_rows(self.row)
        self.row += 1
        self.cells.letters = {
            column.key: column_letter(place) for place, column in enumerate(block.columns) if column.key
        }
        first = self.row
        rows = block.rows(self.refs) if callable(block.rows) else block.rows
        sums, values = self._rows(block, rows)
        last = self.row - 1
        if last < first:
            self._merged(
                self.frame.nothing or _("No records."),
                self.styles(border=1, align="center"),
                last=len(block.columns) - 1,
            )
        if block.ref:
            reference = f"A{first + 1}:A{last + 1}" if last >= first else f"A{head + 1}"
            counts = "COUNT" if block.columns[0].kind == NUMBER or last < first else "COUNTA"
            self.refs.add(block.ref, self.name, f"{counts}({reference})", last - first + 1)
        self.spans.append({"head": head, "first": first, "last": last, "total": None, "values": values, "sums": sums})
        if block.has_total:
            self.spans[-1]["total"] = self.row
            self._totals(block, first, sums)
        return last - first + 1

    def _rows(self, block, rows):
        """Write the rows; the sums of the columns, and the values that a chart will ask for."""
        sums = {place: Decimal(0) for place, column in enumerate(block.columns) if column.total}
        ones = {place for place, column in enumerate(block.columns) if column.total == "ones"}
        charted = {key for chart in self.sheet.charts if not chart.of_total for key in chart.columns}
        charted_places = [place for place, column in enumerate(block.columns) if column.key in charted]
        values: dict[int, list] = {place: [] for place in [0, *charted_places]} if charted_places else {}
        plan = [
            (place, column.value, self.cells.writer(column.kind, self.sizes[place], centred=place == 0))
            for place, column in enumerate(block.columns)
        ]
        watched = sums.keys() | values.keys()
        page, row, start, on_progress = self.page, self.row, self.row, self.on_progress
        for record in rows:
            lines = 1
            for place, value_of, write in plan:
                value = value_of(record)
                height = write(row, place, value)
                if height > lines:
                    lines = height
                if place in watched:
                    plain = self.cells.plain(value)
                    if place in sums:
                        sums[place] += (plain == 1) if place in ones else Decimal(str(plain or 0))
                    if place in values:
                        values[place].append(plain)
            if lines > 1:
                page.set_row(row, LINE * lines + 4)
            row += 1
            if on_progress and (row - start) % STEP == 0:
                on_progress(self.name, row - start)
        self.row = row
        return sums, values

    def _totals(self, block, first, sums):
        last = self.row - 1
        bold = self.styles.body(TEXT, bold=True)
        for place, column in enumerate(block.columns):
            if place == 0:
                self.page.write_string(self.row, 0, _("total"), bold)
            elif column.total:
                letter = column_letter(place)
                value: Any = sums[place] if column.kind in {MONEY, FIGURE} else _whole(sums[place])
                if last >= first:
                    area = f"{letter}{first + 1}:{letter}{last + 1}"
                    text = f"=COUNTIF({area},1)" if column.total == "ones" else f"=SUM({area})"
                    value = Formula(text, value)
                if column.ref:
                    value = NamedCell(column.ref, value)
                self.cells.writer(column.kind, self.sizes[place], bold=True)(self.row, place, value)
            else:
                self.page.write_blank(self.row, place, None, bold)
        self.page.set_row(self.row, LEAST + 3)
        self.row += 1

    def _foot(self):
        for note in self.sheet.notes:
            self._merged(note, self.styles(align="left", text_wrap=True))
        self._merged(
            _("Head of unit:            Reviewed by:            Prepared by:            Phone: %(phone)s")
            % {"phone": self.frame.phone},
            self.styles(align="left", text_wrap=True),
            height=28,
        )

    def _print_setup(self, count):
        # Under a second table the first one's header would be repeated, so short sheets of several stay on one page.
        several = len(self.sheet.blocks) > 1 or self.sheet.charts
        print_setup(self.page, pages_high=1 if several and count <= 45 else 0)


class CoverWriter:
    """Writes the cover: few words, large, in the middle of the page."""

    def __init__(self, book, page, styles, cover, frame, refs, on_progress):
        self.page, self.styles, self.cover = page, styles, cover

    def write(self):
        page, styles, cover = self.page, self.styles, self.cover
        for place, size in enumerate((12, 26, 56, 12)):
            page.set_column(place, place, size)
        page.hide_gridlines(2)
        row = 0
        if cover.notice:
            page.merge_range(row, 0, row, 3, "", styles())
            page.write_string(row, 0, cover.notice, styles(bold=True, font_size=14, align="right"))
        page.set_row(row, 32)
        title = styles(bold=True, font_size=28, align="center", text_wrap=True)
        page.set_row(1, 60)
        page.merge_range(2, 0, 2, 3, "", title)
        page.write_string(2, 0, cover.title, title)
        page.set_row(2, 44.0 * lines_of(cover.title, 106, 28 / 11) + 16)
        page.set_row(3, 40)
        row = 4
        label, value = styles(font_size=14, align="right"), styles(font_size=14, align="left", bottom=1, text_wrap=True)
        for word, text in cover.lines:
            page.write_string(row, 1, word, label)
            page.write_string(row, 2, text or EMPTY, value)
            page.set_row(row, max(34.0, 20.0 * lines_of(text, 56, 14 / 11) + 10))
            row += 1
        print_setup(page, pages_high=1)
        return 0


def print_setup(page, *, pages_high):
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, pages_high)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.set_footer("&C" + _("Page &P of &N"))


def _whole(number):
    return int(number) if number == number.to_integral_value() else number


def written_date(day):
    """A day as it stands in office papers, in the active language."""
    return date_format(day, "DATE_FORMAT")

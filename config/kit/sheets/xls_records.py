"""The records of an old workbook, gone through once before xlrd keeps any: how many they are, and which cells are formulas."""

import struct

from django.utils.translation import gettext as _

from config.kit.sheets.sentences import damaged, has_password, save_as_xlsx
from config.kit.sheets.size import MOST_CELLS, too_many_cells, too_much_beside

_FILEPASS, _BOF, _EOF, _BOUNDSHEET, _SST = 0x002F, 0x0809, 0x000A, 0x0085, 0x00FC
_EXCEL_5, _EXCEL_97 = 0x0500, 0x0600
_FORMULAS = {0x0006, 0x0206, 0x0406}
# NUMBER, LABEL, LABELSST, RSTRING, RK, BOOLERR
_CELLS = {0x0203, 0x0204, 0x00FD, 0x00D6, 0x027E, 0x0205} | _FORMULAS
_MULRK, _BLANK, _MULBLANK, _HLINK = 0x00BD, 0x0201, 0x00BE, 0x01B8
# FONT, FORMAT, XF, STYLE, NAME, EXTERNNAME, SUPBOOK, NOTE, TXO, OBJ: xlrd makes an object of each.
_OBJECTS = {0x0031, 0x0231, 0x041E, 0x00E0, 0x0293, 0x0018, 0x0023, 0x01AE, 0x001C, 0x01B6, 0x005D}

MOST_SHEETS, MOST_OBJECTS = 256, 20_000
# Three sheets that are formatted to their last row, 65,536.
MOST_RECORDS, MOST_BLANKS, MOST_ROWS_DOWN = 1_500_000, 2_000_000, 200_000
MOST_STRINGS = 300_000


def formula_cells(stream):
    """For each worksheet in order, the (row, column) of its formulas, from 0; xlrd reports their last values alone.

    ValidationError where the workbook has a password, or more records than could be kept.
    """
    start = struct.unpack_from("<HHH", stream) if len(stream) >= 6 else (0, 0, 0)
    if start[0] != _BOF or start[2] not in (_EXCEL_5, _EXCEL_97):
        raise save_as_xlsx("old_excel", _("a workbook of Excel 4 or older"))
    count = Count(stream)
    offsets = count.shared()
    if len(offsets) > MOST_SHEETS:
        raise too_much_beside()
    if len(set(offsets)) < len(offsets):
        # Two names of one sheet: it would be read as often as it is named.
        raise damaged()
    return [count.sheet(offset) for offset in offsets]


class Count:
    """Counts records the way xlrd will meet them: those all sheets share, then each sheet from where it says it begins."""

    def __init__(self, stream):
        self.stream = stream
        self.records = self.objects = self.cells = self.blanks = self.rows_down = 0

    def shared(self):
        """Where each worksheet begins."""
        offsets = []
        for code, body, length in self._records(0):
            if code == _BOUNDSHEET and length >= 6:
                offset, _shown, kind = struct.unpack_from("<iBB", self.stream, body)
                if kind == 0:
                    offsets.append(offset)
            elif code == _SST and length >= 8 and struct.unpack_from("<i", self.stream, body + 4)[0] > MOST_STRINGS:
                raise too_many_cells()
        return offsets

    def sheet(self, offset):
        """The formulas of the sheet that begins there."""
        formulas, lowest, unpack, stream = set(), 0, struct.unpack_from, self.stream
        for code, body, length in self._records(offset):
            if code in _CELLS:
                self.cells += 1
            elif code == _BLANK:
                self.blanks += 1
            elif code == _MULRK:
                self.cells += max(length - 6, 0) // 6
            elif code == _MULBLANK:
                self.blanks += max(length - 6, 0) // 2
            elif code == _HLINK and length >= 8:
                top, bottom, left, right = unpack("<HHHH", stream, body)
                self.blanks += max(bottom - top + 1, 0) * max(right - left + 1, 0)
                continue
            else:
                continue
            if length >= 4:
                row, column = unpack("<HH", stream, body)
                lowest = max(lowest, row + 1)
                if code in _FORMULAS:
                    formulas.add((row, column))
            if self.cells > MOST_CELLS:
                raise too_many_cells()
            if self.blanks > MOST_BLANKS:
                raise too_many_cells(most=MOST_BLANKS)
        self.rows_down += lowest
        if self.rows_down > MOST_ROWS_DOWN or self.blanks > MOST_BLANKS:
            raise too_many_cells(most=MOST_BLANKS)
        return formulas

    def _records(self, at):
        """`(code, where its body begins, length)` of the records from one beginning to its end; what is inside, left out."""
        stream, end, unpack = self.stream, len(self.stream), struct.unpack_from
        inside = 0
        while at >= 0 and at + 4 <= end:
            code, length = unpack("<HH", stream, at)
            body = at + 4
            at = body + length
            self.records += 1
            if code == _FILEPASS:
                raise has_password()
            if code in _OBJECTS:
                self.objects += 1
            if self.records > MOST_RECORDS:
                raise too_many_cells()
            if self.objects > MOST_OBJECTS:
                raise too_much_beside()
            if code == _BOF:
                inside += 1
            elif code == _EOF:
                inside -= 1
                if inside <= 0:
                    return
            elif inside == 1 and at <= end:
                yield code, body, length

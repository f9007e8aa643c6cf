"""How openpyxl's parser is taken past the cells that most rosters are made of: plain text and plain numbers."""

from functools import lru_cache

from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import INLINE_STRING, VALUE_TAG, WorkSheetParser, _cast_number

_TEXT_TAG = VALUE_TAG[:-1] + "t"
_DIGITS = "0123456789"
_column = lru_cache(maxsize=1024)(column_index_from_string)


class QuickParser(WorkSheetParser):
    """Gives the same cells; whatever is more than one plain value goes the whole way of openpyxl."""

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

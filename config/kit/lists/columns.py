"""The columns of an admin list as the office sees them: which are shown, and how each cell is written.

A column that says the same in every row of the page is left out, and a sentence over the list says it once. Never left out
are the column whose link opens the record, the boxes for choosing rows, amounts and counts (they are added up by eye), and
a column that the reader has sorted by, because its heading is the way to turn the order round. One row is shown whole.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.admin.utils import lookup_field
from django.contrib.admin.views.main import ORDER_VAR
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from config.kit.lists.states import kind_of
from config.kit.money import yuan
from config.kit.money_columns import is_money
from config.kit.months import MonthField
from config.kit.person.names import called
from config.kit.stored_words import words_of

_ICON = re.compile(r'<img src="[^"]*icon-(yes|no|unknown)[^"]*"[^>]*>')
_CELL = re.compile(r'<(?P<tag>t[hd])(?: class="(?P<looks>[^"]*)")?>(?P<inner>.*)</t[hd]>', re.DOTALL)
NOTHING = {"", "—"}


def without_icons(html):
    """Yes, no and unknown as words: the admin's little pictures say "True" to those who have them read aloud."""
    words = {"yes": gettext("yes"), "no": gettext("no"), "unknown": "—"}
    return mark_safe(_ICON.sub(lambda icon: words[icon[1]], html)) if "<img" in str(html) else html


@dataclass
class ListColumn:
    """One column: Django's header and cells of it, and the records of its rows."""

    changelist: Any
    name: str
    header: dict
    made: list
    records: list

    @cached_property
    def label(self):
        return capfirst(str(self.header["text"]))

    @cached_property
    def is_box(self):
        return self.name == "action_checkbox"

    @cached_property
    def is_link(self):
        return bool(self.made) and str(self.made[0]).startswith("<th")

    @cached_property
    def values(self):
        """What the column holds for each record, before it is written."""
        return [self._value(record) for record in self.records]

    def _value(self, record):
        try:
            return lookup_field(self.name, record, self.changelist.model_admin)[2]
        except ObjectDoesNotExist:
            return None

    @cached_property
    def field(self):
        """The field of the model that the column shows, or None for a method."""
        return next((field for field in self.changelist.opts.fields if field.name == self.name), None)

    @cached_property
    def is_amount(self):
        return is_money(self.name, self.changelist.model_admin)

    @cached_property
    def is_number(self):
        if self.is_link or self.is_box:
            return False
        if getattr(self.field, "choices", None):
            return False
        known = next((value for value in self.values if value is not None), None)
        return isinstance(known, (int, float, Decimal)) and not isinstance(known, bool)

    @cached_property
    def is_sorted_by_reader(self):
        return bool(self.header.get("sorted")) and ORDER_VAR in self.changelist.params

    @cached_property
    def inners(self):
        """The content of each cell, written as the office writes it."""
        states = self.changelist.model_admin.list_states.get(self.name)
        return [self._written(made, value, states) for made, value in zip(self.made, self.values, strict=True)]

    def _written(self, made, value, states):
        inner = mark_safe(_CELL.fullmatch(str(without_icons(made)))["inner"])
        if isinstance(value, get_user_model()):
            return _put(inner, str(value), called(value))
        if self.is_amount and value is not None:
            return _put(inner, number_format(value), yuan(value))
        if isinstance(self.field, MonthField) and value is not None:
            return _put(inner, date_format(value), words_of(self.field, value))
        kind = kind_of(states, value)
        return mark_safe(render_to_string("ui/state.html", {"kind": kind, "label": inner})) if kind else inner

    @cached_property
    def same(self):
        """The words that every row says, where the column is left out; None where it is shown."""
        if self.is_link or self.is_box or self.is_number or self.is_sorted_by_reader or len(self.records) < 2:
            return None
        inners = set(map(str, self.inners))
        if len(inners) > 1:
            return None
        words = strip_tags(inners.pop()).strip()
        return pgettext("in every row", "none") if words in NOTHING else mark_safe(words)

    @cached_property
    def cells(self):
        return [self._cell(made, inner) for made, inner in zip(self.made, self.inners, strict=True)]

    def _cell(self, made, inner):
        looks = _CELL.fullmatch(str(made))["looks"] or ""
        if self.is_link:
            return format_html('<th scope="row" class="{}">{}</th>', looks, inner)
        if self.is_box:
            return format_html('<td class="{}">{}</td>', looks, inner)
        looks = f"{looks} num" if self.is_number else looks
        return format_html('<td data-label="{}" class="{}">{}</td>', self.label, looks, inner)

    @property
    def head_class(self):
        """The attribute of the heading's cell; a heading of numbers stands over their right edge."""
        attribute = str(self.header.get("class_attrib", ""))
        return mark_safe(attribute.replace('class="', 'class="num ', 1)) if self.is_number else mark_safe(attribute)


def _put(inner, old, new) -> SafeString:
    """The content of a cell, in its link or not, in other words."""
    bare = str(conditional_escape(old))
    around = re.sub(
        rf"(^|>){re.escape(bare)}(<|$)", lambda found: f"{found[1]}{conditional_escape(new)}{found[2]}", inner
    )
    return mark_safe(around)


@dataclass(frozen=True)
class ListTable:
    """The columns shown, the rows of their cells, and `(label, words)` of the columns left out."""

    columns: list
    same: list

    def rows(self):
        return list(zip(*(column.cells for column in self.columns), strict=True))


def list_table(changelist, headers, results):
    """The table of a page of a list, from Django's headers and cells; no query beside those of its cells."""
    records = list(changelist.result_list)
    columns = [
        ListColumn(changelist, name, header, [row[place] for row in results], records)
        for place, (name, header) in enumerate(zip(changelist.list_display, headers, strict=True))
    ]
    shown = [column for column in columns if column.same is None]
    return ListTable(shown, [(column.label, column.same) for column in columns if column.same is not None])

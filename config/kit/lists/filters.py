"""The filters and the period of an admin list as selects of one form, which works without scripts.

Every option carries a piece of an address (`state__exact=paid`), because Django's filters set one parameter, two or none;
all selects are sent under one name, and the list answers with a redirect to the address that they make together.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qs, parse_qsl, urlencode

from django.contrib.admin import BooleanFieldListFilter
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.db.models import Max, Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

PICK = "pick"
PARTS = ("year", "month", "day")
# How many selects stand beside the search box; the others are folded.
BESIDE = 2
# A number of an identity card or a phone that somebody searched for is not kept in files, logs or filters.
LONG_NUMBER = re.compile(r"\d(?:[\s()（）+－-]*\d){8,}[\dXxＸｘ]?")


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Control:
    """One select; its first choice filters nothing and names what is filtered."""

    label: str
    choices: tuple[Choice, ...]

    @property
    def is_used(self):
        return any(choice.is_chosen and choice.value for choice in self.choices)


@dataclass(frozen=True)
class Controls:
    """The selects beside the search box, those that are folded, and what else of the address the form keeps."""

    beside: tuple[Control, ...]
    folded: tuple[Control, ...]
    hidden: tuple[tuple[str, str], ...]

    @property
    def is_open(self):
        return any(control.is_used for control in self.folded)


def _labelled(label, words):
    return _("%(label)s: %(value)s") % {"label": label, "value": words}


def _of_filter(spec, changelist):
    label, own = str(capfirst(spec.title)), spec.expected_parameters()
    choices = []
    for choice in spec.choices(changelist):
        asked = parse_qs(choice["query_string"].lstrip("?"), keep_blank_values=True)
        value = urlencode({name: asked[name] for name in own if name in asked}, doseq=True)
        words = str(choice["display"])
        # Yes and no say nothing without what they answer.
        if not value or isinstance(spec, BooleanFieldListFilter):
            words = _labelled(label, words)
        choices.append(Choice(value, words, bool(choice["selected"])))
    return Control(label, tuple(choices))


def _first_and_last(changelist):
    """The first and the last day of all records of a list, or None; one query."""
    name = changelist.date_hierarchy
    ends = changelist.root_queryset.order_by().aggregate(first=Min(name), last=Max(name))
    if ends["first"] is None:
        return None
    return tuple(timezone.localtime(end).date() if isinstance(end, datetime) else end for end in ends.values())


def _period(changelist):
    """Selects of year, then of month and day of the year and month that are chosen."""
    ends = _first_and_last(changelist)
    if ends is None:
        return []
    name = changelist.date_hierarchy
    label = str(capfirst(changelist.opts.get_field(name).verbose_name))
    chosen = {part: changelist.params.get(f"{name}__{part}", "") for part in PARTS}
    year, month = (int(chosen[part]) if chosen[part].isdecimal() else 0 for part in PARTS[:2])
    words = {
        "year": {number: _("the year %(year)s") % {"year": number} for number in _years(*ends, year)},
        "month": MONTHS if year else {},
        "day": _days(year, month) if year and 1 <= month <= 12 else {},
    }
    nothing = {"year": _labelled(label, _("any time")), "month": _("the whole year"), "day": _("the whole month")}
    return [
        Control(
            label if part == "year" else nothing[part],
            (
                Choice("", nothing[part], not chosen[part]),
                *(
                    Choice(urlencode({f"{name}__{part}": number}), str(said), chosen[part] == str(number))
                    for number, said in words[part].items()
                ),
            ),
        )
        for part in PARTS
        if words[part]
    ]


def _years(first, last, chosen):
    years = set(range(first.year, last.year + 1)) | ({chosen} if chosen else set())
    return sorted(years, reverse=True)


def _days(year, month):
    days = range(1, calendar.monthrange(year, month)[1] + 1)
    return {day: date_format(date(year, month, day), "MONTH_DAY_FORMAT") for day in days}


def controls_of(changelist):
    """The form over a list; one query where the list has a period, and those of the filters' own choices."""
    period = _period(changelist) if changelist.date_hierarchy else []
    filters = [_of_filter(spec, changelist) for spec in changelist.filter_specs]
    room = max(BESIDE, len(period))
    found = (*period, *filters)
    answered = known_names(changelist)
    hidden = tuple(
        (name, value)
        for name, values in sorted(changelist.filter_params.items())
        if name not in answered
        for value in values
    )
    return Controls(found[:room], found[room:], hidden)


def known_names(changelist):
    """The names in an address that the form over a list answers: its search, its filters, its period."""
    names = {SEARCH_VAR}
    for spec in changelist.filter_specs:
        names.update(spec.expected_parameters())
    if changelist.date_hierarchy:
        names.update(f"{changelist.date_hierarchy}__{part}" for part in PARTS)
    return names


def known_query(changelist):
    """What an address asks of a list in those names, always in one order; "" for the whole list."""
    known = known_names(changelist)
    asked = {name: values for name, values in changelist.filter_params.items() if name in known and values != [""]}
    return urlencode(sorted(asked.items()), doseq=True)


def picked_query(asked, date_hierarchy):
    """The address that the form's selects make together (QueryDict), without what is empty."""
    query = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in (PICK, PAGE_VAR) and values != [""]:
            query.setlist(name, values)
    for piece in asked.getlist(PICK):
        for name, value in parse_qsl(piece[:1000]):
            if name != PICK:
                query.appendlist(name, value)
    if date_hierarchy:
        _keep_to_calendar(query, date_hierarchy)
    return query


def _keep_to_calendar(query, name):
    """A month without a year, and a day that its month has not, were chosen for another year or month."""
    year, month, day = (query.get(f"{name}__{part}", "") for part in PARTS)
    if not year:
        query.pop(f"{name}__month", None)
    if day:
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            query.pop(f"{name}__day", None)

"""What a list of the office shows, as a file: the same rows, order, columns and words, all pages, as XLSX or CSV."""

import csv
import html
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.hashable import make_hashable
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.downloads import download
from config.kit.excel import Block, Column, Frame, Worksheet, write_workbook
from config.kit.excel_cells import DATE, MONEY, NUMBER, TEXT, Typed
from config.kit.files import TemporaryDownload
from config.kit.lists.filters import LONG_NUMBER
from config.kit.money import MoneyField
from config.kit.months import MonthField
from config.kit.person.names import called
from config.kit.stored_words import words_of

XLSX, CSV = "xlsx", "csv"
# A sheet of Excel ends at row 1,048,576; above the rows stand the title lines.
MOST_ROWS = 1_000_000
AT_ONCE = 2000  # rows fetched at a time, with what belongs to them
EXACT_DIGITS = 10**15  # a cell holds a double: longer numbers would lose digits
# East Asian editions of Excel read the full-width signs as the plain ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Office(Protocol):
    """What the admin site adds: who fills in, and where an export is written down."""

    def frame_of(self, user) -> Frame: ...

    def log_export(self, *, by, what) -> Any: ...


NOTHING = Typed(TEXT, None)  # the list shows nothing


class ExportsList(admin.ModelAdmin):
    """Admin mixin: every list can be taken away as it is seen, by those who see it, and that is written down."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        own = path("export/<slug:kind>/", self.admin_site.admin_view(self.export_list), name=name)
        return [own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        params = request.GET.copy()
        for key in (PAGE_VAR, ERROR_FLAG):
            params.pop(key, None)
        tail = f"?{params.urlencode()}" if params else ""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
        links = [
            (_("Export to Excel"), reverse(name, args=[XLSX]) + tail),
            (_("Export to CSV"), reverse(name, args=[CSV]) + tail),
        ]
        return super().changelist_view(request, {"export_links": links} | (extra_context or {}))

    def prepare_rows(self, rows):
        """Give rows, many at once, what their columns need beside the records themselves."""

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if type(self).prepare_rows is not ExportsList.prepare_rows:
            changelist.result_list = list(changelist.result_list)
            self.prepare_rows(changelist.result_list)
        return changelist

    def export_list(self, request, kind):
        """GET gives the file; an address the list does not understand leads to the list, as it does there."""
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        if kind not in (XLSX, CSV):
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{back}?{ERROR_FLAG}=1")
        if kind == XLSX and changelist.result_count > MOST_ROWS:
            self.message_user(
                request,
                _("A sheet holds %(most)s rows at most. Filter the list, or take it as CSV.")
                % {"most": f"{MOST_ROWS:,}"},
                messages.WARNING,
            )
            return HttpResponseRedirect(back + changelist.get_query_string())
        office = cast(Office, self.admin_site)
        listing = Listing(changelist, request)
        content = listing.as_workbook(office.frame_of(request.user)) if kind == XLSX else listing.as_csv()
        office.log_export(by=request.user, what=listing.described(kind.upper()))
        name = f"{listing.title} {clock.today():%Y-%m-%d}.{kind}"
        return download(content, name)


class Listing:
    """A change list read from its first row to its last."""

    def __init__(self, changelist, request):
        self.changelist, self.request = changelist, request
        self.title = capfirst(str(changelist.opts.verbose_name_plural))
        self.names = [name for name in changelist.list_display if name != "action_checkbox"]
        self.count = changelist.result_count

    def headings(self):
        return [
            capfirst(str(label_for_field(name, self.changelist.model, model_admin=self.changelist.model_admin)))
            for name in self.names
        ]

    def rows(self):
        """The values of every row, a tuple a row; what is not read any more is not kept."""
        names, site_admin = self.names, self.changelist.model_admin
        records = self.changelist.queryset.iterator(chunk_size=AT_ONCE)
        while together := list(islice(records, AT_ONCE)):
            site_admin.prepare_rows(together)
            for record in together:
                yield tuple(shown_value(name, record, site_admin) for name in names)

    def about(self):
        """Lines that say what was asked for, and who took how much of it when."""
        filters = filters_in_words(self.changelist, self.request)
        taken = ngettext(
            "Exported by %(user)s at %(moment)s, %(count)s row.",
            "Exported by %(user)s at %(moment)s, %(count)s rows.",
            self.count,
        ) % {
            "user": called(self.request.user),
            "moment": f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}",
            "count": self.count,
        }
        words = _("Shown: %(filters)s") % {"filters": filters or _("the whole list")}
        return [words, taken]

    def described(self, kind):
        """One line for the log of exports."""
        filters = filters_in_words(self.changelist, self.request)
        words = {"list": self.title, "kind": kind, "count": self.count, "filters": filters or _("the whole list")}
        return _("list %(list)s (%(kind)s, rows: %(count)s): %(filters)s") % words

    def as_workbook(self, frame):
        """The open file of a workbook, which is gone from the disk when it is closed."""
        columns = [
            Column(title, lambda row, place=place: row[place], width=_width(title))
            for place, title in enumerate(self.headings())
        ]
        rows: Iterable = (tuple(_cell(value) for value in row) for row in self.rows())
        if not self.count:
            rows = [(_("The list is empty."), *(" " for _title in columns[1:]))]
        sheet = Worksheet(self.title, self.title, [Block(columns, rows, heading="\n".join(self.about()))])
        return TemporaryDownload("list.xlsx", lambda target: write_workbook(target, [sheet], frame))

    def as_csv(self):
        """The open file of a text table with the byte order mark from which Chinese Excel detects UTF-8."""
        return TemporaryDownload("list.csv", self._write_csv)

    def _write_csv(self, target):
        with open(target, "w", encoding="utf-8-sig", newline="") as text:
            writer = csv.writer(text)
            confidential = _("Internal material, confidential")
            writer.writerow([harmless(" ".join([self.title, confidential, *self.about()]))])
            writer.writerow([harmless(title) for title in self.headings()])
            writer.writerows([_plain(value) for value in row] for row in self.rows())


def _width(title):
    return max(14.0, 2.2 * len(title))


def _cell(typed):
    return typed.value if typed.value is None or typed.kind == TEXT else typed


def _plain(typed):
    """A value as text of a text table: no sign for nothing, amounts without commas, no text that acts as a formula."""
    value = typed.value
    if value is None:
        return ""
    if typed.kind == MONEY:
        return f"{value:.2f}"
    return harmless(value) if typed.kind == TEXT else value.isoformat() if typed.kind == DATE else value


def harmless(text):
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def shown_value(name, record, site_admin):
    """One cell of a list as data; private fields tell only that something is recorded, as everywhere in the office."""
    try:
        field, attribute, value = lookup_field(name, record, site_admin)
    except ObjectDoesNotExist:
        return NOTHING
    if field is None or field.auto_created:
        owner = getattr(attribute, "fget", attribute) if isinstance(attribute, property) else attribute
        return _of_method(value, is_boolean=getattr(owner, "boolean", False))
    return _of_field(field, value, record)


def _of_method(value, *, is_boolean):
    if is_boolean:
        return _truth(value)
    if isinstance(value, (list, tuple)):
        return _text(_(", ").join(map(str, value)))
    return _of_value(value)


def _of_field(field, value, record):
    if isinstance(field, EncryptedTextField):
        return _text(_("recorded") if value else None)
    if isinstance(field, models.ForeignKey):
        related = getattr(record, field.name)
        if related is None:
            return NOTHING
        return _text(called(related) if hasattr(related, "get_username") else str(related))
    if getattr(field, "flatchoices", None):
        try:
            words = dict(field.flatchoices)
            return _text(words.get(value))
        except TypeError:
            return _text(dict(make_hashable(field.flatchoices)).get(make_hashable(value)))
    if isinstance(field, models.BooleanField):
        return _truth(value)
    if isinstance(field, MonthField):
        return _text(words_of(field, value))
    if isinstance(field, MoneyField):
        return NOTHING if value is None else Typed(MONEY, value)
    return _of_value(value)


def _truth(value):
    return NOTHING if value is None else _text(_("yes") if value else _("no"))


def _of_value(value):
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _truth(value)
    if isinstance(value, Decimal):
        return Typed(MONEY, value)
    if isinstance(value, (int, float)) and abs(value) < EXACT_DIGITS:
        return Typed(NUMBER, value)
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return _text(f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, date):
        return Typed(DATE, value)
    if isinstance(value, time):
        return _text(f"{value:%H:%M}")
    if hasattr(value, "__html__"):
        return _text(html.unescape(strip_tags(str(value))).strip())
    return _text(str(value))


def _text(value):
    return Typed(TEXT, str(value)) if value is not None and str(value).strip() else NOTHING


def filters_in_words(changelist, request):
    """The filters, the day and the words searched for, as the page names them; empty where the list is whole."""
    parts = []
    for spec in changelist.filter_specs:
        if _narrows(spec):
            chosen = [str(choice["display"]) for choice in spec.choices(changelist) if choice.get("selected")]
            parts.append(_part(str(spec.title), _(", ").join(chosen)))
    # What no filter of the page took up narrows the list by itself.
    rest = changelist.get_filters(request)[2]
    day = [changelist.params.get(f"{changelist.date_hierarchy}__{part}") for part in ("year", "month", "day")]
    if day[0]:
        parts.append(
            _part(_label(changelist, changelist.date_hierarchy), "-".join(part.zfill(2) for part in day if part))
        )
        rest = {key: values for key, values in rest.items() if not key.startswith(f"{changelist.date_hierarchy}__")}
    for key, values in rest.items():
        values = values if isinstance(values, list) else [values]
        parts.append(
            _part(
                _label(changelist, key), _(", ").join(_word(changelist, request, key, str(value)) for value in values)
            )
        )
    if changelist.query:
        parts.append(_part(_("search"), LONG_NUMBER.sub("****", changelist.query)))
    return _("; ").join(parts)


def _narrows(spec):
    """Whether a filter leaves anything out: it stands in the address, or is one that has a choice of its own by default."""
    if spec.used_parameters:
        return True
    return isinstance(spec, admin.SimpleListFilter) and type(spec).choices is not admin.SimpleListFilter.choices


def _part(label, value):
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def _field(changelist, key):
    try:
        return changelist.opts.get_field(key.split("__")[0])
    except FieldDoesNotExist:
        return None


def _label(changelist, key):
    field = _field(changelist, key)
    return str(getattr(field, "verbose_name", key))


def _word(changelist, request, key, value):
    """A value of an address in the words of the list; of records that the user may not see not even the name is returned."""
    field = _field(changelist, key)
    if field is None:
        return value
    if getattr(field, "flatchoices", None):
        return str({str(code): word for code, word in field.flatchoices}.get(value, value))
    if isinstance(field, models.ForeignKey) and value.isascii() and value.isdigit() and len(value) < 19:
        related = field.remote_field.model._default_manager.all()
        if hasattr(related, "visible_to"):
            related = related.visible_to(request.user)
        record = related.filter(pk=value).first()
        return value if record is None else str(record)
    return value

"""A list as a file: text stays text, amounts and days stay numbers and days, and what acts as a formula is disarmed."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.utils.safestring import mark_safe
from openpyxl import load_workbook

from config.kit.admin.list_export import ExportsList
from config.kit.excel import Frame

pytestmark = pytest.mark.django_db

NAMES = [
    "=1+1", "+86", "-5", "@x", "\tx", "\rx", "＝1+1", "＠x", "韦'德", "𠮷㼆", "😀", "a\tb", "0012", "1,234.00", "450123194003150017", "x=1",
]  # fmt: skip


class Office(admin.AdminSite):
    written: list = []

    def frame_of(self, user):
        return Frame("办事处", date(2018, 10, 31))

    def log_export(self, *, by, what):
        self.written.append((by, what))


class Groups(ExportsList):
    list_display = ["name", "amount", "owed", "day", "moment", "is_empty", "link", "nothing", "many"]
    search_fields = ["name"]
    ordering = ["id"]

    def amount(self, obj):
        return Decimal("1234.50")

    def owed(self, obj):
        return Decimal("-0.50")

    def day(self, obj):
        return date(1960, 1, 2)

    def moment(self, obj):
        return datetime(2018, 1, 1, 16, 5, tzinfo=UTC)

    @admin.display(boolean=True)
    def is_empty(self, obj):
        return True

    def link(self, obj):
        return mark_safe('<a href="/x/">看 &amp; 查</a>')

    def nothing(self, obj):
        return None

    def many(self, obj):
        return ["甲", "乙"]


@pytest.fixture
def taken(rf, admin_user, monkeypatch):
    """`taken(kind, tail)` gives the bytes of an export of all groups."""
    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=name) for name in NAMES)
    monkeypatch.setattr(Office, "written", [])
    site_admin = Groups(Group, Office())
    monkeypatch.setattr("config.kit.admin.list_export.reverse", lambda name, args=(): "/")

    def take(kind, tail=""):
        request = rf.get(f"/{tail}")
        request.user = admin_user
        response = site_admin.export_list(request, kind)
        content = b"".join(response.streaming_content)
        response.close()
        return content

    return take


def test_a_workbook_keeps_every_text_as_text_and_every_value_as_what_it_is(taken):
    sheet = load_workbook(io.BytesIO(taken("xlsx"))).active

    rows = [row for row in sheet.iter_rows(min_row=6) if row[7].value == "—"]
    # A carriage return stands in a file as Excel writes it.
    assert [row[0].value.replace("_x000D_", "\r") for row in rows] == NAMES
    assert {row[0].data_type for row in rows} == {"s"}
    first = rows[0]
    assert (first[1].value, first[1].number_format) == (1234.5, "#,##0.00")
    assert first[2].value == -0.5
    assert (first[3].value, first[3].is_date) == (datetime(1960, 1, 2), True)
    assert [cell.value for cell in first[4:9]] == ["2018-01-02 00:05", "是", "看 & 查", "—", "甲、乙"]


def test_a_text_table_disarms_formulas_and_changes_nothing_else(taken):
    content = taken("csv")

    assert content.startswith(b"\xef\xbb\xbf")
    _title, _headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [row[0] for row in rows] == [f"'{name}" if name[0] in "=+-@\t\r＝＠" else name for name in NAMES]
    assert rows[0][1:] == ["1234.50", "-0.50", "1960-01-02", "2018-01-02 00:05", "是", "看 & 查", "", "甲、乙"]


def test_an_export_is_written_down_with_what_was_asked_for(taken, admin_user):
    taken("csv", "?q=x=1")

    [(by, what)] = Office.written
    assert by == admin_user
    assert "x=1" in what
    assert len(what) <= 200


def test_permissions_are_many_and_come_in_a_stream(rf, admin_user, django_assert_num_queries):
    class All(ExportsList):
        list_display = ["name", "codename", "content_type"]
        list_select_related = ["content_type"]

    site_admin = All(Permission, Office())
    request = rf.get("/")
    request.user = admin_user
    from config.kit.admin.list_export import Listing

    changelist = site_admin.get_changelist_instance(request)
    with django_assert_num_queries(1):
        rows = list(Listing(changelist, request).rows())

    assert len(rows) == Permission.objects.count() > 100

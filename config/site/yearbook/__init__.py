"""The yearly workbook: which reports it holds, in which order, for one branch or the whole street.

scope says whose records · reports lists R1 to R12 · people, activities, money, equipment_and_honours and figures make their
sheets · cover is the cover and the contents · crosscheck compares every figure that is on two sheets.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.excel import Frame, write_workbook
from config.site.yearbook.cover import contents_sheet, cover_sheet
from config.site.yearbook.crosscheck import crosscheck_sheet
from config.site.yearbook.reports import REPORTS, reports_for
from config.site.yearbook.scope import scope_of
from members.access.actions import log_export

__all__ = ["REPORTS", "file_name", "report_day", "reports_for", "scope_of", "write_yearbook"]


def report_day(year):
    """The last day of a year, or today where that lies ahead."""
    return min(date(year, 12, 31), clock.today())


def file_name(year, scope, code=None):
    """`2018年度_社区_报表名.xlsx`."""
    name = str(REPORTS[code].title) if code else _("yearly reports")
    return _("%(year)s_%(place)s_%(report)s.xlsx") % {"year": year, "place": scope.place, "report": name}


def write_yearbook(year, target, *, branch=None, user=None, by=None, report=None, on_progress=None):
    """Write the workbook of a year, or one report of it (`"R5"`), to a path.

    What holds private data is written into the access log under `by`. `on_progress(sheet, rows)` is called as rows are written.
    """
    with translation.override(settings.LANGUAGE_CODE):
        scope = scope_of(branch, user=user)
        on = report_day(year)
        wanted = reports_for(scope, user=user)
        if report:
            wanted = [row for row in wanted if row.code == report]
        title = file_name(year, scope, report).removesuffix(".xlsx")
        frame = Frame(
            reporting_unit=scope.unit, on=on, phone=scope.phone, title=title, nothing=_("No records of this year.")
        )
        sheets = _sheets(wanted, year, scope, on, by=by, is_whole=report is None)
        path = write_workbook(Path(target), sheets, frame, on_progress=on_progress)
        if any(row.is_personal for row in wanted):
            what = _("yearbook %(year)s, %(unit)s") % {"year": year, "unit": scope.unit}
            log_export(by=by, what=f"{what}, {report}" if report else what)
    return path


def _sheets(wanted, year, scope, on, *, by, is_whole):
    if is_whole:
        yield cover_sheet(year, scope, on, by=by)
        yield contents_sheet(year)
    for report in wanted:
        yield from (replace(sheet, report=report.code) for sheet in report.sheets(year, scope, on))
    if is_whole:
        yield crosscheck_sheet(year, scope)

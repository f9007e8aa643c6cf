"""The cover of the yearbook and its contents, with links to every sheet."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.excel import Block, Column, Cover, Worksheet
from config.kit.excel_cells import NUMBER, Link
from config.kit.excel_sheets import written_date
from config.kit.person.names import called


def cover_sheet(year, scope, on, *, by):
    return Cover(
        name=_("Cover"),
        title=_("%(year)s yearly reports on the work with retired cadre Party members") % {"year": year},
        notice=_("Internal material, confidential"),
        lines=[
            (_("Reporting unit (seal):"), scope.unit),
            (_("Year:"), _("%(year)s, 1 January to 31 December") % {"year": year}),
            (_("Filled in on:"), written_date(on)),
            (_("Covers:"), _("all branches") if not scope.is_branch_only else scope.place),
            (_("Made by:"), _maker(by)),
        ],
    )


def _maker(by):
    return called(by) if by else _("command line of the server")


def contents_sheet(year):
    """Written last, when it is known what stands where."""
    return Worksheet(
        name=_("Contents"),
        title=_("%(year)s yearly reports: contents") % {"year": year},
        blocks=[
            Block(
                [
                    Column(_("No."), lambda line: line[0], NUMBER, 6),
                    Column(_("report"), lambda line: line[2].report or line[1], width=10),
                    Column(_("sheet"), lambda line: Link(line[1], line[1]), width=34),
                    Column(_("what it holds"), lambda line: line[2].summary, width=62),
                    Column(pgettext("report", "rows"), lambda line: line[3], NUMBER, 10),
                ],
                _lines,
            )
        ],
        late=True,
    )


def _lines(refs):
    listed = [(sheet, name, rows) for sheet, name, rows in refs.sheets if sheet.summary]
    return [(number, name, sheet, rows) for number, (sheet, name, rows) in enumerate(listed, 1)]

"""The yearly workbook: which reports it holds, in which order, for one branch or the whole street."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from branches.models import Branch, Organization
from branches.public import board_day
from config.kit.excel import FIGURE, Block, Column, Frame, Sheet, write_workbook
from config.site.programme import INDICATORS, STOCK, measured
from fund import exports as fund_exports
from fund.models import Account, Pot
from members import exports as member_exports
from members.actions import log_export

HEADER_ROWS = 4  # title, unit line, confidentiality, header of the first block


@dataclass(frozen=True)
class Scope:
    """What a yearbook covers: the branches, and the pots that belong to it."""

    unit: str
    branches: tuple
    pots: tuple
    phone: str
    whole: bool


def scope_of(branch=None, *, user=None):
    """One branch, or everything there is; of a user's own branches and pots where a user asks."""
    branches, pots, places = Branch.objects.all(), Pot.objects.all(), Organization.objects.all()
    if user is not None:
        branches, pots, places = branches.visible_to(user), pots.visible_to(user), places.visible_to(user)
    if branch is not None:
        # Never a branch that the user does not see, however it was named.
        branch = branches.get(pk=branch.pk)
        own = tuple(pots.filter(branch=branch))
        return Scope(branch.name, (branch,), own, branch.office_phone, whole=False)
    whole = user is None or not Branch.objects.exclude(pk__in=branches.values("pk")).exists()
    top = places.filter(kind=Organization.Kind.STREET).first() or places.first()
    found = tuple(branches)
    unit = found[0].name if not whole and len(found) == 1 else top.seal_name if top else _("(no organisation)")
    own = tuple(pots if whole else pots.filter(branch__in=found))
    return Scope(unit, found, own, top.supervision_phone if top else "", whole=whole)


def contents(scope):
    """What the workbook holds, a line a report."""
    lines = [
        _("R1 roster and structure: every member on the roll, sex, age, standing, education"),
        _("R5 accounts of each pot: income, spending, balance, by quarter"),
    ]
    return [*lines, _("R12 the year on one page: every figure with its definition")] if scope.whole else lines


def write_yearbook(year, target, *, branch=None, user=None, by=None):
    """Write the workbook of a year to a path; logged, because the roster in it holds private data."""
    with translation.override(settings.LANGUAGE_CODE):
        scope = scope_of(branch, user=user)
        on = min(date(year, 12, 31), board_day())
        frame = Frame(reporting_unit=scope.unit, on=on, phone=scope.phone)
        path = write_workbook(Path(target), sheets(year, scope, on), frame)
        log_export(by=by, what=_("yearbook %(year)s, %(unit)s") % {"year": year, "unit": scope.unit})
    return path


def sheets(year, scope, on):
    """R1, R5 and R12 of the yearly reports."""
    yield from roster_sheets(year, scope, on)
    for pot in scope.pots:
        yield from fund_sheets(year, pot)
    if scope.whole:
        yield figures_sheet(year, on)


def roster_sheets(year, scope, on):
    rows = member_exports.roll(on=on, branches=scope.branches)
    yield Sheet(
        name=_("R1 roster"),
        title=_("%(year)s roster of retired cadre Party members") % {"year": year},
        unit=_("persons"),
        blocks=[Block(member_exports.roster_columns(on=on), member_exports.numbered(rows))],
        notes=[_("%(count)s persons on the roll on %(day)s.") % {"count": len(rows), "day": on.isoformat()}],
    )
    yield Sheet(
        name=_("R1 structure"),
        title=_("%(year)s structure of the roster") % {"year": year},
        unit=_("persons"),
        blocks=[
            Block(
                member_exports.structure_columns(on=on),
                member_exports.structure_lines(rows, scope.branches),
                total_label=_("total"),
            )
        ],
        notes=[
            _("Age and Party standing are whole years on %(day)s; standing counts from full membership.")
            % {"day": on.isoformat()}
        ],
    )


def fund_sheets(year, pot):
    heading = {"year": year, "pot": pot.name}
    yield Sheet(
        name=_("R5 balance %(code)s") % {"code": pot.code},
        title=_("%(pot)s: account of %(year)s") % heading,
        unit=_("yuan"),
        blocks=[
            Block(
                fund_exports.balance_columns(),
                fund_exports.balance_lines(pot, year, first_row=HEADER_ROWS + 1),
            ),
            Block(
                fund_exports.quarter_columns(),
                fund_exports.quarter_lines(pot, year),
                heading=_("By quarter"),
                total_label=_("total"),
            ),
        ],
    )
    for kind, name, title in (
        (Account.Kind.INCOME, _("R5 income %(code)s"), _("%(pot)s: income of %(year)s")),
        (Account.Kind.EXPENSE, _("R5 spending %(code)s"), _("%(pot)s: spending of %(year)s")),
    ):
        yield Sheet(
            name=name % {"code": pot.code},
            title=title % heading,
            unit=_("yuan"),
            blocks=[
                Block(
                    fund_exports.entry_columns(),
                    fund_exports.entries_of(pot, year, kind),
                    total_label=_("total"),
                )
            ],
        )


def figures_sheet(year, on):
    """R12: every indicator this year, last year and since the start, with its definition (口径)."""
    this = measured(lambda line: None if line.span == STOCK else date(year, 1, 1), on)
    before = measured(lambda line: None if line.span == STOCK else date(year - 1, 1, 1), date(year - 1, 12, 31))
    all_time = measured(lambda line: None, on)

    return Sheet(
        name=_("R12 figures"),
        title=_("The year %(year)s on one page") % {"year": year},
        blocks=[
            Block(
                [
                    Column(_("indicator"), lambda line: str(line.name), width=24),
                    Column(_("unit"), lambda line: str(line.unit), width=9),
                    Column(_("this year"), lambda line: this[line.key], FIGURE, 14),
                    Column(_("last year"), lambda line: before[line.key], FIGURE, 14),
                    Column(
                        _("since the start"),
                        lambda line: None if line.span == STOCK else all_time[line.key],
                        FIGURE,
                        14,
                    ),
                    Column(_("definition"), lambda line: str(line.definition), width=46),
                ],
                INDICATORS,
            )
        ],
        notes=[_("A stock stands on %(day)s; a flow is what happened in the year.") % {"day": on.isoformat()}],
    )

"""R1 to R12 in order: what each holds, who may make it, whether it holds personal data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.site.yearbook import activities, equipment_and_honours, figures, money, people

ROSTER_RIGHT = "members.view_private_member"


@dataclass(frozen=True)
class Report:
    """One report: `sheets(year, scope, on)` makes it, `count(year, scope, on)` says how many rows it will have.

    `right` is what it takes to make it; `of_organization` marks what no branch alone can tell.
    """

    code: str
    title: Promise
    holds: Promise
    sheets: Callable
    count: Callable
    right: str
    is_personal: bool = False
    of_organization: bool = False


ALL = [
    Report(
        "R1", pgettext_lazy("report", "roster and structure"), _("every member on the roll; sex, age, standing, education by branch"),
        people.roster, people.count_roster, ROSTER_RIGHT, is_personal=True,
    ),
    Report(
        "R2", pgettext_lazy("report", "committees and terms"), _("who sits on each committee, elections, ends of terms"),
        people.committees, people.count_committees, "branches.view_committeeterm",
    ),
    Report(
        "R3", pgettext_lazy("report", "meetings and activities"), _("events and attendances, month by kind"),
        activities.events, lambda year, scope, on: 24, "activities.view_activity",
    ),
    Report(
        "R4", pgettext_lazy("report", "volunteers"), _("volunteers of the four kinds, volunteer days, hours"),
        activities.volunteers, activities.count_volunteers, "activities.view_volunteer", of_organization=True,
    ),
    Report(
        "R5", pgettext_lazy("report", "fund accounts"), _("each pot: balance, income, spending, quarters, years, donation register"),
        money.fund, money.count_fund, "fund.view_pot", is_personal=True,
    ),
    Report(
        "R6", pgettext_lazy("report", "help given"), _("who was helped, once in clear and once masked for the board; sums"),
        money.help_given, money.count_help, "fund.view_private_assistancecase", is_personal=True,
    ),
    Report(
        "R7", pgettext_lazy("report", "activity money and allowance"), _("sources, uses and balance; allowance by month and person"),
        money.activity_money, money.count_activity_money, "fund.view_allowanceline", is_personal=True,
    ),
    Report(
        "R8", pgettext_lazy("report", "venue and equipment"), _("rooms and every piece of equipment"),
        equipment_and_honours.equipment, equipment_and_honours.count_equipment, "branches.view_equipment", of_organization=True,
    ),
    Report(
        "R9", pgettext_lazy("report", "honours by year"), _("the list of honours, and years by level"),
        equipment_and_honours.honours, equipment_and_honours.count_honours, "honours.view_honour",
    ),
    Report(
        "R10", pgettext_lazy("report", "education point and bookroom"), _("visits by month, books by class"),
        equipment_and_honours.education_point, equipment_and_honours.count_visits, "honours.view_visitgroup", of_organization=True,
    ),
    Report(
        "R11", pgettext_lazy("report", "50 years in the Party"), _("members with 50 years of standing by 1 July"),
        people.medals, people.count_medals, ROSTER_RIGHT, is_personal=True,
    ),
    Report(
        "R12", pgettext_lazy("report", "the year in figures"), _("every figure of three years with its definition"),
        figures.figures, figures.count_figures, ROSTER_RIGHT,
    ),
]  # fmt: skip
REPORTS = {report.code: report for report in ALL}


def reports_for(scope, *, user=None):
    """The reports of a scope that a user may make; all of them where nobody is named."""
    return [
        report
        for report in ALL
        if not (report.of_organization and scope.is_branch_only) and (user is None or user.has_perm(report.right))
    ]

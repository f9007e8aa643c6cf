"""Which meetings a branch owes in a month and its quarter: three meetings and one lesson, and the themed Party day."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from activities.events.models import Activity
from activities.events.regular_days import MONTHLY, QUARTERLY
from branches.models import Branch
from config.kit.dates import month_end, month_start, quarter_bounds, quarter_of


@dataclass(frozen=True)
class MeetingOwed:
    """A meeting that a branch owes from `first` to `last`; `is_planned` where it stands on the calendar or was held."""

    branch: Branch
    kind: Activity.Kind
    first: date
    last: date
    is_monthly: bool
    is_planned: bool

    @property
    def label(self):
        return self.kind.label

    @property
    def period(self):
        return _("this month") if self.is_monthly else _("this quarter")


def meetings_owed(branches, day):
    """Those of each branch in the month of a day, then those of its quarter; a cancelled one is still owed. One query."""
    branches = list(branches)
    spans = [
        (MONTHLY, (month_start(day), month_end(day)), True),
        (QUARTERLY, quarter_bounds(day.year, quarter_of(day)), False),
    ]
    held = set(
        Activity.objects.filter(branch__in=branches, day__range=spans[1][1], kind__in=[*MONTHLY, *QUARTERLY])
        .exclude(state=Activity.State.CANCELLED)
        .values_list("branch", "kind", "day")
    )
    return [
        MeetingOwed(
            branch,
            kind,
            *bounds,
            is_monthly,
            any(place == branch.pk and what == kind and bounds[0] <= on <= bounds[1] for place, what, on in held),
        )
        for branch in branches
        for kinds, bounds, is_monthly in spans
        for kind in kinds
    ]

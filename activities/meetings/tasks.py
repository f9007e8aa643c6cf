"""Which meetings a branch still owes this month and this quarter (党员教育管理工作条例, art. 16; three meetings and one lesson)."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.models import Activity
from activities.events.regular_days import MONTHLY, QUARTERLY
from branches.models import Branch
from branches.scoping import WorkScope
from config.kit.dates import month_end, quarter_bounds
from config.kit.tasks import AT_MOST, Task


def meetings_due(user, today):
    """One task for each of a user's own branches and period in which a meeting is neither held nor planned."""
    own = WorkScope.of(user).branch_ids
    quarter = (today.month - 1) // 3 + 1
    periods = [
        (MONTHLY, (today.replace(day=1), month_end(today)), _("this month")),
        (QUARTERLY, quarter_bounds(today.year, quarter), _("this quarter")),
    ]
    first = min(bounds[0] for _kinds, bounds, _words in periods)
    known = set(
        Activity.objects.filter(
            branch__in=own, kind__in=(*MONTHLY, *QUARTERLY), day__range=(first, date(today.year, 12, 31))
        )
        .exclude(state=Activity.State.CANCELLED)
        .values_list("branch", "kind", "day")
    )
    tasks = []
    for branch in Branch.objects.open_on(today).filter(pk__in=own).order_by("pk"):
        for kinds, (start, end), words in periods:
            missing = [
                kind
                for kind in kinds
                if not any(at == branch.pk and of == kind and start <= day <= end for at, of, day in known)
            ]
            if missing:
                tasks.append(_task(branch, missing, end, words, today))
    return tasks[:AT_MOST]


def _task(branch, kinds, end, words, today):
    names = pgettext("between names", ", ").join(str(Activity.Kind(kind).label) for kind in kinds)
    wanted = urlencode({"branch": branch.pk, "organization": branch.organization_id, "kind": kinds[0]})
    return Task(
        due=end,
        title=_("%(meetings)s: not held and not planned %(period)s") % {"meetings": names, "period": words},
        sentence=_("%(branch)s, until %(day)s.") % {"branch": branch, "day": date_format(end)},
        address=f"{reverse('admin:activities_activity_add')}?{wanted}",
        button=_("Plan it"),
        today=today,
    )

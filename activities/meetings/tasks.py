"""Which meetings a branch still owes this month and this quarter (党员教育管理工作条例, art. 16; three meetings and one lesson)."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.events.models import Activity
from activities.meetings.due import meetings_owed
from branches.models import Branch
from branches.scoping import WorkScope
from config.kit.tasks import AT_MOST, Task


def meetings_due(user, today):
    """One task for each of a user's own branches and period in which a meeting is neither held nor planned."""
    own = WorkScope.of(user).branch_ids
    owed = {}
    for line in meetings_owed(Branch.objects.open_on(today).filter(pk__in=own).order_by("pk"), today):
        if not line.is_planned:
            owed.setdefault((line.branch, line.last, line.is_monthly), []).append(line.kind)
    tasks = [
        _task(branch, kinds, last, _("this month") if is_monthly else _("this quarter"), today)
        for (branch, last, is_monthly), kinds in owed.items()
    ]
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

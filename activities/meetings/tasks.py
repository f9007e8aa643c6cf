"""Which meetings a branch still owes this month and this quarter (党员教育管理工作条例, art. 16; three meetings and one lesson)."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
            owed.setdefault((line.branch, line.is_monthly), []).append(line)
    return [_task(lines, today) for lines in owed.values()][:AT_MOST]


def _task(lines, today):
    first = lines[0]
    branch, end, words = first.branch, first.last, first.period
    names = pgettext("between names", ", ").join(str(line.label) for line in lines)
    wanted = urlencode({"branch": branch.pk, "organization": branch.organization_id, "kind": first.kind})
    return Task(
        due=end,
        title=_("%(meetings)s: not held and not planned %(period)s") % {"meetings": names, "period": words},
        sentence=_("%(branch)s, until %(day)s.") % {"branch": branch, "day": date_format(end)},
        address=f"{reverse('admin:activities_activity_add')}?{wanted}",
        button=_("Plan it"),
        today=today,
    )

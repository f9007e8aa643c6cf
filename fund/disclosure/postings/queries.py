"""Working days of notices on the wall, whether they hung long enough, and the tasks about them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.calendar import STATEMENT_NOTICE_WORKING_DAYS, WorkingCalendar
from config.kit.tasks import AT_MOST, Task
from fund.disclosure.postings.models import Posting
from fund.disclosure.statements.models import Statement

# Older statements without a recorded notice make no task.
LOOKS_BACK = timedelta(days=60)


def days_up(posting, *, today, calendar=None):
    """Working days a notice has hung until it was taken down, or until today; the first day counts.

    `calendar` is a `WorkingCalendar` that covers these days, where the caller has one for many postings.
    """
    last = min(posting.taken_down_on or today, today)
    calendar = calendar or WorkingCalendar.read(posting.posted_on, last)
    return calendar.days_between(posting.posted_on, last)


def came_down_early(posting):
    """Whether a notice was taken down before its seven working days were over."""
    down = posting.taken_down_on
    return bool(down) and days_up(posting, today=down) < STATEMENT_NOTICE_WORKING_DAYS


def postings_due(user, today):
    """Published statements whose paper is not on record, and papers still up after their days (as tasks)."""
    return [*_to_post(user, today), *_to_take_down(user, today)]


def _to_post(user, today):
    if not user.has_perm("fund.add_posting"):
        return []
    rows = (
        Statement.objects.visible_to(user)
        .published()
        .filter(postings=None, published_on__gte=today - LOOKS_BACK)
        .select_related("pot")
        .defer("document")
        .order_by("published_on", "id")
    )
    return [
        Task(
            due=row.notice_from,
            title=_("%(pot)s, %(number)s: the paper") % {"pot": row.pot.name, "number": row.office_number},
            sentence=_("It is published; print it, put it up and write down where it hangs."),
            address=f"{reverse('admin:fund_posting_add')}?pot={row.pot_id}&statement={row.pk}",
            button=_("Record the posting"),
            today=today,
        )
        for row in rows[:AT_MOST]
    ]


def _to_take_down(user, today):
    if not user.has_perm("fund.change_posting"):
        return []
    rows = (
        Posting.objects.visible_to(user)
        .filter(taken_down_on=None, statement__notice_to__lt=today)
        .select_related("statement__pot")
        .defer("statement__document")
        .order_by("posted_on", "id")
    )
    return [
        Task(
            due=None,
            title=_("%(number)s: %(place)s") % {"number": row.statement.office_number, "place": row.place},
            sentence=_("Its days were over on %(day)s; it may come down.")
            % {"day": date_format(row.statement.notice_to, "DATE_FORMAT")},
            address=reverse("admin:fund_posting_change", args=[row.pk]),
            button=_("Record the day"),
            today=today,
        )
        for row in rows[:AT_MOST]
    ]

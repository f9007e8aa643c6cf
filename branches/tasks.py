"""What waits for a user among branches, posts and imports."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branches.committees import CommitteeTerm
from branches.imports import ImportBatch
from config.kit.tasks import Task

TERM_AHEAD_DAYS = 183  # half a year: the reminder before a term ends (§5.11 of the handbook)
AT_MOST = 20


def tasks_for(user, *, today):
    return [*imports_waiting(user, today), *terms_ending(user, today)]


def imports_waiting(user, today):
    """Uploaded workbooks that wait for their uploader's confirmation."""
    batches = ImportBatch.objects.visible_to(user).filter(state=ImportBatch.State.PREVIEWED, created_by=user)
    return [
        Task(
            due=today,
            title=_("The workbook %(file)s waits for your confirmation") % {"file": batch.file_name},
            sentence=_("%(added)s rows to add, %(changed)s changed, %(refused)s refused. Nothing is stored yet.")
            % {"added": batch.added, "changed": batch.changed, "refused": batch.refused},
            address=reverse("admin:branches_importbatch_change", args=[batch.pk]),
            button=_("Look and confirm"),
            today=today,
        )
        for batch in batches[:AT_MOST]
    ]


def terms_to_renew(user, on):
    """Terms in sight that end within half a year of a day, or have ended, with no later term recorded; the first first."""
    later = CommitteeTerm.objects.filter(branch=OuterRef("branch"), term_end__gt=OuterRef("term_end"))
    ending = CommitteeTerm.objects.visible_to(user).filter(
        ~Exists(later), term_end__lte=on + timedelta(days=TERM_AHEAD_DAYS)
    )
    return ending.select_related("branch").order_by("term_end", "id")


def terms_ending(user, today):
    """What a term that ends, or has ended, asks of who may record the next one."""
    if not user.has_perm("branches.change_committeeterm"):
        return []
    return [
        Task(
            due=term.term_end,
            title=_("The term of the committee ends: %(branch)s") % {"branch": term.branch},
            sentence=_("Term %(number)s runs until %(day)s. Ask for the election and record the new term.")
            % {"number": term.term_no, "day": date_format(term.term_end)},
            address=reverse("admin:branches_committeeterm_change", args=[term.pk]),
            button=_("Go there"),
            today=today,
        )
        for term in terms_to_renew(user, today)[:AT_MOST]
    ]

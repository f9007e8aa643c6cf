"""Pairs of a retired member and a younger person (结对帮带)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.models import Branch
from branches.scoping import BranchScopedQuerySet
from config.kit.person.fields import PeopleField


class MentorPair(models.Model):
    """传帮带: a veteran paired with a young member or community worker."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="mentor_pairs", verbose_name=_("Party branch"))
    mentor = PeopleField(_("mentor"), max_length=40)
    learner = PeopleField(_("learner"), max_length=40)
    subject = models.CharField(_("what is taught"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = BranchScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mentoring pair")
        verbose_name_plural = _("mentoring pairs")
        ordering = ["branch_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="mentoring_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.mentor} → {self.learner}"

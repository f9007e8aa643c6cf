"""Pairs of a retired member and a younger person (结对帮带)."""

from functools import partial

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from activities.mentoring.rules import refuse_meeting_outside
from branches.models import Branch
from branches.scoping import BranchScopedQuerySet
from config.kit import clock
from config.kit.person.fields import PeopleField
from config.kit.refusals import refuse_by_field


class MentorPairQuerySet(BranchScopedQuerySet):
    def on(self, day):
        """Pairs that work together on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def names_among(self, words):
        """Which of the words are names of mentors or of those who learn; one query."""
        rows = self.filter(Q(mentor__in=words) | Q(learner__in=words)).order_by().values_list("mentor", "learner")
        return {name for row in rows for name in row} & words


class MentorPair(models.Model):
    """传帮带: a veteran paired with a young member or community worker."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="mentor_pairs", verbose_name=_("Party branch"))
    mentor = PeopleField(_("mentor"), max_length=40)
    learner = PeopleField(_("learner"), max_length=40)
    subject = models.CharField(_("what is taught"), max_length=80, blank=True)
    goal = models.TextField(
        _("goals"), max_length=500, blank=True, help_text=_("What the learner will do alone at the end.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, editable=False)
    result = models.CharField(_("what came of it"), max_length=200, blank=True, editable=False)

    objects = MentorPairQuerySet.as_manager()
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


class MentorMeetingQuerySet(BranchScopedQuerySet):
    branch_path = "pair__branch"


# Hours of one meeting, at most.
LONGEST = 12


class MentorMeeting(models.Model):
    """One time a pair met: the day, what was practised, hours (0.5 steps)."""

    pair = models.ForeignKey(MentorPair, models.CASCADE, related_name="meetings", verbose_name=_("mentoring pair"))
    day = models.DateField(_("day"))
    what = models.CharField(_("what was practised"), max_length=120)
    hours = models.DecimalField(
        _("hours"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(LONGEST)],
    )

    objects = MentorMeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting of a pair")
        verbose_name_plural = _("meetings of pairs")
        ordering = ["pair_id", "day", "id"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.what}"

    def clean(self):
        if self.day and self.pair_id:
            bounds = {"first": self.pair.starts_on, "last": self.pair.ends_on, "today": clock.today()}
            refuse_by_field([("day", partial(refuse_meeting_outside, day=self.day, **bounds))])

"""What a branch writes down of a meeting, and study that was brought to somebody's home."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from activities.events.models import Activity
from branches.models import Branch
from branches.scoping import ALL_ROWS, NOTHING, BranchScopedQuerySet, WorkScope
from config.kit import clock
from config.kit.person.fields import PeopleField
from config.kit.workflow.fields import actor_field
from members.models import Member


def own_meetings(user, path=""):
    """Condition of the meetings, reached by `path`, whose private part a user reads: those of the user's own branches; joint
    ones, for whoever works for their organisation as a whole."""
    scope = WorkScope.of(user)
    if scope.whole:
        return ALL_ROWS
    own = Q(**{f"{path}branch__in": scope.branch_ids}) if scope.branch_ids else NOTHING
    joint = scope.organizations(f"{path}organization", by_name=False)
    return own | joint & Q(**{f"{path}branch": None})


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(own_meetings(user, "activity__"))


class Minutes(models.Model):
    """会议记录: agenda, speaker and what was said at one meeting; it stays inside the branch."""

    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="minutes", verbose_name=_("activity"), editable=False
    )
    agenda = models.TextField(_("agenda"), editable=False)
    speaker = PeopleField(_("speaker"), max_length=40, blank=True, editable=False)
    content = models.TextField(_("what was studied"), blank=True, editable=False)
    discussion = models.TextField(_("main points of the discussion"), blank=True, editable=False)
    written_by = actor_field(_("written by"), optional=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    objects = MinutesQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-activity__day", "-id"]

    def __str__(self):
        return f"{self.activity}"

    @property
    def items(self):
        """The agenda item by item."""
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(own_meetings(user, "minutes__activity__"))


class Decision(models.Model):
    """决议: what a meeting decided, with the votes (persons) where it was voted on."""

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="decisions", verbose_name=_("minutes"), editable=False
    )
    place = models.PositiveSmallIntegerField(_("No."), editable=False)
    text = models.CharField(_("decision"), max_length=300, editable=False)
    in_favour = models.PositiveSmallIntegerField(_("in favour (persons)"), null=True, editable=False)
    against = models.PositiveSmallIntegerField(_("against (persons)"), null=True, editable=False)
    abstained = models.PositiveSmallIntegerField(_("abstained (persons)"), null=True, editable=False)

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        ordering = ["minutes_id", "place"]
        constraints = [
            models.UniqueConstraint("minutes", "place", name="decision_place"),
            models.CheckConstraint(
                name="decision_votes_together",
                condition=Q(in_favour=None, against=None, abstained=None)
                | Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                violation_error_message=_("Write all three numbers of a vote, 0 where there was none."),
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_voted(self):
        return self.in_favour is not None


class HomeStudyQuerySet(BranchScopedQuerySet):
    def minutes_total(self):
        return self.aggregate(total=Sum("minutes"))["total"] or 0


# A day has no more hours that anybody could study in.
LONGEST = 8 * 60


class HomeStudy(models.Model):
    """送学上门: what one member studied at home, counted beside attendance and never inside it."""

    class Way(models.TextChoices):
        VISIT = "visit", _("brought and read with the member")
        TELEVISION = "television", _("by television")
        PAPER = "paper", _("by newspaper or magazine")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="home_study", verbose_name=_("Party member"), editable=False
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, related_name="+", verbose_name=_("Party branch on that day"), editable=False
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="home_study",
        verbose_name=_("in place of the event"),
        editable=False,
    )
    day = models.DateField(_("day"), editable=False)
    way = models.CharField(_("way"), max_length=12, choices=Way, editable=False)
    what = models.CharField(_("what was studied"), max_length=100, editable=False)
    brought_by = PeopleField(_("brought by"), max_length=40, blank=True, editable=False)
    minutes = models.PositiveSmallIntegerField(
        _("study time (minutes)"), validators=[MaxValueValidator(LONGEST)], editable=False
    )
    entered_by = actor_field(_("entered by"), optional=False)

    objects = HomeStudyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("home study")
        verbose_name_plural = _("home study")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                "activity", "member", condition=Q(activity__isnull=False), name="home_study_of_event"
            ),
            models.CheckConstraint(
                name="home_study_length",
                condition=Q(minutes__gt=0, minutes__lte=LONGEST),
                violation_error_message=_("Write the hours in half hours: 0.5, 1, 1.5, 2."),
            ),
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.member}"

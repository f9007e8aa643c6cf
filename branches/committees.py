"""The committees of branches: terms, and their members and posts."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.organisations import Branch
from branches.scoping import BranchScopedQuerySet
from config.kit.person.fields import PublicPersonNameField


class CommitteeTerm(models.Model):
    """届次: one term of a branch committee."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="terms", verbose_name=_("Party branch"))
    term_no = models.PositiveSmallIntegerField(_("term number"), validators=[MinValueValidator(1)])
    elected_on = models.DateField(_("elected on"))
    term_end = models.DateField(_("term ends on"))

    objects = BranchScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee term")
        verbose_name_plural = _("committee terms")
        ordering = ["branch_id", "-term_no"]
        constraints = [
            models.UniqueConstraint("branch", "term_no", name="committee_term_once"),
            models.CheckConstraint(
                name="committee_term_ends_after_election",
                condition=Q(term_end__gt=F("elected_on")),
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self):
        return _("term %(number)s of %(branch)s") % {"number": self.term_no, "branch": self.branch}


class CommitteeSeatQuerySet(BranchScopedQuerySet):
    branch_path = "term__branch"


class CommitteeSeat(models.Model):
    """班子成员: a person in a post of a branch committee; at most seven a term (支部工作条例)."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("Branch Secretary")
        DEPUTY_SECRETARY = "deputy_secretary", _("Deputy Secretary")
        ORGANIZATION_OFFICER = "organization_officer", _("Organisation Officer")
        PUBLICITY_OFFICER = "publicity_officer", _("Publicity Officer")
        DISCIPLINE_OFFICER = "discipline_officer", _("Discipline Officer")
        MEMBER = "member", _("committee member")

    term = models.ForeignKey(CommitteeTerm, models.CASCADE, related_name="seats", verbose_name=_("committee term"))
    post = models.CharField(_("post"), max_length=24, choices=Post)
    name = PublicPersonNameField(pgettext_lazy("person", "name"), max_length=40, may_name=True)
    held_from = models.DateField(_("in post from"))
    held_until = models.DateField(_("in post until"), null=True, blank=True)
    duties = models.CharField(_("duties"), max_length=100, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["term_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="committee_seat_ends_after_start",
                condition=Q(held_until=None) | Q(held_from=None) | Q(held_until__gte=F("held_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_post_display()}"

"""What is recorded of the secretaries' allowance: its rule, and each month's list."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch
from config.kit.money import MoneyField
from config.kit.months import MonthField
from config.kit.person.fields import PersonNameField
from config.kit.workflow.fields import actor_field
from fund.help.records import BranchOrPotQuerySet, PaidBy, Step, counts_as_promised, paid_in_full
from fund.ledger.models import Entry, Pot
from fund.ledger.scoping import PotScopedQuerySet


class AllowanceRule(models.Model):
    """书记补贴办法: from which month on a sitting secretary gets how much a month (§1 row 6 of the handbook)."""

    pot = models.OneToOneField(Pot, models.PROTECT, related_name="allowance_rule", verbose_name=_("pot"))
    starts_on = MonthField(_("first month"))
    amount = MoneyField(_("yuan a month"))
    full_month_day = models.PositiveSmallIntegerField(
        _("full month if in post on day"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_(
            "Whoever holds the post on this day of a month gets the whole month, everybody else nothing of it."
        ),
    )
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("allowance rule")
        verbose_name_plural = _("allowance rules")
        ordering = ["pot_id"]
        constraints = [
            models.CheckConstraint(
                name="allowance_rule_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("Enter an amount above zero."),
            )
        ]

    def __str__(self):
        return str(self.pot)


@counts_as_promised("lines__amount", state=Step.APPROVED)
class AllowanceRun(models.Model):
    """津贴发放表: the secretaries' allowance of one month, one voucher."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="allowance_runs", verbose_name=_("pot"))
    month = MonthField(_("month"))
    method = models.CharField(_("how it is paid"), max_length=8, choices=PaidBy, default=PaidBy.TRANSFER)
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("all signed on"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=Step, default=Step.DRAFT, editable=False)
    rejection = models.CharField(_("reason of the rejection"), max_length=200, blank=True, editable=False)
    proposed_by = actor_field(_("prepared by"))
    approved_by = actor_field(_("approved by"))
    paid_by = actor_field(_("paid by"))
    entry = models.OneToOneField(
        Entry,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="allowance_run",
        verbose_name=_("entry"),
    )

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("allowance run")
        verbose_name_plural = _("allowance runs")
        ordering = ["pot_id", "-month"]
        permissions = [
            ("propose_allowancerun", "Can prepare an allowance run"),
            ("approve_allowancerun", "Can approve an allowance run"),
            ("pay_allowancerun", "Can pay an allowance run"),
            ("sign_allowancerun", "Can record the signatures of an allowance run"),
        ]
        constraints = [
            models.UniqueConstraint("pot", "month", condition=~Q(state="rejected"), name="allowance_month_once"),
            paid_in_full("allowance_three_hands"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class AllowanceLineQuerySet(BranchOrPotQuerySet):
    pot_path = "run__pot"


class AllowanceLine(models.Model):
    """One secretary's allowance in a run."""

    run = models.ForeignKey(AllowanceRun, models.CASCADE, related_name="lines", verbose_name=_("allowance run"))
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="allowance_lines", verbose_name=_("Party branch")
    )
    post = models.CharField(_("post"), max_length=40, default="支部书记")
    amount = MoneyField(_("amount (yuan)"))

    objects = AllowanceLineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("allowance line")
        verbose_name_plural = _("allowance lines")
        ordering = ["run_id", "id"]
        constraints = [
            models.UniqueConstraint(
                "run",
                "name",
                "branch",
                name="allowance_person_once",
                violation_error_message=_("This person stands on the list already."),
            ),
            models.CheckConstraint(
                name="allowance_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("Enter an amount above zero."),
            ),
        ]

    def __str__(self):
        return self.post

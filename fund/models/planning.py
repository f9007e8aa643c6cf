"""What is planned for a pot: budgets by year and account, and the rule by which secretaries get their allowance."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.kit.dates import LAST_YEAR
from config.kit.money import MoneyField
from config.kit.months import MonthField
from fund.models.ledger import Account, Pot, PotScopedQuerySet


class Budget(models.Model):
    """预算: what a pot means to receive from a source, or to spend on a use, in one year."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="budgets", verbose_name=_("pot"))
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1949), MaxValueValidator(LAST_YEAR)]
    )
    account = models.ForeignKey(Account, models.PROTECT, related_name="budgets", verbose_name=_("source or use"))
    amount = MoneyField(_("planned (yuan)"))
    remark = models.CharField(_("remark"), max_length=100, blank=True)

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budgets")
        ordering = ["pot_id", "-year", "account_id"]
        constraints = [
            models.UniqueConstraint("pot", "year", "account", name="budget_line_once"),
            models.CheckConstraint(
                name="budget_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("Enter zero or an amount above it."),
            ),
        ]

    def __str__(self):
        return f"{self.year} {self.account}"


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

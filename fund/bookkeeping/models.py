"""What is recorded of keeping the books: counts of the cash box, the bank's lists, and a year's budget."""

from functools import partial

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.dates import LAST_YEAR
from config.kit.money import MoneyField
from config.kit.refusals import refuse_by_field
from config.kit.workflow.fields import actor_field
from fund.bookkeeping.rules import refuse_foreign_account, refuse_second_plan
from fund.ledger.models import Account, Entry, Pot
from fund.ledger.scoping import PotScopedQuerySet


class CashCount(models.Model):
    """库存现金盘点: the cash box counted by two people on a day, beside what the books say (yuan)."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="cash_counts", verbose_name=_("pot"))
    counted_on = models.DateField(_("counted on"))
    amount = MoneyField(_("counted (yuan)"))
    book_amount = MoneyField(_("in the books (yuan)"), editable=False)
    reason = models.CharField(_("why it differs"), max_length=200, blank=True)
    first_by = actor_field(_("first counter"), optional=False)
    second_by = actor_field(_("second counter"))

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("cash count")
        verbose_name_plural = _("cash counts")
        ordering = ["-counted_on", "-id"]
        permissions = [("confirm_cashcount", "Can confirm a cash count as the second person")]
        constraints = [
            models.CheckConstraint(
                name="cash_count_two_people",
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")),
                violation_error_message=_("The box is counted by two people."),
            ),
            models.CheckConstraint(name="cash_count_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.counted_on:%Y-%m-%d}"

    @property
    def difference(self):
        """Counted less booked, in yuan."""
        return self.amount - self.book_amount


class BankStatement(models.Model):
    """银行对账单: one uploaded list of movements of a pot's bank account."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="bank_statements", verbose_name=_("pot"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    closing = MoneyField(_("balance by the bank (yuan)"), null=True, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    uploaded_by = actor_field(_("uploaded by"), optional=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)

    objects = PotScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-last_day", "-id"]
        permissions = [("match_bankstatement", "Can match lines of a bank statement with entries")]
        constraints = [
            models.UniqueConstraint("pot", "digest", name="bank_statement_once"),
            models.CheckConstraint(
                name="bank_statement_days_in_order",
                condition=Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"


class BankLineQuerySet(PotScopedQuerySet):
    pot_path = "statement__pot"


class BankLine(models.Model):
    """One movement by the bank; `entry` is the entry of the books it stands for."""

    statement = models.ForeignKey(BankStatement, models.CASCADE, related_name="lines", verbose_name=_("bank statement"))
    row = models.PositiveIntegerField(_("row of the file"))
    day = models.DateField(_("day"))
    is_income = models.BooleanField(_("came in"))
    amount = MoneyField(_("amount (yuan)"))
    text = EncryptedTextField(_("words of the bank"), purpose="bank_text", blank=True)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, related_name="bank_line", verbose_name=_("entry")
    )

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of a bank statement")
        ordering = ["statement_id", "row"]
        constraints = [
            models.UniqueConstraint("statement", "row", name="bank_line_row_once"),
            models.CheckConstraint(name="bank_line_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.row}"


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

    def clean(self):
        if not (self.pot_id and self.account_id):
            return
        account, others = self.account, Budget.objects.exclude(pk=self.pk)
        foreign = partial(
            refuse_foreign_account, pot_id=self.pot_id, account_pot_id=account.pot_id, is_asset=account.is_asset
        )
        planned = others.filter(pot=self.pot_id, account=account, year=self.year).exists()
        refuse_by_field([("account", foreign), ("account", partial(refuse_second_plan, is_planned=planned))])

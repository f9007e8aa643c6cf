"""What is recorded of a statement: its way from draft to publication, the frozen document, the names beside it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField
from config.kit.public_text import PublicCharField
from config.kit.workflow.fields import actor_field
from fund.ledger.models import Pot
from fund.ledger.scoping import PotScopedQuerySet


class StatementQuerySet(PotScopedQuerySet):
    def published(self):
        return self.filter(state=Statement.State.PUBLISHED)

    def in_chain(self):
        """Published statements from the newest to the first."""
        return self.published().order_by("-sequence")


class Statement(models.Model):
    """收支公示表: the account of one pot for one period; frozen once published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("waits for the first review")
        FIRST_REVIEWED = "first_reviewed", _("waits for the second review")
        SECOND_REVIEWED = "second_reviewed", _("waits for publication")
        RETURNED = "returned", _("returned to the keeper")
        PUBLISHED = "published", _("published")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="statements", verbose_name=_("pot"))
    period_from = models.DateField(_("first day"))
    period_to = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT, editable=False)
    return_reason = models.CharField(_("why it was returned"), max_length=200, blank=True, editable=False)
    number = models.SlugField(_("address on the web"), max_length=60, null=True, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year of the number"), null=True, editable=False)
    year_number = models.PositiveSmallIntegerField(_("number in the year"), null=True, editable=False)
    sequence = models.PositiveIntegerField(_("place in the chain"), null=True, editable=False)
    opening = MoneyField(_("opening balance (yuan)"), default=0, editable=False)
    income = MoneyField(_("income (yuan)"), default=0, editable=False)
    expense = MoneyField(_("spending (yuan)"), default=0, editable=False)
    closing = MoneyField(_("closing balance (yuan)"), default=0, editable=False)
    document = models.TextField(_("document"), blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    short_code = models.CharField(_("check code"), max_length=24, blank=True, editable=False)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="next", verbose_name=_("previous")
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrects"),
    )
    correction_reason = PublicCharField(_("what was wrong"), max_length=200, blank=True)
    published_on = models.DateField(_("published on"), null=True, editable=False)
    notice_from = models.DateField(_("on the wall from"), null=True, editable=False)
    notice_to = models.DateField(_("on the wall until"), null=True, editable=False)
    drafted_by = actor_field(_("drafted by"), optional=False)
    first_reviewed_by = actor_field(_("first review by"))
    second_reviewed_by = actor_field(_("second review by"))
    published_by = actor_field(_("published by"))

    objects = StatementQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["document"])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["pot_id", "-period_to", "-id"]
        permissions = [
            ("review_first_statement", "Can review a statement first"),
            ("review_second_statement", "Can review a statement second"),
            ("return_statement", "Can return a statement"),
            ("publish_statement", "Can publish a statement"),
        ]
        indexes = [models.Index(fields=["pot", "state", "period_to"], name="statement_by_period")]
        constraints = [
            models.CheckConstraint(
                name="statement_adds_up", condition=Q(closing=F("opening") + F("income") - F("expense"))
            ),
            models.UniqueConstraint("pot", "sequence", name="statement_place_once"),
            models.UniqueConstraint("pot", condition=~Q(state__in=["published"]), name="statement_one_in_hand"),
            models.CheckConstraint(
                name="statement_period_in_order",
                condition=Q(period_to__gte=F("period_from")),
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                name="statement_three_people",
                condition=~Q(state="published")
                | Q(
                    number__isnull=False,
                    sequence__isnull=False,
                    published_on__isnull=False,
                    first_reviewed_by__isnull=False,
                    second_reviewed_by__isnull=False,
                    published_by__isnull=False,
                )
                & ~Q(digest="")
                & ~Q(drafted_by=F("first_reviewed_by"))
                & ~Q(drafted_by=F("second_reviewed_by"))
                & ~Q(first_reviewed_by=F("second_reviewed_by"))
                & ~Q(drafted_by=F("published_by")),
                violation_error_message=_("Drafting and the two reviews are three people's work."),
            ),
        ]

    def __str__(self):
        return self.office_number or f"{self.period_from:%Y-%m-%d} – {self.period_to:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("fund:statement", kwargs={"number": self.number})

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def office_number(self):
        """`〔2018〕2 号`, or nothing before publication."""
        return f"〔{self.year}〕{self.year_number} 号" if self.year_number else ""


class StatementName(models.Model):
    """A name a statement may show, kept beside the document, which holds only salted commitments to it.

    `masked` is what everybody may read; `name` is the full name while its owner wants it shown, and is wiped, with its
    salt, when that consent is taken back: document and chain still verify.
    """

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="names")
    line = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    masked = models.CharField(max_length=60)
    masked_salt = models.CharField(max_length=32)
    name = EncryptedTextField(purpose="statement_name", blank=True)
    name_salt = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("name in a statement")
        verbose_name_plural = _("names in statements")
        ordering = ["statement_id", "line", "position"]
        constraints = [models.UniqueConstraint("statement", "line", "position", name="statement_name_once")]

    def __str__(self):
        return self.masked

    @property
    def shown(self):
        return self.name or self.masked

"""What is recorded of condolence rounds: the round, and each person it visits."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch
from config.kit.money import MoneyField
from config.kit.person.fields import PeopleField, SealedPeopleField, SealedPersonNameField
from config.kit.workflow.fields import actor_field
from fund.help.records import (
    BranchOrPotQuerySet,
    Category,
    GivenAs,
    Step,
    counts_as_promised,
    keeps_person_key,
    paid_in_full,
    person_key,
)
from fund.ledger.models import Entry, Pot
from fund.ledger.scoping import PotScopedQuerySet
from members.models import Member


@counts_as_promised("visits__amount", state=Step.APPROVED)
class CondolenceRound(models.Model):
    """走访慰问: one list of visits, approved once, paid with one voucher."""

    class Season(models.TextChoices):
        SPRING_FESTIVAL = "spring_festival", _("Spring Festival")
        JULY_FIRST = "july_first", _("1 July")
        DOUBLE_NINTH = "double_ninth", _("Double Ninth")
        ILLNESS = "illness", _("illness")
        DEATH = "death", _("death in the family")
        OTHER = "other", _("other")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="rounds", verbose_name=_("pot"))
    season = models.CharField(_("occasion"), max_length=16, choices=Season)
    visited_on = models.DateField(_("visited on"))
    visitors = PeopleField(_("visitors"), max_length=100, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    method = models.CharField(
        _("how it is paid"),
        max_length=8,
        choices=GivenAs,
        default=GivenAs.CASH,
        help_text=_("Goods in stock: the amounts are their value."),
    )
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("all signed on"), null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=Step, default=Step.DRAFT, editable=False)
    rejection = models.CharField(_("reason of the rejection"), max_length=200, blank=True, editable=False)
    proposed_by = actor_field(_("proposed by"))
    approved_by = actor_field(_("approved by"))
    paid_by = actor_field(_("paid by"))
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, editable=False, related_name="round", verbose_name=_("entry")
    )

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("condolence round")
        verbose_name_plural = _("condolence rounds")
        ordering = ["-visited_on", "-id"]
        permissions = [
            ("propose_condolenceround", "Can propose a condolence round"),
            ("approve_condolenceround", "Can approve a condolence round"),
            ("pay_condolenceround", "Can pay a condolence round"),
            ("sign_condolenceround", "Can record the signatures of a condolence round"),
        ]
        constraints = [paid_in_full("round_three_hands")]

    def __str__(self):
        return f"{self.get_season_display()} {self.visited_on:%Y-%m-%d}"


class CondolenceVisitQuerySet(BranchOrPotQuerySet):
    pot_path = "round__pot"

    def names_among(self, words):
        """Which of the words are names of the visited who are on no roster; sealed, so all are read by one query."""
        return words.intersection(self.filter(member=None).order_by().values_list("name", flat=True))


class CondolenceVisit(models.Model):
    """慰问登记: one person of a round."""

    round = models.ForeignKey(
        CondolenceRound, models.CASCADE, related_name="visits", verbose_name=_("condolence round")
    )
    name = SealedPersonNameField(pgettext_lazy("person", "name"), purpose="beneficiary")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="condolence_visits", verbose_name=_("on the roster")
    )
    category = models.CharField(_("category"), max_length=16, choices=Category, default=Category.VETERAN)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="condolence_visits", verbose_name=_("Party branch")
    )
    unit = models.CharField(_("other branch or unit"), max_length=60, blank=True)
    amount = MoneyField(_("amount (yuan)"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    signed_by = SealedPeopleField(_("signed by"), purpose="signature", blank=True, editable=False)
    not_delivered = models.CharField(_("not delivered because"), max_length=100, blank=True, editable=False)
    person_key = models.CharField(max_length=64, editable=False, db_index=True)

    objects = CondolenceVisitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("condolence visit")
        verbose_name_plural = _("condolence visits")
        ordering = ["round_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="visit_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("Enter an amount above zero."),
            ),
            models.UniqueConstraint(
                "round",
                "person_key",
                name="visit_person_once",
                violation_error_message=_("This person stands on the list already."),
            ),
        ]

    def __str__(self):
        return self.get_category_display()

    def save(self, *args, **kwargs):
        if keeps_person_key(self, kwargs):
            self.set_person_key()
        super().save(*args, **kwargs)

    def clean(self):
        """The lines of a form are compared by the key, so it is there before they are saved."""
        self.set_person_key()

    def set_person_key(self):
        """Also for callers of bulk_create, which passes save() by."""
        self.person_key = person_key(member_id=self.member_id, name=self.name, place=self.branch_id or self.unit)

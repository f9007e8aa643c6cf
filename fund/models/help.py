"""What is recorded of help by list: condolence rounds with their visits, allowance runs; and what cases share with them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch
from branches.scoping import Scope
from config.kit.crypto import Unreadable, keyed_hash
from config.kit.money import MoneyField
from config.kit.months import MonthField
from config.kit.person.fields import PeopleField, PersonNameField, SealedPeopleField, SealedPersonNameField
from config.kit.workflow.fields import actor_field
from fund.models.ledger import Entry, Pot, PotScopedQuerySet, pots_of
from fund.models.persons import same_written
from members.models import Member


class Category(models.TextChoices):
    HARDSHIP_MEMBER = "hardship_member", _("member in difficulty")
    VETERAN = "veteran", _("veteran member")
    BEREAVED = "bereaved", _("bereaved family")
    RESIDENT = "resident", _("resident in difficulty")
    OTHER = "other", _("other")


class PaidBy(models.TextChoices):
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")


class GivenAs(models.TextChoices):
    """慰问金 or 慰问品: money, or goods that were given to the pot before."""

    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")
    GOODS = "goods", _("goods in stock")


class Step(models.TextChoices):
    """Three pairs of hands: whoever proposes does not approve, whoever did either does not pay."""

    DRAFT = "draft", _("being written")
    PROPOSED = "applied", _("waits for approval")
    APPROVED = "approved", _("waits for payment")
    REJECTED = "rejected", _("rejected")
    PAID = "paid", _("paid")
    SIGNED = "signed", _("signed for")


# From payment on the money of a record never changes.
PAID_STEPS = (Step.PAID, Step.SIGNED)


def paid_in_full(name, states=PAID_STEPS):
    """A paid record has three different pairs of hands and its entry; anything else is refused by the database."""
    return models.CheckConstraint(
        name=name,
        condition=~Q(state__in=[str(state.value) for state in states])
        | Q(
            entry__isnull=False,
            paid_on__isnull=False,
            proposed_by__isnull=False,
            approved_by__isnull=False,
            paid_by__isnull=False,
        )
        & ~Q(proposed_by=F("approved_by"))
        & ~Q(proposed_by=F("paid_by"))
        & ~Q(approved_by=F("paid_by")),
        violation_error_message=_("Proposing, approving and paying are three people's work."),
    )


def person_key(*, member_id, name, place):
    """What tells one helped person from another: the roster entry, else the name with the branch or unit."""
    text = f"member:{member_id}" if member_id else f"name:{same_written(name)}|{place}"
    return keyed_hash(text, purpose="helped_person")


def keeps_person_key(record, kwargs):
    """Whether a save touches who is helped, so that the key beside it is written too (`kwargs` are those of the save)."""
    if isinstance(getattr(record, "beneficiary", getattr(record, "name", "")), Unreadable):
        return False
    names = kwargs.get("update_fields")
    if names is None:
        return True
    touched = bool({"beneficiary", "beneficiary_member", "name", "member", "branch", "unit"} & set(names))
    if touched:
        kwargs["update_fields"] = {*names, "person_key"}
    return touched


class BranchOrPotQuerySet(models.QuerySet):
    """Records of a pot's desk that the branch they concern sees too."""

    pot_path, branch_path = "pot", "branch"

    def visible_to(self, user):
        branches = Scope.of(user).branches(self.branch_path) & ~Q(**{self.branch_path: None})
        return self.filter(pots_of(user, self.pot_path) | branches)


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

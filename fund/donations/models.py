"""What is recorded of gifts to a pot and of the people who joined the fund."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch, ImportBatch
from config.kit.money import MoneyField
from config.kit.person.fields import PeopleField, PersonNameField, PublicPeopleField, SealedPhoneField
from config.kit.workflow.fields import actor_field
from fund.ledger.models import Entry, Pot
from fund.ledger.scoping import PotScopedQuerySet
from members.models import Member

RECEIPT_NO = 20  # characters of a number on paper
MARK_OF_UNDO = 20  # and of what an undone import writes behind it, so that the number itself stays whole


class Collection(models.Model):
    """收款登记: the gifts of one branch taken on one day, registered by one person and counted by another."""

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="collections", verbose_name=_("pot"))
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="collections", verbose_name=_("Party branch")
    )
    collected_on = models.DateField(_("collection day"))
    registered_by = actor_field(_("registered by"))
    counted_by = actor_field(_("counted by"))
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-collected_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="collection_two_people",
                condition=Q(counted_by=None) | ~Q(counted_by=F("registered_by")),
                violation_error_message=_("Registering and counting are two people's work."),
            )
        ]

    def __str__(self):
        return f"{self.collected_on:%Y-%m-%d}"

    @property
    def is_counted(self):
        return self.counted_by_id is not None


class Donation(models.Model):
    """捐款登记表: one gift; its entry holds the money, this row tells the story."""

    class Source(models.TextChoices):
        MEMBER_DONATION = "member_donation", _("member donation")
        SOCIAL_DONATION = "social_donation", _("social donation")
        SUPERIOR_ALLOCATION = "superior_allocation", _("allocation from above")

    class Method(models.TextChoices):
        CASH = "cash", _("cash")
        TRANSFER = "transfer", _("transfer")
        GOODS = "goods", _("goods")

    class Publicity(models.TextChoices):
        NAMED = "named", _("named")
        MASKED = "masked", _("part of the name")
        ANONYMOUS = "anonymous", _("anonymous")

    class Consent(models.TextChoices):
        NONE = "", _("none")
        REGISTER = "register", _("signed in the register")
        SLIP = "slip", _("written slip")
        SPOKEN = "spoken", _("spoken, noted by who received the gift")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="donations", verbose_name=_("pot"))
    collection = models.ForeignKey(
        Collection,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="donations",
        verbose_name=_("collection"),
    )
    receipt_no = models.CharField(
        _("receipt number"),
        max_length=RECEIPT_NO + MARK_OF_UNDO,
        validators=[MaxLengthValidator(RECEIPT_NO)],
        null=True,
        blank=True,
        help_text=_("Empty: the next number of the year."),
    )
    donated_on = models.DateField(_("day of the gift"))
    donor = PublicPeopleField(_("donor"), max_length=60, may_name=True)
    donor_member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="donations", verbose_name=_("on the roster")
    )
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.MEMBER_DONATION)
    method = models.CharField(_("how it was given"), max_length=8, choices=Method, default=Method.CASH)
    amount = MoneyField(_("amount (yuan)"), help_text=_("For goods: their value."))
    goods = models.CharField(_("goods"), max_length=100, blank=True)
    publicity = models.CharField(
        _("name in notices"),
        max_length=10,
        choices=Publicity,
        default=Publicity.MASKED,
        help_text=_("The full name only with the donor's word; it can be taken back."),
    )
    consent = models.CharField(
        _("consent to the full name"),
        max_length=10,
        choices=Consent,
        blank=True,
        help_text=_("Needed for the full name: how the donor said so."),
    )
    phone = SealedPhoneField(_("phone"), purpose="donor_phone", blank=True)
    purpose = models.CharField(_("wish of the donor"), max_length=100, blank=True)
    handler = PeopleField(_("received by"), max_length=40, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    registered_by = actor_field(_("registered by"))
    counted_by = actor_field(_("counted by"))
    refusal = models.CharField(_("why it was refused"), max_length=200, blank=True, editable=False)
    key = models.CharField(max_length=100, null=True, unique=True, editable=False)
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, editable=False, related_name="donation", verbose_name=_("entry")
    )
    returned_entry = models.OneToOneField(
        Entry,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="returned_donation",
        verbose_name=_("returned by"),
    )
    import_batch = models.ForeignKey(
        ImportBatch, models.SET_NULL, null=True, blank=True, editable=False, related_name="donations"
    )

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ["-donated_on", "-id"]
        permissions = [
            ("count_donation", "Can count a donation"),
            ("return_donation", "Can return a donation"),
            ("void_donation", "Can void the receipt of a donation"),
        ]
        indexes = [
            models.Index(fields=["pot", "donated_on"], name="donation_by_day"),
            # Each public text is looked through for names.
            models.Index(fields=["donor"], name="donation_by_donor"),
        ]
        constraints = [
            models.UniqueConstraint("pot", "receipt_no", name="donation_receipt_once"),
            models.CheckConstraint(
                name="donation_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("Enter an amount above zero."),
            ),
            models.CheckConstraint(
                name="donation_two_people",
                condition=Q(counted_by=None) | ~Q(counted_by=F("registered_by")),
                violation_error_message=_("Registering and counting are two people's work."),
            ),
        ]

    def __str__(self):
        return self.receipt_no or str(_("gift refused") if self.refusal else _("gift not counted yet"))

    @property
    def is_booked(self):
        return self.entry_id is not None

    @property
    def waits_for_counting(self):
        return not self.is_booked and not self.refusal


class VoidReceipt(models.Model):
    """作废收据: a receipt number that was spoilt; it is kept and never given again."""

    donation = models.ForeignKey(Donation, models.PROTECT, related_name="void_receipts", verbose_name=_("donation"))
    pot = models.ForeignKey(Pot, models.PROTECT, related_name="void_receipts", verbose_name=_("pot"))
    number = models.CharField(_("receipt number"), max_length=20)
    reason = models.CharField(pgettext_lazy("void receipt", "reason"), max_length=200)
    voided_by = actor_field(_("voided by"))
    voided_on = models.DateField(_("voided on"))

    objects = PotScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("void receipt")
        verbose_name_plural = _("void receipts")
        ordering = ["pot_id", "number"]
        constraints = [models.UniqueConstraint("pot", "number", name="void_receipt_once")]

    def __str__(self):
        return self.number


class FundMember(models.Model):
    """基金会员名册: somebody who joined the fund, on the roster or not."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party member")
        MASS = "mass", _("resident")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="fund_members", verbose_name=_("pot"))
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="fund_memberships", verbose_name=_("on the roster")
    )
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PARTY)
    joined_on = models.DateField(_("joined the fund on"))
    left_on = models.DateField(_("left the fund on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=120, blank=True)

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("fund member")
        verbose_name_plural = _("fund members")
        ordering = ["pot_id", "joined_on", "id"]
        constraints = [
            models.UniqueConstraint("pot", "member", name="fund_member_once"),
            models.CheckConstraint(
                name="fund_member_left_after_joining",
                condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return self.name


def givers_and_members(words):
    """Which of the words are names of donors or of members of the fund; two queries."""
    donors = Donation.objects.filter(donor__in=words).order_by().values_list("donor", flat=True).distinct()
    return {*donors, *FundMember.objects.filter(name__in=words).order_by().values_list("name", flat=True).distinct()}


def givers_to_be_named(words):
    """Which of the words are names of donors who wish to be named and none of whose gifts is to stay unnamed."""
    rows = Donation.objects.filter(donor__in=words).order_by().values_list("donor", "publicity").distinct()
    wishes: dict[str, set] = {}
    for donor, publicity in rows:
        wishes.setdefault(donor, set()).add(publicity)
    return {donor for donor, asked in wishes.items() if asked == {Donation.Publicity.NAMED}}

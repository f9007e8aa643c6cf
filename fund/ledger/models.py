"""How is money recorded, and how are balances read? Pots, their accounts, the append-only entries, month totals."""

import hashlib
from datetime import UTC
from json.encoder import encode_basestring as quoted

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.calendar import CASE_NOTICE_WORKING_DAYS
from branches.models import Branch, Organization
from branches.scoping import WorkScope
from config.kit.money import MoneyField, to_fen
from config.kit.public_text import PublicCharField
from fund.ledger.scoping import MUTUAL_AID_KIND, PotQuerySet, PotScopedQuerySet
from fund.ledger.totals import MonthTotal

# The primary key of an entry is pot × this + number, so that not even the key of a row can be changed unnoticed.
ENTRIES_PER_POT = 1_000_000_000


def branches_served_by(user):
    """Branches that a user may name on a case: the own ones, and those of the street whose community keeps the fund."""
    funds = Pot.objects.at_desk_of(user).filter(kind=Pot.Kind.MUTUAL_AID, branch=None)
    own = WorkScope.of(user).branches()
    return Branch.objects.filter(own | Q(organization__in=funds.values("organization__parent")))


class Pot(models.Model):
    """账本: money with one purpose, never mixed with another pot's."""

    class Kind(models.TextChoices):
        MUTUAL_AID = MUTUAL_AID_KIND, _("mutual-aid fund")
        ACTIVITY = "activity", _("activity money")
        EQUIPMENT = "equipment", _("equipment money")
        ALLOWANCE = "allowance", _("secretary allowance")

    class Rhythm(models.TextChoices):
        MONTH = "month", _("monthly")
        QUARTER = "quarter", _("quarterly")
        YEAR = "year", _("yearly")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="pots", verbose_name=_("organisation"))
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="pots", verbose_name=_("Party branch")
    )
    name = PublicCharField(_("name"), max_length=60, unique=True, may_name=True)
    code = models.SlugField(_("short name in addresses"), max_length=40, unique=True)
    notice_prefix = PublicCharField(
        _("name before notice numbers"),
        max_length=20,
        blank=True,
        help_text=_("For instance 荔园互助 in 荔园互助〔2018〕2 号."),
        may_name=True,
    )
    opened_on = models.DateField(_("opened on"))
    closed_until = models.DateField(
        _("closed until"), null=True, editable=False, help_text=_("The last day that a published statement covers.")
    )
    rhythm = models.CharField(_("statements"), max_length=8, choices=Rhythm, default=Rhythm.QUARTER)
    case_notice_days = models.PositiveSmallIntegerField(
        _("working days of a case's notice"), default=CASE_NOTICE_WORKING_DAYS, validators=[MinValueValidator(1)]
    )
    second_approval_from = MoneyField(
        _("second approver from (yuan)"),
        null=True,
        blank=True,
        help_text=_("From this amount on, two people approve a case. Empty: one is enough."),
    )
    case_highest = MoneyField(_("highest amount of one case (yuan)"), null=True, blank=True)
    case_most = models.PositiveSmallIntegerField(
        _("cases of one person in 12 months, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    objects = PotQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["closed_until"])

    class Meta:
        verbose_name = _("pot")
        verbose_name_plural = _("pots")
        ordering = ["organization_id", "id"]

    def __str__(self):
        return self.name

    def account(self, kind, code):
        """The account of a kind (`Account.Kind`) and a code; Account.DoesNotExist where this pot has none.

        `open_pot` makes the usual ones of its kind; reading makes none.
        """
        return self.accounts.get(kind=kind, code=code)

    @property
    def cash(self):
        return self.account(Account.Kind.ASSET, "cash")

    @property
    def bank(self):
        return self.account(Account.Kind.ASSET, "bank")

    def assets(self):
        """The accounts in which the pot's money and goods lie."""
        return self.accounts.filter(kind=Account.Kind.ASSET)

    def source(self, code):
        return self.account(Account.Kind.INCOME, code)

    def use(self, code):
        return self.account(Account.Kind.EXPENSE, code)

    def serves(self, branch):
        """Whether help for people of a branch may come from here: the own branch of a pot that has one; else those of
        its organisation and of what stands over or under that."""
        if self.branch_id:
            return self.branch_id == branch.pk
        mine, theirs = self.organization.line(), branch.organization.line()
        return self.organization_id in theirs or branch.organization_id in mine

    def balance(self, *, until=None):
        """Yuan in the pot at the end of the month `until` lies in, or now."""
        return MonthTotal.objects.filter(account__in=self.assets()).between(last=until).net()


class Account(models.Model):
    """科目: a place where money of a pot lies (asset), a source it comes from (income) or a use it goes to (expense)."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("where the money lies")
        INCOME = "income", _("income")
        EXPENSE = "expense", _("spending")

        def worth(self, net):
            """Yuan as people count them, of debit less credit: an income grows by its credit, everything else by its debit."""
            return -net if self == self.INCOME else net

    class Code(models.TextChoices):
        CASH = "cash", _("cash box")
        BANK = "bank", _("bank")
        GOODS = "goods", _("goods in stock")
        MEMBER_DONATION = "member_donation", _("member donation")
        SOCIAL_DONATION = "social_donation", _("social donation")
        SUPERIOR_ALLOCATION = "superior_allocation", _("allocation from above")
        MEMBERSHIP_FEE = "membership_fee", _("membership fee")
        INTEREST = "interest", _("interest")
        DUES_REBATE = "dues_rebate", _("dues rebate")
        UNIT_SUPPORT = "unit_support", _("employer support")
        FISCAL = "fiscal", _("public budget")
        ASSISTANCE = "assistance", _("assistance")
        CONDOLENCE_CASH = "condolence_cash", _("condolence money")
        CONDOLENCE_GOODS = "condolence_goods", _("condolence goods")
        FEE = "fee", _("bank fee")
        STUDY = "study", pgettext_lazy("use of money", "study")
        ACTIVITY = "activity", pgettext_lazy("use of money", "activities")
        SUBSCRIPTION = "subscription", _("newspapers and magazines")
        VENUE = "venue", pgettext_lazy("use of money", "venue")
        EQUIPMENT = "equipment", pgettext_lazy("use of money", "equipment")
        ALLOWANCE = "allowance", _("secretary allowance")
        OTHER = "other", pgettext_lazy("source or use", "other")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="accounts", verbose_name=_("pot"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    code = models.SlugField(_("code"), max_length=24)
    name = PublicCharField(
        _("own name"), max_length=40, blank=True, help_text=_("Empty for the usual name of this code.")
    )

    objects = PotScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["pot_id", "id"]
        constraints = [models.UniqueConstraint("pot", "kind", "code", name="account_once")]

    def __str__(self):
        return str(self.label)

    @property
    def label(self):
        """The name on screen, in the reader's language."""
        return self.name or dict(self.Code.choices).get(self.code, self.code)

    @property
    def is_asset(self):
        return self.kind == self.Kind.ASSET


# Where money or goods lie by how they were given or are paid out.
ASSET_OF = {"cash": "cash", "transfer": "bank", "goods": "goods"}

STANDARD_ACCOUNTS = {
    Pot.Kind.MUTUAL_AID: {
        Account.Kind.ASSET: ["cash", "bank", "goods"],
        Account.Kind.INCOME: [
            "member_donation",
            "social_donation",
            "superior_allocation",
            "membership_fee",
            "interest",
        ],
        Account.Kind.EXPENSE: ["assistance", "condolence_cash", "condolence_goods", "fee"],
    },
    Pot.Kind.ACTIVITY: {
        Account.Kind.ASSET: ["cash", "bank"],
        Account.Kind.INCOME: ["dues_rebate", "unit_support", "fiscal", "other"],
        Account.Kind.EXPENSE: ["study", "activity", "subscription", "venue", "other"],
    },
    Pot.Kind.EQUIPMENT: {
        Account.Kind.ASSET: ["cash", "bank"],
        Account.Kind.INCOME: ["superior_allocation", "unit_support", "fiscal", "other"],
        Account.Kind.EXPENSE: ["equipment", "other"],
    },
    Pot.Kind.ALLOWANCE: {
        Account.Kind.ASSET: ["cash", "bank"],
        Account.Kind.INCOME: ["superior_allocation", "fiscal", "other"],
        Account.Kind.EXPENSE: ["allowance"],
    },
}


class LedgerIsAppendOnly(TypeError):
    """Somebody tried to change or remove a booked entry; a mistake is answered by `actions.reverse`."""

    def __init__(self):
        super().__init__("Entries are never changed or removed; reverse the entry instead.")


class EntryQuerySet(PotScopedQuerySet):
    def update(self, **kwargs):
        raise LedgerIsAppendOnly

    def delete(self):
        raise LedgerIsAppendOnly

    def bulk_update(self, *args, **kwargs):
        raise LedgerIsAppendOnly

    def bulk_create(self, *args, **kwargs):
        raise LedgerIsAppendOnly

    def between(self, first, last):
        """Entries booked from `first` to `last`, both included."""
        return self.filter(booked_on__gte=first, booked_on__lte=last)

    def touching(self, accounts):
        """Entries that move money into or out of any of the accounts."""
        ids = [account.pk for account in accounts]
        return self.filter(Q(debit__in=ids) | Q(credit__in=ids))


def canonical_entry(
    *, amount, booked_on, credit, debit, happened_on, key, number, persons, pot, previous, recorded_at, recorded_by,
    reverses, summary,
):  # fmt: skip
    """The text whose SHA-256 is an entry's digest; `amount` in fen, days and the moment (UTC) as text.

    Written out, because `verify` makes it for every entry there is: what `json.dumps` gives with sorted keys, no blanks and
    characters as they are.
    """
    return (
        f'{{"amount":{amount:d},"booked_on":{quoted(booked_on)},"credit":{quoted(credit)},"debit":{quoted(debit)},'
        f'"happened_on":{quoted(happened_on) if happened_on else "null"},"key":{"null" if key is None else quoted(key)},'
        f'"number":{number:d},"persons":{persons:d},"pot":{quoted(pot)},"previous":{quoted(previous)},'
        f'"recorded_at":{quoted(recorded_at)},"recorded_by":{recorded_by:d},'
        f'"reverses":{"null" if reverses is None else f"{reverses:d}"},"summary":{quoted(summary)}}}'
    )


class Entry(models.Model):
    """流水: one movement of money between two accounts of one pot. Written once by `actions.post`, never changed."""

    id = models.BigIntegerField(primary_key=True, editable=False)
    pot = models.ForeignKey(Pot, models.PROTECT, related_name="entries", verbose_name=_("pot"), db_index=False)
    number = models.PositiveIntegerField(_("number"))
    booked_on = models.DateField(_("booked on"))
    happened_on = models.DateField(_("happened on"), null=True, blank=True)
    debit = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("money went to"), db_index=False
    )
    credit = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("money came from"), db_index=False
    )
    amount = MoneyField(_("amount (yuan)"))
    persons = models.PositiveIntegerField(_("person-times"), default=0, help_text=_("How many gave or received."))
    summary = PublicCharField(
        pgettext_lazy("ledger", "summary"), max_length=120, help_text=_("Public: no names, no reasons.")
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    key = models.CharField(_("key"), max_length=100, null=True, blank=True)
    previous_digest = models.CharField(_("digest before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["pot_id", "-number"]
        permissions = [("reverse_entry", "Can reverse a ledger entry")]
        indexes = [
            models.Index(fields=["pot", "booked_on", "number"], name="entry_by_day"),
            models.Index(fields=["-booked_on", "-id"], name="entry_newest"),
            models.Index(fields=["debit", "booked_on"], name="entry_by_debit"),
            models.Index(fields=["credit", "booked_on"], name="entry_by_credit"),
        ]
        constraints = [
            models.UniqueConstraint("pot", "number", name="entry_number_once"),
            models.UniqueConstraint("pot", "key", name="entry_key_once"),
            models.CheckConstraint(
                name="entry_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("Enter an amount above zero."),
            ),
            models.CheckConstraint(
                name="entry_two_accounts",
                condition=~Q(debit=F("credit")),
                violation_error_message=_("Money moves between two different accounts."),
            ),
        ]

    def __str__(self):
        return _("entry %(number)s") % {"number": self.number}

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise LedgerIsAppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise LedgerIsAppendOnly

    def canonical(self, *, pot_code, debit, credit):
        """The text whose SHA-256 is the digest: JSON with sorted keys, no blanks, amounts in fen, moments in UTC.

        Accounts stand as `kind:code`, the pot as its short name, so the text reads the same on every database.
        """
        return canonical_entry(
            amount=to_fen(self.amount),
            booked_on=self.booked_on.isoformat(),
            credit=f"{credit.kind}:{credit.code}",
            debit=f"{debit.kind}:{debit.code}",
            happened_on=self.happened_on.isoformat() if self.happened_on else None,
            key=self.key,
            number=self.number,
            persons=self.persons,
            pot=pot_code,
            previous=self.previous_digest,
            recorded_at=self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
            recorded_by=self.recorded_by_id,
            reverses=self.reverses_id - self.pot_id * ENTRIES_PER_POT if self.reverses_id else None,
            summary=self.summary,
        )

    def computed_digest(self, **parts):
        return hashlib.sha256(self.canonical(**parts).encode()).hexdigest()

"""Party members and the branches they belong to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch, ImportBatch
from branches.scoping import BranchScopedQuerySet
from config.kit import clock
from config.kit.crypto import EncryptedTextField, Unreadable, keyed_hash, keyed_hashes
from config.kit.dates import whole_years
from config.kit.months import MonthField
from config.kit.person.citizen_ids import read_citizen_id, refuse_bad_citizen_id
from config.kit.person.fields import PersonNameField, SealedCitizenIdField, SealedPhoneField
from config.kit.person.names import read_name
from config.kit.person.phones import refuse_bad_phone
from config.kit.pinyin import pinyin_of
from config.kit.refusals import refuse_by_field
from members.roster import rules
from members.roster.codes import (
    ETHNIC_CHOICES,
    ON_ROLL,
    Education,
    Health,
    LivingStatus,
    MemberKind,
    RetirementKind,
    Sex,
    Status,
)

CITIZEN_ID = "citizen_id"
# Days of which the month may be all that is known, and the field that says so.
DAYS_KNOWN = {"joined_on": "joined_day_known", "full_member_on": "full_member_day_known"}


class MemberQuerySet(BranchScopedQuerySet):
    def on_roll(self):
        """Members whom a branch counts now: active and suspended ones, not those who died, moved or were removed."""
        return self.filter(status__in=ON_ROLL)

    def with_citizen_id(self, number):
        return self.filter(citizen_id_hash__in=keyed_hashes(read_citizen_id(number), purpose=CITIZEN_ID))


class Member(models.Model):
    """党员花名册: one Party member. Admission (`joined_on`) and full membership (`full_member_on`) are kept apart."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="members", verbose_name=_("Party branch"))
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    sort_name = models.CharField(
        _("name in pinyin"),
        max_length=120,
        blank=True,
        help_text=_("Filled in by itself; correct it where a surname is read otherwise."),
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    citizen_id = SealedCitizenIdField(_("citizen ID number"), purpose=CITIZEN_ID, blank=True)
    citizen_id_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    ethnic_group = models.CharField(_("ethnic group"), max_length=2, choices=ETHNIC_CHOICES, blank=True)
    native_place = models.CharField(_("ancestral place"), max_length=60, blank=True)
    birth_date = models.DateField(_("born on"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=2, choices=Education, blank=True)
    work_started_on = MonthField(_("started work in"), null=True, blank=True)
    joined_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    joined_day_known = models.BooleanField(_("the day of joining is known"), default=True)
    full_member_on = models.DateField(_("full member since"), null=True, blank=True)
    full_member_day_known = models.BooleanField(_("the day of full membership is known"), default=True)
    member_kind = models.CharField(_("kind of member"), max_length=12, choices=MemberKind, default=MemberKind.FULL)
    retirement_kind = models.CharField(_("kind of retirement"), max_length=6, choices=RetirementKind, blank=True)
    retired_on = MonthField(_("retired in"), null=True, blank=True)
    former_post = models.CharField(_("former employer and post"), max_length=120, blank=True)
    party_post = models.CharField(_("post in the Party"), max_length=40, blank=True)
    health = EncryptedTextField(_("health"), purpose="health", choices=Health, blank=True)
    living_status = models.CharField(_("living situation"), max_length=14, choices=LivingStatus, blank=True)
    address = EncryptedTextField(_("home address"), purpose="address", blank=True)
    phone = SealedPhoneField(_("phone"), purpose="phone", blank=True)
    emergency_contact = EncryptedTextField(_("emergency contact and phone"), purpose="emergency_contact", blank=True)
    is_floating = models.BooleanField(_("away for six months or more"), default=False)
    in_hardship = models.BooleanField(_("member in difficulty"), default=False)
    hardship_reason = EncryptedTextField(_("what the difficulty is"), purpose="hardship_reason", blank=True)
    five_elders = models.BooleanField(_("one of the Five Elders"), default=False)
    status = models.CharField(_("membership"), max_length=16, choices=Status, default=Status.ACTIVE)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    lost_contact_since = models.DateField(_("out of contact since"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    import_batch = models.ForeignKey(
        ImportBatch, models.SET_NULL, null=True, blank=True, editable=False, related_name="members"
    )

    objects = MemberQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Party member")
        verbose_name_plural = _("Party members")
        ordering = ["branch_id", "sort_name", "id"]
        permissions = [("view_private_member", _("Can see private data of members in full"))]
        indexes = [
            models.Index(fields=["branch", "status", "sort_name"], name="member_roster"),
            # Each public text is looked through for names.
            models.Index(fields=["name"], name="member_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="member_joined_after_birth",
                condition=Q(joined_on=None) | Q(birth_date=None) | Q(joined_on__gt=F("birth_date")),
                violation_error_message=_("Joined the Party before the birth date. Check both dates."),
            ),
            models.CheckConstraint(
                name="member_full_after_joined",
                condition=Q(full_member_on=None) | Q(joined_on=None) | Q(full_member_on__gte=F("joined_on")),
                violation_error_message=_("Full member before joining. Check both dates."),
            ),
            models.CheckConstraint(
                name="member_death_has_status",
                condition=Q(died_on=None) | Q(status=Status.DECEASED),
                violation_error_message=_("A day of death goes with the membership “deceased”."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Both are derived from other fields of this record and searched in the database, so they are kept with it.
        if not isinstance(self.citizen_id, Unreadable):
            number = read_citizen_id(self.citizen_id)
            self.citizen_id_hash = keyed_hash(number, purpose=CITIZEN_ID) if number else None
        self.sort_name = self.sort_name or pinyin_of(read_name(self.name))
        if "update_fields" in kwargs and kwargs["update_fields"] is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "citizen_id_hash", "sort_name"}
        super().save(*args, **kwargs)

    def clean(self):
        today = clock.today()
        # What no key opens was checked when it was sealed, and stays sealed.
        number, phone = ("" if isinstance(value, Unreadable) else value for value in (self.citizen_id, self.phone))
        refuse_by_field(
            [
                ("citizen_id", lambda: number and refuse_bad_citizen_id(number, today=today)),
                ("citizen_id", lambda: number and self._refuse_twin(number)),
                ("phone", lambda: phone and refuse_bad_phone(phone)),
                (
                    "joined_on",
                    lambda: rules.refuse_dates_out_of_order(
                        birth_date=self.birth_date,
                        joined_on=self.joined_on,
                        full_member_on=self.full_member_on,
                        today=today,
                    ),
                ),
            ]
        )

    def _refuse_twin(self, number):
        if Member.objects.with_citizen_id(number).exclude(pk=self.pk).exists():
            raise ValidationError(_("This citizen ID number is already on a roster."), code="duplicate_citizen_id")

    def age(self, *, on):
        """Whole years of age on a day, or None where the birth date is not recorded."""
        return whole_years(self.birth_date, on) if self.birth_date else None

    def standing_years(self, *, on):
        """党龄: whole years since becoming a full member (probation does not count), or None."""
        return whole_years(self.full_member_on, on) if self.full_member_on else None


class AffiliationQuerySet(BranchScopedQuerySet):
    def on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class Affiliation(models.Model):
    """组织关系: the branch a member belongs to, from a day (included) to a day (excluded)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="affiliations", verbose_name=_("Party member"))
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="affiliations", verbose_name=_("Party branch"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=120, blank=True)

    objects = AffiliationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["member_id", "starts_on"]
        constraints = [
            models.UniqueConstraint("member", condition=Q(ends_on=None), name="affiliation_one_open"),
            models.CheckConstraint(
                name="affiliation_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The affiliation ends before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.branch} {self.starts_on:%Y-%m-%d}"

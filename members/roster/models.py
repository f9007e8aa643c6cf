"""Party members and the branches they belong to."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
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
from config.kit.person.phones import digits_of, refuse_bad_phone
from config.kit.person.search_keys import latin_keys, read_latin, tail_of
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
CITIZEN_ID_TAIL, PHONE_TAIL = "citizen_id_tail", "phone_tail"
# Derived from other fields of a member and searched in the database.
DERIVED = ("citizen_id_hash", "citizen_id_tail", "phone_tail", "sort_name", "latin_keys")
# Days of which the month may be all that is known, and the field that says so.
DAYS_KNOWN = {"joined_on": "joined_day_known", "full_member_on": "full_member_day_known"}


class MemberQuerySet(BranchScopedQuerySet):
    def on_roll(self):
        """Members whom a branch counts now: active and suspended ones, not those who died, moved or were removed."""
        return self.filter(status__in=ON_ROLL)

    def with_citizen_id(self, number):
        return self.filter(citizen_id_hash__in=keyed_hashes(read_citizen_id(number), purpose=CITIZEN_ID))

    def with_latin(self, words):
        """Members whose initials or pinyin hold the letters typed: `lxz`, `li xiuzhen`, `xiuzhen`."""
        return self.filter(latin_keys__contains=read_latin(words))

    def ranked(self, words):
        """Annotated with `found_rank`: 0 where the letters typed are the initials or the whole pinyin, else 1."""
        is_whole = Q(latin_keys__contains=f" {read_latin(words)} ")
        return self.annotate(found_rank=Case(When(is_whole, then=0), default=1))

    def with_number_tail(self, tail):
        """Members whose ID or phone number ends in the four characters of `read_tail`."""
        return self.filter(
            Q(citizen_id_tail__in=keyed_hashes(tail, purpose=CITIZEN_ID_TAIL))
            | Q(phone_tail__in=keyed_hashes(tail, purpose=PHONE_TAIL))
        )

    def with_phone(self, number):
        """Members with this whole phone number; those it could be by its last four are decrypted and compared."""
        number = digits_of(number)
        candidates = self.filter(phone_tail__in=keyed_hashes(tail_of(number), purpose=PHONE_TAIL))
        same = [pk for pk, phone in candidates.order_by().values_list("pk", "phone") if digits_of(phone) == number]
        return self.filter(pk__in=same)


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
    latin_keys = models.CharField(max_length=250, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    citizen_id = SealedCitizenIdField(_("citizen ID number"), purpose=CITIZEN_ID, blank=True)
    citizen_id_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)
    citizen_id_tail = models.CharField(max_length=64, blank=True, editable=False)
    ethnic_group = models.CharField(_("ethnic group"), max_length=2, choices=ETHNIC_CHOICES, blank=True)
    native_place = models.CharField(_("ancestral place"), max_length=60, blank=True)
    birth_date = models.DateField(_("born on"), null=True, blank=True, help_text=_("Such as 1945.3.8."))
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
    phone_tail = models.CharField(max_length=64, blank=True, editable=False)
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
    history = HistoricalRecords(excluded_fields=["latin_keys", "citizen_id_tail", "phone_tail"])

    class Meta:
        verbose_name = _("Party member")
        verbose_name_plural = _("Party members")
        ordering = ["branch_id", "sort_name", "id"]
        permissions = [("view_private_member", _("Can see private data of members in full"))]
        indexes = [
            models.Index(fields=["branch", "status", "sort_name"], name="member_roster"),
            # Each public text is looked through for names; a search looks through these texts and nothing else.
            models.Index(fields=["name", "latin_keys", "former_post"], name="member_texts"),
            models.Index(fields=["citizen_id_tail"], name="member_citizen_id_tail"),
            models.Index(fields=["phone_tail"], name="member_phone_tail"),
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
        self.derive()
        if "update_fields" in kwargs and kwargs["update_fields"] is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *DERIVED}
        super().save(*args, **kwargs)

    def derive(self):
        """Set the fields of `DERIVED`, which save() keeps with the record, as must whoever creates members in bulk."""
        if not isinstance(self.citizen_id, Unreadable):
            number = read_citizen_id(self.citizen_id)
            self.citizen_id_hash = keyed_hash(number, purpose=CITIZEN_ID) if number else None
            self.citizen_id_tail = keyed_hash(tail_of(number), purpose=CITIZEN_ID_TAIL) if number else ""
        if not isinstance(self.phone, Unreadable):
            tail = tail_of(self.phone)
            self.phone_tail = keyed_hash(tail, purpose=PHONE_TAIL) if tail else ""
        self.sort_name = self.sort_name or pinyin_of(read_name(self.name))
        self.latin_keys = latin_keys(self.sort_name)

    def clean(self):
        today = clock.today()
        # What no key opens was checked when it was sealed, and stays sealed.
        number, phone = ("" if isinstance(value, Unreadable) else value for value in (self.citizen_id, self.phone))
        refuse_by_field(
            [
                ("citizen_id", lambda: number and refuse_bad_citizen_id(number, today=today)),
                ("citizen_id", lambda: number and self._refuse_twin(number)),
                ("phone", lambda: phone and refuse_bad_phone(phone)),
                *rules.rules_of_dates(
                    birth_date=self.birth_date,
                    joined_on=self.joined_on,
                    full_member_on=self.full_member_on,
                    today=today,
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

"""The register of volunteers, the hours they gave, and the certificates of them."""

import json
import secrets
from functools import partial
from hashlib import sha256

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from activities.events.models import Activity
from activities.volunteers.rules import refuse_changed_record
from branches.models import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit import clock
from config.kit.hours import hours_of
from config.kit.person.fields import PersonNameField, SealedIdField, SealedPhoneField
from config.kit.person.names import read_name
from config.kit.person.search_keys import latin_keys, read_latin
from config.kit.pinyin import pinyin_of
from config.kit.workflow.fields import actor_field
from members.models import Member

# Characters of a certificate's check code: 64 bits, that nobody hits by trying.
CODE_LENGTH = 16
# 星级: hours from which a volunteer has one star, two, and so on; here by what this platform recorded alone.
STARS = (100, 300, 600, 1000, 1500)


def stars_of(minutes):
    """How many stars so many minutes are: 0 to 5."""
    return sum(minutes >= hours * 60 for hours in STARS)


class VolunteerQuerySet(OrganizationScopedQuerySet):
    def active(self):
        return self.filter(left_on=None)

    def on(self, day):
        """Who was registered by a day and had not left."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day), registered_on__lte=day)

    def with_latin(self, words):
        """Volunteers whose initials or pinyin hold the letters typed."""
        return self.filter(latin_keys__contains=read_latin(words))

    def names_among(self, words):
        """Which of the words are names of volunteers."""
        return set(self.filter(name__in=words).order_by().values_list("name", flat=True).distinct())


class Volunteer(models.Model):
    """志愿者登记: one registered volunteer, with one primary kind."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party-member volunteer")
        YOUTH = "youth", _("youth volunteer")
        FIVE_ELDERS = "five_elders", _("Five-Elders volunteer")
        ARTS = "arts", _("arts volunteer")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="volunteers", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    latin_keys = models.CharField(max_length=250, blank=True, editable=False)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="volunteers", verbose_name=_("Party member")
    )
    citizen_id = SealedIdField(_("ID number"), purpose="volunteer_id", blank=True)
    phone = SealedPhoneField(_("phone"), purpose="volunteer_phone", blank=True)
    skills = models.CharField(_("skills"), max_length=100, blank=True)
    platform_no = models.CharField(_("number on the regional platform"), max_length=30, blank=True)
    registered_on = models.DateField(_("registered on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = VolunteerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["latin_keys"])

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["organization_id", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                name="volunteer_left_after_registering",
                condition=Q(left_on=None) | Q(left_on__gte=F("registered_on")),
                violation_error_message=_("The volunteer left before registering. Check both days."),
            )
        ]
        indexes = [models.Index(fields=["name"], name="volunteer_name")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "latin_keys"}
        super().save(*args, **kwargs)

    def derive(self):
        """Set what a name is found by, which save() keeps with the record, as must whoever creates volunteers in bulk."""
        self.latin_keys = latin_keys(pinyin_of(read_name(self.name)))

    def minutes_given(self):
        """Minutes on record for this volunteer, what was taken back taken off."""
        return self.service_records.minutes_total()


class ServiceRecordQuerySet(OrganizationScopedQuerySet):
    organization_path = "volunteer__organization"

    def standing(self):
        """Records that no counter-record takes back."""
        return self.filter(reverses=None, reversal=None)

    def minutes_total(self):
        """Minutes of all records, with those taken back taken off."""
        return self.aggregate(total=Sum("minutes"))["total"] or 0

    def update(self, **values):
        refuse_changed_record()

    def delete(self):
        refuse_changed_record()


class ServiceRecord(models.Model):
    """志愿服务记录: the minutes one volunteer gave at one event, entered by one person and checked by another.

    Written once and never changed: what was wrong is taken back by a counter-record of as many minutes less.
    """

    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="service_records", verbose_name=_("volunteer"), editable=False
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="service_records", verbose_name=_("activity"), editable=False
    )
    on = models.DateField(_("day of service"), editable=False)
    minutes = models.IntegerField(_("service time (minutes)"), editable=False)
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        verbose_name=_("takes back"),
        editable=False,
    )
    entered_by = actor_field(_("entered by"), optional=False)
    checked_by = actor_field(pgettext_lazy("hours", "checked by"), optional=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("service record")
        verbose_name_plural = _("service records")
        ordering = ["volunteer_id", "-on", "-id"]
        indexes = [models.Index(fields=["on", "volunteer"], name="service_record_day")]
        constraints = [
            models.CheckConstraint(
                name="service_record_sign",
                condition=Q(reverses=None, minutes__gt=0) | Q(reverses__isnull=False, minutes__lt=0),
                violation_error_message=_("Hours are given; only a counter-record takes them back."),
            ),
            models.CheckConstraint(
                name="service_record_two_people",
                condition=~Q(entered_by=F("checked_by")),
                violation_error_message=_("Whoever entered the hours does not check them."),
            ),
        ]

    def __str__(self):
        return f"{self.on:%Y-%m-%d} {self.volunteer}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            refuse_changed_record()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        refuse_changed_record()


class ServiceCertificateQuerySet(OrganizationScopedQuerySet):
    organization_path = "organization"

    def standing(self):
        """Certificates that were not revoked."""
        return self.filter(revoked_on=None)


class ServiceCertificate(models.Model):
    """志愿服务记录证明: what one volunteer gave in a period, as it stood when it was issued; free of charge.

    Content by the order on records and certificates of voluntary service (2021): volunteer, service in hours and content,
    issuer with a person and phone, number, day, seal. `code` seals these facts: whoever changes one of them has another code.
    """

    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="service_certificates",
        verbose_name=_("issued by the organisation"),
        editable=False,
    )
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="certificates", verbose_name=_("volunteer"), editable=False
    )
    number = models.CharField(_("number"), max_length=20, editable=False)
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40, editable=False)
    period_from = models.DateField(_("period from"), editable=False)
    period_to = models.DateField(_("period to"), editable=False)
    minutes = models.PositiveIntegerField(_("service time (minutes)"), editable=False)
    # [[kind of event, how many events, minutes]], largest first.
    content = models.JSONField(_("content of the service"), editable=False)
    issued_on = models.DateField(_("issued on"), editable=False)
    issued_by = actor_field(_("issued by"), optional=False)
    salt = models.CharField(max_length=32, default=partial(secrets.token_hex, 16), editable=False)
    code = models.CharField(_("check code"), max_length=CODE_LENGTH, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True, editable=False)
    revoked_by = actor_field(_("revoked by"))
    revoked_because = models.CharField(_("reason for revoking"), max_length=100, blank=True, editable=False)

    objects = ServiceCertificateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("certificate of service")
        verbose_name_plural = _("certificates of service")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint("organization", "number", name="service_certificate_number"),
            models.CheckConstraint(
                name="service_certificate_period",
                condition=Q(period_from__lte=F("period_to"), minutes__gt=0),
                violation_error_message=_("The period ends before it begins. Check both days."),
            ),
            models.CheckConstraint(
                name="service_certificate_revoked_with_reason",
                condition=Q(revoked_on=None, revoked_because="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_because="")),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self):
        return self.number

    def sealed(self):
        """The code of the facts as they stand in this record."""
        facts = [
            self.salt, self.number, self.name, str(self.minutes), f"{self.period_from:%Y-%m-%d}",
            f"{self.period_to:%Y-%m-%d}", f"{self.issued_on:%Y-%m-%d}", str(self.organization_id),
            json.dumps(self.content),
        ]  # fmt: skip
        return sha256("\n".join(facts).encode()).hexdigest()[:CODE_LENGTH].upper()

    @property
    def hours(self):
        """Hours as they are printed: 21 or 4.5."""
        return hours_of(self.minutes)

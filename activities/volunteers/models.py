"""The register of volunteers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.person.fields import PersonNameField, SealedIdField, SealedPhoneField
from members.models import Member


class VolunteerQuerySet(OrganizationScopedQuerySet):
    def active(self):
        return self.filter(left_on=None)

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
    history = HistoricalRecords()

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

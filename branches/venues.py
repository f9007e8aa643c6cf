"""The rooms of an organisation."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.organisations import OFFICE_PHONE, Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.person.fields import PeopleField, PhoneField
from config.kit.public_text import PublicCharField


class Venue(models.Model):
    """活动阵地: an office or activity room."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="venues", verbose_name=_("organisation")
    )
    name = PublicCharField(_("name"), max_length=60, may_name=True)
    address = PublicCharField(_("address"), max_length=120, may_name=True)
    area = models.DecimalField(
        _("area (m²)"), max_digits=8, decimal_places=2, validators=[MinValueValidator(1)], help_text=_("Square metres.")
    )
    facilities = PublicCharField(_("facilities"), max_length=200, blank=True)
    opening_hours = PublicCharField(_("opening hours"), max_length=100, blank=True)
    keeper = PeopleField(_("keeper"), max_length=40, blank=True)
    office_phone = PhoneField(_("office phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])
    opened_on = models.DateField(_("in use since"), null=True, blank=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["organization_id", "name"]

    def __str__(self):
        return self.name

"""The register of equipment."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.organisations import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.money import MoneyField
from config.kit.person.fields import PeopleField
from config.kit.public_text import PublicCharField


class Equipment(models.Model):
    """设备台账: one line of the equipment register; its amount is quantity × unit price, in yuan."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("in use")
        REPAIR = "repair", _("in repair")
        SCRAPPED = "scrapped", _("scrapped")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="equipment", verbose_name=_("organisation")
    )
    asset_no = models.CharField(_("asset number"), max_length=20)
    name = PublicCharField(_("name"), max_length=60)
    model = models.CharField(_("model"), max_length=60, blank=True)
    unit = PublicCharField(_("unit"), max_length=10, default="件")
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    unit_price = MoneyField(_("unit price (yuan)"))
    bought_on = models.DateField(_("bought on"))
    funding = models.CharField(_("paid from"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    keeper = PeopleField(_("keeper"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.IN_USE)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("piece of equipment")
        verbose_name_plural = _("equipment")
        ordering = ["organization_id", "asset_no"]
        constraints = [
            models.UniqueConstraint("organization", "asset_no", name="equipment_number_once"),
            models.CheckConstraint(
                name="equipment_priced",
                condition=Q(quantity__gte=1, unit_price__gt=0),
                violation_error_message=_("Quantity and unit price must be above zero."),
            ),
        ]

    def __str__(self):
        return f"{self.asset_no} {self.name}"

    @property
    def amount(self):
        """Quantity × unit price, in yuan."""
        return self.quantity * self.unit_price

"""The days off and the working weekends of a year, as they are announced."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day off or a weekend day worked in exchange, as announced each year; never computed (§4.12 of the handbook)."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    is_makeup = models.BooleanField(_("worked in exchange"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"

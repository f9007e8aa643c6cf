"""Filters of the office's lists that people keep for themselves, by name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """One person's search, filters and period of one list, as the query part of its address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name=_("user")
    )
    listing = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=30)
    query = models.TextField(_("what it asks for"))

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        default_permissions = ()
        constraints = [models.UniqueConstraint("user", "listing", "name", name="saved_filter_name_once")]

    def __str__(self):
        return self.name

"""Who saw, searched by or exported private data."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from members.roster.models import Member


class AccessLog(models.Model):
    """Who saw, searched by or exported private data, of whom, when and why (个人信息保护法 §54: audit)."""

    class Act(models.TextChoices):
        VIEW = "view", _("full view")
        SEARCH = "search", _("search by a number")
        EXPORT = "export", _("export")

    # Empty where a command on the server's own command line asked.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("user")
    )
    act = models.CharField(_("act"), max_length=8, choices=Act)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="accesses", verbose_name=_("Party member")
    )
    # Whole, however long: a list with many filters, a file with a long name.
    what = models.TextField(_("what"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("access to private data")
        verbose_name_plural = _("accesses to private data")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.get_act_display()} {self.what}"

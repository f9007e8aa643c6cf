"""What a person agreed to have shown."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from members.roster.models import Member


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Consents nobody took back. Taking one back counts from its entry on, whatever day is written beside it."""
        return self.filter(withdrawn_on=None)

    def of_names(self):
        """Consents that cover the name; one to photos does not."""
        return self.filter(scope__in=[Consent.Scope.NAME_IN_NOTICES, Consent.Scope.PROFILE])


class Consent(models.Model):
    """A person's stored word that something about them may be shown; it can be taken back on any day."""

    class Scope(models.TextChoices):
        NAME_IN_NOTICES = "name_in_notices", _("full name in notices")
        PROFILE = "profile", _("profile and honours")
        PHOTO = "photo", _("photos")

    member = models.ForeignKey(Member, models.CASCADE, related_name="consents", verbose_name=_("Party member"))
    scope = models.CharField(_("what may be shown"), max_length=16, choices=Scope)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    paper = models.CharField(_("where the signed paper is kept"), max_length=100, blank=True)

    objects = ConsentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["member_id", "given_on"]
        constraints = [
            models.CheckConstraint(
                name="consent_in_order",
                condition=Q(withdrawn_on=None) | Q(given_on=None) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_(
                    "The consent cannot have been taken back before it was given. Check both days."
                ),
            ),
        ]

    def __str__(self):
        return self.get_scope_display()

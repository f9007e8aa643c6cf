"""The forms of the county, and what is kept of the office's own forms: that one was sent, what was not saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.organisations import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit import clock
from config.kit.crypto import EncryptedTextField


class CountyForm(models.Model):
    """A workbook of the county's with placeholders, kept so that it can be filled again next year."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="county_forms", verbose_name=_("organisation")
    )
    name = models.CharField(_("name of the form"), max_length=60)
    content = models.BinaryField(_("workbook"))
    # Which figure a name in the form stands for, where the name itself says nothing.
    mapping = models.JSONField(_("meaning of names"), default=dict, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        verbose_name = _("county form")
        verbose_name_plural = _("county forms")
        ordering = ["organization_id", "name"]
        constraints = [models.UniqueConstraint("organization", "name", name="county_form_name_once")]

    def __str__(self):
        return self.name


class SentForm(models.Model):
    """The key of an add form that was stored, so that the same form sent again is stored once; kept for some days."""

    key = models.CharField(max_length=120, unique=True)
    address = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self):
        return self.address


class Draft(models.Model):
    """What somebody typed into a form of the office and did not save yet, or only that they opened it; kept for some days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    # Of a form that was opened, its own; of the note that somebody has a record open, the record's.
    key = models.CharField(max_length=120)
    record = models.CharField(max_length=120, db_index=True)
    part = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200, blank=True)
    text = EncryptedTextField(purpose="draft", blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_of_a_form_once")]

    def __str__(self):
        return self.name

"""What is kept of an uploaded workbook."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.organisations import Branch, Organization
from branches.scoping import Scope
from config.kit import clock
from config.kit.crypto import EncryptedTextField


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        scope = Scope.of(user)
        return self.filter(
            scope.branches("branch") & ~Q(branch=None)
            | scope.organizations("organization", by_name=False) & ~Q(organization=None)
        )


class ImportBatch(models.Model):
    """One uploaded office workbook: what was read from it, what became of it, and what undoing it needs."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("member roster")
        DONATIONS = "donations", _("donation register")

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("imported")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREVIEWED)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("Party branch")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("organisation")
    )
    file_name = models.TextField(_("file"))
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    added = models.PositiveIntegerField(_("added (rows)"), default=0)
    changed = models.PositiveIntegerField(_("changed (rows)"), default=0)
    same = models.PositiveIntegerField(_("the same (rows)"), default=0)
    refused = models.PositiveIntegerField(_("refused (rows)"), default=0)
    asked = models.PositiveIntegerField(_("asked (rows)"), default=0)
    # JSON of the rows while they wait, then of what undoing needs; encrypted because it holds whole records.
    payload = EncryptedTextField(purpose="import_batch", blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self):
        return self.file_name

    def content(self):
        """What `payload` holds, as plain data; empty where nothing is kept."""
        return json.loads(self.payload) if self.payload else {}

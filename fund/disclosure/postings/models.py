"""What is recorded of a paper notice: where it hung, from when until when, who put it up, a photo for the office."""

from functools import partial

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.kit import clock
from config.kit.person.fields import PeopleField
from config.kit.public_text import PublicCharField
from config.kit.refusals import refuse_by_field
from fund.disclosure.postings.rules import refuse_other_pots_statement, refuse_posted_before_publication
from fund.disclosure.statements.models import Statement
from fund.ledger.models import Pot
from fund.ledger.rules import refuse_future_day
from fund.ledger.scoping import PotScopedQuerySet


def photo_path(posting, name):
    return f"postings/{name}"


class Posting(models.Model):
    """张贴记录: one sheet of paper on one wall. Residents read place and days; name and photo are the office's."""

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        A3 = "a3", "A3"
        OTHER = "other", _("another size")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="postings", verbose_name=_("pot"))
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("statement")
    )
    subject = PublicCharField(
        _("another notice"),
        max_length=120,
        blank=True,
        help_text=_("What the notice was about, where it was no statement. No names."),
    )
    place = PublicCharField(
        pgettext_lazy("posting", "place"), max_length=80, help_text=_("For instance: notice board at the gate. Public.")
    )
    paper = models.CharField(_("paper"), max_length=8, choices=Paper, default=Paper.A3)
    posted_on = models.DateField(_("posted on"))
    posted_by = PeopleField(_("posted by"), max_length=40)
    photo = models.FileField(_("photo"), upload_to=photo_path, blank=True, editable=False)
    taken_down_on = models.DateField(_("taken down on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = PotScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["photo"])

    class Meta:
        verbose_name = _("posted notice")
        verbose_name_plural = _("posted notices")
        ordering = ["-posted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="posting_days_in_order",
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("posted_on")),
                violation_error_message=_("It was taken down before it was posted."),
            ),
            models.CheckConstraint(
                name="posting_of_something",
                condition=Q(statement__isnull=False) | ~Q(subject=""),
                violation_error_message=_("Choose the statement, or say what the notice was about."),
            ),
        ]

    def __str__(self):
        return f"{self.posted_on:%Y-%m-%d} {self.place}"

    def clean(self):
        refuse_by_field(self._rules())

    def _rules(self):
        statement, today = self.statement, clock.today()
        if statement and self.pot_id:
            pots = {"pot_id": self.pot_id, "statement_pot_id": statement.pot_id}
            yield "statement", partial(refuse_other_pots_statement, **pots)
        if statement and self.posted_on:
            days = {"posted_on": self.posted_on, "published_on": statement.published_on}
            yield "posted_on", partial(refuse_posted_before_publication, **days)
        for name in ("posted_on", "taken_down_on"):
            if getattr(self, name):
                yield name, partial(refuse_future_day, day=getattr(self, name), today=today)

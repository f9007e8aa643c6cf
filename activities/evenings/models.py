"""Gala evenings and township shows: where a show is given, and the acts of its programme (文艺晚会、下乡演出)."""

from functools import partial

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from activities.evenings.rules import refuse_no_performance, refuse_village_of_others
from activities.events.models import Activity
from branches.models import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.public_text import PublicCharField
from config.kit.refusals import refuse_by_field

LONGEST_ACT, MOST_ACTS = 120, 99


def _is_performance(activity):
    return activity.kind == Activity.Kind.PERFORMANCE


class Village(models.Model):
    """A village or neighbourhood to which shows are taken."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="villages", verbose_name=_("organisation")
    )
    name = PublicCharField(_("village"), max_length=40, may_name=True)
    township = PublicCharField(_("township"), max_length=40, blank=True, may_name=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("village of township shows")
        verbose_name_plural = _("villages of township shows")
        ordering = ["organization_id", "township", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                "township",
                "name",
                name="village_once",
                violation_error_message=_("This village stands in the list already."),
            )
        ]

    def __str__(self):
        return f"{self.township}{self.name}"


class OfEvent(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))


class Show(models.Model):
    """What kind of show a performance is, and in which village; its audience are the residents of its sign-in sheet."""

    class Form(models.TextChoices):
        EVENING = "evening", _("gala evening")
        TOWNSHIP = "township", _("township show")

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="show", verbose_name=_("activity"))
    form = models.CharField(_("kind of show"), max_length=10, choices=Form, default=Form.EVENING)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="shows", verbose_name=_("village")
    )

    objects = OfEvent.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("show")
        verbose_name_plural = _("shows")
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(
                name="township_show_in_a_village",
                condition=~Q(form="township") | Q(village__isnull=False),
                violation_error_message=_("Choose the village to which the show is taken."),
            )
        ]

    def __str__(self):
        return self.get_form_display()

    def clean(self):
        village = self.village and self.village.organization_id
        refuse_by_field(
            [
                ("activity", partial(refuse_no_performance, is_performance=_is_performance(self.activity))),
                (
                    "village",
                    partial(refuse_village_of_others, village=village, organization=self.activity.organization_id),
                ),
            ]
        )


class ProgrammeItem(models.Model):
    """节目: one act of a show. Residents read who performs, so only people who agreed to be named stand here by name."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="programme", verbose_name=_("activity"))
    number = models.PositiveSmallIntegerField(_("No."), validators=[MinValueValidator(1), MaxValueValidator(MOST_ACTS)])
    title = PublicCharField(_("title of the act"), max_length=60)
    troupe = PublicCharField(_("troupe or team"), max_length=40, blank=True)
    performers = PublicCharField(
        _("performers"),
        max_length=100,
        blank=True,
        help_text=_("Public: how many, such as “12 singers”; names only of those who agreed in writing."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("length (minutes)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ACT)]
    )

    objects = OfEvent.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("act of a programme")
        verbose_name_plural = _("acts of a programme")
        ordering = ["activity_id", "number", "id"]
        constraints = [
            models.CheckConstraint(
                name="act_has_minutes",
                condition=Q(minutes=None) | Q(minutes__range=(1, LONGEST_ACT)),
                violation_error_message=_("An act takes from 1 to 120 minutes."),
            ),
            models.CheckConstraint(
                name="act_has_a_number",
                condition=Q(number__range=(1, MOST_ACTS)),
                violation_error_message=_("Acts are numbered from 1 to 99."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def clean(self):
        refuse_by_field([("activity", partial(refuse_no_performance, is_performance=_is_performance(self.activity)))])

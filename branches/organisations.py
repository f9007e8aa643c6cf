"""The organisations, their Party branches and their nameplates."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.scoping import BranchScopedQuerySet, OrganizationScopedQuerySet, under
from config.kit.person.fields import PeopleField, PhoneField
from config.kit.public_text import PublicCharField

OFFICE_PHONE = RegexValidator(r"^(0\d{2,3}-?\d{7,8}|1\d{10})$", _("Enter a phone number such as 0770-0000000."))


class OrganizationQuerySet(OrganizationScopedQuerySet):
    organization_path = ""

    def within(self, organization):
        """The organisation and what stands under it."""
        return self.filter(under([organization.pk]))


class Organization(models.Model):
    """A county office, a street Party working committee or a community: the only boundary between tenants."""

    class Kind(models.TextChoices):
        COUNTY = "county", _("county office")
        STREET = "street_committee", _("Street Party Working Committee")
        COMMUNITY = "community", _("community")

    class VolunteerDayRule(models.TextChoices):
        KEEP = "keep", _("keep the second Thursday")
        NEXT_WORKDAY = "next_workday", _("the next working day")
        NEXT_THURSDAY = "next_thursday", _("the next Thursday that is no day off")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = PublicCharField(_("name"), max_length=60, unique=True, may_name=True)
    full_name = PublicCharField(
        _("full name"), max_length=120, blank=True, help_text=_("As it stands over the seal on notices."), may_name=True
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands under")
    )
    address = PublicCharField(_("address of the office"), max_length=120, blank=True, may_name=True)
    office_hours = PublicCharField(_("office hours"), max_length=80, blank=True)
    supervision_phone = PhoneField(_("supervision phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])
    suggestion_box = PublicCharField(_("place of the suggestion box"), max_length=80, blank=True, may_name=True)
    is_demo = models.BooleanField(_("demo data, fictitious"), default=False, editable=False)
    campaign_name = PublicCharField(_("name of the campaign"), max_length=60, blank=True, may_name=True)
    volunteer_day_rule = models.CharField(
        _("where the volunteer day is a day off"),
        max_length=14,
        choices=VolunteerDayRule,
        default=VolunteerDayRule.NEXT_THURSDAY,
    )
    study_day = models.PositiveSmallIntegerField(
        _("study day of the month"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("1 to 28; on a day off it is the next working day."),
    )

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["parent_id", "name"]
        constraints = [
            models.CheckConstraint(
                name="organization_study_day_of_every_month",
                condition=Q(study_day__gte=1, study_day__lte=28),
                violation_error_message=_("The study day is from 1 to 28, so that every month has it."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def seal_name(self):
        return self.full_name or self.name

    def line(self):
        """Primary keys of the organisation and of those it stands under, the nearest first."""
        keys, step = [], self
        while step is not None and step.pk not in keys:
            keys.append(step.pk)
            step = step.parent
        return keys


class BranchQuerySet(BranchScopedQuerySet):
    branch_path = ""

    def open_on(self, day):
        """Branches that existed on a day."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))


class Branch(models.Model):
    """离退休干部党支部: a retired cadres' Party branch."""

    class Kind(models.TextChoices):
        RETIRED_CADRES = "retired_cadres", _("Retired Cadres' Party Branch")
        COMMUNITY = "community", _("community Party branch")
        OTHER = "other", _("other Party branch")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="branches", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RETIRED_CADRES)
    name = PublicCharField(_("name"), max_length=60, unique=True, may_name=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    term_years = models.PositiveSmallIntegerField(
        _("term of the committee (years)"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("3 years for a retired cadres' branch; 5 for a branch of a village or community."),
    )
    office_phone = PhoneField(_("office phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])

    objects = BranchQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Party branch")
        verbose_name_plural = _("Party branches")
        ordering = ["organization_id", "name"]
        constraints = [
            models.CheckConstraint(
                name="branch_closed_after_founding",
                condition=Q(closed_on=None) | Q(founded_on=None) | Q(closed_on__gte=F("founded_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return self.name


class Nameplate(models.Model):
    """五块牌子、一套人马: one of the bodies that share one office, staff and venue."""

    class Code(models.TextChoices):
        CARE_NEXT_GENERATION = "care_next_generation", _("Committee for the Care of the Next Generation")
        AGEING_COMMITTEE = "ageing_committee", _("Committee on Ageing")
        SENIORS_ASSOCIATION = "seniors_association", _("Seniors' Association")
        SENIORS_SPORTS = "seniors_sports", _("Seniors' Sports Association")
        OLD_AREA_PROMOTION = "old_area_promotion", _("Old Revolutionary Area Promotion Association")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="nameplates", verbose_name=_("organisation")
    )
    code = models.CharField(_("body"), max_length=24, choices=Code)
    head = PeopleField(_("head"), max_length=40, blank=True)
    duties = PublicCharField(_("duties"), max_length=200, blank=True)
    hung_on = models.DateField(_("plate hung on"), null=True, blank=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("nameplate")
        verbose_name_plural = _("nameplates")
        ordering = ["organization_id", "id"]
        constraints = [models.UniqueConstraint("organization", "code", name="nameplate_once")]

    def __str__(self):
        return self.get_code_display()

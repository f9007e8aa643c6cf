"""The education point: its sections and the groups that visit."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.models import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.months import MonthField
from config.kit.person.fields import PeopleField, PhoneField, SealedPhoneField
from config.kit.public_text import PublicCharField, PublicTextField


class EducationPoint(models.Model):
    """爱国主义教育点: a small free site, run by the role model in their own place."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="education_points", verbose_name=_("organisation")
    )
    name = PublicCharField(_("name"), max_length=60, may_name=True)
    address = PublicCharField(_("address"), max_length=120, may_name=True)
    opened_on = MonthField(_("opened in"), null=True, blank=True)
    opening_hours = PublicCharField(_("opening hours"), max_length=100, blank=True)
    office_phone = PhoneField(_("phone for bookings"), max_length=20, blank=True)
    introduction = PublicTextField(_("introduction"), blank=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("education point")
        verbose_name_plural = _("education points")
        ordering = ["organization_id", "id"]

    def __str__(self):
        return self.name


class PointScopedQuerySet(OrganizationScopedQuerySet):
    organization_path = "point__organization"


class Section(models.Model):
    """One room or column of the education point."""

    point = models.ForeignKey(
        EducationPoint, models.CASCADE, related_name="sections", verbose_name=_("education point")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = PublicCharField(_("title"), max_length=60)
    text = PublicTextField(_("what is there"), blank=True)

    objects = PointScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["point_id", "position", "id"]

    def __str__(self):
        return self.title


class VisitGroupQuerySet(PointScopedQuerySet):
    def visitors(self):
        """人次: the sum of all groups' visitors."""
        return self.aggregate(total=Sum("visitors"))["total"] or 0


class VisitGroup(models.Model):
    """参观登记: one group of visitors to the education point."""

    class Kind(models.TextChoices):
        STUDENTS = "students", _("students")
        MEMBERS = "members", _("Party members")
        CADRES = "cadres", _("cadres")
        PUBLIC = "public", _("residents")

    point = models.ForeignKey(EducationPoint, models.PROTECT, related_name="visits", verbose_name=_("education point"))
    day = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    group = models.CharField(_("visiting group"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    visitors = models.PositiveIntegerField(_("visitors (persons)"), validators=[MinValueValidator(1)])
    leader = PeopleField(_("led by"), max_length=40, blank=True)
    phone = SealedPhoneField(_("phone"), purpose="visit_phone", blank=True)
    guide = PeopleField(_("guide"), max_length=40, blank=True)
    seen = models.CharField(_("what was seen"), max_length=100, blank=True)

    objects = VisitGroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-day", "-id"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.group}"

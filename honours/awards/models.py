"""Honours of persons and collectives, and the role models."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Organization
from branches.scoping import OrganizationScopedQuerySet
from config.kit.months import MonthField
from config.kit.person.fields import PublicPeopleField, PublicPersonNameField
from config.kit.public_text import PublicCharField, PublicTextField, refuse_private_words
from members import privacy
from members.models import Consent, Member


class RoleModelQuerySet(OrganizationScopedQuerySet):
    def agreed(self):
        """Those whose written consent stands: on this record, and in the register of consents where they are members.

        Taking it back counts from its entry on, whatever day is written beside it.
        """
        of_profile = Consent.objects.filter(scope=Consent.Scope.PROFILE)
        taken_back = Q(member__in=of_profile.values("member")) & ~Q(member__in=of_profile.standing().values("member"))
        return self.filter(consented_on__isnull=False, consent_withdrawn_on=None).exclude(taken_back)

    def names_among(self, words):
        """Which of the words are names of role models."""
        return set(self.filter(name__in=words).values_list("name", flat=True))

    def taken_back(self):
        """Those who once agreed and no longer do."""
        return self.filter(consented_on__isnull=False).exclude(pk__in=self.agreed().values("pk"))


class RoleModel(models.Model):
    """先进典型: a veteran held up as an example; shown with a written consent only."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="role_models", verbose_name=_("organisation")
    )
    member = models.OneToOneField(
        Member, models.SET_NULL, null=True, blank=True, related_name="role_model", verbose_name=_("Party member")
    )
    name = PublicPersonNameField(pgettext_lazy("person", "name"), max_length=40, may_name=True)
    retired_on = MonthField(_("retired in"), null=True, blank=True)
    saying = PublicCharField(_("in their own words"), max_length=100, blank=True, about_one=True)
    profile = PublicTextField(_("profile"), about_one=True)
    consented_on = models.DateField(_("written consent of"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(_("consent taken back on"), null=True, blank=True)

    objects = RoleModelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role model")
        verbose_name_plural = _("role models")
        ordering = ["organization_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="role_model_consent_in_order",
                condition=Q(consent_withdrawn_on=None)
                | Q(consented_on=None)
                | Q(consent_withdrawn_on__gte=F("consented_on")),
                violation_error_message=_(
                    "The consent cannot have been taken back before it was given. Check both days."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def names_allowed(self):
        return [self.name]


class HonourQuerySet(OrganizationScopedQuerySet):
    def checked(self):
        """Honours whose proof was checked and that count: collective ones, and those of persons who agreed then."""
        return self.filter(state=Honour.State.PUBLIC)

    def public(self):
        """Those of the checked honours that residents may read today: no person's who has taken the consent back."""
        personal = Q(is_collective=False)
        of_withdrawn = Q(role_model__isnull=False) & ~Q(role_model__in=RoleModel.objects.agreed().values("pk"))
        same_name = Q(winner__in=RoleModel.objects.taken_back().order_by().values("name"))
        same_name |= Q(winner__in=privacy.took_consent_back().order_by().values("name"))
        return self.checked().exclude(personal & (of_withdrawn | same_name))


class Honour(models.Model):
    """荣誉台账: one honour of a person or a collective."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("national level")
        REGION = "region", _("autonomous-region level")
        CITY = "city", _("city level")
        COUNTY = "county", _("county level")
        STREET = "street", _("street level")

    class State(models.TextChoices):
        ENTERED = "entered", _("entered")
        PUBLIC = "public", _("public")
        INTERNAL = "internal", _("internal")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="honours", verbose_name=_("organisation")
    )
    role_model = models.ForeignKey(
        RoleModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("role model"),
        help_text=_("Leave empty for an honour of a collective or of somebody else."),
    )
    title = PublicCharField(_("honour"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    awarded_on = MonthField(_("awarded in"))
    awarded_by = PublicCharField(_("awarding body"), max_length=100, may_name=True)
    winner = PublicPeopleField(_("winner"), max_length=60, may_name=True)
    is_collective = models.BooleanField(_("honour of a collective"), default=False)
    document_no = models.CharField(_("number of the document or certificate"), max_length=60, blank=True)
    consented_on = models.DateField(_("written consent of"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ENTERED)
    remark = models.CharField(_("remark"), max_length=120, blank=True)

    objects = HonourQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering = ["-awarded_on", "-id"]
        indexes = [models.Index(fields=["level", "-awarded_on"], name="honour_level_date")]
        constraints = [
            models.CheckConstraint(
                name="honour_public_with_consent",
                condition=~Q(state="public") | Q(is_collective=True) | Q(consented_on__isnull=False),
                violation_error_message=_("A person's honour is public only with a written consent; enter its date."),
            )
        ]

    def __str__(self):
        return self.title

    def names_allowed(self):
        return [] if self.is_collective else [self.winner]

    def clean(self):
        if self.is_collective:
            try:
                refuse_private_words(self.winner)
            except ValidationError as refusal:
                raise ValidationError({"winner": refusal}) from refusal


def names_taken_back():
    """Names of role models and members who once agreed to be shown and have taken it back; one query."""
    role_models, members = (
        rows.order_by().values_list("name", flat=True)
        for rows in (RoleModel.objects.taken_back(), privacy.took_consent_back())
    )
    return set(role_models.union(members))

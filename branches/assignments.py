"""Who works where in which role, since when and until when."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from branches.organisations import Branch, Organization
from branches.scoping import JointQuerySet
from config.kit import clock


class AssignmentQuerySet(JointQuerySet):
    by_name = False

    def in_force(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Assignment(models.Model):
    """Where a user works, as what, and for how long: the only source of a user's scope."""

    class Role(models.TextChoices):
        STREET_OFFICER = "street_officer", _("street officer")
        SECRETARY = "secretary", _("Branch Secretary")
        ORGANIZATION_OFFICER = "organization_officer", _("Organisation Officer")
        PUBLICITY_OFFICER = "publicity_officer", _("Publicity Officer")
        DISCIPLINE_OFFICER = "discipline_officer", _("Discipline Officer")
        FUND_KEEPER = "fund_keeper", _("fund keeper")
        ACCOUNTANT = "accountant", _("accountant")
        CASHIER = "cashier", _("cashier")
        POINT_KEEPER = "point_keeper", _("keeper of the education point")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("organisation")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("Party branch")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["user_id", "role"]
        constraints = [
            models.CheckConstraint(
                name="assignment_organization_or_branch",
                condition=Q(organization=None, branch__isnull=False) | Q(organization__isnull=False, branch=None),
                violation_error_message=_("Choose an organisation or a branch, one of the two."),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.branch or self.organization}"


def current_assignment(user):
    """The first of a user's assignments in force today, with its branch and organisation, or None."""
    if not user.is_authenticated:
        return None
    return user.assignments.in_force(clock.today()).select_related("branch", "organization").order_by("id").first()


def roles_with(permissions):
    """`{permission: words of the roles that hold it}`, for saying who must act next; one query."""
    words = dict(Assignment.Role.choices)
    asked = {tuple(permission.split(".", 1)): permission for permission in permissions}
    codenames = [codename for _app, codename in asked]
    rows = Group.objects.filter(permissions__codename__in=codenames).order_by("id")
    names: dict = {}
    for app, codename, group in rows.values_list(
        "permissions__content_type__app_label", "permissions__codename", "name"
    ):
        if (app, codename) in asked:
            names.setdefault(asked[app, codename], []).append(str(words.get(group, group)))
    return names

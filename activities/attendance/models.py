"""Who came to an event and who did not, by name (签到)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from activities.events.models import Activity
from activities.volunteers.models import Volunteer
from branches.models import Branch
from branches.scoping import NOTHING, WorkScope
from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.workflow.fields import actor_field
from members.models import Member


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lines of the branches of a user; whoever works for an organisation as a whole reads all lines of its joint events."""
        scope = WorkScope.of(user)
        joint = scope.organizations("activity__organization", by_name=False) & Q(activity__branch=None)
        others = scope.records("activity__branch", "activity__organization") & Q(branch=None)
        return self.filter(scope.branches("branch") | joint | others)

    def present(self):
        return self.filter(mark=Attendance.Mark.PRESENT)

    def due(self):
        """Whose presence is counted: the excused are never missing (党员教育管理工作条例, art. 23)."""
        return self.filter(is_due=True).exclude(mark=Attendance.Mark.EXCUSED)

    def of(self, *, members=(), volunteers=()):
        """Lines of any of these people; none where nobody is named."""
        return self.filter((Q(member__in=members) if members else NOTHING) | Q(volunteer__in=volunteers))


class Attendance(models.Model):
    """签到: one person's line on the sheet of an event; of those who were not due, only who came has one."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("present")
        LEAVE = "leave", _("on leave")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="attendance", verbose_name=_("activity"), editable=False
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name=_("Party member"),
        editable=False,
    )
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Party branch on that day"),
        editable=False,
    )
    volunteer = models.ForeignKey(
        Volunteer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name=_("volunteer"),
        editable=False,
    )
    is_due = models.BooleanField(_("was due"), default=False, editable=False)
    mark = models.CharField(_("mark"), max_length=8, choices=Mark, editable=False)
    reason = EncryptedTextField(_("reason"), purpose="absence_reason", blank=True, editable=False)
    minutes = models.PositiveIntegerField(_("hours really given (minutes)"), null=True, blank=True, editable=False)
    entered_by = actor_field(_("entered by"), optional=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    objects = AttendanceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("line of a sign-in sheet")
        verbose_name_plural = _("lines of sign-in sheets")
        ordering = ["activity_id", "id"]
        constraints = [
            models.UniqueConstraint("activity", "member", condition=Q(member__isnull=False), name="attendance_member"),
            models.UniqueConstraint(
                "activity", "volunteer", condition=Q(volunteer__isnull=False), name="attendance_volunteer"
            ),
            models.CheckConstraint(
                name="attendance_of_one_person",
                condition=Q(member=None, branch=None, volunteer__isnull=False)
                | Q(member__isnull=False, branch__isnull=False, volunteer=None),
                violation_error_message=_("A line of the sheet is one member's or one volunteer's."),
            ),
            models.CheckConstraint(
                name="attendance_minutes_of_present",
                condition=Q(minutes=None) | Q(mark="present", minutes__gt=0),
                violation_error_message=_("Only who came gave hours."),
            ),
            models.CheckConstraint(
                name="attendance_absent_were_due",
                condition=Q(is_due=True) | Q(mark="present"),
                violation_error_message=_("Nobody who was not due is missing."),
            ),
        ]

    def __str__(self):
        return f"{self.person}"

    @property
    def person(self):
        return self.member or self.volunteer

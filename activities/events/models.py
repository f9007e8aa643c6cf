"""Events of every kind (场次), what came of each, and their pictures."""

from functools import partial
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from activities.events import rules
from branches.models import Branch, Nameplate, Organization
from branches.scoping import JointQuerySet
from config.kit import clock
from config.kit.money import MoneyField
from config.kit.person.fields import PeopleField
from config.kit.pictures import LONGEST_SIDE, SMALLER_SIDES
from config.kit.public_text import PublicCharField, PublicTextField
from config.kit.refusals import refuse_by_field
from config.kit.workflow.fields import actor_field


class ActivityQuerySet(JointQuerySet):
    def held(self):
        return self.filter(state__in=Activity.HELD)

    def until(self, day):
        return self.filter(day__lte=day)

    def attendances(self):
        """人次: the sum of attendances, members and public together."""
        return self.aggregate(total=Sum(F("present") + F("public_present")))["total"] or 0


class Activity(models.Model):
    """活动台账: one event (场次), credited to one or more nameplates."""

    class Kind(models.TextChoices):
        STUDY_DAY = "study_day", _("study day")
        VOLUNTEER_DAY = "volunteer_day", _("volunteer day")
        PERFORMANCE = "performance", _("performance")
        FESTIVAL = "festival", _("festival event")
        POLITICAL_BIRTHDAY = "political_birthday", _("collective political birthday")
        EDUCATION_VISIT = "education_visit", _("visit to the education point")
        MENTORING = "mentoring", _("mentoring")
        SPORTS = "sports", _("sports")
        HOME_VISIT = "home_visit", _("home visit")
        GENERAL_MEETING = "general_meeting", _("branch general meeting")
        COMMITTEE_MEETING = "committee_meeting", _("committee meeting")
        GROUP_MEETING = "group_meeting", _("group meeting")
        PARTY_LESSON = "party_lesson", _("Party lesson")
        THEME_PARTY_DAY = "theme_party_day", _("themed Party day")
        ORG_LIFE_MEETING = "org_life_meeting", _("organisational-life meeting")
        OTHER = "other", _("other activity")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open for sign-up")
        HELD = "held", _("held")
        ARCHIVED = "archived", _("held, figures checked")
        CANCELLED = "cancelled", _("cancelled")

    HELD = (State.HELD, State.ARCHIVED)
    # Where members are due to come; to all else they come as they like, and nobody is missing.
    DUE_KINDS = (
        Kind.STUDY_DAY, Kind.POLITICAL_BIRTHDAY, Kind.GENERAL_MEETING, Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING,
        Kind.PARTY_LESSON, Kind.THEME_PARTY_DAY, Kind.ORG_LIFE_MEETING,
    )  # fmt: skip
    # What is voluntary service, whose hours are counted.
    SERVICE_KINDS = (Kind.VOLUNTEER_DAY, Kind.PERFORMANCE, Kind.HOME_VISIT)

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="activities", verbose_name=_("organisation")
    )
    branch = models.ForeignKey(
        Branch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("Party branch"),
        help_text=_("Leave empty where several branches held it together."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    title = PublicCharField(_("title"), max_length=100)
    day = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    shifted_from = models.DateField(
        _("moved from"), null=True, blank=True, help_text=_("The day it was first planned for.")
    )
    place = PublicCharField(_("place"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(
        _("places (persons)"), null=True, blank=True, help_text=_("For sign-up; empty means no limit.")
    )
    plates = models.ManyToManyField(Nameplate, blank=True, related_name="activities", verbose_name=_("nameplates"))
    leader = PeopleField(_("led by"), max_length=40, blank=True)
    recorder = PeopleField(_("recorded by"), max_length=40, blank=True)
    # Counted from the sign-in sheet by whoever enters it; typed only for events before the first roll.
    expected = models.PositiveIntegerField(_("due (persons)"), null=True, blank=True, editable=False)
    present = models.PositiveIntegerField(_("members present (persons)"), default=0, editable=False)
    public_present = models.PositiveIntegerField(_("residents present (persons)"), default=0, editable=False)
    service_minutes = models.PositiveIntegerField(_("service time (minutes)"), default=0, editable=False)
    counts_typed = models.BooleanField(_("numbers taken from older records"), default=False, editable=False)
    residents = models.PositiveIntegerField(_("residents without a name (persons)"), default=0, editable=False)
    served = models.PositiveIntegerField(_("served (person-times)"), default=0, editable=False)
    entered_by = actor_field(_("sheet entered by"))
    summary = PublicTextField(
        _("summary"), blank=True, help_text=_("Public: no names, illness, addresses or phone numbers.")
    )
    cost = MoneyField(_("cost (yuan)"), null=True, blank=True)
    cancelled_because = PublicCharField(_("reason for cancelling"), max_length=100, blank=True)

    objects = ActivityQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[plates])

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["kind", "-day"], name="activity_kind_day"),
            models.Index(fields=["organization", "-day"], name="activity_organization_day"),
            models.Index(fields=["-day", "-id"], name="activity_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_present_of_due",
                condition=Q(counts_typed=False) | Q(expected=None) | Q(present__lte=F("expected")),
                violation_error_message=_(
                    "More members are present than were due. Count again; residents stand in a field of their own."
                ),
            ),
            models.CheckConstraint(
                name="activity_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                violation_error_message=_(
                    "An event is cancelled by the act that asks for the reason: open it and choose that."
                ),
            ),
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("It ends before it begins."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.day and self.state:
            held = self.state in Activity.HELD
            rule = partial(rules.refuse_held_ahead, is_held=held, day=self.day, today=clock.today())
            refuse_by_field([("day", rule)])

    @property
    def attendances(self):
        """人次 of this event: members and residents present."""
        return self.present + self.public_present


class EventStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def moves(self):
        return self.filter(act=EventStep.Act.MOVE).order_by("id")


class EventStep(models.Model):
    """One step of an event, written once: what was done, by whom, when, and why; residents read the `reason`."""

    class Act(models.TextChoices):
        OPEN = "open", _("sign-up opened")
        MOVE = "move", _("moved to another day")
        CANCEL = "cancel", _("cancelled")
        RESUME = "resume", _("taken up again")
        RECORD = "record", _("sign-in sheet entered")
        CORRECT = "correct", _("sign-in sheet corrected")
        CHECK = "check", _("sheet and hours checked")

    # An event that was moved or cancelled stays on record with that, so it is not deleted.
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="steps", verbose_name=_("activity"), editable=False
    )
    act = models.CharField(_("step"), max_length=10, choices=Act, editable=False)
    by = actor_field(_("by"), optional=False)
    on = models.DateField(pgettext_lazy("step", "on"), editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True, editable=False)
    reason = PublicCharField(_("reason"), max_length=100, blank=True, editable=False)
    from_day = models.DateField(_("from the day"), null=True, blank=True, editable=False)
    to_day = models.DateField(_("to the day"), null=True, blank=True, editable=False)

    objects = EventStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an event")
        verbose_name_plural = _("steps of an event")
        ordering = ["activity_id", "id"]
        indexes = [models.Index(fields=["from_day"], name="event_step_from_day", condition=Q(act="move"))]
        constraints = [
            models.CheckConstraint(
                name="event_step_with_reason",
                condition=~Q(act__in=["move", "cancel"]) | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="event_step_moves_a_day",
                condition=(~Q(act="move") & Q(from_day=None, to_day=None))
                | (Q(act="move", from_day__isnull=False, to_day__isnull=False) & ~Q(from_day=F("to_day"))),
                violation_error_message=_("A move goes from one day to another."),
            ),
        ]

    def __str__(self):
        return self.get_act_display()

    @property
    def words(self):
        """The days of a move, and the reason or remark."""
        if not self.from_day:
            return self.reason or self.remark
        return _("from %(old)s to %(new)s: %(reason)s") % {
            "old": date_format(self.from_day),
            "new": date_format(self.to_day),
            "reason": self.reason,
        }


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def public(self):
        return self.filter(consented=True, withdrawn_on=None).exclude(image="")


def picture_path(photo, name):
    """Folders by the year of the activity."""
    return f"activities/{photo.activity.day.year}/{name}"


class Photo(models.Model):
    """A picture of an activity; shown to the public only with the consent of who is on it, and with words for it.

    Of one that was withdrawn the record stays, without any file.
    """

    # The files by their longest side in pixels; a small picture has fewer.
    FILES: ClassVar = {"image": LONGEST_SIDE, **dict(zip(("medium", "small"), SMALLER_SIDES, strict=True))}

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos", verbose_name=_("activity"))
    image = models.FileField(_("picture"), upload_to=picture_path, blank=True, editable=False)
    medium = models.FileField(_("picture, medium"), upload_to=picture_path, blank=True, editable=False)
    small = models.FileField(_("picture, small"), upload_to=picture_path, blank=True, editable=False)
    width = models.PositiveIntegerField(_("width (pixels)"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height (pixels)"), default=0, editable=False)
    digest = models.CharField(_("digest of the upload"), max_length=64, editable=False)
    alt = PublicCharField(
        _("what it shows"), max_length=120, blank=True, help_text=_("Read aloud to those who cannot see it.")
    )
    consented = models.BooleanField(_("everybody on it agreed to its showing"), default=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_by = actor_field(_("withdrawn by"))
    withdrawn_because = models.CharField(_("reason for withdrawing"), max_length=100, blank=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["activity_id", "id"]
        constraints = [
            models.UniqueConstraint("activity", "digest", name="photo_once"),
            models.CheckConstraint(name="photo_shown_with_words", condition=Q(consented=False) | ~Q(alt="")),
            models.CheckConstraint(
                name="photo_withdrawn_whole",
                condition=Q(withdrawn_on=None)
                | (
                    Q(withdrawn_by__isnull=False, consented=False, image="", medium="", small="")
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]

    def __str__(self):
        return self.alt or str(_("picture without words"))

    def sizes(self):
        """`[(file, width in pixels)]` of every copy that is kept, the smallest first."""
        longest = max(self.width, self.height)
        files = [(getattr(self, name), min(side, longest)) for name, side in self.FILES.items()]
        return [(file, round(self.width * side / longest)) for file, side in reversed(files) if file]

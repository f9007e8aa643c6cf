"""What is recorded of activities, volunteers and small wishes."""

from functools import partial

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from activities import rules
from branches.models import Branch, Nameplate, Organization
from branches.scoping import BranchScopedQuerySet, JointQuerySet, OrganizationScopedQuerySet
from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField
from config.kit.person.fields import (
    PeopleField,
    PersonNameField,
    PublicPeopleField,
    SealedIdField,
    SealedPeopleField,
    SealedPhoneField,
)
from config.kit.public_text import PublicCharField, PublicTextField
from config.kit.refusals import refuse_by_field
from members.models import Member


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
        _("moved from"), null=True, blank=True, help_text=_("The day it would have been but for a holiday.")
    )
    place = PublicCharField(_("place"), max_length=100, blank=True)
    plates = models.ManyToManyField(Nameplate, blank=True, related_name="activities", verbose_name=_("nameplates"))
    leader = PeopleField(_("led by"), max_length=40, blank=True)
    recorder = PeopleField(_("recorded by"), max_length=40, blank=True)
    expected = models.PositiveIntegerField(_("due (persons)"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present (persons)"), default=0)
    public_present = models.PositiveIntegerField(_("residents present (persons)"), default=0)
    served = models.PositiveIntegerField(_("served (person-times)"), default=0)
    service_minutes = models.PositiveIntegerField(
        _("service time (minutes)"), default=0, help_text=_("All volunteers together, in minutes; shown in hours.")
    )
    summary = PublicTextField(
        _("summary"), blank=True, help_text=_("Public: no names, illness, addresses or phone numbers.")
    )
    discussion = models.TextField(_("discussion and resolution"), blank=True, help_text=_("Stays inside the branch."))
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
                condition=Q(expected=None) | Q(present__lte=F("expected")),
                violation_error_message=_(
                    "More members are present than were due. Count again; residents stand in a field of their own."
                ),
            ),
            models.CheckConstraint(
                name="activity_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                violation_error_message=_("Say why it was cancelled."),
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


class VolunteerQuerySet(OrganizationScopedQuerySet):
    def active(self):
        return self.filter(left_on=None)

    def names_among(self, words):
        """Which of the words are names of volunteers."""
        return set(self.filter(name__in=words).order_by().values_list("name", flat=True).distinct())


class Volunteer(models.Model):
    """志愿者登记: one registered volunteer, with one primary kind."""

    class Kind(models.TextChoices):
        PARTY = "party", _("Party-member volunteer")
        YOUTH = "youth", _("youth volunteer")
        FIVE_ELDERS = "five_elders", _("Five-Elders volunteer")
        ARTS = "arts", _("arts volunteer")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="volunteers", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="volunteers", verbose_name=_("Party member")
    )
    citizen_id = SealedIdField(_("ID number"), purpose="volunteer_id", blank=True)
    phone = SealedPhoneField(_("phone"), purpose="volunteer_phone", blank=True)
    skills = models.CharField(_("skills"), max_length=100, blank=True)
    platform_no = models.CharField(_("number on the regional platform"), max_length=30, blank=True)
    registered_on = models.DateField(_("registered on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = VolunteerQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["organization_id", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                name="volunteer_left_after_registering",
                condition=Q(left_on=None) | Q(left_on__gte=F("registered_on")),
                violation_error_message=_("The volunteer left before registering. Check both days."),
            )
        ]
        indexes = [models.Index(fields=["name"], name="volunteer_name")]

    def __str__(self):
        return self.name


class MiniWishQuerySet(JointQuerySet):
    def public(self):
        """Wishes whose public text was checked: all but those just collected."""
        return self.exclude(state=MiniWish.State.COLLECTED)


class MiniWish(models.Model):
    """微心愿: one small wish of a resident in need; who wishes and why stays private."""

    class Group(models.TextChoices):
        VETERAN = "veteran", _("veteran member")
        RESIDENT = "resident", _("resident in difficulty")
        DISABLED = "disabled", _("person with a disability")
        CHILD = "child", _("child")
        OTHER = "other", _("other person")

    class State(models.TextChoices):
        COLLECTED = "collected", _("collected")
        POSTED = "posted", _("waiting for somebody")
        CLAIMED = "claimed", _("claimed")
        IN_PROGRESS = "in_progress", _("in progress")
        FULFILLED = "fulfilled", _("fulfilled")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="wishes", verbose_name=_("organisation")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="wishes", verbose_name=_("Party branch")
    )
    code = models.CharField(_("number"), max_length=12)
    collected_on = models.DateField(_("collected on"))
    wisher = SealedPeopleField(_("who wishes"), purpose="wisher")
    group = models.CharField(pgettext_lazy("wish", "group"), max_length=10, choices=Group)
    public_text = PublicCharField(_("wish, as the public reads it"), max_length=120)
    private_note = EncryptedTextField(_("private note"), purpose="wish_note", blank=True)
    estimate = MoneyField(_("estimated cost (yuan)"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.COLLECTED)
    claimed_by = PublicPeopleField(_("claimed by"), max_length=60, blank=True, may_name=True)
    claimer_named = models.BooleanField(_("the claimer agreed to be named"), default=False)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    fulfilled_on = models.DateField(_("fulfilled on"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("wish", "closed on"), null=True, blank=True)
    result = PublicCharField(_("what was done"), max_length=120, blank=True)
    withdrawn_because = models.CharField(_("reason for withdrawing"), max_length=100, blank=True)

    objects = MiniWishQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mini-wish")
        verbose_name_plural = _("mini-wishes")
        ordering = ["-collected_on", "-id"]
        constraints = [
            models.UniqueConstraint("organization", "code", name="wish_code_once"),
            models.CheckConstraint(
                name="wish_days_in_order",
                condition=(Q(claimed_on=None) | Q(claimed_on__gte=F("collected_on")))
                & (Q(due_on=None) | Q(due_on__gte=F("collected_on")))
                & (Q(fulfilled_on=None) | Q(fulfilled_on__gte=F("collected_on")))
                & (Q(fulfilled_on=None) | Q(claimed_on=None) | Q(fulfilled_on__gte=F("claimed_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("collected_on")))
                & (Q(closed_on=None) | Q(claimed_on=None) | Q(closed_on__gte=F("claimed_on")))
                & (Q(closed_on=None) | Q(fulfilled_on=None) | Q(closed_on__gte=F("fulfilled_on"))),
                violation_error_message=_(
                    "The days are out of order: a wish is collected, claimed, fulfilled, then closed. Check the days."
                ),
            ),
            models.CheckConstraint(
                name="wish_claimed_by_somebody",
                condition=~Q(state__in=["claimed", "in_progress", "fulfilled", "closed"]) | ~Q(claimed_by=""),
                violation_error_message=_("Enter who claimed the wish."),
            ),
            models.CheckConstraint(
                name="wish_closed_on_a_day",
                condition=~Q(state="closed") | Q(closed_on__isnull=False),
                violation_error_message=_("Enter the day it was closed on."),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.public_text}"

    def clean(self):
        refuse_by_field(
            (name, partial(rules.refuse_day_ahead, day=getattr(self, name), today=clock.today()))
            for name in ("collected_on", "claimed_on", "fulfilled_on", "closed_on")
            if getattr(self, name)
        )

    def names_to_spare(self):
        return [self.wisher]

    def names_allowed(self):
        return [self.claimed_by] if self.claimer_named else []


class MentorPair(models.Model):
    """传帮带: a veteran paired with a young member or community worker."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="mentor_pairs", verbose_name=_("Party branch"))
    mentor = PeopleField(_("mentor"), max_length=40)
    learner = PeopleField(_("learner"), max_length=40)
    subject = models.CharField(_("what is taught"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = BranchScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mentoring pair")
        verbose_name_plural = _("mentoring pairs")
        ordering = ["branch_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="mentoring_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.mentor} → {self.learner}"


def picture_path(photo, name):
    """Folders by the year of the activity."""
    return f"activities/{photo.activity.day.year}/{name}"


class Photo(models.Model):
    """A picture of an activity; shown to the public only with the consent of who is on it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos", verbose_name=_("activity"))
    image = models.ImageField(_("picture"), upload_to=picture_path)
    alt = PublicCharField(_("what it shows"), max_length=120, help_text=_("Read aloud to those who cannot see it."))
    consented = models.BooleanField(_("everybody on it agreed to its showing"), default=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["activity_id", "id"]

    def __str__(self):
        return self.alt

"""Who signed up for an event, in the order in which they did; nothing of it is public but how many places are left."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from activities.events.models import Activity
from config.kit import clock
from config.kit.crypto import EncryptedTextField, keyed_hash
from config.kit.person.fields import PersonNameField, SealedPersonNameField, SealedPhoneField
from config.kit.workflow.fields import actor_field

# A family or a group of neighbours; who brings more rings the office.
MOST_PERSONS = 20
CODE_LENGTH = 10


class SignUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))

    def in_force(self):
        """With a place, or waiting for one."""
        return self.exclude(state=SignUp.State.CANCELLED)


class SignUp(models.Model):
    """报名: one sign-up for an event, of one person or of several who come with that person."""

    class Channel(models.TextChoices):
        WEB = "web", _("web form")
        SLIP = "slip", _("slip in the box")
        CALL = "call", _("phone call")
        VISIT = "visit", _("at the office")

    class State(models.TextChoices):
        PLACED = "placed", _("has a place")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("sign-up", "cancelled")

    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        related_name="signups",
        verbose_name=_("activity"),
        limit_choices_to={"state": Activity.State.OPEN},
    )
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.CALL)
    name = PersonNameField(pgettext_lazy("person", "name"), max_length=40)
    phone = SealedPhoneField(_("phone"), purpose="signup_phone")
    persons = models.PositiveSmallIntegerField(
        _("how many come (persons)"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PERSONS)]
    )
    is_minor = models.BooleanField(_("under 18"), default=False)
    guardian = SealedPersonNameField(_("guardian"), purpose="signup_guardian", blank=True)
    guardian_phone = SealedPhoneField(_("phone of the guardian"), purpose="signup_guardian_phone", blank=True)
    guardian_note = EncryptedTextField(_("note of the guardian"), purpose="signup_guardian_note", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLACED, editable=False)
    # The day on which a place became free for who waited; empty where nobody need be rung.
    ring_since = models.DateField(_("to be rung since"), null=True, editable=False)
    sent_key = models.CharField(max_length=40, null=True, editable=False)

    objects = SignUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["activity_id", "id"]
        constraints = [
            models.UniqueConstraint("activity", "sent_key", name="signup_sent_once"),
            models.CheckConstraint(
                name="signup_of_somebody",
                condition=Q(persons__gte=1, persons__lte=MOST_PERSONS),
                violation_error_message=_("Say how many come."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def code(self):
        """What whoever signed up cancels with; nobody can work it out from the number in it."""
        return f"{self.pk}-{keyed_hash(str(self.pk), purpose='signup_code')[:CODE_LENGTH]}"


class SignUpStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(signup__in=SignUp.objects.visible_to(user))


class SignUpStep(models.Model):
    """One step of a sign-up, written once: by somebody of the office, by the page, or by itself where a place became free."""

    class Act(models.TextChoices):
        SIGN = "sign", _("signed up")
        MOVE_UP = "move_up", _("moved up from the waiting list")
        RING = "ring", _("rung")
        CANCEL = "cancel", pgettext_lazy("sign-up", "cancelled")

    signup = models.ForeignKey(SignUp, models.PROTECT, related_name="steps", verbose_name=_("sign-up"), editable=False)
    act = models.CharField(_("step"), max_length=10, choices=Act, editable=False)
    by = actor_field(_("by"))
    from_page = models.BooleanField(_("came from the public page"), default=False, editable=False)
    on = models.DateField(pgettext_lazy("step", "on"), default=clock.today, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    objects = SignUpStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a sign-up")
        verbose_name_plural = _("steps of a sign-up")
        ordering = ["signup_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="signup_step_by_somebody",
                condition=Q(by__isnull=False, from_page=False)
                | Q(by=None, from_page=True, act__in=["sign", "cancel"])
                | Q(by=None, from_page=False, act="move_up"),
                violation_error_message=_("A step of a sign-up is somebody's."),
            )
        ]

    def __str__(self):
        return self.get_act_display()


def is_open(activity):
    return activity.state == Activity.State.OPEN and activity.day >= clock.today()


def places_left(activity):
    """Free places, or None where there is no limit."""
    if activity.capacity is None:
        return None
    placed = activity.signups.filter(state=SignUp.State.PLACED).aggregate(total=Sum("persons"))["total"] or 0
    return max(activity.capacity - placed, 0)

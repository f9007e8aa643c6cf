"""Small wishes of residents (微心愿), from collected to closed."""

from functools import partial

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from activities.wishes import rules
from branches.models import Branch, Organization
from branches.scoping import JointQuerySet
from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField
from config.kit.person.fields import PublicPeopleField, SealedPeopleField, SealedPhoneField
from config.kit.public_text import PublicCharField
from config.kit.refusals import refuse_by_field
from config.kit.workflow.fields import actor_field


class MiniWishQuerySet(JointQuerySet):
    def public(self):
        """Wishes whose public text was checked: neither those just collected nor what came by the page and was kept off."""
        posted = WishStep.objects.filter(wish=OuterRef("pk"), act=WishStep.Act.POST)
        kept_off = Q(state=MiniWish.State.WITHDRAWN, channel=MiniWish.Channel.WEB) & ~Exists(posted)
        return self.exclude(state=MiniWish.State.COLLECTED).exclude(kept_off)

    def lapsed(self, today):
        """Claimed wishes whose last day is past while nobody has begun on them."""
        return self.filter(state=MiniWish.State.CLAIMED, due_on__lt=today)

    def names_among(self, words):
        """Which of the words are names of people who wish. They are sealed, so all of them are read; one query."""
        return words.intersection(self.order_by().values_list("wisher", flat=True))


class MiniWish(models.Model):
    """微心愿: one small wish of a resident in need; who wishes and why stays private."""

    class Group(models.TextChoices):
        VETERAN = "veteran", _("veteran member")
        RESIDENT = "resident", _("resident in difficulty")
        DISABLED = "disabled", _("person with a disability")
        CHILD = "child", _("child")
        OTHER = "other", _("other person")

    class Channel(models.TextChoices):
        WEB = "web", _("web form")
        SLIP = "slip", _("slip in the box")
        CALL = "call", _("phone call")
        VISIT = "visit", _("at the office")

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
    sent_key = models.CharField(max_length=40, null=True, unique=True, editable=False)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.CALL)
    collected_on = models.DateField(_("collected on"))
    wisher = SealedPeopleField(_("who wishes"), purpose="wisher")
    wisher_phone = SealedPhoneField(_("phone of the person who wishes"), purpose="wisher_phone", blank=True)
    said = EncryptedTextField(_("as it was said"), purpose="wish_said", blank=True, editable=False)
    group = models.CharField(pgettext_lazy("wish", "group"), max_length=10, choices=Group)
    # Empty until somebody words it, where what came by the page could not be shown as it was written.
    public_text = PublicCharField(_("wish, as the public reads it"), max_length=120, blank=True, about_one=True)
    private_note = EncryptedTextField(_("private note"), purpose="wish_note", blank=True)
    estimate = MoneyField(_("estimated cost (yuan)"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.COLLECTED)
    claimed_by = PublicPeopleField(_("claimed by"), max_length=60, blank=True, may_name=True)
    claimer_named = models.BooleanField(_("the claimer agreed to be named"), default=False)
    claimer_phone = SealedPhoneField(_("phone of the claimer"), purpose="wish_claimer_phone", blank=True)
    claimer_word = EncryptedTextField(_("word of the claimer"), purpose="wish_claimer_word", blank=True, editable=False)
    claimed_on = models.DateField(_("claimed on"), null=True, blank=True)
    # The promise to ring whoever wished or claimed; empty where nobody waits for it.
    contact_by = models.DateField(_("contact by"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    fulfilled_on = models.DateField(_("fulfilled on"), null=True, blank=True)
    closed_on = models.DateField(pgettext_lazy("wish", "closed on"), null=True, blank=True)
    result = PublicCharField(_("what was done"), max_length=120, blank=True, about_one=True)
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
        return f"{self.code} {self.public_text}".strip()

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


class WishStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(wish__in=MiniWish.objects.visible_to(user))


class WishStep(models.Model):
    """One step of a wish, written once: what was done, by whom, on which day.

    By nobody of the office where a claim lapsed by itself, or came from the public page of the wish.
    """

    class Act(models.TextChoices):
        POST = "post", _("checked and posted")
        CLAIM = "claim", _("claimed")
        CONTACT = "contact", _("contacted")
        START = "start", _("begun")
        FULFIL = "fulfil", _("fulfilled")
        CONFIRM = "confirm", _("confirmed by the person who wished")
        GIVE_BACK = "give_back", _("given back")
        LAPSE = "lapse", _("claim lapsed")
        WITHDRAW = "withdraw", _("withdrawn")

    class Way(models.TextChoices):
        NONE = "", _("none")
        PAPER = "paper", _("on paper")
        PHONE = "phone", _("by phone")

    wish = models.ForeignKey(
        MiniWish, models.PROTECT, related_name="steps", verbose_name=_("mini-wish"), editable=False
    )
    act = models.CharField(_("step"), max_length=10, choices=Act, editable=False)
    by = actor_field(_("by"))
    on = models.DateField(pgettext_lazy("step", "on"), editable=False)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True, editable=False)
    way = models.CharField(_("how it was confirmed"), max_length=8, choices=Way, blank=True, editable=False)
    from_page = models.BooleanField(_("came from the public page"), default=False, editable=False)
    sent_key = models.CharField(max_length=40, null=True, editable=False)

    objects = WishStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a wish")
        verbose_name_plural = _("steps of a wish")
        ordering = ["wish_id", "id"]
        constraints = [
            models.UniqueConstraint("wish", "sent_key", name="wish_step_sent_once"),
            models.CheckConstraint(
                name="wish_step_by_somebody",
                condition=Q(act="lapse", from_page=False)
                | Q(act="claim", from_page=True, by=None)
                | Q(by__isnull=False, from_page=False),
                violation_error_message=_("A step of a wish is somebody's."),
            ),
            models.CheckConstraint(
                name="wish_confirmed_somehow",
                condition=(~Q(act="confirm") & Q(way="")) | (Q(act="confirm") & ~Q(way="") & ~Q(remark="")),
                violation_error_message=_("Write down what the person who wished said, and how it came."),
            ),
        ]

    def __str__(self):
        return self.get_act_display()

    @property
    def words(self):
        """The remark; before the word of the person who wished, how it came."""
        if not self.way:
            return self.remark
        return _("%(way)s: %(word)s") % {"way": self.get_way_display(), "word": self.remark}

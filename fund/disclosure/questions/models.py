"""Models of questions and objections: the original text, its public wording, and the answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from config.kit.crypto import EncryptedTextField
from config.kit.person.fields import SealedCalledField, SealedPhoneField
from config.kit.public_text import PublicCharField, PublicTextField
from config.kit.workflow.fields import actor_field
from fund.ledger.models import Entry, Pot
from fund.ledger.scoping import PotScopedQuerySet


class QuestionQuerySet(PotScopedQuerySet):
    def waiting(self):
        """Not answered yet, worded for the public or not."""
        return self.filter(state__in=Question.WAITING)

    def open_objections(self):
        """Objections that nobody has decided on: while a case has one, it is not paid."""
        return self.waiting().filter(kind=Question.Kind.OBJECTION)


class Question(models.Model):
    """质询与异议: somebody asks about a figure or objects to a case; number, due day and answer are public."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        OBJECTION = "objection", _("objection")

    class Channel(models.TextChoices):
        WEB = "web", _("web form")
        SLIP = "slip", _("slip in the box")
        CALL = "call", _("phone call")
        VISIT = "visit", _("at the office")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        OPEN = "open", _("being answered")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("not shown")

    class Outcome(models.TextChoices):
        NONE = "", _("none")
        UPHELD = "upheld", _("upheld")
        NOT_UPHELD = "not_upheld", _("not upheld")

    class Refusal(models.TextChoices):
        NONE = "", _("none")
        ADVERTISING = "advertising", _("advertising")
        INSULT = "insult", _("insults somebody")
        OFF_SUBJECT = "off_subject", _("is not about the fund")
        REPEATED = "repeated", _("was asked already")

    WAITING = (State.RECEIVED, State.OPEN)

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="questions", verbose_name=_("pot"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.QUESTION)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.SLIP)
    year = models.PositiveSmallIntegerField(_("year of the number"), editable=False)
    year_number = models.PositiveIntegerField(_("number in the year"), editable=False)
    key = models.CharField(max_length=40, null=True, unique=True, editable=False)
    statement = models.ForeignKey(
        "fund.Statement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("about the statement"),
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("about the movement")
    )
    case = models.ForeignKey(
        "fund.AssistanceCase",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("about the case"),
    )
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer due on"), editable=False)
    text = EncryptedTextField(_("as it was said"), purpose="question_text")
    name = SealedCalledField(pgettext_lazy("person", "name"), purpose="question_name", blank=True)
    phone = SealedPhoneField(_("phone"), purpose="question_phone", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED, editable=False)
    public_text = PublicCharField(
        _("wording for the public"),
        max_length=400,
        blank=True,
        editable=False,
    )
    answer = PublicTextField(_("answer"), max_length=1000, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, editable=False)
    refusal = models.CharField(_("why it is not shown"), max_length=12, choices=Refusal, blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    recorded_by = actor_field(_("taken by"))
    answered_by = actor_field(_("answered by"))

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question or objection")
        verbose_name_plural = _("questions and objections")
        ordering = ["-year", "-year_number"]
        permissions = [
            ("word_question", "Can word a question for the public"),
            ("answer_question", "Can answer a question"),
            ("decide_question", "Can decide on an objection"),
        ]
        indexes = [
            models.Index(fields=["pot", "state", "due_on"], name="question_by_due_day"),
            models.Index(fields=["statement", "state"], name="question_by_statement"),
        ]
        constraints = [
            models.UniqueConstraint("pot", "year", "year_number", name="question_number_once"),
            models.CheckConstraint(
                name="question_answer_complete",
                condition=~Q(state="answered")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(public_text="")),
            ),
            models.CheckConstraint(name="objection_has_a_case", condition=~Q(kind="objection") | Q(case__isnull=False)),
            models.CheckConstraint(
                name="objection_answered_with_outcome",
                condition=~Q(kind="objection", state="answered") | ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.office_number

    @property
    def office_number(self):
        """`问〔2018〕3 号`."""
        return f"问〔{self.year}〕{self.year_number} 号" if self.year_number else "—"

    def names_to_spare(self):
        return [self.name, self.case.beneficiary if self.case else ""]

    @property
    def is_waiting(self):
        return self.state in self.WAITING

    def is_late(self, *, on):
        return self.is_waiting and self.due_on < on

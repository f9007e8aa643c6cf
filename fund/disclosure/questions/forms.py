"""Forms of questions: from residents on the web, and from staff for a slip, a call or a visit."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.person.fields import CALLED, PHONE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from config.kit.sent_once import SentOnceForm
from fund.disclosure.questions.models import Question
from fund.disclosure.questions.public import asked_records
from fund.disclosure.questions.rules import refuse_misplaced_question
from fund.ledger.rules import refuse_day_before_opening, refuse_future_day


class AskForm(SentOnceForm):
    """What a resident may ask in public; who asks and the words themselves stay with the office."""

    question = forms.CharField(
        label=_("What I want to ask"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Please write no names and no illness of others. The office words it for the public; you stay unnamed."
        ),
    )
    name = ReadFormField(
        kind=CALLED,
        label=_("How we may call you"),
        max_length=40,
        required=False,
        help_text=_("You need not say. Never public."),
    )
    phone = ReadFormField(
        kind=PHONE,
        label=_("Phone, if you want a call back"),
        max_length=20,
        required=False,
        help_text=_("Never public."),
    )
    statement = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    case = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def question_for(self, pot):
        """The question as it will be taken: an objection where it is about a case on notice."""
        data = self.cleaned_data
        statement, case = asked_records(pot, statement=data["statement"], case=data["case"])
        return Question(
            pot=pot,
            kind=Question.Kind.OBJECTION if case else Question.Kind.QUESTION,
            channel=Question.Channel.WEB,
            statement=None if case else statement,
            case=case,
            text=data["question"],
            name=data["name"],
            phone=data["phone"],
        )


class QuestionForm(SentOnceForm, PrivateFieldsForm):
    """A question or objection that staff write down from a slip, a call or a visit."""

    key_prefix = "desk"

    class Meta:
        model = Question
        fields = ["pot", "kind", "channel", "asked_on", "statement", "entry", "case", "text", "name", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "channel" in self.fields:
            self.fields["channel"].choices = [
                choice for choice in Question.Channel.choices if choice[0] != Question.Channel.WEB
            ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            about = [cleaned[name].pot_id for name in ("statement", "entry", "case") if cleaned.get(name)]
            try:
                refuse_misplaced_question(
                    pot_id=cleaned["pot"].pk, kind=cleaned["kind"], about=about, has_case=bool(cleaned.get("case"))
                )
            except ValidationError as refusal:
                self.add_error("case" if refusal.code == "case_missing" else None, refusal)
            asked_on, pot = cleaned["asked_on"], cleaned["pot"]
            try:
                refuse_future_day(day=asked_on, today=clock.today())
                refuse_day_before_opening(day=asked_on, opened_on=pot.opened_on)
            except ValidationError as refusal:
                self.add_error("asked_on", refusal)
        return cleaned


class WordForm(forms.Form):
    """What residents read of a question."""

    public_text = forms.CharField(
        label=_("Wording for the public"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Residents read this: no names, no phone numbers, no illness."),
    )


class AnswerForm(WordForm):
    answer = forms.CharField(
        label=_("Answer for the public"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class DecideForm(AnswerForm):
    """异议: answered with its outcome."""

    outcome = forms.ChoiceField(
        label=_("The objection is"), choices=[choice for choice in Question.Outcome.choices if choice[0]]
    )


class RefuseForm(forms.Form):
    refusal = forms.ChoiceField(
        label=_("It is not shown, because it"), choices=[choice for choice in Question.Refusal.choices if choice[0]]
    )

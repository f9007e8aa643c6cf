"""Forms of sign-ups: from residents on the web, and from the office for a slip or a call."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.signups.models import MOST_PERSONS, SignUp
from activities.signups.rules import refuse_minor_alone
from config.kit.person.fields import PERSON, PHONE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from config.kit.sent_once import SentOnceForm
from config.kit.text_cleaning import printable


class PublicSignUpForm(SentOnceForm):
    """我要报名: who comes, with how many; for somebody under 18, who looks after them."""

    name = ReadFormField(
        kind=PERSON, label=_("Your name"), max_length=40, help_text=_("Read by the staff of the community alone.")
    )
    phone = ReadFormField(kind=PHONE, label=_("Phone"), max_length=20, help_text=_("Never public; for questions only."))
    persons = forms.IntegerField(
        label=_("How many come, you included"),
        min_value=1,
        max_value=MOST_PERSONS,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_minor = forms.BooleanField(label=_("Whoever signs up is under 18"), required=False)
    guardian = ReadFormField(
        kind=PERSON,
        label=_("Name of the guardian (under 18 only)"),
        max_length=40,
        required=False,
    )
    guardian_phone = ReadFormField(
        kind=PHONE, label=_("Phone of the guardian (under 18 only)"), max_length=20, required=False
    )
    guardian_note = forms.CharField(
        label=_("Note of the guardian (under 18 only)"),
        max_length=200,
        required=False,
        help_text=_("Such as: I agree, and fetch the child at half past eleven."),
    )

    def clean_guardian_note(self):
        return printable(self.cleaned_data["guardian_note"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            _check_guardian(self, cleaned)
        return cleaned

    def signup_for(self, activity_id):
        """The sign-up as it will be taken; what stands about a guardian of an adult is left out."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        if not data["is_minor"]:
            data |= {"guardian": "", "guardian_phone": "", "guardian_note": ""}
        return SignUp(activity_id=activity_id, channel=SignUp.Channel.WEB, **data)


class SignUpForm(SentOnceForm, PrivateFieldsForm):
    """A sign-up that staff write down from a slip, a call or a visit."""

    key_prefix = "desk"

    class Meta:
        model = SignUp
        fields = [
            "activity", "channel", "name", "phone", "persons", "is_minor", "guardian", "guardian_phone", "guardian_note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "channel" in self.fields:
            choices = SignUp.Channel.choices
            self.fields["channel"].choices = [one for one in choices if one[0] != SignUp.Channel.WEB]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            _check_guardian(self, cleaned)
        return cleaned


def _check_guardian(form, data):
    try:
        refuse_minor_alone(
            is_minor=data["is_minor"],
            guardian=data["guardian"],
            phone=data["guardian_phone"],
            note=data["guardian_note"],
        )
    except ValidationError as refusal:
        form.add_error("guardian", refusal)

"""An application for help, and what the transitions of a case ask: meeting, ticks of the check, signature, papers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import DayFormField
from config.kit.person.fields import PEOPLE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from config.kit.refusals import refuse_by_field
from fund.help.cases.actions import application_rules
from fund.help.cases.models import AssistanceCase, Exclusion
from fund.ledger.models import Pot
from members.roster.filling import TakenFromRoster

# What an application says of who is in need, and what it asks for.
APPLICANT_FIELDS = [
    "pot", "applied_on", "beneficiary", "beneficiary_member", "sex", "birth_date", "citizen_id", "joined_on",
    "branch", "unit", "family_size", "income_per_head", "address", "phone",
]  # fmt: skip
APPLICATION_FIELDS = [
    "category", "hardship", "reason", "applied_amount", "method", "is_emergency", "emergency_reason",
]  # fmt: skip


class CaseForm(TakenFromRoster, PrivateFieldsForm):
    """An application for help; a branch's people propose for their own branch."""

    person_field = "beneficiary_member"
    taken = {"beneficiary": "name", "sex": "sex", "branch": "branch"}
    taken_privately = {
        "birth_date": "birth_date", "joined_on": "joined_on", "citizen_id": "citizen_id", "address": "address",
        "phone": "phone",
    }  # fmt: skip

    class Meta:
        model = AssistanceCase
        fields = [*APPLICANT_FIELDS, *APPLICATION_FIELDS]

    def clean(self):
        cleaned = super().clean()
        case = AssistanceCase(**{name: cleaned[name] for name in self._meta.fields if name in cleaned})
        try:
            refuse_by_field(application_rules(case))
        except ValidationError as refusal:
            self.add_error(None, refusal)
        pot = cleaned.get("pot")
        if pot and not cleaned.get("branch") and not Pot.objects.at_desk_of(self.user).filter(pk=pot.pk).exists():
            self.add_error("branch", ValidationError(_("Choose your branch."), code="required"))
        return cleaned


class VotesField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=999, initial=0, **kwargs)


class MeetingForm(forms.Form):
    day = DayFormField(label=_("Day of the branch meeting"))
    votes_for = VotesField(label=_("Votes for"))
    votes_against = VotesField(label=_("Votes against"))
    votes_abstained = VotesField(label=_("Abstentions"))


class ReviewForm(MeetingForm):
    """支部评议: the meeting agreed."""

    amount = MoneyFormField(label=_("Amount agreed (yuan)"))


class RefusedReviewForm(MeetingForm):
    """支部评议: the meeting did not agree."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the file: no illness."))


def other_person_field():
    return forms.CharField(
        label=_("Another person of this name, because"),
        max_length=200,
        required=False,
        help_text=_(
            "Only where cases of somebody of the same name were paid in the last 12 months: how you know that it is "
            "somebody else. Stored encrypted."
        ),
    )


class CheckForm(forms.Form):
    """初审: balance and standard stand above the form, exclusions are ticked."""

    day = DayFormField(label=_("Day"))
    excluded = forms.MultipleChoiceField(
        label=_("Is the applicant excluded?"),
        choices=Exclusion.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what applies. A case with a tick can only be rejected."),
    )
    remark = forms.CharField(label=_("Remark of the check"), max_length=200, required=False)
    other_person = other_person_field()


class ApproveForm(forms.Form):
    day = DayFormField(label=_("Day"))
    amount = MoneyFormField(label=_("Amount (yuan)"))


class ApproveUrgentlyForm(ApproveForm):
    other_person = other_person_field()


class ApproveAgainForm(ApproveForm):
    remark = forms.CharField(
        label=_("What the objection changed"),
        max_length=200,
        help_text=_("With the same amount the notice that ran stays good; with another one it starts anew."),
    )


class SignForm(forms.Form):
    """签收: a name or the number of a transfer slip."""

    day = DayFormField(label=_("Signed on"))
    signed_by = ReadFormField(kind=PEOPLE, label=_("Signed by"), max_length=40, required=False)
    slip_no = forms.CharField(label=_("Number of the transfer slip"), max_length=40, required=False)


class SpotCheckForm(forms.Form):
    """回访: asked by somebody without a hand in the case."""

    day = DayFormField(label=_("Day"))
    way = forms.ChoiceField(label=_("How it was checked"), choices=AssistanceCase.Way.choices)
    finding = forms.CharField(
        label=_("What the recipient said"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance whether the whole amount arrived. Stored encrypted."),
    )


class PaperForm(forms.Form):
    """证明材料: one file."""

    title = forms.CharField(label=_("What the paper is"), max_length=60, help_text=_("For instance: proof of income."))
    file = forms.FileField(
        label=_("Choose the file"), help_text=_("PDF, JPEG or PNG, 10 MB at most. Never shown in public.")
    )

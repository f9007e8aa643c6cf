"""A statement to be drafted, and what an act asks before it is done."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.dates import DayFormField
from config.kit.money import MoneyFormField
from fund.actions import refuse_undraftable
from fund.models import Question, Statement


class StatementForm(forms.ModelForm):
    """Pot and period of a statement; everything else comes from the ledger."""

    class Meta:
        model = Statement
        fields = ["pot", "period_from", "period_to", "corrects", "correction_reason"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                refuse_undraftable(**{name: cleaned[name] for name in self._meta.fields})
            except ValidationError as refusal:
                places = {
                    "reason_missing": "correction_reason",
                    "correction": "corrects",
                    "already_corrected": "corrects",
                }
                places |= {"gap": "period_from", "overlap": "period_from", "not_over": "period_to"}
                self.add_error(places.get(refusal.code), refusal)
        return cleaned


class ActForm(forms.Form):
    """What an act asks for before it is done: a day, a reason, an amount, as the act says."""

    day = DayFormField(label=_("Day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=100, help_text=_("It stays in the books: no names, no illness.")
    )
    amount = MoneyFormField(label=_("Amount (yuan)"))
    public_text = forms.CharField(
        label=_("Wording for the public"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Residents read this: no names, no phone numbers, no illness."),
    )
    answer = forms.CharField(
        label=_("Answer for the public"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )
    outcome = forms.ChoiceField(
        label=_("The objection is"), choices=[choice for choice in Question.Outcome.choices if choice[0]]
    )
    refusal = forms.ChoiceField(
        label=_("It is not shown, because it"), choices=[choice for choice in Question.Refusal.choices if choice[0]]
    )

    def __init__(self, *args, asks=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asks):
            del self.fields[name]

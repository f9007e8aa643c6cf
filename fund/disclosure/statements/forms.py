"""A statement to be drafted."""

from django import forms
from django.core.exceptions import ValidationError

from fund.disclosure.statements.actions import refuse_undraftable
from fund.disclosure.statements.models import Statement


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

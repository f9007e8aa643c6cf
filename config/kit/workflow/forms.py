"""What most transitions ask for before they are done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import DayFormField


class TransitionForm(forms.Form):
    """A day, a reason, an amount: those that the transition asks for."""

    day = DayFormField(label=_("Day"))
    reason = forms.CharField(
        label=_("Reason"), max_length=100, help_text=_("It stays in the books: no names, no illness.")
    )
    amount = MoneyFormField(label=_("Amount (yuan)"))

    def __init__(self, *args, asks=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asks):
            del self.fields[name]

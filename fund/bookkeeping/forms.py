"""Forms of cash counts, bank lists and budgets; they call the rules before anything is booked."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fund.bookkeeping.actions import refuse_uncountable
from fund.bookkeeping.models import Budget, CashCount
from fund.ledger.models import Account, Pot


class BudgetForm(forms.ModelForm):
    """A planned amount for a source or a use of one pot."""

    class Meta:
        model = Budget
        fields = ["pot", "year", "account", "amount", "remark"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "account" in self.fields:
            field = self.fields["account"]
            field.queryset = (
                field.queryset.exclude(kind=Account.Kind.ASSET).select_related("pot").order_by("pot_id", "id")
            )
            field.label_from_instance = lambda account: f"{account.pot.name} · {account.label}"


class CashCountForm(forms.ModelForm):
    """What one person found in the cash box; a second person counts on their own afterwards."""

    class Meta:
        model = CashCount
        fields = ["pot", "counted_on", "amount", "reason"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            count = CashCount(**{name: cleaned[name] for name in self._meta.fields})
            try:
                refuse_uncountable(count)
            except ValidationError as refusal:
                places = {"in_future": "counted_on", "before_opening": "counted_on", "difference": "reason"}
                self.add_error(places.get(refusal.code, "amount"), refusal)
        return cleaned


class BankListForm(forms.Form):
    """The file of a bank and the pot whose account it lists."""

    pot = forms.ModelChoiceField(Pot.objects.none(), label=_("Pot"))
    file = forms.FileField(
        label=_("File of the bank (.csv, .xlsx, .xls)"),
        help_text=_("As the bank's website gives it: a day, what came in, what went out, the balance."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = Pot.objects.at_desk_of(user)

"""What a person may type about money in the books, the box and the bank: the rules asked before anything is booked."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from fund.actions import refuse_unbookable
from fund.actions.counts import cash_in_books
from fund.models import Account, Budget, CashCount, Entry, Pot
from fund.rules.books import (
    refuse_counted_below_zero,
    refuse_day_before_opening,
    refuse_foreign_account,
    refuse_future_day,
    refuse_unexplained_difference,
)


class BooksOnce(forms.ModelForm):
    """A form that books money: its hidden key makes a double click or a second sending harmless."""

    once = forms.CharField(max_length=32, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4().hex

    @property
    def key(self):
        """The key of the booking, or None where the form came without one."""
        once = self.cleaned_data.get("once", "")
        return f"form-{once}" if once else None

    def is_repeated(self, pot):
        """Whether this very form was booked already; its rules are not asked again then."""
        return bool(self.key) and Entry.objects.filter(pot=pot, key=self.key).exists()

    def ask_the_books(self, fields, **movement):
        """Why the movement cannot be booked, said beside the field it is about (`fields`: code → name)."""
        if self.is_repeated(movement["pot"]):
            return
        try:
            refuse_unbookable(**movement)
        except ValidationError as refusal:
            name = fields.get(refusal.code)
            self.add_error(name if name in self.fields else None, refusal)


DAY_CODES = ["before_opening", "in_future", "closed_period"]


class EntryForm(BooksOnce):
    """One movement: where the money came from and where it went, in one pot."""

    class Meta:
        model = Entry
        fields = ["pot", "credit", "debit", "amount", "booked_on", "happened_on", "summary"]
        help_texts = {
            "happened_on": _("Only where the real day lies in a period that is published and closed: write it here.")
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A booked entry is looked at through a form without fields.
        for name in {"debit", "credit"} & set(self.fields):
            field = self.fields[name]
            field.queryset = field.queryset.select_related("pot").order_by("pot_id", "id")
            field.label_from_instance = lambda account: f"{account.pot.name} · {account.label}"

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.ask_the_books(
                dict.fromkeys(DAY_CODES, "booked_on")
                | {"overdraft": "amount", "not_positive": "amount", "happened_later": "happened_on"},
                pot=cleaned["pot"],
                debit=cleaned["debit"],
                credit=cleaned["credit"],
                amount=cleaned["amount"],
                booked_on=cleaned["booked_on"],
                happened_on=cleaned["happened_on"],
            )
        return cleaned


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

    def clean(self):
        cleaned = super().clean()
        pot, account = cleaned.get("pot"), cleaned.get("account")
        if pot and account:
            try:
                refuse_foreign_account(pot_id=pot.pk, account_pot_id=account.pot_id, is_asset=account.is_asset)
            except ValidationError as refusal:
                self.add_error("account", refusal)
            planned = Budget.objects.filter(pot=pot, account=account, year=cleaned.get("year"))
            if planned.exclude(pk=self.instance.pk).exists():
                self.add_error(
                    "account",
                    ValidationError(_("This is planned for the year already; change that line."), code="unique"),
                )
        return cleaned


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
                refuse_future_day(day=count.counted_on, today=clock.today())
                refuse_day_before_opening(day=count.counted_on, opened_on=count.pot.opened_on)
                refuse_counted_below_zero(amount=count.amount)
                count.book_amount = cash_in_books(count)
                refuse_unexplained_difference(difference=count.difference, reason=count.reason)
            except ValidationError as refusal:
                places = {"in_future": "counted_on", "before_opening": "counted_on", "difference": "reason"}
                self.add_error(places.get(refusal.code, "amount"), refusal)
        return cleaned


class BankListForm(forms.Form):
    """The file of a bank and the pot whose account it tells."""

    pot = forms.ModelChoiceField(Pot.objects.none(), label=_("Pot"))
    file = forms.FileField(
        label=_("File of the bank (.csv, .xlsx, .xls)"),
        help_text=_("As the bank's website gives it: a day, what came in, what went out, the balance."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = Pot.objects.at_desk_of(user)

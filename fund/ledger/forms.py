"""The form of an entry booked directly, and what it shares with other forms that book money."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.kit.sent_once import SentOnceForm
from fund.ledger.actions import refuse_unbookable
from fund.ledger.models import Entry


class BooksOnce(SentOnceForm, forms.ModelForm):
    """A form that books money: its hidden key makes a double click or a second sending harmless."""

    key_prefix = "form"

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

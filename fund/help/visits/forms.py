"""Whom a round visits by the roster, and who signed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branches.models import Branch
from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import DayFormField
from config.kit.person.fields import PEOPLE, ReadFormField
from fund.help.records import Category


class RosterFilterForm(forms.Form):
    """Whom a round visits, by the roster."""

    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Which branch"), required=False, empty_label=_("Every branch")
    )
    hardship = forms.BooleanField(label=_("only members in difficulty"), required=False)
    frail = forms.BooleanField(label=_("only the frail"), required=False)
    alone = forms.BooleanField(label=_("only those who live alone"), required=False)
    standing = forms.IntegerField(label=_("Party standing, years at least"), required=False, min_value=0, max_value=90)
    age = forms.IntegerField(label=_("Age, years at least"), required=False, min_value=0, max_value=120)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.visible_to(user)


class FillRoundForm(forms.Form):
    """Who of the people found is put on the list, with what amount."""

    people = forms.MultipleChoiceField(label=_("Put on the list"), widget=forms.CheckboxSelectMultiple)
    category = forms.ChoiceField(label=_("Category"), choices=Category.choices, initial=Category.VETERAN)
    amount = MoneyFormField(label=_("Amount a person (yuan)"))

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = found


class SignaturesForm(forms.Form):
    """The signatures of a round: a line for each person who has not signed yet."""

    day = DayFormField(label=_("Signed on"))
    rest = forms.BooleanField(label=_("everybody else on this page signed for themselves"), required=False)

    def __init__(self, *args, visits, **kwargs):
        super().__init__(*args, **kwargs)
        self.visits = visits
        for visit in visits:
            self.fields[f"signed-{visit.pk}"] = ReadFormField(
                kind=PEOPLE, label=pgettext_lazy("signature", "signed by"), max_length=40, required=False
            )
            self.fields[f"missed-{visit.pk}"] = forms.CharField(
                label=_("not delivered because"), max_length=100, required=False
            )

    def rows(self):
        return [(visit, self[f"signed-{visit.pk}"], self[f"missed-{visit.pk}"]) for visit in self.visits]

    def answers(self):
        """`(visit, signed by, not delivered because)` of the lines that say something."""
        for visit in self.visits:
            signed = self.cleaned_data[f"signed-{visit.pk}"]
            missed = self.cleaned_data[f"missed-{visit.pk}"]
            if self.cleaned_data["rest"] and not (signed or missed):
                signed = visit.name
            if signed or missed:
                yield visit, signed, missed

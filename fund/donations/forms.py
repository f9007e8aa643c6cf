"""What a person may type about gifts, one by one or a whole branch at once, and about who joins the fund."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from config.kit import clock
from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import DayFormField
from config.kit.person.fields import PEOPLE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from fund.donations.actions import refuse_for_pot, refuse_unregistrable
from fund.donations.models import Donation
from fund.ledger.forms import DAY_CODES, BooksOnce
from fund.ledger.models import Pot, branches_served_by
from fund.ledger.rules import refuse_day_before_opening, refuse_future_day
from members.models import Member
from members.roster.filling import TakenFromRoster


class DonationForm(TakenFromRoster, PrivateFieldsForm, BooksOnce):
    """A gift as it is registered; a second person counts it, then it is receipted and booked."""

    person_field = "donor_member"
    taken = {"donor": "name"}

    class Meta:
        model = Donation
        fields = [
            "pot", "donated_on", "donor", "donor_member", "source", "method", "amount", "goods", "publicity",
            "consent", "phone", "purpose", "handler", "remark",
        ]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.instance.is_booked:
            return cleaned
        names = ("pot", "donated_on", "source", "method", "amount", "goods", "publicity", "consent")
        donation = Donation(**{name: cleaned[name] for name in names})
        try:
            refuse_unregistrable(donation)
            refuse_for_pot(donation)
        except ValidationError as refusal:
            places = {"consent_missing": "consent", "goods_missing": "goods", "wrong_pot": None}
            places |= dict.fromkeys([*DAY_CODES, "happened_later"], "donated_on")
            self.add_error(places.get(refusal.code, "amount"), refusal)
        return cleaned


class FundMemberForm(TakenFromRoster, PrivateFieldsForm):
    taken = {"name": "name"}


class CollectionStartForm(forms.Form):
    """Which branch gives on which day; its fund members are listed next."""

    pot = forms.ModelChoiceField(Pot.objects.none(), label=_("Pot"))
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Party branch"), required=False)
    day = DayFormField(label=_("Collection day"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = pots = Pot.objects.at_desk_of(user).filter(kind=Pot.Kind.MUTUAL_AID)
        # Where there is one fund, nobody has to choose it.
        first, *others = pots[:2] or [None]
        self.fields["pot"].initial = None if others else first
        self.fields["branch"].queryset = branches_served_by(user)

    def clean_day(self):
        day = self.cleaned_data["day"]
        refuse_future_day(day=day, today=clock.today())
        if "pot" in self.cleaned_data:
            refuse_day_before_opening(day=day, opened_on=self.cleaned_data["pot"].opened_on)
        return day


class JoiningForm(forms.Form):
    """People of one branch who join the fund on one day, by ticks."""

    joined_on = DayFormField(label=_("Joined the fund on"))
    people = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("Who joins"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda member: member.name


class GiftForm(forms.Form):
    """One line of a collection: a row without an amount is left out."""

    member = forms.IntegerField(required=False, widget=forms.HiddenInput)
    donor = ReadFormField(kind=PEOPLE, label=_("Donor"), max_length=60, required=False)
    amount = MoneyFormField(label=_("Amount (yuan)"), required=False)
    method = forms.ChoiceField(
        label=_("How"), choices=[choice for choice in Donation.Method.choices if choice[0] != Donation.Method.GOODS]
    )
    publicity = forms.ChoiceField(label=_("Name in notices"), choices=Donation.Publicity.choices, initial="masked")
    consent = forms.ChoiceField(label=_("Consent"), choices=Donation.Consent.choices, required=False)
    # What most gifts have as it is, so that it may be folded away.
    rest = ("method", "publicity", "consent")

    @property
    def first_fields(self):
        return [self["donor"], self["amount"]]

    @property
    def rest_fields(self):
        return [self[name] for name in self.rest]

    @property
    def has_wrong_rest(self):
        return self.is_bound and not self.errors.keys().isdisjoint(self.rest)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned.get("amount") is not None:
            if not cleaned["donor"]:
                self.add_error("donor", ValidationError(_("Write who gave this."), code="required"))
                return cleaned
            try:
                refuse_unregistrable(self.gift())
            except ValidationError as refusal:
                self.add_error("consent" if refusal.code == "consent_missing" else "amount", refusal)
        return cleaned

    def gift(self):
        """The gift of this line, or None where no amount stands in it."""
        data = self.cleaned_data
        if data.get("amount") is None:
            return None
        return Donation(
            donor=data["donor"],
            donor_member_id=data.get("member"),
            source=Donation.Source.MEMBER_DONATION if data.get("member") else Donation.Source.SOCIAL_DONATION,
            amount=data["amount"],
            method=data["method"],
            publicity=data["publicity"],
            consent=data["consent"],
        )

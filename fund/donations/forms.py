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
from fund.donations.namesakes import answers_about, namesakes_in, question_about
from fund.ledger.forms import DAY_CODES, BooksOnce
from fund.ledger.models import Pot, branches_served_by
from fund.ledger.rules import refuse_day_before_opening, refuse_future_day
from members.models import Member
from members.roster.filling import TakenFromRoster

UNSAID_SOURCE = _("Nobody of the roster is chosen. Say whose gift it is: a member's, or another's.")


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and "source" in self.fields:
            # The model's own default would make a member of every giver.
            self.initial["source"] = (kwargs.get("initial") or {}).get("source", "")
            source = self.fields["source"]
            source.required, source.choices = False, [("", "—"), *Donation.Source.choices]
            source.help_text = _("Left open, it is a member's gift where somebody of the roster is chosen.")

    def _settle_source(self, cleaned):
        """What nobody said follows from the roster entry; without one it is asked."""
        if cleaned.get("source") or "source" in self.errors:
            return
        if cleaned.get("donor_member"):
            cleaned["source"] = Donation.Source.MEMBER_DONATION
        elif "donor_member" not in self.errors:
            self.add_error("source", ValidationError(UNSAID_SOURCE, code="source_unsaid"))

    def clean(self):
        cleaned = super().clean()
        self._settle_source(cleaned)
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
    """One line of a collection: a row without an amount is left out.

    `listed` are the keys of the members with a row of their own, `roster` the members who may be meant by a typed name.
    """

    member = forms.IntegerField(required=False, widget=forms.HiddenInput)
    donor = ReadFormField(kind=PEOPLE, label=_("Donor"), max_length=60, required=False)
    amount = MoneyFormField(label=_("Amount (yuan)"), required=False)
    method = forms.ChoiceField(
        label=_("How"), choices=[choice for choice in Donation.Method.choices if choice[0] != Donation.Method.GOODS]
    )
    publicity = forms.ChoiceField(label=_("Name in notices"), choices=Donation.Publicity.choices, initial="masked")
    consent = forms.ChoiceField(label=_("Consent"), choices=Donation.Consent.choices, required=False)
    # Asked only where a name was typed that somebody of the roster has.
    same = forms.CharField(label=_("Who it is"), required=False, widget=forms.Select)
    # What most gifts have as it is, so that it may be folded away.
    rest = ("method", "publicity", "consent")

    def __init__(self, *args, listed=(), roster=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.listed, self.roster = listed, roster

    @property
    def asks_who(self):
        return bool(self.fields["same"].widget.choices)

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
        gives = cleaned.get("amount") is not None or "amount" in self.errors
        if gives and "donor" not in self.errors:
            if not cleaned["donor"]:
                self.add_error("donor", ValidationError(_("Write who gave this."), code="required"))
                return cleaned
            self._ask_who(cleaned)
        if not self.errors and gives:
            try:
                refuse_unregistrable(self.gift())
            except ValidationError as refusal:
                self.add_error("consent" if refusal.code == "consent_missing" else "amount", refusal)
        return cleaned

    def clean_member(self):
        # A forged key is nobody's.
        member = self.cleaned_data["member"]
        return member if member in self.listed else None

    def _ask_who(self, cleaned):
        """A typed name that somebody of the roster has may be that member or another: whoever types it says so."""
        if cleaned.get("member") or self.roster is None:
            return
        namesakes = namesakes_in(self.roster, cleaned["donor"])
        if not namesakes:
            return
        *yes, no = answers_about(namesakes)
        self.fields["same"].widget.choices = [("", "—"), *yes, no]
        answer = cleaned.get("same")
        if answer in dict(yes):
            cleaned["member"] = int(answer)
        elif answer != no[0]:
            self.add_error("same", ValidationError(question_about(namesakes), code="who_is_it"))

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

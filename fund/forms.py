"""What a person may type about money: the rules of the books, asked before anything is booked."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from config.kit.money import MoneyFormField
from config.kit.private_forms import PrivateFieldsForm
from fund import rules
from fund.actions import refuse_unbookable, refuse_undraftable
from fund.actions.counts import cash_in_books
from fund.actions.donations import accounts_of, day_to_book, refuse_unregistrable
from fund.models import Account, AssistanceCase, Budget, CashCount, Donation, Entry, Pot, Question, Statement
from fund.public import asked_records
from members.models import Member
from members.rules import refuse_bad_citizen_id, refuse_bad_phone


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


class DonationForm(PrivateFieldsForm, BooksOnce):
    """A gift as it is registered; a second person counts it, then it is receipted and booked."""

    class Meta:
        model = Donation
        fields = [
            "pot",
            "donated_on",
            "donor",
            "donor_member",
            "source",
            "method",
            "amount",
            "goods",
            "publicity",
            "consent",
            "phone",
            "purpose",
            "handler",
            "remark",
        ]

    def clean(self):
        cleaned = super().clean()
        if self.errors or self.instance.is_booked:
            return cleaned
        names = ("pot", "donated_on", "source", "method", "amount", "goods", "publicity", "consent")
        donation = Donation(**{name: cleaned[name] for name in names})
        try:
            accounts = accounts_of(donation)
        except Account.DoesNotExist:
            raise ValidationError(
                _("This pot takes no donations. Choose a mutual-aid fund."), code="wrong_pot"
            ) from None
        try:
            refuse_unregistrable(donation)
        except ValidationError as refusal:
            places = {"consent_missing": "consent", "goods_missing": "goods", "not_positive": "amount"}
            self.add_error(places.get(refusal.code, "amount"), refusal)
            return cleaned
        booked = day_to_book(donation)
        given = cleaned["donated_on"]
        self.ask_the_books(
            dict.fromkeys([*DAY_CODES, "happened_later"], "donated_on"),
            pot=cleaned["pot"],
            amount=cleaned["amount"],
            booked_on=booked,
            happened_on=given if booked != given else None,
            **accounts,
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
                rules.refuse_foreign_account(pot_id=pot.pk, account_pot_id=account.pot_id, is_asset=account.is_asset)
            except ValidationError as refusal:
                self.add_error("account", refusal)
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
                rules.refuse_future_day(day=count.counted_on, today=timezone.localdate())
                rules.refuse_counted_below_zero(amount=count.amount)
                count.book_amount = cash_in_books(count)
                rules.refuse_unexplained_difference(difference=count.difference, reason=count.reason)
            except ValidationError as refusal:
                places = {"in_future": "counted_on", "difference": "reason"}
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


class CollectionStartForm(forms.Form):
    """Which branch gives on which day; its fund members are listed next."""

    pot = forms.ModelChoiceField(Pot.objects.none(), label=_("Pot"))
    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Party branch"), required=False)
    day = forms.DateField(label=_("Collection day"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = Pot.objects.at_desk_of(user).filter(kind=Pot.Kind.MUTUAL_AID)
        self.fields["branch"].queryset = Branch.objects.visible_to(user)

    def clean_day(self):
        day = self.cleaned_data["day"]
        rules.refuse_future_day(day=day, today=timezone.localdate())
        return day


class JoiningForm(forms.Form):
    """People of one branch who join the fund on one day, by ticks."""

    joined_on = forms.DateField(label=_("Joined the fund on"))
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
    donor = forms.CharField(label=_("Donor"), max_length=60, required=False)
    amount = MoneyFormField(label=_("Amount (yuan)"), required=False)
    method = forms.ChoiceField(
        label=_("How"), choices=[choice for choice in Donation.Method.choices if choice[0] != Donation.Method.GOODS]
    )
    publicity = forms.ChoiceField(label=_("Name in notices"), choices=Donation.Publicity.choices, initial="masked")
    consent = forms.ChoiceField(label=_("Consent"), choices=Donation.Consent.choices, required=False)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned.get("amount") is not None:
            if not cleaned["donor"].strip():
                self.add_error("donor", ValidationError(_("Write who gave this."), code="required"))
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
            donor=data["donor"].strip(),
            donor_member_id=data.get("member"),
            source=Donation.Source.MEMBER_DONATION if data.get("member") else Donation.Source.SOCIAL_DONATION,
            amount=data["amount"],
            method=data["method"],
            publicity=data["publicity"],
            consent=data["consent"],
        )


class CaseForm(PrivateFieldsForm):
    """An application for help; a branch's people propose for their own branch."""

    user = None

    class Meta:
        model = AssistanceCase
        fields = [
            "pot",
            "applied_on",
            "beneficiary",
            "beneficiary_member",
            "sex",
            "birth_date",
            "citizen_id",
            "joined_on",
            "branch",
            "unit",
            "family_size",
            "income_per_head",
            "address",
            "phone",
            "category",
            "hardship",
            "reason",
            "applied_amount",
            "method",
            "is_emergency",
            "emergency_reason",
        ]

    def clean(self):
        cleaned = super().clean()
        pot = cleaned.get("pot")
        today = timezone.localdate()
        for name, refuse in (
            ("applied_amount", rules.refuse_unless_positive),
            ("applied_on", lambda day: rules.refuse_future_day(day=day, today=today)),
            ("citizen_id", lambda number: refuse_bad_citizen_id(number, today=today)),
            ("phone", refuse_bad_phone),
        ):
            # An amount of zero is typed; an empty number is not.
            if cleaned.get(name) not in (None, ""):
                try:
                    refuse(cleaned[name])
                except ValidationError as refusal:
                    self.add_error(name, refusal)
        if cleaned.get("is_emergency") and not cleaned.get("emergency_reason"):
            self.add_error("emergency_reason", ValidationError(_("Write why it cannot wait."), code="reason_missing"))
        if pot and pot.kind != Pot.Kind.MUTUAL_AID:
            self.add_error("pot", ValidationError(_("Help is paid from a mutual-aid fund."), code="wrong_pot"))
        elif pot and not cleaned.get("branch") and not Pot.objects.at_desk_of(self.user).filter(pk=pot.pk).exists():
            self.add_error("branch", ValidationError(_("Choose your branch."), code="required"))
        return cleaned


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


class AskForm(forms.Form):
    """What a resident may ask in public; who asks and the words themselves stay with the office."""

    question = forms.CharField(
        label=_("What I want to ask"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Please write no names and no illness of others. The office words it for the public; you stay unnamed."
        ),
    )
    name = forms.CharField(
        label=_("How we may call you"), max_length=40, required=False, help_text=_("You need not say. Never public.")
    )
    phone = forms.CharField(
        label=_("Phone, if you want a call back"), max_length=20, required=False, help_text=_("Never public.")
    )
    statement = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    case = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    once = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4().hex

    def question_for(self, pot):
        """The question as it will be taken: an objection where it is about a case on notice."""
        data = self.cleaned_data
        statement, case = asked_records(pot, statement=data["statement"], case=data["case"])
        return Question(
            pot=pot,
            kind=Question.Kind.OBJECTION if case else Question.Kind.QUESTION,
            channel=Question.Channel.WEB,
            statement=None if case else statement,
            case=case,
            text=data["question"],
            name=data["name"],
            phone=data["phone"],
        )

    @property
    def key(self):
        once = self.cleaned_data["once"]
        return f"web-{once}" if once else None


class QuestionForm(PrivateFieldsForm, forms.ModelForm):
    """A question or objection that staff write down from a slip, a call or a visit."""

    once = forms.CharField(max_length=32, widget=forms.HiddenInput, required=False)

    class Meta:
        model = Question
        fields = ["pot", "kind", "channel", "asked_on", "statement", "entry", "case", "text", "name", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4().hex
        if "channel" in self.fields:
            self.fields["channel"].choices = [
                choice for choice in Question.Channel.choices if choice[0] != Question.Channel.WEB
            ]

    @property
    def key(self):
        once = self.cleaned_data.get("once", "")
        return f"desk-{once}"[:40] if once else None

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            about = [cleaned[name].pot_id for name in ("statement", "entry", "case") if cleaned.get(name)]
            try:
                rules.refuse_misplaced_question(
                    pot_id=cleaned["pot"].pk, kind=cleaned["kind"], about=about, has_case=bool(cleaned.get("case"))
                )
            except ValidationError as refusal:
                self.add_error("case" if refusal.code == "case_missing" else None, refusal)
        return cleaned


class ActForm(forms.Form):
    """What an act asks for before it is done: a day, a reason, an amount, as the act says."""

    day = forms.DateField(label=_("Day"))
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

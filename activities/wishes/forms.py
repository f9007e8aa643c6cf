"""What a person may type about a wish, and what its steps ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.wishes.models import MiniWish, WishStep
from branches.models import Organization
from config.kit.day_fields import DayFormField
from config.kit.person.fields import CALLED, PHONE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from config.kit.sent_once import SentOnceForm
from config.kit.text_cleaning import printable


class MiniWishForm(PrivateFieldsForm):
    """A wish whose number may be left to the program."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields and not self.instance.code:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Left empty, it is the next number of the year.")
        if "public_text" in self.fields:
            self.fields["public_text"].required = True
        if "channel" in self.fields and self.instance.channel != MiniWish.Channel.WEB:
            choices = MiniWish.Channel.choices
            self.fields["channel"].choices = [one for one in choices if one[0] != MiniWish.Channel.WEB]


class PostForm(forms.Form):
    day = DayFormField(label=_("Day"))
    public_text = forms.CharField(
        label=_("Wish, as the public reads it"),
        max_length=120,
        help_text=_("No name, phone, address or illness; the program looks through it once more."),
    )


class ClaimForm(forms.Form):
    day = DayFormField(label=_("Day"))
    claimed_by = forms.CharField(label=_("Who claims it, a person or a team"), max_length=60)
    claimer_phone = ReadFormField(
        kind=PHONE, label=_("Phone of the claimer"), required=False, max_length=20, help_text=_("Stays in the office.")
    )
    claimer_named = forms.BooleanField(label=_("Agreed to be named on the wall"), required=False)


class FulfilForm(forms.Form):
    day = DayFormField(label=_("Day"))
    result = forms.CharField(
        label=_("What was done"), max_length=120, help_text=_("Public: no names, illness, addresses or phone numbers.")
    )


class ContactForm(forms.Form):
    day = DayFormField(label=_("Day"))
    remark = forms.CharField(
        label=_("What was agreed"), max_length=200, required=False, help_text=_("Stays in the office.")
    )


class ConfirmForm(forms.Form):
    day = DayFormField(label=_("Day"))
    way = forms.ChoiceField(
        label=_("How it was confirmed"),
        choices=[choice for choice in WishStep.Way.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("What the person who wished said"), max_length=200, help_text=_("Word for word; stays in the office.")
    )


class PublicWishForm(SentOnceForm):
    """提一个心愿: what a resident wishes, and whom the office may ring."""

    said = forms.CharField(
        label=_("What I wish"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One small thing, such as: a pair of reading glasses."),
    )
    wisher = ReadFormField(kind=CALLED, label=_("How we may call you"), max_length=40, help_text=_("Never public."))
    phone = ReadFormField(
        kind=PHONE, label=_("Phone"), max_length=20, help_text=_("Never public; the office rings you.")
    )
    community: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Your community"), queryset=Organization.objects.none(), empty_label=None
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = Organization.objects.filter(kind=Organization.Kind.COMMUNITY).order_by("id")
        places = places if places.exists() else Organization.objects.order_by("id")
        field = self.fields["community"]
        field.queryset, field.initial = places, places.first()
        if places.count() == 1:
            field.widget = field.hidden_widget()

    def clean_said(self):
        said = printable(self.cleaned_data["said"])
        if not said:
            raise forms.ValidationError(self.fields["said"].error_messages["required"], code="required")
        return said

    def wish(self):
        """The wish as it will be taken."""
        data = self.cleaned_data
        return MiniWish(
            organization=data["community"],
            wisher=data["wisher"],
            wisher_phone=data["phone"],
            group=MiniWish.Group.OTHER,
        )


class PublicClaimForm(SentOnceForm):
    """认领: who takes on a wish, and where the office rings."""

    claimed_by = ReadFormField(
        kind=CALLED,
        label=_("Your name, or the name of your team"),
        max_length=60,
        help_text=_("A person's name stands masked on the wall, unless you agree below."),
    )
    claimer_phone = ReadFormField(
        kind=PHONE,
        label=_("Phone"),
        max_length=20,
        help_text=_("Read by the staff of the community alone; they ring you within seven days."),
    )
    claimer_word = forms.CharField(
        label=_("A word to the staff"),
        max_length=200,
        required=False,
        help_text=_("Such as: when you have time. Leave it empty if there is nothing to say."),
    )
    claimer_named = forms.BooleanField(
        label=_("My name, or that of the team, may stand on the wall in full"), required=False
    )

    def clean_claimer_word(self):
        return printable(self.cleaned_data["claimer_word"])

    def claim(self):
        """What is noted of the claim."""
        names = ("claimed_by", "claimer_phone", "claimer_word", "claimer_named")
        return {name: self.cleaned_data[name] for name in names}

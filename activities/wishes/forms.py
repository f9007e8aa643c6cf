"""What a person may type about a wish, and what its steps ask for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_fields import DayFormField
from config.kit.person.fields import PHONE, ReadFormField
from config.kit.private_forms import PrivateFieldsForm


class MiniWishForm(PrivateFieldsForm):
    """A wish whose number may be left to the program."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields and not self.instance.code:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Left empty, it is the next number of the year.")


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


class ConfirmForm(forms.Form):
    day = DayFormField(label=_("Day"))
    remark = forms.CharField(
        label=_("How it was confirmed"), max_length=200, help_text=_("Such as: signed on paper, said by phone.")
    )

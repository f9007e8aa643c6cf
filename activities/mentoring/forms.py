"""What the end of a pair asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.kit.day_fields import DayFormField


class EndForm(forms.Form):
    day = DayFormField(label=_("Day"))
    result = forms.CharField(label=_("What came of it"), max_length=200, required=False)

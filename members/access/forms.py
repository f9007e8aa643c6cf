"""What a person may type about members."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FullViewForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to see it?"),
        max_length=200,
        help_text=_("Your name, the time and this reason are written down."),
    )

"""What a person may type about volunteers, and what the reader of a certificate may."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.volunteers.rules import refuse_wrong_period
from config.kit import clock
from config.kit.day_fields import DayFormField
from config.kit.person.fields import CALLED, ReadFormField
from config.kit.private_forms import PrivateFieldsForm
from members.roster.filling import TakenFromRoster


class VolunteerForm(TakenFromRoster, PrivateFieldsForm):
    taken = {"name": "name"}
    taken_privately = {"phone": "phone", "citizen_id": "citizen_id"}


class CertificateForm(forms.Form):
    period_from = DayFormField(label=_("From"))
    period_to = DayFormField(label=_("To"))

    def clean(self):
        cleaned = super().clean()
        if {"period_from", "period_to"} <= set(cleaned):
            refuse_wrong_period(first=cleaned["period_from"], last=cleaned["period_to"], today=clock.today())
        return cleaned


class CompareForm(forms.Form):
    """What stands on the paper that somebody holds in hand; nothing of it is stored."""

    name = ReadFormField(kind=CALLED, label=_("Name on the paper"), max_length=40)
    hours = forms.CharField(label=_("Hours on the paper"), max_length=10)

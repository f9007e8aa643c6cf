"""What a sheet says beside its names, and the numbers of an event that no roll tells."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.attendance.actions import SheetFacts
from activities.attendance.rules import read_hours, refuse_no_length
from activities.attendance.sheet import length_of
from activities.events.models import Activity
from config.kit.day_fields import TimeFormField
from config.kit.hours import hours_of
from config.kit.public_text import refuse_private_words

MOST_PEOPLE = 9999


class HoursField(forms.CharField):
    """Hours in half hours, as they stand on a paper: 2, 1.5, 3小时; the value is in minutes."""

    def __init__(self, **options):
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": 4, "placeholder": _("hours")}
        super().__init__(required=False, max_length=12, widget=forms.TextInput(attrs=attrs), **options)

    def prepare_value(self, value):
        return hours_of(value) if isinstance(value, int) else value

    def clean(self, value):
        return read_hours(super().clean(value))


class FactsForm(forms.Form):
    """What a sheet says beside its names."""

    starts_at = TimeFormField(label=_("Began at"), required=False)
    ends_at = TimeFormField(label=_("Ended at"), required=False)
    served = forms.IntegerField(
        label=_("People served (person-times)"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Haircuts, blood pressures, visits: how many in all."),
    )
    summary = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public: no names, illness, addresses or phone numbers."),
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        required=False,
        max_length=100,
        help_text=_("It stays on record with the correction."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, activity, saved, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity, self.saved = activity, saved
        for name in ("starts_at", "ends_at", "served", "summary"):
            self.initial.setdefault(name, getattr(activity, name) or None)
        self.initial["seen"] = saved
        if not saved:
            del self.fields["reason"]
        if self.activity.kind not in Activity.SERVICE_KINDS:
            del self.fields["served"]

    # The names to be marked; none where only numbers are typed.
    lines: list | None = None

    @property
    def is_service(self):
        return self.activity.kind in Activity.SERVICE_KINDS

    @property
    def times(self):
        return [self["starts_at"], self["ends_at"]]

    def clean_summary(self):
        text = self.cleaned_data["summary"]
        refuse_private_words(text)
        return text

    def clean(self):
        cleaned = super().clean()
        if self.is_service and not {"starts_at", "ends_at"} & self.errors.keys():
            try:
                refuse_no_length(starts_at=cleaned.get("starts_at"), ends_at=cleaned.get("ends_at"))
            except ValidationError as refusal:
                self.add_error("starts_at", refusal)
        return cleaned

    @property
    def length(self):
        """Minutes of the event, None where its times are not known or wrong."""
        if {"starts_at", "ends_at"} & self.errors.keys():
            return None
        times = [self.cleaned_data.get(name) for name in ("starts_at", "ends_at")]
        return length_of(*times) if all(times) and times[1] > times[0] else None

    def saving(self):
        return {"reason": self.cleaned_data.get("reason", ""), "seen": self.cleaned_data["seen"]}

    def facts(self, residents=0):
        data = self.cleaned_data
        return SheetFacts(data["starts_at"], data["ends_at"], residents, data.get("served") or 0, data["summary"])


class TypedCountsForm(FactsForm):
    """The numbers of an event before the first roll, as an older record gives them."""

    expected = forms.IntegerField(label=_("Due (persons)"), min_value=0, max_value=MOST_PEOPLE, required=False)
    present = forms.IntegerField(label=_("Members present (persons)"), min_value=0, max_value=MOST_PEOPLE)
    public_present = forms.IntegerField(
        label=_("Residents present (persons)"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    hours = HoursField(label=_("Service time of all volunteers together (hours)"))

    field_order = ["starts_at", "ends_at", "expected", "present", "public_present", "served", "hours"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.saved:
            for name in ("expected", "present", "public_present"):
                self.initial.setdefault(name, getattr(self.activity, name))
            self.initial.setdefault("hours", self.activity.service_minutes or None)

    @property
    def is_service(self):
        # Hours are typed as a sum; no length is needed for them.
        return False

    def act_values(self):
        data = self.cleaned_data
        numbers = {
            "expected": data["expected"],
            "present": data["present"],
            "public_present": data["public_present"] or 0,
            "service_minutes": data["hours"] or 0,
        }
        return {"numbers": numbers, "facts": self.facts(), **self.saving()}

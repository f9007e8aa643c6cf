"""What the office types into a member's record."""

from datetime import date

from django.contrib.admin.widgets import AdminDateWidget
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from config.kit.months import DayOrMonthFormField
from config.kit.private_forms import PrivateFieldsForm
from config.kit.sheets.days import Day
from members.roster.models import DAYS_KNOWN
from members.roster.rules import not_before_joining


class MemberForm(PrivateFieldsForm):
    """A member's record. Whether the day of joining is known follows from what is typed: a day, or a month alone."""

    joined_on = DayOrMonthFormField(label=_("joined the Party on"), required=False, widget=AdminDateWidget)
    full_member_on = DayOrMonthFormField(label=_("full member since"), required=False, widget=AdminDateWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, known in DAYS_KNOWN.items():
            if name in self.fields:
                self.fields[name].label = capfirst(str(self.fields[name].label))
            # An address may fill in a text beforehand.
            if isinstance(self.initial.get(name), date):
                self.initial[name] = Day(self.initial[name], getattr(self.instance, known))

    def clean(self):
        cleaned = super().clean()
        for name, known in DAYS_KNOWN.items():
            # A day that a colleague stored meanwhile comes as it is stored.
            if isinstance(cleaned.get(name), date):
                cleaned[name] = Day(cleaned[name], getattr(self.instance, known))
        if cleaned.get("joined_on") and cleaned.get("full_member_on"):
            cleaned["full_member_on"] = not_before_joining(cleaned["full_member_on"], cleaned["joined_on"])
        for name, known in DAYS_KNOWN.items():
            if name in cleaned:
                setattr(self.instance, known, cleaned[name] is None or cleaned[name].known)
                cleaned[name] = cleaned[name] and cleaned[name].date
        return cleaned

"""Month fields (`2012.03` on the form): a date whose day is always the first; and a day of which the month may be all that is known."""

from datetime import date

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit.dates import refuse_day_out_of_range
from config.kit.day_fields import ReadsDays
from config.kit.sheets.days import Day
from config.kit.typed_days import read_typed_day_or_month, read_typed_month


def month_text(day):
    return f"{day:%Y.%m}" if day else ""


class MonthFormField(ReadsDays, forms.Field):
    """A month in a form, as the first of it."""

    widget = forms.TextInput
    default_validators = [refuse_day_out_of_range]
    reads = "month"
    reader = staticmethod(read_typed_month)
    hint = _("Such as 2012.3.")

    def prepare_value(self, value):
        return month_text(value) if isinstance(value, date) else value

    def to_python(self, value):
        return value.replace(day=1) if isinstance(value, date) else super().to_python(value)


class DayOrMonthFormField(ReadsDays, forms.Field):
    """A `Day` in a form: 1968-07-01, or 1968.07 where the month is all that is known."""

    widget = forms.DateInput
    reads = "day-or-month"
    reader = staticmethod(read_typed_day_or_month)
    hint = _("Such as 1968.7.1; 1968.7 where the day is not known.")

    def day_on_record(self, initial):
        return initial.date if isinstance(initial, Day) else None

    def value_of(self, found):
        return Day(found.day, not found.is_month)

    def prepare_value(self, value):
        if not isinstance(value, Day):
            return value
        return value.date.isoformat() if value.known else month_text(value.date)


class MonthField(models.DateField):
    description = _("Year and month")

    def to_python(self, value):
        value = super().to_python(value)
        return value.replace(day=1) if value else value

    def formfield(self, **kwargs):
        # The admin's date widget asks for a day; year and month are typed as on paper.
        kwargs.pop("widget", None)
        kwargs.pop("form_class", None)
        return models.Field.formfield(self, form_class=MonthFormField, **kwargs)

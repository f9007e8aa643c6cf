"""Form fields that read days as people say them. What had to be guessed is read back once before it is stored.

A guess is refused with what was understood, and the field then shows that day written out in full: sent again, it is a
whole day and is stored. So nothing is kept between the two forms, and no script is needed.
"""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.kit import clock
from config.kit.dates import refuse_day_out_of_range
from config.kit.typed_days import read_typed_day


def words_of(found):
    """A `TypedDay` in words: 2018年10月17日，星期三（农历九月初九）, or the month where it is one."""
    if found.is_month:
        return formats.date_format(found.day, "YEAR_MONTH_FORMAT")
    parts = {"day": formats.date_format(found.day, "DATE_FORMAT"), "weekday": WEEKDAYS[found.day.weekday()]}
    if found.lunar:
        return _("%(day)s, %(weekday)s (%(lunar)s)") % {**parts, "lunar": found.lunar}
    return _("%(day)s, %(weekday)s") % parts


class ReadsBack:
    """Mixin of a form field whose `reader(text, today, near)` tells what was read and whether it was guessed.

    The reader raises ValidationError for what it cannot read, and returns None for what only marks a place.
    """

    # The day on record, where the form changes a record: what is typed without a year is meant near it.
    near = None
    read_back = gettext_lazy("Read as %(words)s. If that is right, save once more; if not, type another day.")
    # Shown below the field, unless the form says something else there.
    hint: object = ""

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": self.hint, **kwargs})

    def get_bound_field(self, form, field_name):
        record = getattr(form, "instance", None)
        # What a form proposes for a new record is no day on record.
        if record is not None and not record._state.adding:
            self.near = self.day_on_record(form.get_initial_for_field(self, field_name))
        return super().get_bound_field(form, field_name)

    def day_on_record(self, initial):
        return initial if isinstance(initial, date) else None

    def value_of(self, found):
        """The field's value of what was read."""
        return found.day

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        found = self.reader(value, clock.today(), self.near) if value.strip() else None
        if found is None:
            return None
        if found.is_guessed:
            raise ValidationError(self.read_back, code="read_back", params={"words": words_of(found)})
        return self.value_of(found)

    def bound_data(self, data, initial):
        """What was typed, as the value that was read where it could be read."""
        data = super().bound_data(data, initial)
        if isinstance(data, str) and data.strip():
            try:
                found = self.reader(data, clock.today(), self.near)
                value = found and self.value_of(found)
                self.run_validators(value)
            except ValidationError:
                return data
            return data if value is None else value
        return data


class DayFormField(ReadsBack, forms.DateField):
    """A day in a form, within the range of days."""

    default_validators = [refuse_day_out_of_range]
    reader = staticmethod(read_typed_day)
    hint = gettext_lazy("Such as 2018.11.8, 8 Nov or yesterday.")

    def day_on_record(self, initial):
        return initial.date() if isinstance(initial, datetime) else super().day_on_record(initial)

"""Form fields that read days and times as people say them; what had to be guessed is read back once before it is stored."""

from datetime import date

from django import forms
from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.kit import clock
from config.kit.dates import refuse_day_out_of_range
from config.kit.read_back import ReadsBack
from config.kit.typed_days import read_typed_day
from config.kit.typed_times import read_typed_time


def words_of(found):
    """A `TypedDay` in words: 2018年10月17日，星期三（农历九月初九）, or the month where it is one."""
    if found.is_month:
        return formats.date_format(found.day, "YEAR_MONTH_FORMAT")
    parts = {"day": formats.date_format(found.day, "DATE_FORMAT"), "weekday": WEEKDAYS[found.day.weekday()]}
    if found.lunar:
        return _("%(day)s, %(weekday)s (%(lunar)s)") % {**parts, "lunar": found.lunar}
    return _("%(day)s, %(weekday)s") % parts


class ReadsDays(ReadsBack):
    """Mixin of a form field whose `reader(text, today, near)` gives a `TypedDay`, or None for what only marks a place."""

    question = gettext_lazy("Read as %(words)s. If that is right, save once more; if not, type another day.")
    # What the script that reads along calls the field.
    reads = ""
    # The day on record, where the form changes a record: what is typed without a year is meant near it.
    near = None

    def get_bound_field(self, form, field_name):
        record = getattr(form, "instance", None)
        # What a form proposes for a new record is no day on record.
        if record is not None and not record._state.adding:
            self.near = self.day_on_record(form.get_initial_for_field(self, field_name))
        if self.near:
            self.widget.attrs["data-near"] = self.near.isoformat()
        return super().get_bound_field(form, field_name)

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "data-reads": self.reads}

    def day_on_record(self, initial):
        return initial if isinstance(initial, date) else None

    def value_of(self, found):
        """The field's value of what was read."""
        return found.day

    def read(self, text):
        found = self.reader(text, clock.today(), self.near)
        return (None, "") if found is None else (self.value_of(found), words_of(found) if found.is_guessed else "")


class DayFormField(ReadsDays, forms.DateField):
    """A day in a form, within the range of days."""

    default_validators = [refuse_day_out_of_range]
    reads = "day"
    reader = staticmethod(read_typed_day)
    hint = gettext_lazy("Such as 2018.11.8, 8 Nov or yesterday.")


class TimeFormField(ReadsBack, forms.TimeField):
    """A time of the day in a form."""

    hint = gettext_lazy("Such as 9:00, 2.30 pm or 14:30.")

    def read(self, text):
        found, is_guessed = read_typed_time(text)
        return found, formats.time_format(found, "TIME_FORMAT") if is_guessed else ""

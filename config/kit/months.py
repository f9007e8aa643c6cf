"""Month fields (`2012.03` on the form): a date whose day is always the first."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit.dates import refuse_day_out_of_range

_MONTH = re.compile(r"^(\d{4})\s*(?:[-./年]\s*)(\d{1,2})\s*月?$|^(\d{4})(\d{2})$")


def parse_month(text):
    """The first day of a month written `2012.03`, `2012-03`, `2012年3月` or `201203`; ValueError otherwise."""
    match = _MONTH.match(text.strip())
    if not match:
        raise ValueError(text)
    year, month = (int(part) for part in match.groups() if part)
    return date(year, month, 1)


def month_text(day):
    return f"{day:%Y.%m}" if day else ""


class MonthFormField(forms.CharField):
    default_validators = [refuse_day_out_of_range]

    def prepare_value(self, value):
        return month_text(value) if isinstance(value, date) else value

    def to_python(self, value):
        if isinstance(value, date):
            return value.replace(day=1)
        value = super().to_python(value)
        if not value:
            return None
        try:
            return parse_month(value)
        except ValueError as error:
            raise ValidationError(_("Enter year and month such as 2012.03."), code="invalid") from error

    def has_changed(self, initial, data):
        return super().has_changed(month_text(initial) if isinstance(initial, date) else initial, data)


class MonthField(models.DateField):
    description = _("Year and month")

    def to_python(self, value):
        if isinstance(value, str) and value and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return parse_month(value)
            except ValueError as error:
                raise ValidationError(_("Enter year and month such as 2012.03."), code="invalid") from error
        value = super().to_python(value)
        return value.replace(day=1) if value else value

    def formfield(self, **kwargs):
        # The admin's date widget asks for a day; year and month are typed as on paper.
        kwargs.pop("widget", None)
        kwargs.pop("form_class", None)
        return models.Field.formfield(self, form_class=MonthFormField, **kwargs)

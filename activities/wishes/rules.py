"""Why a record of a wish, or a step of it, is refused."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def refuse_day_ahead(*, day, today):
    """What is written down as done happened by today."""
    if day > today:
        raise ValidationError(_("This day is still to come. Check the day."), code="in_future")


def refuse_day_before(*, day, last):
    """A step is done on the day of the step before it, or later."""
    if day < last:
        raise ValidationError(
            _("The step before it is of %(day)s. Check the day."),
            code="before_last_step",
            params={"day": date_format(last)},
        )


def refuse_taken(*, is_waiting):
    """A wish is claimed by one: whoever comes a moment later hears it kindly."""
    if not is_waiting:
        raise ValidationError(
            _("Somebody else has claimed this wish already, thank you all the same. Others still wait for somebody."),
            code="claimed_already",
        )

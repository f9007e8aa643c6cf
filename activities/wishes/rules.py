"""Why a record of a wish is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_day_ahead(*, day, today):
    """What is written down as done happened by today."""
    if day > today:
        raise ValidationError(_("This day is still to come. Check the day."), code="in_future")

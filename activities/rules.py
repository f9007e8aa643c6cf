"""Why a record of an activity or a wish is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_held_ahead(*, is_held, day, today):
    """已举办: what is still to come was not held, and would count in every report."""
    if is_held and day > today:
        raise ValidationError(
            _("This day is still to come, so nothing was held yet. Check the day, or leave it planned."),
            code="held_ahead",
        )


def refuse_day_ahead(*, day, today):
    """What is written down as done happened by today."""
    if day > today:
        raise ValidationError(_("This day is still to come. Check the day."), code="in_future")

"""Why a record of an event is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_held_ahead(*, is_held, day, today):
    """已举办: what is still to come was not held, and would count in every report."""
    if is_held and day > today:
        raise ValidationError(
            _("This day is still to come, so nothing was held yet. Check the day, or leave it planned."),
            code="held_ahead",
        )

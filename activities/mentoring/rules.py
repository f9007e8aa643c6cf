"""Why what is written of a pair is refused."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def refuse_meeting_outside(*, day, first, last, today):
    """A pair meets while it is one, and what is to come has not been."""
    if day > today:
        raise ValidationError(_("This day is still to come. Write it down when they have met."), code="day_ahead")
    if first and day < first:
        raise ValidationError(
            _("The pair began on %(first)s, after this day. Check both days."),
            code="before_pair",
            params={"first": date_format(first)},
        )
    if last and day > last:
        raise ValidationError(
            _("The pair ended on %(last)s, before this day. Check both days."),
            code="after_pair",
            params={"last": date_format(last)},
        )


def refuse_wrong_end(*, on, first, today):
    """A pair ends after it began, and not in days to come."""
    if on > today:
        raise ValidationError(_("This day is still to come. End it when that day is there."), code="end_ahead")
    if on < first:
        raise ValidationError(
            _("The pair began on %(first)s, after this day. Check both days."),
            code="end_before_start",
            params={"first": date_format(first)},
        )

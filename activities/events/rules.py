"""Why a record of an event is refused."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def refuse_held_ahead(*, is_held, day, today):
    """已举办: what is still to come was not held, and would count in every report."""
    if is_held and day > today:
        raise ValidationError(
            _("This day is still to come, so nothing was held yet. Check the day, or leave it planned."),
            code="held_ahead",
        )


def refuse_past_day(*, day, today):
    """What is ahead stands on a day from today on."""
    if day < today:
        raise ValidationError(
            _("%(day)s is past. Choose a day from today on."), code="day_past", params={"day": date_format(day)}
        )


def refuse_same_day(*, day, planned):
    """A move goes to another day; hours and place alone are changed on the record."""
    if day == planned:
        raise ValidationError(
            _("It is planned for this day already. Choose another day; hours and place are changed on the record."),
            code="same_day",
        )


def refuse_taken_day(*, day, title):
    """Two events of one kind by the same people on one day are one typed twice; `title` is that of the other, or None."""
    if title is not None:
        raise ValidationError(
            _("On %(day)s there is another of this kind already: %(title)s. Choose another day."),
            code="day_taken",
            params={"day": date_format(day), "title": title},
        )

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


def refuse_same_picture(*, known):
    """`known` is the picture of the event that the same file gave before, or None."""
    if known is not None and known.withdrawn_on:
        raise ValidationError(
            _("This picture was withdrawn on %(day)s. Choose another one."),
            code="photo_withdrawn",
            params={"day": date_format(known.withdrawn_on)},
        )
    if known is not None:
        raise ValidationError(_("This picture is there already; it was not added again."), code="same_picture")


def refuse_withdrawn(*, is_withdrawn):
    if is_withdrawn:
        raise ValidationError(_("This picture was withdrawn and is kept no longer."), code="photo_withdrawn")


def refuse_shown_without_words(*, consented, alt):
    """Who cannot see a picture hears its description, so none is shown without one."""
    if consented and not alt.strip():
        raise ValidationError(
            _("Say in one plain sentence what the picture shows; then it can be shown."), code="words_missing"
        )

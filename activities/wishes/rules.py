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


def refuse_taken(*, is_waiting, is_done=False, is_withdrawn=False):
    """A wish is claimed by one, while it waits: whoever comes a moment later hears it kindly."""
    if is_withdrawn:
        raise ValidationError(
            _(
                "This wish was taken back by the person who wished, thank you all the same. Others still wait for somebody."
            ),
            code="withdrawn_already",
        )
    if is_done:
        raise ValidationError(
            _("This wish is fulfilled already, thank you all the same. Others still wait for somebody."),
            code="done_already",
        )
    if not is_waiting:
        raise ValidationError(
            _("Somebody else has claimed this wish already, thank you all the same. Others still wait for somebody."),
            code="claimed_already",
        )


def refuse_ended_claim(*, is_waiting):
    """A form that claimed before claims no second time, when that claim has ended."""
    if is_waiting:
        raise ValidationError(
            _("This form was sent before, and that claim has ended since. Open the wish anew to claim it once more."),
            code="sent_before",
        )


def refuse_without_words(text):
    if not str(text).strip():
        raise ValidationError(_("Residents read this text; write it first."), code="words_missing")


def refuse_unconfirmed(*, way, word):
    """A wish is closed by the word of the person who wished."""
    if not way or not str(word).strip():
        raise ValidationError(
            _("Write down what the person who wished said, and how it came."), code="confirmation_missing"
        )

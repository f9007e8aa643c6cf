"""Why a record of service is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_changed_record():
    """Hours once checked stand; a correction of the sheet takes them back by a counter-record."""
    raise ValidationError(
        _("Checked hours are never changed or removed. Correct the sign-in sheet; it is checked once more."),
        code="record_changed",
    )


def refuse_wrong_period(*, first, last, today):
    """A certificate is about days that have been."""
    if last < first:
        raise ValidationError(_("The period ends before it begins. Check both days."), code="period_order")
    if last > today:
        raise ValidationError(
            _("The period ends on a day to come. It can end today at the latest."), code="period_ahead"
        )


def refuse_no_service(*, minutes):
    """A certificate says what is on record (志愿服务条例, art. 19)."""
    if minutes <= 0:
        raise ValidationError(
            _(
                "No checked hours of this volunteer are on record for this period. Check the sign-in sheets of these days first."
            ),
            code="no_service",
        )


def refuse_same_certificate(*, number):
    """One certificate says the same thing once; `number` is the one that says it already."""
    if number:
        raise ValidationError(
            _("Certificate %(number)s says exactly this already. Print that one again."),
            code="same_certificate",
            params={"number": number},
        )

"""Why a record of service is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_changed_record():
    """Hours once checked stand; a correction of the sheet takes them back by a counter-record."""
    raise ValidationError(
        _("Checked hours are never changed or removed. Correct the sign-in sheet; it is checked once more."),
        code="record_changed",
    )

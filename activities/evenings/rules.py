"""Why a show or an act of its programme is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_no_performance(*, is_performance):
    """A programme is of a performance; other events have a summary."""
    if not is_performance:
        raise ValidationError(
            _("Only a performance has a programme. Set the kind of the event to performance first."),
            code="no_performance",
        )


def refuse_village_of_others(*, village, organization):
    """A show of an organisation is given in a village of its own list. Arguments are keys of organisations."""
    if village is not None and village != organization:
        raise ValidationError(
            _("This village stands in the list of another organisation. Choose one of your own, or add it there."),
            code="village_of_others",
        )

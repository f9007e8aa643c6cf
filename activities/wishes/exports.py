"""The figures of wishes for the yearly reports (R12)."""

from activities.wishes.models import MiniWish
from branches.exports import ALL_ROWS


def wishes_closed_between(first, last, filters=ALL_ROWS):
    """Wishes closed in a span."""
    wishes = filters.joint(MiniWish.objects.filter(state=MiniWish.State.CLOSED, closed_on__lte=last))
    return wishes.filter(closed_on__gte=first) if first else wishes

"""Pairs for the yearly figures (R12)."""

from activities.mentoring.models import MentorPair
from branches.exports import ALL_ROWS


def pairs_on(day, filters=ALL_ROWS):
    """Pairs that work together on a day."""
    return filters.of_branches(MentorPair.objects.on(day))

"""What residents may read of mentoring: how many pairs, never who."""

from activities.mentoring.models import MentorPair


def mentor_pairs(*, on):
    """The number of pairs that work together on a day; no names."""
    return MentorPair.objects.on(on).count()

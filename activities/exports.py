"""The figures of activities, volunteers and wishes for the yearly reports."""

from activities.models import Activity, MiniWish, Volunteer


def events_between(kind, first, last):
    """场次: events of a kind that were held from `first` (None: since the start) to `last`."""
    events = Activity.objects.held().filter(kind=kind, day__lte=last)
    return events.filter(day__gte=first) if first else events


def volunteers_on(day):
    """Volunteers registered by a day who had not left (persons)."""
    return Volunteer.objects.filter(registered_on__lte=day).exclude(left_on__lte=day)


def wishes_closed_between(first, last):
    """Wishes closed in a span."""
    wishes = MiniWish.objects.filter(state=MiniWish.State.CLOSED, closed_on__lte=last)
    return wishes.filter(closed_on__gte=first) if first else wishes

"""What a new day brings by itself, done with the first request of the day, since no timer is asked of an office."""

import logging

from django.db import DatabaseError

from activities.wishes.actions import return_lapsed_claims
from config.kit import clock

logger = logging.getLogger(__name__)
# Each is called with the day, and does nothing where it was done before: every process calls it.
CHORES = (return_lapsed_claims,)

_done_on = None


def new_day():
    """Today where this process has not seen it yet, else None."""
    today = clock.today()
    return today if today != _done_on else None


def begins_the_day(get_response):
    """Middleware: before the first answer of a day, its chores; a database that refuses them is asked again next time."""

    def middleware(request):
        global _done_on
        today = new_day()
        if today is not None:
            try:
                for chore in CHORES:
                    chore(today)
                _done_on = today
            except DatabaseError:
                logger.warning("The chores of %s could not be done.", today, exc_info=True)
        return get_response(request)

    return middleware

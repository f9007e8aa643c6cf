"""How demo records are stored: with their history dated on the demo's day, many in one go where they are many."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.site.demo.people import OPENS, TODAY


def moment(day=TODAY, hour=OPENS.hour, minute=OPENS.minute):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def store(record, *, at=None):
    """Save one record; its history row has the demo's date."""
    record._history_date = at or moment()
    record.save()
    return record


def store_all(model, records):
    """Save many records with their history, in two statements a batch."""
    return bulk_create_with_history(records, model, batch_size=400, default_date=moment())


class BookingClock:
    """The moment of each booking: nine in the morning of the day booked, one second after the last."""

    def __init__(self):
        self.day = TODAY
        self.ticks = count()

    def now(self):
        return moment(self.day, 9) + timedelta(seconds=next(self.ticks) % 30_000)

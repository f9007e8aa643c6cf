"""End of a pot's period, and the day its statement is due on the wall."""

from datetime import date, timedelta

from config.kit.dates import month_end, quarter_of
from fund.ledger.models import Pot


def period_end(pot, first_day):
    """The last day of the period that begins on a day, by the rhythm of the pot."""
    if pot.rhythm == Pot.Rhythm.YEAR:
        return date(first_day.year, 12, 31)
    if pot.rhythm == Pot.Rhythm.MONTH:
        return month_end(first_day)
    return month_end(date(first_day.year, 3 * quarter_of(first_day), 1))


def close_period(pot, until):
    """Nothing is booked in the pot up to a day any more; a day before the present one changes nothing."""
    if pot.closed_until is None or pot.closed_until < until:
        Pot.objects.filter(pk=pot.pk).update(closed_until=until)


def due_on(pot, period_to):
    """By the 10th of the month after the period; a yearly account by 31 January."""
    next_month = month_end(period_to) + timedelta(days=1)
    return next_month.replace(day=31 if pot.rhythm == Pot.Rhythm.YEAR and next_month.month == 1 else 10)

"""Which day it is: the demo community lives on its own day, everybody else on today's."""

from datetime import date

from django.utils import timezone

from config.site.accounts import demo_is_loaded

DEMO_DAY = date(2018, 10, 31)


def today():
    """The day that figures, "next" and "this year" are counted from."""
    return DEMO_DAY if demo_is_loaded() else timezone.localdate()

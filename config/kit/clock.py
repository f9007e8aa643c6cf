"""What time it is, for everything that shows, proposes, numbers, reminds or records.

A real installation reads the machine's clock. While the demo community is loaded, `config.site.demo.clock` puts the
demo's day in its place, so that pages and actions agree. Sessions, lockouts and rate limits keep to Django's own clock.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_inside = ContextVar("clock", default=None)
_source = timezone.now


def now():
    """The moment, aware of its zone."""
    return (_inside.get() or _source)()


def today():
    """The day in the zone of the installation."""
    return timezone.localdate(now())


def read_from(source):
    """Let every process-wide answer come from `source()`, an aware moment; returns the source used before."""
    global _source
    _source, before = source, _source
    return before


@contextmanager
def set_to(source):
    """Let answers inside the block come from `source()`: an office's years kept one day after another."""
    token = _inside.set(source)
    try:
        yield
    finally:
        _inside.reset(token)

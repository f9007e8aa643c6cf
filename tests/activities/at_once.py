"""Many people at one moment, as far as the tests' database knows more than one writer."""

from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connection, connections

from tests.fund.make import on_day


def all_at_once(act, number, *, on, threads):
    """What `act` answers to each of so many callers on a day, the code where it refuses.

    On SQLite they come one after another: the tests' database lives in memory and knows one writer.
    """

    def answer(place):
        try:
            # A thread begins with the clock of the machine.
            with on_day(on):
                return act(place)
        except ValidationError as refused:
            return refused.code
        finally:
            if connection.vendor != "sqlite":
                connections.close_all()

    if connection.vendor == "sqlite":
        return [answer(place) for place in range(number)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(answer, range(number)))

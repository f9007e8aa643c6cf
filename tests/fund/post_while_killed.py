"""Eight processes that book at once while some are killed at any moment; prints what was acknowledged.

`python -m tests.fund.post_while_killed KILLS SEED` works on the database of DATABASE_URL, whose tables are there and empty. A process
writes the number of a booking into its pipe after `post` has returned; the one started in place of a killed one begins with the
booking whose answer was lost.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import date
from decimal import Decimal
from itertools import count

WRITERS = 8


class Writer:
    """One process that books one series of keys; its `acknowledged` bookings are known to have returned."""

    def __init__(self, series, first, others, work):
        self.series = series
        self.reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            for other in others:
                os.close(other.reading)
            os.close(self.reading)
            work(series, first, writing)
        os.close(writing)

    def kill(self):
        """Kill it and give back the lines it wrote before."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        with os.fdopen(self.reading, "rb") as pipe:
            lines = pipe.read().decode().split("\n")
        # What stands behind the last line end was cut off in the middle.
        return lines[:-1]


def book(pot, user, series, number):
    from fund.ledger.actions import post

    spends = number % 3 == 2
    post(
        pot=pot,
        debit=pot.use("fee") if spends else pot.cash,
        credit=pot.cash if spends else pot.source("interest"),
        amount=Decimal("0.50") if spends else Decimal("1.00"),
        booked_on=date(2018, 5, 10),
        summary="x",
        by=user,
        key=f"{series}-{number}",
    )


def main(kills, seed):
    from django.contrib.auth import get_user_model
    from django.db import connections

    from branches.models import Organization
    from fund.ledger.actions import open_pot
    from fund.models import Entry
    from fund.verification import verify

    keeper = get_user_model().objects.create(username="keeper")
    place = Organization.objects.create(kind="community", name="测试社区")
    pot = open_pot(
        organization=place, name="测试基金", kind="mutual_aid", code="pot", opened_on=date(2018, 1, 1), by=keeper
    )
    # A connection is not shared with the processes to come.
    connections.close_all()

    def work(series, first, writing):
        try:
            for number in count(first):
                book(pot, keeper, series, number)
                os.write(writing, f"{number}\n".encode())
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}".replace("\n", " ").encode() + b"\n")
        os._exit(1)

    dice = random.Random(seed)
    acknowledged, errors = {series: [] for series in range(WRITERS)}, []
    writers = {}

    def start(series):
        others = list(writers.values())
        writers[series] = Writer(series, len(acknowledged[series]), others, work)

    def kill(series):
        for line in writers.pop(series).kill():
            (acknowledged[series] if line.isdigit() else errors).append(line)

    for series in range(WRITERS):
        start(series)
    for _ in range(kills - WRITERS):
        time.sleep(dice.uniform(0, 0.03))
        series = dice.randrange(WRITERS)
        kill(series)
        start(series)
    for series in range(WRITERS):
        kill(series)

    booked = list(Entry.objects.order_by("number").values_list("number", "key"))
    verify()
    return {
        "acknowledged": {series: [int(line) for line in lines] for series, lines in acknowledged.items()},
        "errors": errors,
        "booked": booked,
    }


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)

"""What things cost, as ratios measured side by side in one run: `make bench`. Prints a table; nothing passes or fails."""

import os
import statistics
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

POSTS, ENTRIES = 200, 20_000


def timed(act, times):
    """Median seconds of one call."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spans.append(time.perf_counter() - start)
    return statistics.median(spans)


def main():
    folder = tempfile.TemporaryDirectory()
    os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/bench.sqlite3"
    os.environ.setdefault("SECRET_KEY", "only-for-bench-" + "x" * 50)
    os.environ.setdefault("FIELD_KEYS", "bench:" + "11" * 32)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.conf import settings

    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT = Path(folder.name)
    settings.MEDIA_ROOT = Path(folder.name) / "media"
    settings.ALLOWED_HOSTS = ["testserver"]
    measure(Path(folder.name))
    folder.cleanup()


def measure(folder):
    from django.core.management import call_command
    from django.test import Client

    from config.site.demo import load_demo
    from config.translation import compile_catalogues

    compile_catalogues()
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    load_demo("yure-demo-2018")
    rows = [("the demo community, loaded", f"{time.perf_counter() - start:.2f} s", "")]
    client = Client()
    rows.append(posting())
    small = pages(client)
    grow()
    large = pages(client)
    for name, seconds in large.items():
        rows.append(
            (
                f"{name}: {ENTRIES:,} entries more",
                f"{seconds * 1000:.1f} ms",
                f"× {seconds / small[name]:.2f} of the demo's",
            )
        )
    bare = timed(lambda: client.get("/healthz"), 50)
    rows.append(("/healthz", f"{bare * 1000:.2f} ms", f"board costs × {large['/fund/'] / bare:.1f}"))
    rows.append(yearbook(folder))
    width = max(len(row[0]) for row in rows)
    for name, seconds, ratio in rows:
        print(f"{name:<{width}}  {seconds:>10}  {ratio}")


def posting():
    """post() against a bare insert of one row, each committed by itself with the same durability."""
    from django.contrib.auth import get_user_model

    from branches.models import Holiday
    from fund.actions import post
    from fund.models import Pot

    pot, user = Pot.objects.get(code="mutual-aid"), get_user_model().objects.get(username="keeper")
    cash, source = pot.cash, pot.source("member_donation")
    days = iter(date(1950 + place // 300, 1 + place % 12, 1 + place % 25) for place in range(POSTS * 2))
    Holiday.objects.all().delete()
    seen = set()

    def bare():
        day = next(day for day in days if day not in seen)
        seen.add(day)
        Holiday.objects.create(day=day)

    def book():
        post(
            pot=pot,
            debit=cash,
            credit=source,
            amount=Decimal("1.00"),
            booked_on=date(2018, 10, 30),
            summary="x",
            by=user,
        )

    insert, posted = timed(bare, POSTS), timed(book, POSTS)
    return (f"post(), median of {POSTS}", f"{posted * 1000:.2f} ms", f"× {insert / posted:.2f} of a bare insert's rate")


def pages(client):
    return {
        address: timed(lambda address=address: client.get(address), 15)
        for address in ("/fund/", "/fund/statements/", "/fund/statements/mutual-aid-2018-2/", "/fund/lines/")
    }


def grow():
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from fund.actions import post
    from fund.models import Pot

    pot, user = Pot.objects.get(code="mutual-aid"), get_user_model().objects.get(username="keeper")
    cash, source = pot.cash, pot.source("member_donation")
    with transaction.atomic():
        for _ in range(ENTRIES):
            post(
                pot=pot,
                debit=cash,
                credit=source,
                amount=Decimal("1.00"),
                booked_on=date(2018, 10, 30),
                summary="x",
                by=user,
            )


def yearbook(folder):
    from config.site.yearbook import write_yearbook

    seconds = timed(lambda: write_yearbook(2018, folder / "y.xlsx"), 3)
    return ("the yearbook of 2018", f"{seconds:.2f} s", "")


if __name__ == "__main__":
    main()

"""What things cost, as ratios measured side by side in one run: `make bench`. Prints a table; nothing passes or fails.

`python -m tests.bench 100000` takes another size than a million entries. All of it happens in a temporary folder on a disk.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.ledger import costs, grow_to, posting, verified
from tests.bench.search import found_among
from tests.bench.server import served
from tests.bench.timing import LARGE, MEMBERS, READ, SMALL, say
from tests.bench.workbooks import read_roster_of, rosters, yearbook

AFTER_ALL_ENTRIES = datetime(2026, 10, 31, 4, tzinfo=UTC)


def main(large):
    # A temporary folder may lie in memory, where nothing is durable; this one outlives a restart.
    disk = Path(os.sep, "var", "tmp")
    folder = tempfile.TemporaryDirectory(dir=disk if disk.is_dir() else None)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/bench.sqlite3"
    os.environ["MEDIA_ROOT"] = f"{folder.name}/media"
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("SECRET_KEY", "only-for-bench-" + "x" * 50)
    os.environ.setdefault("FIELD_KEYS", "bench:" + "11" * 32)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench_settings"
    os.environ["BENCH_FOLDER"] = folder.name
    Path(folder.name, "static").mkdir()
    import django

    django.setup()
    from config.kit import clock

    # The demo's clock stands in 2018; the entries of the bench go on for eight years.
    with clock.set_to(lambda: AFTER_ALL_ENTRIES):
        measure(Path(folder.name), large)
    folder.cleanup()


def measure(folder, large):
    from django.core.management import call_command
    from django.test import Client

    from config.site.demo.loading import load_demo

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    load_demo("yure-demo-2018")
    say("the demo community, loaded", f"{time.perf_counter() - start:.2f} s")
    posting()
    yearbook(folder)
    read_roster_of(folder, READ)
    rosters(folder, MEMBERS)
    found_among(MEMBERS)
    grow_to(SMALL)
    client = Client(headers={"host": "127.0.0.1"})
    small = costs(client)
    start = time.perf_counter()
    grow_to(large)
    say(f"{large:,} entries, loaded by the bench", f"{time.perf_counter() - start:.1f} s")
    for name, seconds in costs(client).items():
        say(
            f"{name}, {large:,} entries",
            f"{seconds * 1000:.2f} ms",
            f"× {seconds / small[name]:.2f} of {SMALL:,} entries ({small[name] * 1000:.2f} ms)",
        )
    served()
    verified(large)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)

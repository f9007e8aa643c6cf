"""What things cost, as ratios measured side by side in one run: `make bench`. Prints a table; nothing passes or fails.

`python -m tests.bench 100000` takes another size than a million entries. All of it happens in a temporary folder on a disk.
"""

import hashlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

POSTS, SMALL, LARGE = 300, 10_000, 1_000_000
# Members of a roster that is written; of one that is read, which may have no more than `MOST_CELLS`.
MEMBERS, READ = 100_000, 5_000
ROUNDS, SECONDS, CONNECTIONS = 5, 1.0, 4
FIRST_DAY, DAYS = date(2018, 11, 1), 8 * 365


def timed(act, times, before=lambda: None):
    """Seconds of the quickest of so many calls: the sizes are measured apart, and other work only ever adds."""
    spans = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        act()
        spans.append(time.perf_counter() - start)
    return min(spans)


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
    measure(Path(folder.name), large)
    folder.cleanup()


def measure(folder, large):
    from django.core.management import call_command
    from django.test import Client

    from config.site.demo import load_demo

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    load_demo("yure-demo-2018")
    say("the demo community, loaded", f"{time.perf_counter() - start:.2f} s")
    posting()
    yearbook(folder)
    read_roster_of(folder, READ)
    rosters(folder, MEMBERS)
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


def say(name, figure, ratio=""):
    print(f"{name:<58} {figure:>12}  {ratio}", flush=True)


def posting():
    """post() against a bare insert of the same row, each committed by itself with the same durability."""
    from django.contrib.auth import get_user_model
    from django.db import connection, models

    from fund.ledger.actions import post
    from fund.models import Entry, Pot

    pot, user = Pot.objects.get(code="mutual-aid"), get_user_model().objects.get(username="keeper")
    cash, source, use = pot.cash, pot.source("member_donation"), pot.use("fee")
    twin = type(
        "Twin",
        (models.Model,),
        {
            "__module__": "fund.models",
            "Meta": type("Meta", (), {"app_label": "fund", "db_table": "bench_twin", "managed": False}),
            **{
                field.attname: models.BigIntegerField(null=field.null, db_column=field.column)
                if field.is_relation
                else field.clone()
                for field in Entry._meta.local_fields
            },
        },
    )
    with connection.cursor() as cursor:
        # The same columns, constraints and indices; no triggers.
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'fund_entry' AND type IN ('table', 'index')"
            " AND sql IS NOT NULL ORDER BY type DESC"
        )
        for (sql,) in cursor.fetchall():
            cursor.execute(sql.replace("fund_entry", "bench_twin").replace('"entry_', '"twin_'))
    now, numbers = datetime.now(UTC), iter(range(1, 10 * POSTS))

    def row():
        number = next(numbers)
        return {
            "id": number, "pot_id": pot.pk, "number": number, "booked_on": date(2018, 10, 30), "debit_id": cash.pk,
            "credit_id": source.pk, "amount": Decimal("1.00"), "persons": 1, "summary": "x", "recorded_by_id": user.pk,
            "recorded_at": now, "key": f"bench-{number}", "previous_digest": "a" * 64, "digest": "b" * 64,
        }  # fmt: skip

    def plain():
        values = row() | {"booked_on": "2018-10-30", "amount": 100, "recorded_at": "2018-10-30 08:00:00"}
        places = ", ".join(["%s"] * len(values))
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO bench_twin ({', '.join(values)}) VALUES ({places})", list(values.values()))

    def book(debit, credit):
        post(
            pot=pot,
            debit=debit,
            credit=credit,
            amount=Decimal("1.00"),
            booked_on=date(2018, 10, 30),
            summary="x",
            by=user,
            key=f"bench-{next(numbers)}",
            persons=1,
        )

    acts = {
        "create": lambda: twin.objects.create(**row()),
        "plain": plain,
        "income": lambda: book(cash, source),
        "payment": lambda: book(use, cash),
    }
    spans = defaultdict(list)
    for _ in range(POSTS):
        # Turn by turn, so that a busy moment of the machine meets all of them.
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            spans[name].append(time.perf_counter() - start)
    cost = {name: statistics.median(times) for name, times in spans.items()}
    say("a bare insert by Django (objects.create)", f"{cost['create'] * 1000:.3f} ms")
    say("a bare insert by a plain cursor", f"{cost['plain'] * 1000:.3f} ms")
    for name in ("income", "payment"):
        ratios = (f"× {cost[bare] / cost[name]:.2f} of the rate of {bare}" for bare in ("create", "plain"))
        say(f"post(), {name}", f"{cost[name] * 1000:.3f} ms", ", ".join(ratios))


def grow_to(size):
    """Write entries as post() would, digests and month totals too, until the pot holds so many; `verify` checks it after."""
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction

    from fund.ledger.models import ENTRIES_PER_POT, canonical_entry
    from fund.models import Entry, MonthTotal, Pot
    from tests.fund.lifted_triggers import lifted

    pot, user = Pot.objects.get(code="mutual-aid"), get_user_model().objects.get(username="keeper")
    cash, source, use = pot.cash, pot.source("member_donation"), pot.use("fee")
    last = Entry.objects.filter(pot=pot).order_by("-number").first()
    number, digest = last.number, last.digest
    sums = defaultdict(lambda: [0, 0])

    def rows():
        nonlocal number, digest
        while number < size:
            number += 1
            debit, credit, fen = (use, cash, 50) if number % 3 == 2 else (cash, source, 100)
            day = FIRST_DAY + timedelta(days=number % DAYS)
            before, booked_on = digest, day.isoformat()
            text = canonical_entry(
                amount=fen, booked_on=booked_on, credit=f"{credit.kind}:{credit.code}",
                debit=f"{debit.kind}:{debit.code}", happened_on=None, key=None, number=number, persons=1, pot=pot.code,
                previous=before, recorded_at=f"{booked_on}T08:00:00.000000+00:00", recorded_by=user.pk, reverses=None,
                summary="x",
            )  # fmt: skip
            digest = hashlib.sha256(text.encode()).hexdigest()
            total = sums[debit, credit, day.replace(day=1)]
            total[0] += fen
            total[1] += 1
            yield (
                pot.pk * ENTRIES_PER_POT + number, pot.pk, number, booked_on, debit.pk, credit.pk, fen, 1, "x", user.pk,
                f"{booked_on} 08:00:00", before, digest,
            )  # fmt: skip

    with lifted(connection), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO fund_entry (id, pot_id, number, booked_on, debit_id, credit_id, amount, persons, summary,"
            " recorded_by_id, recorded_at, previous_digest, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows(),
        )
        for (debit, credit, month), (fen, count) in sums.items():
            MonthTotal.objects.add(
                cursor, debit=debit, credit=credit, month=month, fen=fen, movements=count, persons=count
            )


def costs(client):
    """Seconds of reading the books at their present size."""
    from django.contrib.auth import get_user_model

    from config.site.page_cache import shelf
    from fund.ledger.actions import post
    from fund.models import Pot

    pot, user = Pot.objects.get(code="mutual-aid"), get_user_model().objects.get(username="keeper")
    cash, source = pot.cash, pot.source("member_donation")

    def book():
        post(
            pot=pot, debit=cash, credit=source, amount=Decimal("1.00"), booked_on=date(2026, 10, 30), summary="x", by=user
        )  # fmt: skip

    def ask(address):
        assert client.get(address).status_code == 200, address

    statement = "/fund/statements/mutual-aid-2018-2/"
    return {
        "balance": timed(pot.balance, 50),
        "board, first hit after a posting": timed(lambda: ask("/fund/"), 20, before=book),
        "board, warm": timed(lambda: ask("/fund/"), 50),
        "lines, first hit after a posting": timed(lambda: ask("/fund/lines/"), 20, before=book),
        "statement, not kept yet": timed(lambda: ask(statement), 20, before=shelf.clear),
        "statement, warm": timed(lambda: ask(statement), 50),
    }


def served():
    """The board against /healthz over keep-alive connections of the production server, turn by turn."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port",
            str(port), "--workers", "1", "--blocking-threads", "4", "--workers-kill-timeout", "10", "--log-level", "error",
            "config.wsgi:application",
        ]
    )  # fmt: skip
    try:
        etag = warm_up(port)
        asked = {
            "/healthz": ("/healthz", ""),
            "the board": ("/fund/", ""),
            "the board, 304": ("/fund/", f"If-None-Match: {etag}\r\n"),
            "a statement": ("/fund/statements/mutual-aid-2018-2/", ""),
        }
        rates = defaultdict(list)
        for _ in range(ROUNDS):
            for name, (path, header) in asked.items():
                rates[name].append(rate(port, path, header))
    finally:
        server.terminate()
        server.wait(timeout=20)
    for name, found in rates.items():
        ratio = statistics.median(one / bare for one, bare in zip(found, rates["/healthz"], strict=True))
        say(f"{name}, served", f"{statistics.median(found):,.0f} /s", f"× {ratio:.2f} of /healthz's requests a second")


def warm_up(port):
    """The ETag of the board, once the server answers."""
    from urllib.error import URLError
    from urllib.request import urlopen

    for _ in range(100):
        try:
            with urlopen(f"http://127.0.0.1:{port}/fund/") as answer:
                return answer.headers["ETag"]
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The server does not answer.")


def rate(port, path, header):
    """Requests a second over CONNECTIONS connections that stay open."""
    counts, until = [0] * CONNECTIONS, time.perf_counter() + SECONDS

    def ask(place):
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n".encode()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                connection.sendall(request)
                read_answer(connection)
                counts[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start)


def read_answer(connection):
    received = connection.recv(262_144)
    while b"\r\n\r\n" not in received:
        received += connection.recv(262_144)
    head, _, body = received.partition(b"\r\n\r\n")
    head = head.lower()
    if b" 304 " in head[:14]:
        return
    if b"transfer-encoding: chunked" in head:
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(262_144)
        return
    missing = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(262_144))


def verified(size):
    from fund.verification import verify

    start = time.perf_counter()
    verify()
    seconds = time.perf_counter() - start
    say(f"verify, {size:,} entries", f"{seconds:.1f} s", f"{size / seconds:,.0f} entries a second")


def yearbook(folder):
    """The yearbook of the demo against bare XlsxWriter and openpyxl writing the same cells, without any asking or looks."""
    import openpyxl
    import xlsxwriter

    from config.site.yearbook import write_yearbook

    seconds = timed(lambda: write_yearbook(2018, folder / "y.xlsx"), 3)
    book = openpyxl.load_workbook(folder / "y.xlsx")
    sheets = {
        page.title: [
            (cell.row, cell.column, cell.value) for row in page.iter_rows() for cell in row if cell.value is not None
        ]
        for page in book
    }

    def bare():
        with xlsxwriter.Workbook(folder / "bare.xlsx", {"default_date_format": "yyyy-mm-dd"}) as target:
            for name, cells in sheets.items():
                page = target.add_worksheet(name)
                for row, column, value in cells:
                    page.write(row - 1, column - 1, value)

    def by_openpyxl():
        target = openpyxl.Workbook()
        for name, cells in sheets.items():
            page = target.create_sheet(name)
            for row, column, value in cells:
                page.cell(row, column, value)
        target.save(folder / "bare.xlsx")

    count = sum(map(len, sheets.values()))
    others = {"XlsxWriter": timed(bare, 3), "openpyxl": timed(by_openpyxl, 3)}
    ratios = (f"× {seconds / other:.2f} of {name}'s bare cells ({other:.2f} s)" for name, other in others.items())
    say(f"the yearbook of 2018, {count:,} cells", f"{seconds:.2f} s", ", ".join(ratios))


def rosters(folder, count):
    """A roster of so many members, written: against a plain loop over the same rows."""
    from members import exports

    on = date(2018, 10, 31)
    grow_roll(count, start=READ)
    target, bare = folder / "roster.xlsx", folder / "bare.xlsx"

    def plain():
        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(bare, options) as book:
            page = book.add_worksheet()
            text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True})
            looks = {"number": book.add_format({"num_format": "#,##0", "border": 1})}
            day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
            columns = exports.roster_columns(on=on)
            for row, record in enumerate(exports.roll(on=on)):
                for place, column in enumerate(columns):
                    value = column.value(record)
                    if value is None or value == "":
                        page.write_string(row, place, "", text)
                    elif column.kind == "text":
                        page.write_string(row, place, value, text)
                    elif column.kind in looks:
                        page.write_number(row, place, value, looks[column.kind])
                    else:
                        page.write_datetime(row, place, value, day)

    spans: dict[str, list] = {"plain": [], "ours": []}
    for _ in range(2):
        # Turn by turn, by the processor's own time: a busy machine meets both.
        for name, act in (("plain", plain), ("ours", lambda: write_roster(target, on))):
            start = time.process_time()
            act()
            spans[name].append(time.process_time() - start)
    ours, other = min(spans["ours"]), min(spans["plain"])
    say(
        f"a roster of {count:,} members, written",
        f"{ours:.1f} s",
        f"× {ours / other:.2f} of a plain XlsxWriter loop ({other:.1f} s)",
    )
    say("the same by the command, most memory at a time", f"{peak_of_command(target):,.0f} MB")


def read_roster_of(folder, count):
    """A roster of so many members, read and checked, against openpyxl's own pass."""
    import openpyxl

    from members.roster.reading import read_roster

    target = folder / "read.xlsx"
    grow_roll(count)
    write_roster(target, date(2018, 10, 31))
    data = target.read_bytes()
    start = time.process_time()
    read_roster("roster.xlsx", data, today=date.today())
    reading = time.process_time() - start

    def read_only():
        for row in openpyxl.load_workbook(target, read_only=True).worksheets[0].iter_rows(values_only=True):
            row[0]

    start = time.process_time()
    read_only()
    other = time.process_time() - start
    say(
        f"a roster of {count:,} members, read and checked",
        f"{reading:.1f} s",
        f"× {reading / other:.2f} of openpyxl's read_only pass ({other:.1f} s)",
    )


def write_roster(target, on):
    from django.utils import translation

    from config.kit.excel import Block, Frame, Sheet, write_workbook
    from members import exports

    with translation.override("zh-hans"):
        block = Block(exports.roster_columns(on=on), exports.roll(on=on))
        write_workbook(target, [Sheet("roster", "roster", [block])], Frame("bench", on))


def grow_roll(count, start=0):
    """So many members of the demo's branches, on their rolls."""
    from branches.models import Branch
    from config.kit.person.citizen_ids import check_character
    from members.models import Affiliation, Member

    branches = list(Branch.objects.all())

    def member(number):
        born = date(1930, 1, 1) + timedelta(days=number % 12_000)
        first = f"459998{born:%Y%m%d}{number // 12_000 * 2 % 1000 + number % 2:03}"
        return Member(
            branch=branches[number % len(branches)], name="黄李陈韦梁覃"[number % 6] + chr(0x4E00 + number % 5000) + chr(0x6000 + number // 5000),
            sort_name=f"{number:08}", sex="1" if number % 2 else "2", citizen_id=first + check_character(first),
            citizen_id_hash=f"bench-{number}", ethnic_group="01", native_place="桂南县", birth_date=born, education="20",
            work_started_on=date(1985, 3, 1), joined_on=date(1987, 7, 1), full_member_on=date(1988, 7, 1),
            retirement_kind="tuixiu", retired_on=date(2017, 4, 1), former_post=f"桂南县第{number % 90}小学教师", health="good",
            living_status="alone", address=f"桂南县荔香街道榕树巷{number}号", phone=f"1400{number:07}",
            emergency_contact=f"韦明 1400{number:07}",
        )  # fmt: skip

    for first in range(start, count, 2000):
        found = Member.objects.bulk_create([member(number) for number in range(first, min(first + 2000, count))])
        Affiliation.objects.bulk_create(
            [Affiliation(member=one, branch_id=one.branch_id, starts_on=date(2000, 1, 1)) for one in found]
        )


def peak_of_command(target):
    """MB that `yearbook --report R1` holds at most, as a process of its own says of itself."""
    script = (
        "import resource, sys; from django.core.management import execute_from_command_line as run;"
        f"run(['manage.py', 'yearbook', '2018', '--report', 'R1', '--out', {str(target)!r}, '--verbosity', '0']);"
        # What a parent held before it made a process counts into ru_maxrss; Linux tells the process alone as well.
        "own = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]"
        " if sys.platform == 'linux' else [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024];"
        "print(own[0], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stderr.split()[-1]) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)

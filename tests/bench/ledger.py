"""What booking costs, and what pages and `verify` cost with a ledger of any length."""

import hashlib
import statistics
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.bench.timing import POSTS, say, timed

FIRST_DAY, DAYS = date(2018, 11, 1), 8 * 365


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

    from config.site.page_cache import cached_pages
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
        "statement, not kept yet": timed(lambda: ask(statement), 20, before=cached_pages.clear),
        "statement, warm": timed(lambda: ask(statement), 50),
    }


def verified(size):
    from fund.verification import verify

    start = time.perf_counter()
    verify()
    seconds = time.perf_counter() - start
    say(f"verify, {size:,} entries", f"{seconds:.1f} s", f"{size / seconds:,.0f} entries a second")

"""What it costs to find somebody among many members, beside the first page of their list."""

from datetime import date
from urllib.parse import quote

from tests.bench.timing import ROUNDS, say, timed

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "秀珍国强志明德光华建春桂兰玉梅英凤祥瑞文清平惠月彩云永福生林"
IN_LIST = ["lxz", "lixiuzhen", "李秀珍", "秀珍", "0033", "zzz"]
IN_BOX = ["lxz", "李秀珍", "0033", "2018-0033", "zzz"]
BATCH = 400


def found_among(count):
    """The list of members and the box of the office, searched with so many members; all of them go again."""
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(username="secretary-a"))
    with transaction.atomic():
        _members(count)

        def ask(address):
            return timed(lambda: client.get(address).content, ROUNDS)

        members = "/admin/members/member/"
        first = ask(members)
        say(f"first page of {count:,} members", f"{first * 1000:.0f} ms")
        asked = [("list", f"{members}?q=", words) for words in IN_LIST]
        asked += [("box", "/admin/search/?q=", words) for words in IN_BOX]
        for place, address, words in asked:
            seconds = ask(address + quote(words))
            with CaptureQueriesContext(connection) as queries:
                client.get(address + quote(words))
            say(
                f"{words} found in the {place}",
                f"{seconds * 1000:.0f} ms",
                f"× {seconds / first:.2f} of the first page, {len(queries)} queries",
            )
        transaction.set_rollback(True)


def _members(count):
    from branches.models import Branch
    from members.models import Member

    branches = list(Branch.objects.order_by("pk")[:2])
    names = [family + one + other for family in FAMILY for one in GIVEN for other in GIVEN]
    rows = []
    for number in range(count):
        member = Member(
            branch=branches[number % 2],
            name=names[number * 7919 % len(names)],
            birth_date=date(1940 + number % 20, 1 + number % 12, 1 + number % 28),
            former_post="县供销社干部",
            phone=f"140{number:08d}",
        )
        member.derive()
        rows.append(member)
    Member.objects.bulk_create(rows, batch_size=BATCH)

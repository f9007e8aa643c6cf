"""What cannot have happened is recorded by no form and by no database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from activities.models import Activity, MiniWish
from config.kit import clock
from config.kit.dates import years_of
from fund.models import Entry
from tests.make import codes_of, make_branch

pytestmark = pytest.mark.django_db


def make_activity(**fields):
    branch = make_branch()
    return Activity.objects.create(
        **{"organization": branch.organization, "kind": "sports", "title": "晨练", "day": date(2018, 5, 3), **fields}
    )


def make_wish(**fields):
    branch = make_branch()
    given = {
        "organization": branch.organization, "branch": branch, "code": "2018-001", "group": "resident",
        "collected_on": date(2018, 5, 3), "wisher": "韦大山", "public_text": "想要一副老花镜",
        "claimed_by": "青年志愿服务队", "state": "closed", "result": "已经送到",
    }  # fmt: skip
    return MiniWish.objects.create(**{**given, **fields})


def test_more_present_than_due_in_an_older_record_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_activity(expected=20, present=38, counts_typed=True)

    assert make_activity(expected=20, present=20, counts_typed=True).pk


@pytest.mark.parametrize(
    "days",
    [
        {"closed_on": date(2018, 5, 2)},
        {"claimed_on": date(2018, 5, 1)},
        {"claimed_on": date(2018, 5, 9), "fulfilled_on": date(2018, 5, 8)},
        {"fulfilled_on": date(2018, 5, 9), "closed_on": date(2018, 5, 8)},
    ],
)
def test_a_wish_whose_days_are_out_of_order_is_refused_by_the_database(days):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wish(**days)


def send(client, path, changes):
    """The form of a page as a browser sends it, with some fields typed over."""
    page = client.get(path, {"edit": "all"}).context
    form = page["adminform"].form
    data = {}
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None or value is False else value
    for formset in page["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return client.post(path, data | changes)


def test_years_are_offered_from_the_newest_to_the_oldest():
    rows = Activity.objects.filter(place="荔江边")
    assert years_of(rows, "day") == []
    make_activity(day=date(2016, 1, 1), place="荔江边")
    make_activity(day=date(2018, 1, 1), place="荔江边", title="晚练")

    assert years_of(rows, "day") == [2018, 2017, 2016]


def plan_of(rows):
    if connection.vendor == "sqlite":
        return rows.explain()
    with connection.cursor() as cursor:  # of an empty table PostgreSQL would read the whole
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return rows.explain()


def test_the_newest_activities_and_entries_are_read_from_an_index():
    assert "activity_newest" in plan_of(Activity.objects.order_by("-day", "-id")[:20])
    assert "entry_newest" in plan_of(Entry.objects.order_by("-booked_on", "-id")[:20])


def test_a_record_itself_refuses_what_is_still_to_come():
    tomorrow = clock.today() + timedelta(days=1)

    assert codes_of(make_activity(state="held", day=tomorrow)) == {"day": "held_ahead"}
    assert codes_of(make_activity(day=tomorrow)) == {}
    wish = make_wish(state="claimed", claimed_on=tomorrow)
    assert codes_of(wish) == {"claimed_on": "in_future"}

"""The calendar feed as RFC 5545 wants it, so that phones and office calendars show, move and strike events."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from activities.models import Activity
from tests.make import make_branch, make_organization

pytestmark = pytest.mark.django_db
DAY = date(2098, 12, 20)


def make_activity(**fields):
    fields.setdefault("organization", None)
    fields["organization"] = fields["organization"] or make_organization()
    return Activity.objects.create(**{"kind": "sports", "title": "太极", "day": DAY} | fields)


def feed(client, **headers):
    return Calendar.from_ical(client.get("/activities/calendar.ics", headers=headers).content)


def event(client, title="太极"):
    return next(component for component in feed(client).walk("VEVENT") if str(component["summary"]) == title)


def test_the_zone_that_is_named_is_described(client):
    make_activity(starts_at=time(8, 0), ends_at=time(9, 0))

    text = client.get("/activities/calendar.ics").content.decode()

    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:Asia/Shanghai" in text
    assert "DTSTART;TZID=Asia/Shanghai:20981220T080000" in text
    assert "DTEND;TZID=Asia/Shanghai:20981220T090000" in text


@pytest.mark.parametrize(
    ("times", "starts", "ends"),
    [
        ({}, DAY, None),
        ({"starts_at": time(8, 0)}, datetime(2098, 12, 20, 0, 0, tzinfo=UTC), None),
        ({"ends_at": time(9, 0)}, DAY, None),
        ({"starts_at": time(0, 0), "ends_at": time(23, 59)}, datetime(2098, 12, 19, 16, 0, tzinfo=UTC),
         datetime(2098, 12, 20, 15, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_an_event_ends_after_it_starts_or_has_no_end(client, times, starts, ends):
    make_activity(**times)

    component = event(client)

    assert component["dtstart"].dt == starts
    assert (component["dtend"].dt if "dtend" in component else None) == ends


@pytest.mark.parametrize(
    "change", [{"day": date(2098, 12, 21)}, {"starts_at": time(15, 0)}, {"place": "新地点"}, {"title": "太极"}]
)
def test_a_change_makes_the_sequence_grow_and_its_moment_is_the_stamp(client, change):
    activity = make_activity(starts_at=time(8, 0))
    before = event(client)
    Activity.history.update(history_date=datetime(2018, 1, 1, tzinfo=UTC))

    for name, value in change.items():
        setattr(activity, name, value)
    activity.save()

    after = event(client)
    assert after["sequence"] > before["sequence"]
    assert after["uid"] == event(client)["uid"]
    assert after["dtstamp"].dt == after["last-modified"].dt
    assert datetime(2018, 1, 2, tzinfo=UTC) < after["dtstamp"].dt <= timezone.now()


def test_a_record_without_history_still_has_a_stamp_in_the_past(client):
    make_activity()
    Activity.history.all().delete()

    assert event(client)["dtstamp"].dt <= timezone.now()


def test_an_event_has_one_name_whatever_name_the_site_is_reached_by(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_activity()

    uids = {
        str(feed(client, host=host).walk("VEVENT")[0]["uid"]) for host in ("a.example", "b.example:8000", "127.0.0.1")
    }

    assert len(uids) == 1


def test_a_cancelled_event_says_why(client):
    make_activity(state="cancelled", cancelled_because="下雨，改期；另行通知", starts_at=time(8, 0))

    component = event(client)

    assert str(component["status"]) == "CANCELLED"
    assert "下雨，改期；另行通知" in str(component["description"])


def test_the_calendar_has_a_name_and_long_or_odd_titles_come_through_whole(client):
    title = '全天，逗号, 分号; 反斜线\\ 引号" ' + "很长的题目" * 15
    make_activity(title=title[:100], organization=make_organization(name="荔园社区"))

    calendar = feed(client)

    assert str(calendar["x-wr-calname"]) == str(calendar["name"]) == "荔园社区：活动"
    assert event(client, title[:100])
    assert max(len(line) for line in client.get("/activities/calendar.ics").content.split(b"\r\n")) <= 75


def test_the_feed_costs_as_many_queries_with_one_event_as_with_many(client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            feed(client)
        return len(queries)

    branch = make_branch()
    make_activity(organization=branch.organization, branch=branch)
    before = cost()
    for _ in range(5):
        make_activity(organization=branch.organization, branch=branch)

    assert cost() == before

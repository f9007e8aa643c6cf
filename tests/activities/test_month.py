"""Moved and cancelled events as residents read them: on pages, on the month's page and poster, in calendars of phones."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pypdfium2 import PdfDocument

from activities.events.actions import cancel_event
from activities.events.month import public_month
from branches.calendar import Holiday
from tests.activities.test_moves import MOVED, NEW, TODAY, make_event, moved
from tests.fund.make import on_day
from tests.make import make_branch, make_user
from tests.reading import page_size, qr_code_of, squeezed, text_of_pdf, type_size


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def branch(db):
    return make_branch()


@pytest.fixture
def officer(branch):
    return make_user("secretary", branch=branch)


def test_a_moved_day_stands_with_its_reason_on_every_page(client, branch, officer):
    event = moved(make_event(branch), officer)

    pages = [f"/activities/{event.pk}/", "/activities/", "/activities/month/2018/10/", "/volunteers/", "/"]
    for address in pages:
        assert MOVED in client.get(address).content.decode(), address


def test_a_cancelled_day_stays_with_its_reason(client, branch, officer):
    event = make_event(branch)
    cancel_event(event, by=officer, reason="台风<b>来</b>了")

    for address in (f"/activities/{event.pk}/", "/activities/", "/activities/month/2018/10/"):
        html = client.get(address).content.decode()
        assert "台风&lt;b&gt;来&lt;/b&gt;了" in html, address
        assert "取消" in html, address


def test_the_month_names_what_left_a_day_and_what_came_to_another(branch, officer):
    Holiday.objects.create(day=date(2018, 10, 4), name="国庆节")
    Holiday.objects.create(day=date(2018, 10, 13), name="国庆节", is_makeup=True)
    event = moved(moved(make_event(branch), officer), officer, to_day=date(2018, 11, 1), reason="下雨")
    make_event(branch, kind="study_day", title="学习日", day=date(2018, 10, 22), shifted_from=date(2018, 10, 20))

    month = public_month(date(2018, 10, 1))

    days = {day.day.day: day for day in month.days}
    assert [(line.pk, line.words) for line in days[11].moved] == [(event.pk, "原定10月11日，因场地检修改到11月1日")]
    assert [line.words for line in days[18].moved] == ["原定10月18日，因下雨改到11月1日"]
    assert [line.words for line in days[20].moved] == ["原定10月20日，因遇节假日改到10月22日"]
    assert [line.title for line in days[22].events] == ["学习日"]
    assert (days[4].off, days[13].worked, days[13].off) == ("国庆节", "国庆节", "")
    assert [day.day for day in month.days if day.is_today] == [TODAY]
    assert (month.before, month.after) == (None, date(2018, 11, 1))
    assert [day.day.day for day in month.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert month.weeks[-1][3:] == [None] * 4


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_poster_of_a_month_holds_every_day_with_hour_and_place_and_leads_to_the_page(
    client, branch, officer, language
):
    moved(make_event(branch, ends_at=time(11, 30)), officer)
    cancel_event(make_event(branch, title="晚会", day=date(2018, 10, 20), place="榕树巷口"), by=officer, reason="台风")

    answer = client.get(f"{language}/activities/month/2018/10/poster.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert page_size(answer.content) == (297, 420)
    text = squeezed(text_of_pdf(answer.content))
    for words in ("十月服务日", "08:30–11:30", "文化广场", "榕树巷口", "台风", "场地检修"):
        assert words in text
    # Seven millimetres, which is read from two metres.
    assert type_size(answer.content, "十月服务日") >= 20
    assert qr_code_of(answer.content) == "http://testserver/activities/month/2018/10/"
    assert answer.content == client.get(f"{language}/activities/month/2018/10/poster.pdf").content


def test_the_poster_of_a_full_month_takes_several_sheets_and_of_an_empty_one_says_so(client, branch):
    assert len(PdfDocument(client.get("/activities/month/2018/10/poster.pdf?paper=a4").content)) == 1
    for day in range(1, 31):
        make_event(branch, kind="sports", title="太极\U0001f600", day=date(2018, 10, day))

    answer = client.get("/activities/month/2018/10/poster.pdf?paper=nonsense")

    assert 1 < len(PdfDocument(answer.content)) <= 3
    assert type_size(answer.content, "太极") >= 19
    assert client.get("/activities/month/2018/13/poster.pdf").status_code == 404


@pytest.mark.parametrize("address", ["2018/13/", "0/1/", "99999999999/1/", "2018/0/", "1899/12/", "2018/-1/"])
def test_a_month_that_is_none_is_not_found(client, db, address):
    assert client.get(f"/activities/month/{address}").status_code == 404


def test_the_edges_of_the_calendar_are_shown(client, db):
    for address in ("1900/1/", "2199/12/"):
        assert client.get(f"/activities/month/{address}").status_code == 200


def test_a_month_costs_as_many_queries_with_one_event_as_with_many(client, branch, officer):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/activities/month/2018/10/")
        return len(queries)

    moved(make_event(branch), officer)
    make_event(branch, kind="study_day", day=date(2018, 10, 22), shifted_from=date(2018, 10, 20))
    before = cost()
    for day in range(2, 6):
        moved(make_event(branch, day=date(2018, 10, day)), officer, to_day=date(2018, 10, day + 20))

    assert cost() == before


# In calendars


def the_event(client, event):
    return Calendar.from_ical(client.get(f"/activities/{event.pk}/calendar.ics").content).walk("VEVENT")[0]


def test_a_move_and_a_cancellation_change_the_same_event_of_a_calendar(client, branch, officer):
    event = make_event(branch)
    planned = the_event(client, event)

    moved(event, officer)
    after_move = the_event(client, event)
    cancel_event(event, by=officer, reason="台风")
    cancelled = the_event(client, event)

    assert planned["uid"] == after_move["uid"] == cancelled["uid"]
    assert planned["sequence"] < after_move["sequence"] < cancelled["sequence"]
    assert (after_move["dtstart"].dt.date(), str(after_move["status"])) == (NEW, "CONFIRMED")
    assert MOVED in str(after_move["description"])
    assert str(cancelled["status"]) == "CANCELLED"
    assert "已取消：台风" in str(cancelled["description"])


def test_a_branch_has_a_calendar_of_its_own_and_of_what_is_held_together(client, branch):
    own = make_event(branch, branch=branch, kind="party_lesson", title="党课")
    together = make_event(branch, title="一起")
    neighbour = make_branch(organization=branch.organization)
    make_event(branch, branch=neighbour, kind="party_lesson", title="别的支部")
    make_event(make_branch(), title="别的社区")

    answer = client.get(f"/activities/calendar/branch-{branch.pk}.ics")

    calendar = Calendar.from_ical(answer.content)
    assert {str(one["summary"]) for one in calendar.walk("VEVENT")} == {own.title, together.title}
    assert str(calendar["x-wr-calname"]) == f"{branch.name}：活动"


@pytest.mark.parametrize(
    "address", ["calendar/branch-99999999999999999999.ics", "99999999999999999999/calendar.ics", "7/calendar.ics"]
)
def test_a_calendar_of_nothing_is_not_found(client, db, address):
    assert client.get(f"/activities/{address}").status_code == 404


def test_control_characters_in_a_title_break_no_line(client, branch):
    event = make_event(branch, title="清扫\r\nEND:VEVENT\x01\x85\u2028楼道\t好", place="广场\nX-EVIL:1")

    text = client.get(f"/activities/{event.pk}/calendar.ics").content.decode()

    assert text.count("END:VEVENT\r\n") == 1
    assert "\r\nX-EVIL" not in text
    assert str(the_event(client, event)["summary"]) == "清扫 END:VEVENT 楼道 好"


def test_a_second_parser_reads_what_the_first_reads(client, branch, officer):
    import vobject

    moved(make_event(branch, title='逗号, 分号; 反斜线\\ 引号" ' + "很长的题目" * 12, ends_at=time(11, 30)), officer)
    cancel_event(
        make_event(branch, kind="study_day", title="学习日", starts_at=None), by=officer, reason="台风，改期；另行通知"
    )
    make_event(branch, kind="sports", title="只有开始", day=date(2018, 12, 1))
    content = client.get("/activities/calendar.ics").content

    one = {str(event["uid"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
    two = {event.uid.value: event for event in vobject.readOne(content.decode()).vevent_list}

    assert set(one) == set(two)
    assert len(one) == 3
    for uid, event in one.items():
        other = two[uid]
        start = event["dtstart"].dt
        assert other.summary.value == str(event["summary"])
        assert other.dtstart.value.isoformat()[:16] == start.isoformat()[:16]
        assert other.sequence.value == str(event["sequence"])
        assert other.status.value == str(event["status"])
        assert other.description.value == str(event["description"]) if "description" in event else True
    starts = [event.dtstart.value for event in two.values() if hasattr(event.dtstart.value, "tzinfo")]
    assert {start.utcoffset().total_seconds() for start in starts} == {8 * 3600}

"""What is done to an event before it is held: opened, moved, cancelled, taken up again, on record and as residents read it."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from pypdfium2 import PdfDocument

from activities.events.actions import cancel_event, move_event, open_event, resume_event
from activities.events.month import public_month
from activities.models import Activity, EventStep
from branches.calendar import Holiday
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_user, refusal_of
from tests.reading import page_size, qr_code_of, squeezed, text_of_pdf, type_size
from tests.site.test_careful_saving import signed_in

TODAY, DAY, NEW = date(2018, 10, 1), date(2018, 10, 11), date(2018, 10, 18)
MOVED = "原定10月11日，因场地检修改到10月18日"


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


def make_event(at, **fields):
    given = {"kind": "volunteer_day", "title": "十月服务日", "day": DAY, "starts_at": time(8, 30), "place": "文化广场"}
    return Activity.objects.create(organization=at.organization, **given | fields)


def act(event, name):
    return reverse("admin:activities_activity_transition", args=[event.pk, name])


def steps(event):
    return list(event.steps.values_list("act", "on", "reason", "from_day", "to_day"))


def moved(event, by, **fields):
    return move_event(event, by=by, **{"to_day": NEW, "reason": "场地检修"} | fields)


# On record


def test_a_move_keeps_the_first_day_with_person_day_and_reason(branch, officer):
    event = make_event(branch)

    moved(event, officer, place="社区小广场")
    moved(event, officer, to_day=date(2018, 10, 25), reason="下雨")

    event.refresh_from_db()
    assert (event.day, event.shifted_from, event.place) == (date(2018, 10, 25), DAY, "社区小广场")
    assert steps(event) == [
        ("move", TODAY, "场地检修", DAY, NEW),
        ("move", TODAY, "下雨", NEW, date(2018, 10, 25)),
    ]
    assert {step.by for step in event.steps.all()} == {officer}


def test_a_move_back_to_the_first_day_leaves_it_as_it_was_planned(branch, officer):
    event = moved(make_event(branch), officer)

    moved(event, officer, to_day=DAY, reason="场地修好了")

    assert (event.day, event.shifted_from, event.steps.count()) == (DAY, None, 2)


def test_an_event_is_opened_cancelled_and_taken_up_again_by_named_people(branch, officer):
    event = make_event(branch)

    open_event(event, by=officer)
    cancel_event(event, by=officer, reason="台风")
    assert (event.state, event.cancelled_because) == ("cancelled", "台风")
    resume_event(event, by=officer)

    event.refresh_from_db()
    assert (event.state, event.cancelled_because) == ("planned", "")
    assert [step[0] for step in steps(event)] == ["open", "cancel", "resume"]
    assert event.history.first().history_user == officer


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"to_day": DAY}, "same_day"),
        ({"to_day": date(2018, 9, 30)}, "day_past"),
        ({"to_day": date(2018, 10, 25)}, "day_taken"),
        ({"to_day": date(2250, 1, 1)}, "odd_year"),
        ({"reason": "找韦怀德，电话13812345678"}, "public_number"),
        ({"reason": "韦怀德住院了"}, "public_name"),
        ({"reason": ""}, "请写明原因。"),
        ({"ends_at": time(8, 0)}, "结束时间早于开始时间。"),
        ({"place": "韦怀德家"}, "public_name"),
    ],
)
def test_a_wrong_move_is_refused_and_nothing_is_stored(branch, officer, fields, said):
    make_member(branch=branch, name="韦怀德")
    make_event(branch, day=date(2018, 10, 25))
    event = make_event(branch)

    with pytest.raises(ValidationError) as refused:
        moved(event, officer, **fields)

    rows = getattr(
        refused.value, "error_dict", {"": refused.value.error_list} if hasattr(refused.value, "error_list") else {}
    )
    assert said in {error.code for errors in rows.values() for error in errors} | set(refused.value.messages)
    stored = Activity.objects.get(pk=event.pk)
    assert (stored.day, stored.shifted_from, stored.place, stored.steps.count()) == (DAY, None, "文化广场", 0)


@pytest.mark.parametrize(
    ("doing", "state"),
    [
        (open_event, "open"), (open_event, "held"), (open_event, "cancelled"), (resume_event, "planned"),
        (resume_event, "held"),
    ],
)  # fmt: skip
def test_an_act_of_another_step_is_refused(branch, officer, doing, state):
    event = make_event(branch, state=state, cancelled_because="雨" if state == "cancelled" else "")

    assert refusal_of(doing, event, by=officer) == "wrong_step"


@pytest.mark.parametrize("state", ["held", "archived", "cancelled"])
def test_what_was_held_or_cancelled_is_neither_moved_nor_cancelled(branch, officer, state):
    event = make_event(branch, state=state, cancelled_because="雨" if state == "cancelled" else "")

    assert refusal_of(moved, event, officer) == "wrong_step"
    assert refusal_of(cancel_event, event, by=officer, reason="雨") == "wrong_step"


def test_a_day_in_the_past_is_neither_opened_nor_taken_up_again(branch, officer):
    past = make_event(branch, day=date(2018, 9, 13), state="cancelled", cancelled_because="雨")
    planned = make_event(branch, day=date(2018, 8, 9))

    assert refusal_of(resume_event, past, by=officer) == "day_past"
    assert refusal_of(open_event, planned, by=officer) == "wrong_step"


def test_a_cancelled_day_is_not_taken_up_beside_the_one_planned_instead(branch, officer):
    event = make_event(branch, state="cancelled", cancelled_because="雨")
    make_event(branch)

    assert refusal_of(resume_event, event, by=officer) == "day_taken"


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "move", "reason": "雨"},
        {"act": "move", "reason": "雨", "from_day": DAY, "to_day": DAY},
        {"act": "move", "reason": "", "from_day": DAY, "to_day": NEW},
        {"act": "cancel", "reason": ""},
        {"act": "open", "from_day": DAY, "to_day": NEW},
    ],
)
def test_the_database_refuses_a_step_that_is_not_whole(branch, officer, fields):
    event = make_event(branch)

    with pytest.raises(IntegrityError), transaction.atomic():
        EventStep.objects.create(activity=event, by=officer, on=TODAY, **fields)


# In the office


def test_day_and_state_are_never_typed_over(branch, officer):
    event = make_event(branch)
    page = reverse("admin:activities_activity_change", args=[event.pk])
    client = signed_in(officer)

    fields = client.get(page, {"edit": "all"}).context["adminform"].form.fields

    assert not {"state", "day", "shifted_from", "cancelled_because", "present", "served"} & set(fields)
    assert {"title", "starts_at", "place", "leader"} <= set(fields)


def test_the_office_moves_an_event_by_its_page(branch, officer):
    event = make_event(branch)
    client = signed_in(officer)
    assert "改到另一天" in client.get(reverse("admin:activities_activity_change", args=[event.pk])).content.decode()

    asked = client.get(act(event, "move"))
    assert asked.context["form"].initial["place"] == "文化广场"
    data = {"to_day": "2018-10-18", "starts_at": "8:30", "place": "文化广场", "reason": "因场地检修。"}
    answer = client.post(act(event, "move"), data, follow=True)

    event.refresh_from_db()
    assert (event.day, event.shifted_from) == (NEW, DAY)
    assert event.steps.get().reason == "场地检修"
    assert "场地检修" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("move", {"to_day": "2018-09-01", "reason": "雨"}, "已经过去"),
        ("move", {"to_day": "2018-10-11", "reason": "雨"}, "本来就排在这一天"),
        ("move", {"to_day": "2月30日", "reason": "雨"}, "没有"),
        ("move", {"to_day": "2018-10-18", "reason": ""}, "必填"),
        ("move", {"to_day": "2018-10-18", "reason": "打13812345678"}, "号码"),
        ("move", {"to_day": "2018-10-18", "starts_at": "9:00", "ends_at": "8:00", "reason": "雨"}, "结束时间"),
        ("cancel", {"reason": ""}, "必填"),
        ("cancel", {"reason": "长" * 101}, "100"),
        ("resume", {}, "重新打开"),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_nothing_is_stored(branch, officer, name, data, said):
    event = make_event(branch)

    answer = signed_in(officer).post(act(event, name), data)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    event.refresh_from_db()
    assert (event.day, event.state, event.steps.count()) == (DAY, "planned", 0)


def test_nobody_moves_an_event_of_others(branch, officer):
    other = make_event(make_branch())
    reader = make_user("street_officer", organization=branch.organization)

    assert signed_in(officer).post(act(other, "move"), {}).status_code == 404
    assert signed_in(reader).post(act(make_event(branch), "cancel"), {"reason": "雨"}).status_code in {403, 404}


# As residents read it


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
    event = make_event(branch, title="清扫\r\nEND:VEVENT\x00\x85\u2028楼道\t好", place="广场\nX-EVIL:1")

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

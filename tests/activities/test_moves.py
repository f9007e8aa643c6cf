"""What is done to an event before it is held: opened, moved, cancelled, taken up again, on record and as residents read it."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from activities.events.actions import cancel_event, move_event, open_event, resume_event
from activities.models import Activity, EventStep
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_user, refusal_of
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

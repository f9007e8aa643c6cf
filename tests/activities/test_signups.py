"""Residents sign up for an open event: never more than there are places, the waiting list in order, nobody public."""

from datetime import date, time

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from activities.events.actions import cancel_event
from activities.models import Activity, SignUp, SignUpStep
from activities.signups.actions import cancel_signup, sign_up
from activities.signups.exports import signed_up
from activities.signups.tasks import cancelled_to_tell
from activities.signups.transitions import SIGNUPS
from members.models import AccessLog
from tests.activities.at_once import all_at_once
from tests.fund.make import on_day
from tests.make import make_branch, make_user, refusal_of
from tests.site.crawling import crawl
from tests.site.test_careful_saving import fields_of, signed_in

TODAY = date(2018, 10, 31)
State = SignUp.State
SENT = {"name": "蒙小河", "phone": "14000000077", "persons": "1", "once": "k1"}
GUARDIAN = {
    "is_minor": "on",
    "guardian": "蒙大山",
    "guardian_phone": "14000000078",
    "guardian_note": "同意，爷爷来领",
}


@pytest.fixture(autouse=True)
def autumn():
    cache.clear()
    with on_day(TODAY):
        yield
    cache.clear()


def make_event(branch=None, **fields):
    branch = branch or make_branch()
    given = {
        "organization": branch.organization,
        "branch": branch,
        "kind": "volunteer_day",
        "title": "社区义剪",
        "day": date(2018, 11, 8),
        "starts_at": time(8, 30),
        "ends_at": time(11, 30),
        "state": "open",
    }
    return Activity.objects.create(**given | fields)


def page_of(event):
    return f"/activities/{event.pk}/sign-up/"


def signed(event, number, by=None, **fields):
    signup = SignUp(activity=event, name="蒙小河", phone=f"1400000{number:04}", **fields)
    return sign_up(signup, by=by)


def states(event):
    return list(event.signups.order_by("pk").values_list("state", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_one_form_sent_three_times_signs_up_once_and_shows_the_same_page(client, prefix):
    event = make_event(capacity=5)
    assert "还有 5 个名额" in client.get(page_of(event)).content.decode()

    answers = [client.post(prefix + page_of(event), SENT) for _time in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    signup = SignUp.objects.get()
    assert signup.code in client.get(answers[0].url).content.decode()
    step = signup.steps.get()
    assert (step.act, step.by, step.from_page, step.on) == ("sign", None, True, TODAY)
    assert "还有 4 个名额" in client.get(page_of(event)).content.decode()


@pytest.mark.django_db
def test_who_comes_when_all_is_taken_waits_and_moves_up_in_order_when_somebody_cancels():
    event, user = make_event(capacity=3), make_user()
    first, second = signed(event, 1, persons=2), signed(event, 2)
    large, small = signed(event, 3, persons=2), signed(event, 4)
    assert states(event) == ["placed", "placed", "waiting", "waiting"]

    cancel_signup(second, by=user)
    assert states(event) == ["placed", "cancelled", "waiting", "waiting"]
    cancel_signup(first)
    assert states(event) == ["cancelled", "cancelled", "placed", "placed"]

    large.refresh_from_db()
    assert large.ring_since == TODAY
    assert [(step.act, step.by) for step in small.steps.all()] == [("sign", None), ("move_up", None)]
    assert [(row.name, row.kind, row.persons) for row in signed_up(event)] == [
        ("蒙小河", "resident", 2),
        ("蒙小河", "resident", 1),
    ]


@pytest.mark.django_db
def test_who_moved_up_is_on_the_today_page_until_rung():
    branch = make_branch()
    event = make_event(branch, capacity=1)
    first, _second = signed(event, 1), signed(event, 2)
    office = signed_in(make_user("publicity_officer", branch=branch))
    assert "有名额了" not in office.get("/admin/").content.decode()
    cancel_signup(first)
    assert "请联系蒙小河：有名额了" in office.get("/admin/").content.decode()
    moved = SignUp.objects.get(state=State.PLACED)

    address = reverse("admin:activities_signup_transition", args=[moved.pk, "ring"])
    assert office.post(address).status_code == 302

    assert "请联系蒙小河：有名额了" not in office.get("/admin/").content.decode()
    assert moved.steps.last().act == "ring"


@pytest.mark.django_db
def test_more_places_move_up_who_waits():
    branch = make_branch()
    event = make_event(branch, capacity=1)
    signed(event, 1), signed(event, 2), signed(event, 3)
    office = signed_in(make_user("publicity_officer", branch=branch))
    address = f"/admin/activities/activity/{event.pk}/change/?edit=all"

    office.post(address, fields_of(office.get(address).content.decode()) | {"capacity": "2"})

    assert states(event) == ["placed", "placed", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_sign_ups_at_one_moment_never_exceed_the_places():
    event = make_event(capacity=10)

    def sign(number):
        return signed(Activity.objects.get(pk=event.pk), number).state

    answers = all_at_once(sign, 40, on=TODAY, threads=20)

    assert answers.count("placed") == 10
    assert SignUp.objects.filter(state="placed").count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"phone": "没有电话"}, "电话"),
        ({"persons": "0"}, "大于或等于"),
        ({"persons": "9999999999999"}, "小于或等于"),
        ({"persons": "很多"}, "整数"),
        ({"persons": "6"}, "一共 5 个名额"),
        ({"name": ""}, "必填"),
        ({"name": "长" * 10_000}, "40"),
        ({"is_minor": "on"}, "监护人"),
        (GUARDIAN | {"guardian_note": " \x07"}, "监护人"),
        ({"guardian_note": "\x00"}, "空字符"),
        ({"once": "x" * 10_000}, "32"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(client, data, said):
    event = make_event(capacity=5)
    answer = client.post(page_of(event), SENT | data)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors)
    assert not SignUp.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"state": "planned"}, {"state": "cancelled", "cancelled_because": "下雨"}, {"day": date(2018, 10, 30)}]
)
def test_there_is_no_sign_up_for_an_event_that_is_not_open(client, fields):
    event = make_event(**fields)
    assert 'name="phone"' not in client.get(page_of(event)).content.decode()
    assert client.post(page_of(event), SENT).status_code == 200
    assert not SignUp.objects.exists()
    for missing in (10**6, 10**30):
        assert client.post(f"/activities/{missing}/sign-up/", SENT).status_code == 404


@pytest.mark.django_db
def test_the_same_person_twice_hears_it_kindly(client):
    event = make_event()
    client.post(page_of(event), SENT)
    again = client.post(page_of(event), SENT | {"once": "k2"})
    assert "已经在名单上" in again.content.decode()
    assert SignUp.objects.count() == 1
    cancel_signup(SignUp.objects.get())
    assert client.post(page_of(event), SENT | {"once": "k3"}).status_code == 302


@pytest.mark.django_db
def test_the_same_form_sent_to_two_events_signs_up_for_both(client):
    first, second = make_event(), make_event(title="重阳义诊")

    assert [client.post(page_of(event), SENT).status_code for event in (first, second)] == [302, 302]
    assert set(SignUp.objects.values_list("activity", flat=True)) == {first.pk, second.pk}


@pytest.mark.django_db
def test_the_code_cancels_once_and_no_other_code_does(client):
    event, other = make_event(), make_event(title="读书会")
    client.post(page_of(event), SENT)
    signup = SignUp.objects.get()

    for code in ("1", f"{signup.pk}-0000000000", "x-y", "9" * 60, signup.code.upper() + "0"):
        assert client.post(f"{page_of(event)}{code}/").status_code == 404
        assert client.post(f"{page_of(event)}cancel/", {"code": code}).status_code == 200
    assert client.post(f"{page_of(other)}{signup.code}/").status_code == 404
    found = client.post(f"{page_of(event)}cancel/", {"code": f" {signup.code.upper()} "})
    for _time in range(2):
        assert client.post(found.url).status_code == 302

    assert "已取消" in client.get(found.url).content.decode()
    assert [step.act for step in signup.steps.all()] == ["sign", "cancel"]


@pytest.mark.django_db
def test_the_office_writes_down_a_slip_of_a_minor_and_reads_the_phone_after_saying_why():
    branch = make_branch()
    event = make_event(branch)
    user = make_user("publicity_officer", branch=branch)
    office = signed_in(user)
    add = reverse("admin:activities_signup_add")
    typed = fields_of(office.get(add).content.decode()) | {
        "activity": event.pk, "channel": "slip", "name": "蒙小河", "phone": "14000000077", "persons": "1",
    }  # fmt: skip
    assert office.post(add, typed | {"is_minor": "on"}).status_code == 200
    assert office.post(add, typed | GUARDIAN).status_code == 302

    signup = SignUp.objects.get()
    assert (signup.channel, signup.guardian, signup.steps.get().by) == ("slip", "蒙大山", user)
    assert [row.kind for row in signed_up(event)] == ["minor"]
    page = office.get(reverse("admin:activities_signup_change", args=[signup.pk])).content.decode()
    assert not [private for private in ("14000000077", "14000000078", "爷爷来领") if private in page]
    full = office.post(reverse("admin:activities_signup_full", args=[signup.pk]), {"reason": "问接送"}).content.decode()
    assert "14000000078" in full
    assert AccessLog.objects.latest("pk").reason == "问接送"
    stranger = signed_in(make_user("publicity_officer", branch=make_branch()))
    assert stranger.post(reverse("admin:activities_signup_transition", args=[signup.pk, "cancel"])).status_code == 404
    assert (
        signed_in(make_user("cashier", branch=branch)).get(reverse("admin:activities_signup_changelist")).status_code
        == 403
    )


@pytest.mark.django_db
def test_nothing_of_a_sign_up_is_on_any_public_page(client):
    event = make_event(capacity=1)
    client.post(page_of(event), SENT | GUARDIAN)
    client.post(page_of(event), SENT | {"name": "岑阿婆", "phone": "14000000066", "once": "k2"})
    seen = []
    crawl(Client(), lambda address, response, content, queries: seen.append((address, content.decode(errors="ignore"))))

    assert page_of(event) in [address for address, _html in seen]
    for address, html in seen:
        for private in ("蒙小河", "蒙大山", "岑阿婆", "14000000077", "14000000078", "14000000066", "爷爷来领"):
            assert private not in html, address


@pytest.mark.django_db
def test_a_step_is_somebodys_and_a_cancelled_sign_up_is_not_cancelled_again():
    event, user = make_event(), make_user()
    signup = signed(event, 1, by=user)
    SIGNUPS["cancel"].run(signup, by=user)
    assert refusal_of(cancel_signup, signup, by=user) == "wrong_step"
    assert [(step.act, step.by, step.from_page) for step in SignUpStep.objects.all()] == [
        ("sign", user, False),
        ("cancel", user, False),
    ]
    with pytest.raises(ValidationError):
        signed(event, 1, persons=0)


@pytest.mark.django_db
def test_the_office_sees_from_the_event_who_signed_up_and_writes_one_more_down():
    event = make_event(capacity=2)
    signed(event, 1, persons=2)
    signed(event, 2)
    office = signed_in(make_user("publicity_officer", branch=event.branch))

    page = office.get(f"/admin/activities/activity/{event.pk}/change/").content.decode()

    assert "有名额 2 人，候补 1 人" in page
    listed = f"/admin/activities/signup/?activity__id__exact={event.pk}"
    assert listed in page
    assert office.get(listed).status_code == 200
    assert f"/admin/activities/signup/add/?activity={event.pk}" in page


@pytest.mark.django_db
def test_whoever_signed_up_for_a_cancelled_event_is_rung_and_then_cancelled():
    event = make_event()
    signup = signed(event, 1)
    user = make_user("publicity_officer", branch=event.branch)
    assert cancelled_to_tell(user, TODAY) == []

    cancel_event(event, by=user, reason="场地检修")

    assert "蒙小河" in cancelled_to_tell(user, TODAY)[0].title
    cancel_signup(signup, by=user)
    assert cancelled_to_tell(user, TODAY) == []

"""The way of a wish: each step by somebody on a day, one claimer, nothing left out and nothing typed past the steps."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activities.models import MiniWish, WishStep
from activities.wishes.actions import claim_wish, return_lapsed_claims
from activities.wishes.public import wish_counts
from activities.wishes.transitions import WISHES
from config.kit import clock
from config.site import daily
from tests.activities.at_once import all_at_once
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_user
from tests.site.test_careful_saving import fields_of, opened, signed_in

TODAY = date(2018, 10, 31)
State = MiniWish.State


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


def make_wish(branch=None, **fields):
    branch = branch or make_branch()
    number = MiniWish.objects.count() + 1
    given = {
        "organization": branch.organization,
        "branch": branch,
        "code": f"2018-{number:03}",
        "group": "resident",
        "collected_on": date(2018, 5, 3),
        "wisher": "韦大山",
        "public_text": "想要一副老花镜",
    }
    return MiniWish.objects.create(**given | fields)


def posted_wish(by, **fields):
    wish = make_wish(**fields)
    WISHES["post"].run(wish, by=by, day=date(2018, 5, 4), public_text=wish.public_text)
    return wish


def act_page(wish, name):
    return reverse("admin:activities_miniwish_transition", args=[wish.pk, name])


STEPS = [
    ("post", {"day": "2018-05-04", "public_text": "想要一副老花镜"}, State.POSTED),
    (
        "claim",
        {"day": "2018-05-10", "claimed_by": "青年志愿服务队", "claimer_phone": "14000000001", "claimer_named": "on"},
        State.CLAIMED,
    ),
    ("start", {"day": "2018-05-12"}, State.IN_PROGRESS),
    ("fulfil", {"day": "2018-05-20", "result": "验光后配好一副"}, State.FULFILLED),
    ("confirm", {"day": "2018-05-21", "way": "phone", "remark": "合用，多谢"}, State.CLOSED),
]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["secretary", "publicity_officer"])
def test_a_wish_goes_its_way_step_by_step(role):
    wish = make_wish()
    user = make_user(role, branch=wish.branch)
    client = signed_in(user)

    for name, data, state in STEPS:
        page = client.get(reverse("admin:activities_miniwish_change", args=[wish.pk])).content.decode()
        assert f'href="{act_page(wish, name)}"' in page, name
        assert client.post(act_page(wish, name), data).status_code == 302, name
        wish.refresh_from_db()
        assert wish.state == state

    assert (wish.due_on, wish.closed_on) == (date(2018, 6, 9), date(2018, 5, 21))
    assert [(step.act, step.by) for step in wish.steps.all()] == [(name, user) for name, _data, _state in STEPS]
    page = client.get(reverse("admin:activities_miniwish_change", args=[wish.pk])).content.decode()
    assert "电话：合用，多谢" in page
    assert "14000000001" not in page


@pytest.mark.django_db
def test_what_the_steps_write_cannot_be_typed():
    wish = make_wish()
    client = signed_in(make_user("secretary", branch=wish.branch))
    address = f"{reverse('admin:activities_miniwish_change', args=[wish.pk])}?edit=all"
    data = opened(client, address)
    written = ["state", "claimed_by", "claimed_on", "due_on", "fulfilled_on", "closed_on", "result", "claimer_phone"]
    assert not set(written) & set(data)

    client.post(address, data | {"state": "closed", "claimed_by": "某人", "closed_on": "2018-05-05", "estimate": "30"})

    wish.refresh_from_db()
    assert (wish.state, wish.claimed_by, wish.closed_on, wish.estimate) == ("collected", "", None, 30)
    new = reverse("admin:activities_miniwish_add")
    assert not set(written) & set(opened(client, new))
    client.post(
        new, opened(client, new) | {"wisher": "覃玉兰", "group": "child", "public_text": "想学画画", "state": "closed"}
    )
    assert MiniWish.objects.get(public_text="想学画画").state == "collected"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"public_text": "给覃玉兰买药"}, "覃玉兰"),
        ({"public_text": "打电话 14000000001"}, "号码"),
        ({"public_text": ""}, "必填"),
        ({"day": "2018-11-01"}, "还没有到"),
        ({"day": "2018-05-01"}, "2018年5月3日"),
        ({"day": "2月30日"}, "没有"),
    ],
)
def test_a_step_that_is_wrong_is_refused_with_a_sentence_and_nothing_is_stored(data, said):
    wish = make_wish()
    make_member(branch=wish.branch, name="覃玉兰")
    client = signed_in(make_user("secretary", branch=wish.branch))

    answer = client.post(act_page(wish, "post"), STEPS[0][1] | data)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    wish.refresh_from_db()
    assert wish.state == State.COLLECTED
    assert not WishStep.objects.exists()


@pytest.mark.django_db
def test_who_comes_second_hears_it_kindly():
    user = make_user("secretary", branch=make_branch())
    wish = posted_wish(user)
    claim_wish(wish, by=user, on=date(2018, 10, 10), claimed_by="青年志愿服务队")

    for same in (wish, MiniWish.objects.get(pk=wish.pk)):
        with pytest.raises(ValidationError) as refused:
            claim_wish(same, by=user, on=date(2018, 10, 10), claimed_by="老年合唱队")
        assert refused.value.code == "claimed_already"

    wish.refresh_from_db()
    assert wish.claimed_by == "青年志愿服务队"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_claims_at_one_moment_one_wins():
    user = make_user("secretary", branch=make_branch())
    wish = posted_wish(user)

    def claim(number):
        claim_wish(MiniWish.objects.get(pk=wish.pk), by=user, on=date(2018, 10, 10), claimed_by=f"第{number}队")
        return "won"

    answers = all_at_once(claim, 50, on=TODAY, threads=25)

    assert sorted(answers) == ["claimed_already"] * 49 + ["won"]
    assert wish.steps.filter(act="claim").count() == 1


@pytest.mark.django_db
def test_a_claim_nobody_began_on_is_back_on_the_wall_the_day_after_its_last():
    user = make_user("secretary", branch=make_branch())
    wish, begun = posted_wish(user), posted_wish(user)
    for one in (wish, begun):
        claim_wish(one, by=user, on=date(2018, 10, 1), claimed_by="青年志愿服务队", claimer_phone="14000000001")
    WISHES["start"].run(begun, by=user, day=date(2018, 10, 3))
    assert wish.due_on == TODAY

    assert return_lapsed_claims(TODAY) == 0
    assert return_lapsed_claims(TODAY + timedelta(days=1)) == 1
    assert return_lapsed_claims(TODAY + timedelta(days=1)) == 0

    wish.refresh_from_db()
    begun.refresh_from_db()
    assert (wish.state, wish.claimed_by, wish.claimer_phone, wish.due_on) == (State.POSTED, "", "", None)
    assert begun.state == State.IN_PROGRESS
    step = wish.steps.last()
    assert (step.act, step.by, step.on) == ("lapse", None, TODAY + timedelta(days=1))


@pytest.mark.django_db
def test_the_wall_shows_a_lapsed_claim_as_waiting_without_anybodys_act(client, monkeypatch):
    monkeypatch.setattr(daily, "new_day", clock.today)
    user = make_user("secretary", branch=make_branch())
    wish = posted_wish(user)
    claim_wish(wish, by=user, on=date(2018, 9, 1), claimed_by="青年志愿服务队")

    page = client.get(reverse("activities:wishes")).content.decode()

    assert "青年志愿服务队" not in page
    assert {line.code: line.number for line in wish_counts()}["posted"] == 1
    wish.refresh_from_db()
    assert wish.state == State.POSTED


@pytest.mark.django_db
def test_a_wish_that_is_late_is_said_to_be_late(client):
    user = make_user("secretary", branch=make_branch())
    wish = posted_wish(user)
    claim_wish(wish, by=user, on=date(2018, 9, 1), claimed_by="青年志愿服务队")
    WISHES["start"].run(wish, by=user, day=date(2018, 9, 3))

    page = client.get(reverse("activities:wish", args=[wish.pk])).content.decode()

    assert "已过约定的日子" in page


@pytest.mark.django_db
def test_given_back_it_waits_again_and_withdrawn_its_words_are_gone(client):
    user = make_user("secretary", branch=make_branch())
    wish = posted_wish(user)
    claim_wish(wish, by=user, on=date(2018, 10, 1), claimed_by="青年志愿服务队")

    WISHES["give_back"].run(wish, by=user, day=date(2018, 10, 5), reason="抽不出人手")
    assert (wish.state, wish.claimed_by, wish.steps.last().remark) == (State.POSTED, "", "抽不出人手")
    WISHES["withdraw"].run(wish, by=user, day=date(2018, 10, 6), reason="家人已经买了")

    assert "老花镜" not in client.get(reverse("activities:wishes")).content.decode()
    with pytest.raises(ValidationError) as refused:
        WISHES["post"].run(wish, by=user, day=date(2018, 10, 7), public_text="想要一副老花镜")
    assert refused.value.code == "wrong_step"


@pytest.mark.django_db
def test_who_reads_wishes_alone_does_no_step():
    wish = make_wish()
    client = signed_in(make_user("discipline_officer", branch=wish.branch))

    for name, data, _state in STEPS:
        assert client.post(act_page(wish, name), data).status_code == 403
    stranger = signed_in(make_user("secretary", branch=make_branch()))
    assert stranger.post(act_page(wish, "post"), STEPS[0][1]).status_code == 404
    wish.refresh_from_db()
    assert wish.state == State.COLLECTED


@pytest.mark.django_db
def test_a_wish_with_steps_is_not_deleted():
    wish = posted_wish(make_user("secretary", branch=make_branch()))
    client = signed_in(make_user(is_superuser=True))

    client.post(reverse("admin:activities_miniwish_delete", args=[wish.pk]), {"post": "yes"})

    assert MiniWish.objects.filter(pk=wish.pk).exists()


WORDS = {
    "post": lambda rolls: {"public_text": "想要一副老花镜"},
    "claim": lambda rolls: {"claimed_by": rolls.choice(["青年志愿服务队", "合唱队"])},
    "start": lambda rolls: {},
    "fulfil": lambda rolls: {"result": "配好了"},
    "contact": lambda rolls: {},
    "confirm": lambda rolls: {"way": rolls.choice(["paper", "phone"]), "remark": "合用"},
    "give_back": lambda rolls: {"reason": "没有人手"},
    "withdraw": lambda rolls: {"reason": "不要了"},
}


@pytest.mark.django_db
def test_no_sequence_of_acts_closes_a_wish_without_check_claim_and_confirmation_in_order():
    rolls = random.Random(20181030)
    users = [make_user("secretary", branch=make_branch()) for _number in range(3)]
    branch, closed = make_branch(), 0

    for number in range(1000):
        wish = make_wish(branch, code=f"2018-{number:04}", collected_on=date(2018, 5, 1))
        day = date(2018, 5, 1)
        for _act in range(rolls.randrange(4, 14)):
            day += timedelta(days=rolls.randrange(-1, 12))
            # Half the time what comes next, else anything.
            waits = [row.name for row in WISHES.next_of(wish)]
            name = rolls.choice(waits) if waits and rolls.random() < 0.6 else rolls.choice(list(WORDS))
            try:
                WISHES[name].run(wish, by=rolls.choice(users), day=day, **WORDS[name](rolls))
            except ValidationError:
                wish.refresh_from_db()
            if rolls.random() < 0.1:
                return_lapsed_claims(day)
                wish.refresh_from_db()
        steps = list(wish.steps.order_by("pk"))
        assert [step.on for step in steps] == sorted(step.on for step in steps)
        assert all(step.by_id or step.act == "lapse" for step in steps)
        if wish.state == State.CLOSED:
            closed += 1
            acts = [step.act for step in steps if step.act != "contact"]
            assert acts[0] == "post"
            assert acts[-4:] == ["claim", "start", "fulfil", "confirm"]
            assert wish.claimed_by
    assert closed > 50


@pytest.mark.django_db
def test_the_wish_that_waits_leads_from_the_today_page_to_its_check():
    wish = make_wish(collected_on=date(2018, 10, 30))
    client = signed_in(make_user("secretary", branch=wish.branch))

    assert act_page(wish, "post") in client.get(reverse("admin:index")).content.decode()
    assert fields_of(client.get(act_page(wish, "post")).content.decode())["public_text"] == wish.public_text

"""Residents wish and claim on public pages: one wins, everybody hears it kindly, and nobody reads who they are."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from activities.models import MiniWish, WishStep
from activities.wishes.actions import claim_from_page, give_back_wish, return_lapsed_claims, take_wish
from activities.wishes.transitions import WISHES
from branches.models import Organization
from members.models import AccessLog
from tests.activities.at_once import all_at_once
from tests.activities.test_wishes import TODAY, act_page, make_wish, posted_wish
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_organization, make_user
from tests.site.crawling import crawl
from tests.site.test_careful_saving import fields_of, signed_in

State = MiniWish.State
CLAIM = {"claimed_by": "蒙小河", "claimer_phone": "14000000077", "claimer_word": "周末都有空", "once": "k1"}
WISH = {"said": "想要一副老花镜", "wisher": "岑阿婆", "phone": "14000000066", "once": "w1"}
PRIVATE = ["蒙小河", "14000000077", "周末都有空", "岑阿婆", "14000000066", "韦大山"]


@pytest.fixture(autouse=True)
def autumn():
    cache.clear()
    with on_day(TODAY):
        yield
    cache.clear()


@pytest.fixture
def clerk(db):
    return make_user("publicity_officer", branch=make_branch())


def wish_address(wish, prefix=""):
    return f"{prefix}/wishes/{wish.pk}/"


def send_wish(client, **data):
    community = Organization.objects.get(kind="community") if "community" not in data else None
    return client.post(reverse("activities:new_wish"), WISH | ({"community": community.pk} if community else {}) | data)


@pytest.mark.parametrize(("prefix", "thanks"), [("", "谢谢"), ("/en", "Thank you")])
def test_a_claim_by_the_page_is_noted_as_such_and_promises_a_call_within_seven_days(client, clerk, prefix, thanks):
    wish = posted_wish(clerk)
    assert 'name="claimer_phone"' in client.get(wish_address(wish)).content.decode()

    answers = [client.post(wish_address(wish, prefix), CLAIM) for _time in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert thanks in client.get(answers[0].url).content.decode()
    wish.refresh_from_db()
    assert (wish.state, wish.claimed_by, wish.claimer_phone) == (State.CLAIMED, "蒙小河", "14000000077")
    assert (wish.claimer_word, wish.contact_by) == ("周末都有空", date(2018, 11, 7))
    step = wish.steps.get(act="claim")
    assert (step.by, step.from_page, step.on) == (None, True, TODAY)
    office = signed_in(make_user("secretary", branch=wish.branch))
    page = office.get(f"/admin/activities/miniwish/{wish.pk}/change/").content.decode()
    assert "居民，网页" in page
    assert "14000000077" not in page


def test_the_same_form_claims_two_wishes_and_none_a_second_time_after_its_claim_ended(client, clerk):
    wish, other = posted_wish(clerk), posted_wish(clerk, public_text="想要一个小板凳")

    assert [client.post(wish_address(one), CLAIM).status_code for one in (wish, other)] == [302, 302]
    give_back_wish(wish, by=clerk, on=TODAY, reason="改了主意")

    again = client.post(wish_address(wish), CLAIM)
    assert again.status_code == 200
    assert "已经结束" in again.content.decode()
    wish.refresh_from_db()
    assert wish.state == State.POSTED


def test_who_comes_second_hears_it_kindly_and_sees_what_still_waits(client, clerk):
    wish, other = posted_wish(clerk), posted_wish(clerk, public_text="想要一个小板凳")
    client.post(wish_address(wish), CLAIM)

    second = client.post(wish_address(wish), CLAIM | {"claimed_by": "合唱队", "once": "k2"})

    html = second.content.decode()
    assert second.status_code == 200
    assert "已经有人先认领" in html
    assert "想要一个小板凳" in html
    assert wish_address(other) in html
    assert wish.steps.filter(act="claim").count() == 1


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        (["withdraw"], "收回"),
        (["claim", "start", "fulfil"], "已经圆了"),
        (["claim", "start", "fulfil", "confirm"], "已经圆了"),
        (["claim"], "已经有人先认领"),
    ],
)
def test_a_wish_that_waits_no_more_is_not_claimed_and_a_sentence_says_why(client, clerk, acts, said):
    wish = posted_wish(clerk)
    given = {
        "claim": {"claimed_by": "青年志愿服务队"},
        "start": {},
        "fulfil": {"result": "配好了"},
        "confirm": {"way": "paper", "remark": "合用"},
        "withdraw": {"reason": "不要了"},
    }
    for name in acts:
        WISHES[name].run(wish, by=clerk, day=TODAY, **given[name])

    answer = client.post(wish_address(wish), CLAIM)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    wish.refresh_from_db()
    assert wish.claimed_by != "蒙小河"


def test_a_claim_that_lapsed_is_free_for_the_next_on_the_page(client, clerk):
    wish = posted_wish(clerk)
    WISHES["claim"].run(wish, by=clerk, day=TODAY - timedelta(days=31), claimed_by="青年志愿服务队")

    assert client.post(wish_address(wish), CLAIM).status_code == 302

    wish.refresh_from_db()
    assert wish.claimed_by == "蒙小河"
    assert [step.act for step in wish.steps.all()] == ["post", "claim", "lapse", "claim"]
    assert return_lapsed_claims(TODAY + timedelta(days=31)) == 1
    wish.refresh_from_db()
    assert (wish.claimer_word, wish.contact_by) == ("", None)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"claimer_phone": "abcdefgh"}, "claimer_phone"),
        ({"claimer_phone": ""}, "claimer_phone"),
        ({"claimed_by": ""}, "claimed_by"),
        ({"claimed_by": "长" * 10_000}, "claimed_by"),
        ({"claimer_word": "长" * 10_000}, "claimer_word"),
        ({"claimer_word": "\x00"}, "claimer_word"),
        ({"claimed_by": "14000000088"}, "__all__"),
        ({"once": "x" * 10_000}, "once"),
    ],
)
def test_what_is_wrong_in_a_claim_is_said_and_nothing_is_stored(client, clerk, data, field):
    wish = posted_wish(clerk)

    answer = client.post(wish_address(wish), CLAIM | data)

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    wish.refresh_from_db()
    assert wish.state == State.POSTED


def test_control_characters_are_taken_out_of_what_residents_type(client, clerk):
    wish = posted_wish(clerk)
    client.post(wish_address(wish), CLAIM | {"claimer_word": "周末\x07\u202e都\r\n有空", "claimed_by": "蒙\x00小河"})
    wish.refresh_from_db()
    assert (wish.claimer_word, wish.claimed_by) == ("周末 都 有空", "蒙小河")


@pytest.mark.django_db
def test_there_is_no_such_wish_and_none_that_nobody_checked(client):
    hidden = make_wish()
    for key in (hidden.pk, 10**6, 10**30):
        address = reverse("activities:wish", args=[key])
        assert client.get(address).status_code == client.post(address, CLAIM).status_code == 404
    hidden.refresh_from_db()
    assert hidden.state == State.COLLECTED


@pytest.mark.django_db(transaction=True)
def test_of_fifty_claims_by_the_page_at_one_moment_one_wins():
    wish = posted_wish(make_user("secretary", branch=make_branch()))

    def claim(number):
        claimer = {"claimed_by": f"第{number}队", "claimer_phone": "14000000077"}
        claim_from_page(MiniWish.objects.get(pk=wish.pk), key=f"web-{number}", **claimer)
        return "won"

    answers = all_at_once(claim, 50, on=TODAY, threads=25)

    assert sorted(answers) == ["claimed_already"] * 49 + ["won"]
    assert WishStep.objects.filter(act="claim").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_wish_sent_many_times_at_one_moment_is_one_wish():
    place = make_organization()

    def send(_number):
        wish = MiniWish(organization=place, wisher="岑阿婆", group="other")
        return take_wish(wish, said="想要一副老花镜", key="web-1").code

    codes = all_at_once(send, 10, on=TODAY, threads=10)

    assert set(codes) == {"2018-001"}
    assert MiniWish.objects.count() == 1


@pytest.mark.django_db
def test_a_wish_by_the_page_gets_a_number_and_is_read_by_nobody_before_its_check(client):
    branch = make_branch()
    first, second = send_wish(client), send_wish(client)

    assert first.status_code == second.status_code == 302
    assert "谢谢" in client.get(first.url).content.decode()
    wish = MiniWish.objects.get()
    assert (wish.code, wish.channel, wish.state, wish.public_text) == ("2018-001", "web", "collected", "想要一副老花镜")
    assert (wish.wisher, wish.wisher_phone, wish.said) == ("岑阿婆", "14000000066", "想要一副老花镜")
    for address in ("/", "/wishes/", "/wishes/?q=老花镜", "/search/?q=老花镜"):
        assert "想要一副老花镜" not in client.get(address).content.decode()
    office = signed_in(make_user("publicity_officer", organization=branch.organization))
    page = office.get(reverse("admin:index")).content.decode()
    assert act_page(wish, "post") in page
    assert "11月7日" in page
    WISHES["withdraw"].run(wish, by=make_user(), day=TODAY, reason="广告")
    assert "2018-001" not in client.get("/wishes/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["请给覃玉兰买药", "打我电话 14000000001", "长" * 130])
def test_what_cannot_be_shown_as_it_was_written_waits_for_words_of_the_office(client, said):
    branch = make_branch()
    make_member(branch=branch, name="覃玉兰")

    assert send_wish(client, said=said).status_code == 302

    wish = MiniWish.objects.get()
    assert (wish.said, wish.public_text) == (said, "")
    office = signed_in(make_user("secretary", organization=branch.organization))
    assert fields_of(office.get(act_page(wish, "post")).content.decode())["public_text"] == ""
    refused = office.post(act_page(wish, "post"), {"day": "2018-10-31", "public_text": said})
    assert refused.status_code == 200
    wish.refresh_from_db()
    assert wish.state == State.COLLECTED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"said": " \x07 "}, "said"),
        ({"said": "长" * 10_000}, "said"),
        ({"said": "\x00"}, "said"),
        ({"phone": "没有电话"}, "phone"),
        ({"wisher": ""}, "wisher"),
        ({"community": "99999"}, "community"),
        ({"community": "x"}, "community"),
    ],
)
def test_what_is_wrong_in_a_wish_is_said_and_nothing_is_stored(client, data, field):
    make_branch()
    answer = send_wish(client, **data)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not MiniWish.objects.exists()


@pytest.mark.django_db
def test_one_connection_cannot_flood_the_office_with_wishes(client):
    make_branch()
    answers = [send_wish(client, once=f"w{number}").status_code for number in range(7)]
    assert answers == [302] * 6 + [200]
    assert MiniWish.objects.count() == 6


@pytest.mark.django_db
def test_a_board_without_a_community_takes_no_wish_and_breaks_nowhere(client):
    assert client.get(reverse("activities:new_wish")).status_code == 200
    assert client.post(reverse("activities:new_wish"), WISH).status_code == 200


def test_the_call_that_was_promised_is_on_the_today_page_until_it_is_noted(client, clerk):
    wish = posted_wish(clerk)
    client.post(wish_address(wish), CLAIM)
    office = signed_in(make_user("secretary", branch=wish.branch))
    assert f"{wish.code}，11月7日" in office.get(reverse("admin:index")).content.decode()

    with on_day(date(2018, 11, 10)):
        assert "过了 3 天" in office.get(reverse("admin:index")).content.decode()
        assert office.post(act_page(wish, "contact"), {"day": "2018-11-10", "remark": "周六上午见"}).status_code == 302
        assert f"{wish.code}，11月7日" not in office.get(reverse("admin:index")).content.decode()

    wish.refresh_from_db()
    assert (wish.state, wish.contact_by, wish.steps.last().act) == (State.CLAIMED, None, "contact")


def test_the_phone_of_a_claimer_is_shown_in_the_full_view_alone_and_the_look_is_logged(client, clerk):
    wish = posted_wish(clerk)
    client.post(wish_address(wish), CLAIM)
    office = signed_in(make_user("secretary", branch=wish.branch))
    address = reverse("admin:activities_miniwish_full", args=[wish.pk])

    page = office.post(address, {"reason": "约时间"}).content.decode()

    assert "14000000077" in page
    assert "周末都有空" in page
    assert AccessLog.objects.latest("pk").reason == "约时间"


@pytest.mark.parametrize(
    "data", [{"way": "", "remark": "合用"}, {"way": "phone", "remark": " "}, {"way": "fax", "remark": "x"}]
)
def test_a_wish_is_not_closed_without_the_word_of_who_wished_and_how_it_came(clerk, data):
    wish = posted_wish(clerk)
    for name, given in [("claim", {"claimed_by": "合唱队"}), ("start", {}), ("fulfil", {"result": "配好了"})]:
        WISHES[name].run(wish, by=clerk, day=TODAY, **given)
    office = signed_in(make_user("secretary", branch=wish.branch))

    assert office.post(act_page(wish, "confirm"), {"day": "2018-10-31"} | data).status_code == 200

    wish.refresh_from_db()
    assert wish.state == State.FULFILLED


def test_who_wished_or_claimed_is_on_no_public_page_nor_on_the_answers_to_bad_forms(client, clerk):
    wish = posted_wish(clerk)
    client.post(wish_address(wish), CLAIM)
    send_wish(client, community=wish.organization_id, once="w9")
    seen = []
    crawl(Client(), lambda address, response, content, queries: seen.append((address, content.decode(errors="ignore"))))
    visitor = Client()
    seen += [("post", visitor.post(wish_address(wish), {}).content.decode())]
    seen += [("missing", visitor.get("/wishes/999999/").content.decode())]

    assert len(seen) > 20
    for address, html in seen:
        assert not [private for private in PRIVATE if private in html], address


def test_the_wall_asks_the_same_queries_for_any_number_of_wishes(client, clerk, django_assert_max_num_queries):
    for _number in range(30):
        posted_wish(clerk)
    with django_assert_max_num_queries(8):
        client.get(reverse("activities:wishes"))
    for wish in MiniWish.objects.all()[:15]:
        claim_from_page(wish, claimed_by="蒙小河", claimer_phone="14000000077")
    with django_assert_max_num_queries(8):
        client.get(reverse("activities:wishes"))

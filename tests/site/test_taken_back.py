"""A change can be taken back for ten minutes, what was deleted put back for thirty days."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity, Volunteer
from branches.models import CommitteeSeat, CommitteeTerm, Nameplate, Venue
from config.kit import clock
from members.models import Affiliation, Consent, Member
from tests.fund.make import make_pot
from tests.make import make_branch, make_member, make_organization, make_user
from tests.site.test_careful_saving import add_page, change_page, opened, record_page, signed_in

pytestmark = pytest.mark.django_db

TRASH = "/admin/trash/"


@pytest.fixture
def office():
    return signed_in(make_user(is_superuser=True, last_name="韦", first_name="怀德"))


def undo_page(record):
    return f"{record_page(record).removesuffix('change/')}undo/"


def save(client, record, changes, part="all"):
    address = f"{record_page(record)}?edit={part}"
    assert client.post(address, opened(client, address) | changes).status_code == 302


def deleted(client, record):
    page = f"{record_page(record).removesuffix('change/')}delete/"
    confirmation = client.get(page).content.decode()
    assert client.post(page, {"post": "yes"}).status_code == 302
    return confirmation


def buttons(client):
    """Addresses of what the recycle bin of a user can put back."""
    return re.findall(r'action="(/admin/trash/[^"]+)"', client.get(TRASH).content.decode())


def words(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def later(monkeypatch, **span):
    moment = timezone.now() + timedelta(**span)
    monkeypatch.setattr(clock, "_source", lambda: moment)


# A change


def test_a_change_is_offered_to_be_taken_back_on_the_page_that_follows_it(office):
    member = make_member(former_post="县糖厂", native_place="")
    save(office, member, {"former_post": "县供销社", "native_place": "广西"}, "2")
    html = office.get(record_page(member)).content.decode()
    assert f'action="{undo_page(member)}"' in html
    assert "撤回这次修改" in html

    answer = office.post(undo_page(member), follow=True)

    member.refresh_from_db()
    assert (member.former_post, member.native_place) == ("县糖厂", "")
    assert "已撤回" in words(answer)
    assert "撤回这次修改" not in answer.content.decode()
    assert member.history.count() == 3


def test_the_time_line_and_the_history_say_that_a_change_was_taken_back(office):
    member = make_member(former_post="县糖厂")
    save(office, member, {"former_post": "县供销社"}, "2")
    office.post(undo_page(member))
    save(office, member, {"former_post": "县粮站"}, "2")

    happened = office.get(record_page(member)).content.decode().partition('class="happened"')[2].partition("</ol>")[0]
    history = office.get(f"{record_page(member).removesuffix('change/')}history/").content.decode()

    told = [" ".join(words.split()) for words in re.findall(r"<b>(.*?)</b>", happened)]
    assert told[:3] == ["改了 原工作单位及职务", "撤回 · 改了 原工作单位及职务", "改了 原工作单位及职务"]
    assert len(re.findall(r"<br>撤回</td>", history)) == 1


def test_private_fields_and_the_branch_are_taken_back_by_the_rules_of_the_model(office):
    first = make_branch()
    second = make_branch(organization=first.organization)
    member = make_member(branch=first, phone="14000000001")
    save(office, member, {"phone": "14000000002", "branch": str(second.pk)})

    office.post(undo_page(member))

    member.refresh_from_db()
    assert (member.phone, member.branch) == ("14000000001", first)
    assert "14000000001" not in office.get(record_page(member)).content.decode()


def test_a_change_is_not_taken_back_after_ten_minutes(office, monkeypatch):
    member = make_member(former_post="县糖厂")
    save(office, member, {"former_post": "县供销社"})
    later(monkeypatch, minutes=10, seconds=1)

    assert "撤回这次修改" not in office.get(record_page(member)).content.decode()
    assert "撤不回了" in words(office.post(undo_page(member), follow=True))
    member.refresh_from_db()
    assert member.former_post == "县供销社"


def test_a_change_that_somebody_built_upon_is_not_taken_back(office):
    member = make_member(former_post="县糖厂", native_place="")
    save(office, member, {"former_post": "县供销社"})
    save(signed_in(make_user(is_superuser=True)), member, {"native_place": "广西"})

    assert "撤不回了" in words(office.post(undo_page(member), follow=True))

    member.refresh_from_db()
    assert (member.former_post, member.native_place) == ("县供销社", "广西")


def test_what_the_rules_refuse_meanwhile_is_said_and_changes_nothing(office):
    place = make_organization()
    plate = Nameplate.objects.create(organization=place, code=Nameplate.Code.values[0])
    save(office, plate, {"code": Nameplate.Code.values[1]})
    Nameplate.objects.create(organization=place, code=Nameplate.Code.values[0])

    answer = office.post(undo_page(plate), follow=True)

    plate.refresh_from_db()
    assert plate.code == Nameplate.Code.values[1]
    assert "已撤回" not in words(answer)
    assert answer.context["messages"]


def test_nobody_takes_back_what_another_did(office):
    member = make_member(former_post="县糖厂")
    save(office, member, {"former_post": "县供销社"})
    other = signed_in(make_user(is_superuser=True))
    stranger = signed_in(make_user("secretary", branch=make_branch()))

    assert "撤回这次修改" not in other.get(record_page(member)).content.decode()
    assert "撤不回了" in words(other.post(undo_page(member), follow=True))
    assert stranger.post(undo_page(member)).status_code == 404
    assert office.get(undo_page(member)).status_code == 405
    member.refresh_from_db()
    assert member.former_post == "县供销社"


# Lines and links on the page of a record


def seats_of(term):
    return [(seat.name, seat.post) for seat in term.seats.order_by("name")]


def test_lines_that_were_added_changed_and_removed_are_taken_back_together(office):
    term = make_term(make_branch())
    before = seats_of(term)
    changes = {"seats-0-post": "secretary", "seats-1-DELETE": "on", "seats-2-name": "韦怀德", "seats-2-post": "member"}
    save(office, term, changes | {"seats-2-held_from": "2018-01-02", "term_no": "2"})
    assert [name for name, _post in seats_of(term)] == ["覃月华", "韦怀德"]
    assert "届次、班子成员" in office.get(record_page(term)).content.decode()

    answer = office.post(undo_page(term), follow=True)

    term.refresh_from_db()
    assert (term.term_no, seats_of(term)) == (1, before)
    assert "已撤回" in words(answer)


def test_lines_that_another_changed_since_are_not_taken_back(office):
    term = make_term(make_branch())
    save(office, term, {"seats-0-post": "secretary"})
    save(signed_in(make_user(is_superuser=True)), term, {"seats-0-name": "农爱华"})
    after = seats_of(term)

    assert "撤回这次修改" not in office.get(record_page(term)).content.decode()
    assert "撤不回了" in words(office.post(undo_page(term), follow=True))
    assert seats_of(term) == after


def test_a_choice_of_many_is_taken_back(office):
    branch = make_branch()
    activity = Activity.objects.create(
        organization=branch.organization, branch=branch, kind="sports", title="太极", day="2018-11-01"
    )
    codes = Nameplate.Code.values[:2]
    first, second = (Nameplate.objects.create(organization=branch.organization, code=code) for code in codes)
    activity.plates.set([first])
    save(office, activity, {"plates": [second.pk]})
    assert list(activity.plates.all()) == [second]

    assert "已撤回" in words(office.post(undo_page(activity), follow=True))

    assert list(activity.plates.all()) == [first]


# An addition


def added(client, place):
    data = opened(client, add_page(Venue)) | {
        "organization": place.pk,
        "name": "老年活动室",
        "address": "荔香路 1 号",
        "area": "80",
    }
    assert client.post(add_page(Venue), data).status_code == 302
    return Venue.objects.get()


def test_an_addition_is_taken_back_by_deleting_it(office):
    venue = added(office, make_organization())
    assert "撤回：删除这条刚登记的记录" in office.get(record_page(venue)).content.decode()

    assert office.post(undo_page(venue)).url == reverse("admin:branches_venue_changelist")

    assert not Venue.objects.exists()
    assert len(buttons(office)) == 1


def test_an_addition_that_others_lean_on_stays(office):
    branch = make_branch()
    data = {"branch": branch.pk, "name": "韦德", "joined_on": "1970-07-01", "full_member_on": "1971-07-01"}
    assert office.post(add_page(Member), opened(office, add_page(Member)) | data).status_code == 302
    member = Member.objects.get()
    assert "撤回：删除" in office.get(record_page(member)).content.decode()
    Volunteer.objects.create(organization=branch.organization, member=member, registered_on="2018-01-02")

    assert "撤回：删除" not in office.get(record_page(member)).content.decode()
    office.post(undo_page(member))
    assert Member.objects.exists()
    assert re.search(r"这些恢复不了：[^<]*志愿者", deleted(office, member))


# The recycle bin


def make_term(branch):
    term = CommitteeTerm.objects.create(branch=branch, term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    for name in ("覃月华", "农爱民"):
        CommitteeSeat.objects.create(term=term, post="member", name=name, held_from="2018-01-02")
    return term


def test_a_deleted_record_comes_back_with_the_lines_deleted_with_it(office):
    term = make_term(make_branch())
    page = change_page(term)
    office.post(page, opened(office, page) | {"seats-1-DELETE": "on"})
    CommitteeSeat.history.filter(history_type="-").update(history_date=timezone.now() - timedelta(hours=1))

    assert "30 天内可以在回收站恢复" in deleted(office, term)
    (button,) = buttons(office)
    assert "韦怀德" in office.get(TRASH).content.decode()
    office.post(button)

    term = CommitteeTerm.objects.get()
    assert [seat.name for seat in term.seats.all()] == ["覃月华"]
    assert buttons(office) == []


def test_choices_of_many_come_back_and_the_page_says_what_does_not(office):
    branch = make_branch()
    activity = Activity.objects.create(
        organization=branch.organization, branch=branch, kind="sports", title="太极", day="2018-11-01"
    )
    plate = Nameplate.objects.create(organization=branch.organization, code=Nameplate.Code.values[0])
    activity.plates.set([plate])
    deleted(office, activity)

    office.post(buttons(office)[0])

    assert list(Activity.objects.get().plates.all()) == [plate]


def test_a_member_comes_back_with_affiliations_consents_and_private_data(office):
    member = make_member(phone="14000000001")
    Consent.objects.create(member=member, scope="photo", given_on="2018-01-02")
    assert "14000000001" not in deleted(office, member)

    office.post(buttons(office)[0])

    member = Member.objects.get()
    assert member.phone == "14000000001"
    assert (Affiliation.objects.count(), Consent.objects.count()) == (1, 1)
    assert list(Member.objects.all().with_phone("14000000001")) == [member]


def test_a_record_whose_place_is_taken_stays_away_with_a_sentence(office):
    plate = Nameplate.objects.create(organization=make_organization(), code=Nameplate.Code.values[0])
    deleted(office, plate)
    Nameplate.objects.create(organization=plate.organization, code=plate.code)

    answer = office.post(buttons(office)[0], follow=True)

    assert "没有恢复" in words(answer)
    assert Nameplate.objects.count() == 1


def test_the_bin_of_another_branch_is_closed(office):
    ours = make_branch()
    activity = Activity.objects.create(
        organization=ours.organization, branch=ours, kind="sports", title="太极", day="2018-11-01"
    )
    deleted(office, activity)
    (button,) = buttons(office)
    mine = signed_in(make_user("secretary", branch=ours))
    others = signed_in(make_user("secretary", branch=make_branch(organization=ours.organization)))
    looks = signed_in(make_user("street_officer", organization=ours.organization))

    assert buttons(mine) == [button]
    for client in (others, looks):
        assert buttons(client) == []
        assert client.post(button).status_code == 404
    assert not Activity.objects.exists()
    assert mine.post(button).status_code == 302
    assert Activity.objects.exists()


def test_who_may_not_delete_puts_back_the_own_addition_that_was_taken_back(office):
    branch = make_branch()
    secretary = signed_in(make_user("secretary", branch=branch))
    officer = signed_in(make_user("organization_officer", branch=branch))
    data = {"branch": branch.pk, "name": "韦德", "joined_on": "1970-07-01", "full_member_on": "1971-07-01"}
    assert secretary.post(add_page(Member), opened(secretary, add_page(Member)) | data).status_code == 302
    secretary.post(undo_page(Member.objects.get()))
    deleted(office, make_member(branch=branch, name="农爱民"))

    (button,) = buttons(secretary)
    assert buttons(officer) == []
    assert officer.post(button).status_code == 404
    assert not Member.objects.exists()
    assert secretary.post(button).status_code == 302

    assert [member.name for member in Member.objects.all()] == ["韦德"]


def test_after_thirty_days_a_record_stands_in_the_bin_no_more(office, monkeypatch):
    venue = added(office, make_organization())
    deleted(office, venue)
    (button,) = buttons(office)
    later(monkeypatch, days=30, seconds=1)

    assert buttons(office) == []
    assert office.post(button).status_code == 404


@pytest.mark.parametrize("address", ["fund.pot/1", "members.nobody/1", "branches.venue/99999999999", "auth.user/1"])
def test_forged_addresses_of_the_bin_find_nothing(office, address):
    make_pot()

    assert office.post(f"{TRASH}{address}/").status_code == 404


def test_the_bin_asks_the_same_number_of_questions_whatever_it_holds(office):
    place = make_organization()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            office.get(TRASH)
        return len(queries)

    for number in range(2):
        deleted(office, Venue.objects.create(organization=place, name=f"第{number}室", area=80))
    office.get(TRASH)
    few = asked()
    for number in range(2, 6):
        deleted(office, Venue.objects.create(organization=place, name=f"第{number}室", area=80))

    assert asked() == few
    assert len(buttons(office)) == 6

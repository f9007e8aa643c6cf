"""Two people on one record: what only one of them changed is kept from both, what both changed is decided by a person."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from activities.models import Activity
from branches.models import Nameplate
from config.kit.admin.merging import Merge, typed_digest
from honours.models import EducationPoint, Section
from members.models import Member
from tests.make import make_branch, make_member
from tests.site.test_careful_saving import change_page, fields_of, opened, record_page, windows

pytestmark = pytest.mark.django_db

THEIRS, MINE = "stored", "typed"


def make_activity(**fields):
    branch = make_branch()
    fields = {"kind": "sports", "title": "太极", "day": "2018-11-01", "place": "广场"} | fields
    return Activity.objects.create(organization=branch.organization, branch=branch, **fields)


def both_open(record, part="all"):
    """`(their client, my client, address, what their form holds, what mine holds)` of two windows on one record."""
    theirs, mine = windows("黄志文", "韦怀德")
    address = f"{record_page(record)}?edit={part}"
    return theirs, mine, address, opened(theirs, address), opened(mine, address)


def saved(client, address, data):
    """Send a form that is saved; the words the next page says above the record."""
    answer = client.post(address, data, follow=True)
    assert answer.redirect_chain, answer.context["errors"]
    return " ".join(str(message) for message in answer.context["messages"])


def refused(client, address, data):
    answer = client.post(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def questions(html):
    """`{name of the choice: the words around it}` of what a page asks its reader to decide."""
    found = re.findall(r'<fieldset class="conflict">(.*?)</fieldset>', html, re.S)
    return {re.search(r'name="(_choice-[^"]+)"', part)[1]: re.sub(r"<[^>]+>", " ", part) for part in found}


def test_fields_only_one_of_two_people_changed_are_all_kept():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"leader": "梁月华", "cost": "30"})

    said = saved(mine, page, my_form | {"summary": "来了二十人"})

    activity.refresh_from_db()
    assert (activity.leader, activity.cost, activity.summary) == ("梁月华", 30, "来了二十人")
    assert "这期间黄志文改了" in said
    assert "梁月华" in said


def test_the_history_tells_of_each_person_only_what_they_changed():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂"})
    saved(mine, page, my_form | {"summary": "来了二十人"})

    newest, before = activity.history.all()[:2]

    assert [change.field for change in newest.diff_against(before).changes] == ["summary"]


def test_a_field_both_changed_alike_is_no_question():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂"})

    saved(mine, page, my_form | {"place": "礼堂", "summary": "来了"})

    activity.refresh_from_db()
    assert (activity.place, activity.summary) == ("礼堂", "来了")


def test_a_field_both_changed_is_shown_with_both_versions_and_nothing_is_saved():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂", "cost": "30"})

    html = refused(mine, page, my_form | {"place": "操场", "summary": "来了"})

    asked = questions(html)
    assert list(asked) == ["_choice-place"]
    assert "礼堂" in asked["_choice-place"]
    assert "操场" in asked["_choice-place"]
    assert re.search(r"黄志文 \d\d:\d\d", asked["_choice-place"])
    activity.refresh_from_db()
    assert (activity.place, activity.cost, activity.summary) == ("礼堂", 30, "")
    again = fields_of(html)
    # What only the colleague changed is shown as it is stored now; nothing is chosen beforehand.
    assert (again["place"], again["cost"], again["summary"]) == ("操场", "30.00", "来了")
    assert not [name for name in again if name.startswith("_choice-")]


@pytest.mark.parametrize(("choice", "place"), [(THEIRS, "礼堂"), (MINE, "操场")])
def test_what_was_chosen_is_stored_with_the_rest_of_both(choice, place):
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂", "cost": "30"})
    again = fields_of(refused(mine, page, my_form | {"place": "操场", "summary": "来了"}))

    saved(mine, page, again | {"_choice-place": choice})

    activity.refresh_from_db()
    assert (activity.place, activity.cost, activity.summary) == (place, 30, "来了")


@pytest.mark.parametrize("choice", [{}, {"_choice-place": ""}, {"_choice-place": "both\0"}])
def test_saving_again_without_a_choice_asks_again(choice):
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂"})
    again = fields_of(refused(mine, page, my_form | {"place": "操场"}))

    html = refused(mine, page, again | choice)

    assert list(questions(html)) == ["_choice-place"]
    assert Activity.objects.get().place == "礼堂"
    saved(mine, page, fields_of(html) | {"_choice-place": MINE})
    assert Activity.objects.get().place == "操场"


@pytest.mark.parametrize("choice", [THEIRS, MINE])
def test_a_choice_between_versions_of_which_one_changed_once_more_is_asked_again(choice):
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"place": "礼堂"})
    again = fields_of(refused(mine, page, my_form | {"place": "操场"}))
    saved(theirs, page, opened(theirs, page) | {"place": "书屋"})

    html = refused(mine, page, again | {"_choice-place": choice})

    assert "书屋" in questions(html)["_choice-place"]
    assert Activity.objects.get().place == "书屋"


def test_a_form_that_is_wrong_elsewhere_keeps_what_the_colleague_stored_all_the_same():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"cost": "30"})

    html = refused(mine, page, my_form | {"title": "", "summary": "来了"})
    saved(mine, page, fields_of(html) | {"title": "八段锦"})

    activity.refresh_from_db()
    assert (activity.title, activity.cost, activity.summary) == ("八段锦", 30, "来了")


def test_a_wrong_entry_where_the_colleague_stored_another_is_a_question_too():
    activity = make_activity()
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"cost": "30"})

    html = refused(mine, page, my_form | {"cost": "二十来个"})

    assert "二十来个" in questions(html)["_choice-cost"]
    refused(mine, page, fields_of(html) | {"cost": "20"})
    assert Activity.objects.get().cost == 30


def test_choices_of_many_are_merged_like_fields():
    activity = make_activity()
    plates = [
        Nameplate.objects.create(organization=activity.organization, code=code) for code in Nameplate.Code.values[:3]
    ]
    activity.plates.set(plates[:1])
    theirs, mine, page, their_form, my_form = both_open(activity)
    saved(theirs, page, their_form | {"plates": [str(plate.pk) for plate in plates[:2]]})

    saved(mine, page, my_form | {"summary": "来了"})
    assert set(activity.plates.all()) == set(plates[:2])

    html = refused(mine, page, my_form | {"plates": [str(plates[2].pk)]})
    saved(mine, page, fields_of(html) | {"_choice-plates": MINE})
    assert set(activity.plates.all()) == {plates[2]}


def test_private_fields_are_merged_and_never_shown():
    member = make_member(phone="14000000001", address="荔香路 1 号")
    theirs, mine, page, their_form, my_form = both_open(member)
    saved(theirs, page, their_form | {"phone": "14000000002"})

    saved(mine, page, my_form | {"address": "荔香路 9 号"})
    member = Member.objects.get()
    assert (member.phone, member.address) == ("14000000002", "荔香路 9 号")

    html = refused(mine, page, my_form | {"phone": "14000000003"})
    asked = questions(html)["_choice-phone"]
    assert "14000000002" not in html
    assert "14000000003" not in asked
    assert "不在这里显示" in asked
    saved(mine, page, fields_of(html) | {"_choice-phone": THEIRS})
    assert Member.objects.get().phone == "14000000002"


def test_taking_out_a_private_entry_that_was_changed_meanwhile_is_a_question():
    member = make_member(phone="14000000001")
    theirs, mine, page, their_form, my_form = both_open(member)
    saved(theirs, page, their_form | {"phone": "14000000002"})

    html = refused(mine, page, my_form | {"phone": "-"})
    saved(mine, page, fields_of(html) | {"_choice-phone": MINE})

    assert Member.objects.get().phone == ""


def test_two_windows_on_different_blocks_save_without_a_word():
    member = make_member(former_post="县糖厂", birth_date="1940-03-15")
    theirs, mine = windows("黄志文", "韦怀德")
    page = record_page(member)
    my_form = opened(mine, f"{page}?edit=2")
    saved(theirs, f"{page}?edit=0", opened(theirs, f"{page}?edit=0") | {"birth_date": "1941-03-15"})

    said = saved(mine, f"{page}?edit=2", my_form | {"former_post": "县供销社"})

    member.refresh_from_db()
    assert (f"{member.birth_date}", member.former_post) == ("1941-03-15", "县供销社")
    assert "这期间" not in said


def test_one_block_is_merged_as_the_whole_record_is():
    member = make_member(former_post="县糖厂")
    theirs, mine, page, their_form, my_form = both_open(member, "2")
    saved(theirs, page, their_form | {"native_place": "广西桂南"})

    saved(mine, page, my_form | {"former_post": "县供销社"})

    member.refresh_from_db()
    assert (member.native_place, member.former_post) == ("广西桂南", "县供销社")


def test_the_same_person_in_two_windows_is_asked_too():
    point = EducationPoint.objects.create(organization=make_branch().organization, name="教育点", address="荔香路 1 号")
    Section.objects.create(point=point, title="书屋")
    (client,) = windows("黄志文")
    page = change_page(point)
    one, two = opened(client, page), opened(client, page)
    saved(client, page, one | {"opening_hours": "上午"})

    html = refused(client, page, two | {"opening_hours": "下午"})

    assert "您自己（在另一个窗口）" in questions(html)["_choice-opening_hours"]
    assert EducationPoint.objects.get().opening_hours == "上午"


@pytest.mark.same_everywhere
def test_a_form_sent_back_as_it_was_opened_counts_as_untouched_in_every_field(client, demo, monkeypatch):
    user = User.objects.get(username="admin")
    client.force_login(user)
    request = RequestFactory().get("/")
    request.user = user
    looked_at, touched = [], []

    def look(merge, form, then):
        for name in [name for name in form.fields if name in then]:
            looked_at.append(name)
            if typed_digest(form, name, untouched=then[name]) != then[name]:
                touched.append((form.instance._meta.label, name, form.cleaned_data.get(name)))

    monkeypatch.setattr(Merge, "apply", look)
    for site_admin in admin.site._registry.values():
        for record in site_admin.get_queryset(request).order_by("-pk")[:3]:
            page = change_page(record)
            shown = client.get(page).content.decode() if site_admin.has_change_permission(request, record) else ""
            if 'name="_version"' in shown:
                client.post(page, fields_of(shown))

    assert touched == []
    assert len(set(looked_at)) > 80

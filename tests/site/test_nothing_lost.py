"""What was typed into a form of the office and not saved: kept for who typed it, offered again, never saved by itself."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from branches.models import CommitteeSeat, CommitteeTerm, Draft
from config.kit.admin.drafts import LARGEST, MOST_KEPT, drafts_of
from fund.models import AssistanceCase, Donation, Question
from members.models import Member
from tests.fund.make import make_case
from tests.make import make_branch, make_member, make_organization, make_user
from tests.site.test_careful_saving import add_page, change_page, fields_of, opened, record_page, signed_in

pytestmark = pytest.mark.django_db

KEEP = "/admin/drafts/keep/"


@pytest.fixture
def clerk():
    return make_user(is_superuser=True, last_name="韦", first_name="怀德")


@pytest.fixture
def office(clerk):
    return signed_in(clerk)


def typed(client, address, changes):
    """What a script sends of an opened form with some changes; the form data."""
    data = opened(client, address) | changes
    answer = client.post(KEEP, data | {"_address": address})
    assert answer.status_code == 204
    return data


def filled(client, address):
    """The form data of a page that is filled from the draft it offers."""
    page = client.get(address).content.decode()
    link = unescape(re.search(r'class="button button-plain" href="([^"]*draft=\d+)"', page)[1])
    return link, client.get(link).content.decode()


# Kept while it is typed


def test_what_was_typed_is_offered_and_fills_the_form_without_saving(office):
    member = make_member(remark="")
    typed(office, change_page(member), {"remark": "腿脚不便", "phone": "14000000001"})

    link, html = filled(office, change_page(member))

    assert fields_of(html)["remark"] == "腿脚不便"
    assert fields_of(html)["phone"] == "14000000001"
    assert "还没有保存" in html
    assert Member.objects.get().remark == ""
    assert office.post(link, fields_of(html)).status_code == 302
    member = Member.objects.get()
    assert (member.remark, member.phone) == ("腿脚不便", "14000000001")
    assert not Draft.objects.exists()


def test_a_new_record_with_its_lines_is_kept_as_it_was_typed(office):
    branch = make_branch()
    rows = {"seats-0-name": "覃月华", "seats-0-post": "member", "seats-2-name": "农爱民", "seats-TOTAL_FORMS": "3"}
    typed(office, add_page(CommitteeTerm), {"branch": branch.pk, "term_no": "不清楚", "elected_on": "2018-"} | rows)

    _link, html = filled(office, add_page(CommitteeTerm))

    again = fields_of(html)
    assert (again["term_no"], again["seats-0-name"], again["seats-2-name"]) == ("不清楚", "覃月华", "农爱民")
    # What is half written is not judged before it is sent.
    assert "error-summary" not in html
    assert not CommitteeTerm.objects.exists()


def test_a_text_that_arrives_after_its_form_was_saved_leaves_no_draft(office):
    member = make_member(remark="")
    data = typed(office, change_page(member), {"remark": "腿脚"})
    assert office.post(change_page(member), data | {"remark": "腿脚不便"}).status_code == 302

    assert office.post(KEEP, data | {"_address": change_page(member)}).status_code == 204

    assert not Draft.objects.exists()


# The form of an act


def reviewed_case():
    """A case that waits for its review, the address of the form, and what a clerk types into it."""
    case = make_case(state="applied", branch=make_branch())
    case.save()
    address = reverse("admin:fund_assistancecase_transition", args=[case.pk, "agree"])
    return case, address, {"day": "11.8", "votes_for": "9", "amount": "三百"}


def test_what_was_typed_into_the_form_of_an_act_is_kept_and_does_nothing(office, clerk):
    case, address, typing = reviewed_case()
    typed(office, address, typing)

    (line,) = drafts_of(clerk)
    html = office.get(line.address).content.decode()

    assert {name: fields_of(html)[name] for name in typing} == typing
    assert "还没有保存" in html
    case.refresh_from_db()
    assert case.state == "applied"


def test_an_act_that_was_done_leaves_no_draft(office):
    _case, address, typing = reviewed_case()
    done = {"day": "2018-04-03", "votes_against": "0", "votes_abstained": "0", "amount": "300"}
    data = typed(office, address, typing | done)

    assert office.post(address, data).status_code == 302

    assert not Draft.objects.exclude(key=F("record")).exists()


def test_who_may_not_act_keeps_nothing_of_its_form():
    case, address, typing = reviewed_case()
    reader = signed_in(make_user("accountant", organization=case.branch.organization))

    assert reader.post(KEEP, typing | {"_address": address, "_draft": "0" * 32}).status_code == 403
    assert not Draft.objects.exists()


def test_a_draft_is_merged_with_what_was_stored_since_it_was_begun(office):
    member = make_member(remark="", native_place="")
    typed(office, change_page(member), {"remark": "腿脚不便"})
    Member.objects.update(native_place="广西桂南")

    link, html = filled(office, change_page(member))
    assert office.post(link, fields_of(html)).status_code == 302

    member = Member.objects.get()
    assert (member.remark, member.native_place) == ("腿脚不便", "广西桂南")


def test_lines_of_a_draft_stand_beside_their_own_names_whatever_was_added_since(office):
    term = CommitteeTerm.objects.create(branch=make_branch(), term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    first, second = [
        CommitteeSeat.objects.create(term=term, post="member", name=name, held_from="2018-01-02")
        for name in ("农爱民", "覃月华")
    ]
    typed(office, change_page(term), {"seats-1-duties": "宣传"})
    first.delete()
    CommitteeSeat.objects.create(term=term, post="secretary", name="闭大方", held_from="2018-01-02")

    link, html = filled(office, change_page(term))
    assert re.search(r"<p>[^<]*覃月华[^<]*</p>.*?宣传", html, re.S)
    assert office.post(link, fields_of(html)).status_code == 302

    assert sorted(CommitteeSeat.objects.values_list("name", "duties")) == [("覃月华", "宣传"), ("闭大方", "")]
    assert second.pk


def test_a_form_that_was_added_from_a_draft_is_stored_once(office):
    place = make_organization()
    data = typed(office, add_page(Activity), {"organization": place.pk, "title": "太极", "kind": "sports"})
    _link, html = filled(office, add_page(Activity))
    whole = fields_of(html) | {"day": "2018-11-01"}

    assert [office.post(add_page(Activity), form).status_code for form in (whole, data | whole)] == [302, 302]

    assert Activity.objects.count() == 1


def test_throwing_a_draft_away_removes_it_and_changes_nothing(office):
    member = make_member(remark="旧")
    typed(office, change_page(member), {"remark": "腿脚不便"})

    answer = office.post(reverse("admin:discard_draft", args=[drafts_of(User.objects.get())[0].pk]))

    assert answer.url == change_page(member)
    assert drafts_of(User.objects.get()) == []
    assert Member.objects.get().remark == "旧"


def test_an_older_draft_is_not_overwritten_by_a_form_that_was_opened_anew(office, clerk):
    member = make_member()
    for words in ("上午写的", "下午写的"):
        typed(office, change_page(member), {"remark": words})

    assert len(drafts_of(clerk)) == 2
    assert office.get(change_page(member)).content.decode().count("own-draft") == 2


def test_own_drafts_are_told_with_what_they_are_and_where_they_go_on(office, clerk, django_assert_num_queries):
    member = make_member(name="闭大方")
    typed(office, f"{record_page(member)}?edit=2", {"former_post": "县糖厂"})
    typed(office, add_page(Activity), {"title": "太极"})

    with django_assert_num_queries(1):
        new, changed = drafts_of(clerk)

    assert "闭大方" in changed.label
    assert new.label.startswith("新")
    assert changed.address.startswith(f"{record_page(member)}?edit=2&draft=")
    assert abs(timezone.now() - new.at) < timedelta(minutes=1)
    today = office.get("/admin/").content.decode()
    assert all(f'href="{draft.address}"'.replace("&", "&amp;") in today for draft in (new, changed))


@pytest.mark.parametrize(
    ("model", "changes", "label"),
    [
        (Activity, {"title": " 太极\0 ", "place": "广场"}, "新的活动：太极"),
        (Member, {"name": "闭大方", "phone": "14000000001", "address": "荔香路 1 号"}, "新的党员：闭大方"),
        (Member, {"phone": "14000000001", "hardship_reason": "久病"}, "新的党员"),
        (Donation, {"donor": "荔香超市", "phone": "14000000001"}, "新的捐款：荔香超市"),
        (Question, {"name": "闭大方", "text": "账目不清"}, "新的质询与异议"),
        (AssistanceCase, {"beneficiary": "闭大方", "reason": "久病"}, "新的救助申请"),
    ],
)
def test_a_draft_of_a_new_record_is_named_by_what_was_typed_and_is_not_private(office, clerk, model, changes, label):
    typed(office, add_page(model), changes)

    assert [draft.label for draft in drafts_of(clerk)] == [label]


def test_only_the_newest_drafts_of_new_records_stand_above_the_form(office):
    for number in range(1, 6):
        typed(office, add_page(Activity), {"title": f"太极第{number}场"})

    html = office.get(add_page(Activity)).content.decode()

    newest, _fold, older = html.partition('<details class="older-drafts"')
    told = [re.findall(r"“太极第(\d)场”：\d\d:\d\d 有没保存完的内容。", part) for part in (newest, older)]
    assert told == [["5", "4", "3"], ["2", "1"]]
    assert "更多没保存的：2 份" in older


def test_what_is_kept_is_not_readable_in_the_database(office):
    typed(office, change_page(make_member()), {"remark": "腿脚不便", "phone": "14000000001"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM branches_draft WHERE text <> ''")
        (stored,) = cursor.fetchone()

    assert "14000000001" not in stored
    assert "腿脚" not in stored


def test_drafts_are_swept_by_number_and_by_age(office, clerk):
    member = make_member()
    typed(office, change_page(member), {"remark": "很旧"})
    Draft.objects.update(at=timezone.now() - timedelta(days=31))
    assert drafts_of(clerk) == []

    for number in range(MOST_KEPT + 2):
        typed(office, change_page(member), {"remark": f"第{number}份"})

    assert len(drafts_of(clerk)) == MOST_KEPT
    assert not Draft.objects.filter(at__lt=timezone.now() - timedelta(days=30)).exists()


def test_a_draft_is_nobody_elses(office, clerk):
    member = make_member()
    typed(office, change_page(member), {"remark": "腿脚不便"})
    (draft,) = drafts_of(clerk)
    other = signed_in(make_user(is_superuser=True))

    assert "腿脚不便" not in other.get(draft.address).content.decode()
    assert "own-draft" not in other.get(change_page(member)).content.decode()
    assert other.post(reverse("admin:discard_draft", args=[draft.pk])).status_code == 404
    assert len(drafts_of(clerk)) == 1


def test_nothing_is_kept_of_records_that_the_user_may_not_change():
    member = make_member()
    stranger = signed_in(make_user("secretary", branch=make_branch()))
    keeper = signed_in(make_user("point_keeper", branch=member.branch))
    data = {"_draft": "0" * 32, "remark": "x"}

    assert stranger.post(KEEP, data | {"_address": change_page(member)}).status_code == 404
    assert keeper.post(KEEP, data | {"_address": add_page(Member)}).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["", "/", "/admin/", "https://example.org/admin/", "/admin/members/member/x\0/change/", "/admin/members/member/",
     "/admin/auth/user/add/", "/admin/password_change/", "/admin/members/member/9" * 300, "//[", "/admin/members/member/0x1/change/"],
)  # fmt: skip
def test_only_forms_of_the_office_can_be_kept(office, address):
    assert office.post(KEEP, {"_draft": "0" * 32, "_address": address}).status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 32, "0" * 33, "\0" * 32])
def test_a_forged_key_is_refused(office, key):
    assert office.post(KEEP, {"_draft": key, "_address": add_page(Activity)}).status_code == 400


def test_too_much_is_refused_and_a_null_character_is_no_fault(office, clerk):
    data = {"_draft": "0" * 32, "_address": add_page(Activity)}

    assert office.post(KEEP, data | {"summary": "长" * LARGEST}).status_code == 413
    assert office.post(KEEP, data | {"summary": "长" * (LARGEST // 3)}).status_code == 413
    assert not Draft.objects.exists()
    assert office.post(KEEP, data | {"title": "太\0极"}).status_code == 204
    assert office.get(drafts_of(clerk)[0].address).status_code == 200


@pytest.mark.parametrize("pk", ["0", "x", "9" * 30, "1\0", "-1"])
def test_a_forged_draft_opens_the_form_as_it_is(office, pk):
    member = make_member(remark="旧")

    answer = office.get(record_page(member), {"edit": "all", "draft": pk})

    assert fields_of(answer.content.decode())["remark"] == "旧"


# Who has a record open


def test_a_colleague_is_told_who_has_the_record_open_until_it_is_saved(office, clerk):
    member = make_member()
    other = signed_in(make_user(is_superuser=True, last_name="王", first_name="会计"))
    assert "正在改这条记录" not in office.get(change_page(member)).content.decode()

    told = other.get(change_page(member)).content.decode()

    assert re.search(r"韦怀德 \d\d:\d\d 起正在改这条记录", told)
    assert "正在改这条记录" not in other.get(record_page(member)).content.decode()
    office.post(change_page(member), opened(office, change_page(member)))
    assert "正在改这条记录" not in other.get(change_page(member)).content.decode()


def test_a_note_older_than_a_quarter_of_an_hour_tells_nothing(office):
    member = make_member()
    office.get(change_page(member))
    Draft.objects.update(at=timezone.now() - timedelta(minutes=16))
    other = signed_in(make_user(is_superuser=True))

    assert "正在改这条记录" not in other.get(change_page(member)).content.decode()
    assert Draft.objects.count() == 2


def test_the_note_takes_one_query_on_the_form_and_none_on_the_list(office, django_assert_max_num_queries):
    member = make_member()

    def asked(address):
        with django_assert_max_num_queries(80) as queries:
            office.get(address)
        return [query["sql"] for query in queries if "branches_draft" in query["sql"]]

    asked(change_page(member))
    assert len(asked(change_page(member))) == 1
    assert asked(record_page(member)) == []
    assert asked(reverse("admin:members_member_changelist")) == []


# A check that fails


def test_a_form_that_is_refused_comes_back_with_every_word_and_line(office):
    rows = {"seats-0-name": "覃月华", "seats-0-post": "member", "seats-0-held_from": "何时"}
    data = opened(office, add_page(CommitteeTerm)) | {"term_no": "x", "elected_on": "2018-13-40"} | rows

    html = office.post(add_page(CommitteeTerm), data).content.decode()

    again = fields_of(html)
    assert {name: again[name] for name in ("term_no", "elected_on", *rows)} == {
        "term_no": "x", "elected_on": "2018-13-40", **rows,
    }  # fmt: skip
    assert 'data-unsaved="yes"' in html


def test_what_saving_itself_refuses_comes_back_in_the_form(office, monkeypatch):
    from django.core.exceptions import ValidationError

    from members.admin import MemberAdmin

    member = make_member(remark="旧")

    def refuse(*args):
        raise ValidationError("这时候不能改。")

    monkeypatch.setattr(MemberAdmin, "save_model", refuse)
    answer = office.post(change_page(member), opened(office, change_page(member)) | {"remark": "新"}, follow=True)

    html = answer.content.decode()
    assert "这时候不能改。" in html
    assert fields_of(html)["remark"] == "新"
    assert Member.objects.get().remark == "旧"

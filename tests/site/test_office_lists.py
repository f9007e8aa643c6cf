"""What lists of the office leave out, declare and offer."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from branches.models import CountyForm, Holiday
from config.kit.admin.lists import OfficeLists
from config.kit.lists.states import KINDS, StateWords, kind_of
from config.kit.lists.totals import counted
from fund.models import Donation
from members.models import Member
from tests.fund.make import make_donation, make_pot
from tests.make import make_branch, make_member, make_user
from tests.site.test_list_export import csv_rows, said_once, seen_headings, seen_rows

pytestmark = pytest.mark.django_db

MEMBERS = "/admin/members/member/"
GIFTS = "/admin/fund/donation/"


def registered():
    return admin.site._registry.items()


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


# Columns that say the same


def test_a_column_that_says_the_same_in_every_row_is_said_once_above(admin_client):
    branch = make_branch(name="甲支部")
    make_member(branch=branch, name="韦德", sex="1")
    make_member(branch=branch, name="黄芳", sex="2")

    page = admin_client.get(MEMBERS)

    assert "党支部" not in seen_headings(page)
    assert said_once(page)["党支部"] == "甲支部"
    assert said_once(page)["党籍"] == "在册"
    assert "各行相同" in page.content.decode()
    assert [len(row) for row in seen_rows(page)] == [len(seen_headings(page))] * 2
    make_member(branch=make_branch(name="乙支部"), name="李明")
    assert "党支部" in seen_headings(admin_client.get(MEMBERS))


def test_one_row_is_shown_whole(admin_client):
    make_member()

    page = admin_client.get(MEMBERS)

    assert said_once(page) == {}
    assert len(seen_headings(page)) == len(admin.site._registry[Member].list_display)


def test_what_no_row_has_is_said_to_be_none(admin_client):
    branch = make_branch()
    for name in ("韦德", "黄芳"):
        make_member(branch=branch, name=name, birth_date=None, citizen_id="", phone="")

    assert said_once(admin_client.get(MEMBERS))["联系电话"] == "无"


def test_links_numbers_and_the_column_sorted_by_are_never_left_out(admin_client, admin_user):
    pot = make_pot()
    for _number in range(2):
        make_donation(pot=pot, registered_by=admin_user).save()

    plain, by_day = admin_client.get(GIFTS), admin_client.get(f"{GIFTS}?o=1")

    assert seen_headings(plain) == ["收据号", "金额（元）"]
    assert seen_headings(by_day) == ["收据号", "捐款日期", "金额（元）"]
    assert "捐款日期" in said_once(plain)


def test_a_page_of_several_speaks_of_itself_alone(admin_client, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Member], "list_per_page", 2)
    for number in range(3):
        make_member(name=f"韦{number}")

    assert "本页各行相同" in admin_client.get(MEMBERS).content.decode()


def test_a_file_keeps_the_columns_that_the_page_leaves_out(admin_client):
    branch = make_branch(name="甲支部")
    for name in ("韦德", "黄芳"):
        make_member(branch=branch, name=name)

    page = admin_client.get(MEMBERS)
    _title, headings, rows = csv_rows(admin_client.get(address(Member, "export", "csv")))

    assert set(seen_headings(page)) | set(said_once(page)) == set(headings)
    assert {row[headings.index("党支部")] for row in rows} == {"甲支部"}


# States


def test_a_state_is_a_sign_beside_its_word(admin_client):
    make_member(name="韦德")
    make_member(name="黄芳", status="suspended")

    html = admin_client.get(MEMBERS).content.decode()

    assert '<span class="state state-done">在册</span>' in html
    assert '<span class="state state-late">' in html


def test_every_state_of_a_declared_column_has_a_sign():
    declared = 0
    for model, site_admin in registered():
        for name, states in site_admin.list_states.items():
            values = {value for value, _words in model._meta.get_field(name).choices}
            assert {str(value) for value in states} == {str(value) for value in values}, model
            assert set(states.values()) <= set(KINDS), model
            assert name in site_admin.list_display, model
            declared += 1
        for name in {"state", "status"} & set(site_admin.list_display):
            assert name in site_admin.list_states, model
    assert declared >= 10


def test_only_words_made_for_it_carry_a_sign():
    class Place(str):
        kind = "done"

    assert kind_of({"paid": "done"}, "paid") == "done"
    assert kind_of({}, StateWords("late", "逾期")) == "late"
    assert kind_of({}, Place("办公室")) == ""
    assert kind_of(None, "paid") == ""


# Deleting many at once


def test_many_records_are_deleted_at_once_in_one_list_alone(admin_user):
    request = request_of(admin_user)

    deleting = {
        model._meta.label_lower for model, site in registered() if "delete_selected" in site.get_actions(request)
    }

    assert deleting == {"branches.holiday"}
    assert not hasattr(Holiday._meta, "simple_history_manager_attribute")


def test_a_forged_deletion_of_many_takes_nothing_away(admin_client):
    members = [make_member(), make_member()]
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in members], "post": "yes"}

    admin_client.post(MEMBERS, data)
    admin_client.post(MEMBERS, data | {"index": "0"})

    assert Member.objects.count() == 2


def test_holidays_are_deleted_together(admin_client):
    days = [Holiday.objects.create(day=date(2031, 1, day), name="元旦") for day in (1, 2)]
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in days], "post": "yes"}

    assert admin_client.post(address(Holiday), data).status_code == 302

    assert not Holiday.objects.filter(pk__in=[row.pk for row in days]).exists()


def test_a_list_without_an_action_has_no_boxes(admin_client):
    make_member()

    assert 'type="checkbox"' not in admin_client.get(MEMBERS).content.decode()


# Words


def test_every_list_counts_with_its_own_measure_word_and_names_what_is_added(admin_client, admin_user):
    for model, site_admin in registered():
        assert site_admin.list_counted is not OfficeLists.list_counted, model
        may_add = site_admin.has_add_permission(request_of(admin_user))
        assert bool(site_admin.add_label) == may_add, model
        html = admin_client.get(address(model)).content.decode()
        with translation.override("zh-hans"):
            assert html.count(f'href="{address(model, "add")}') == (may_add * 2 if "还没有" in html else may_add), model
            assert not may_add or f">{site_admin.add_label}</a>" in html, model


@pytest.mark.parametrize(
    ("prefix", "count", "add"), [("", "共 2 人", "增加一名党员"), ("/en", "2 persons in all", "Add a Party member")]
)
def test_people_are_counted_as_people(admin_client, prefix, count, add):
    make_member()
    make_member()

    html = admin_client.get(f"{prefix}{MEMBERS}").content.decode()

    assert count in html
    assert add in html


def test_large_counts_have_their_thousands_apart():
    assert counted(admin.site._registry[Member].list_counted, 1046) == "1,046 人"
    with translation.override("en"):
        assert counted(admin.site._registry[Donation].list_counted, 1) == "1 gift"


def test_an_empty_list_says_what_to_do_next(admin_client, client):
    assert "还没有党员" in (html := admin_client.get(MEMBERS).content.decode())
    assert re.search(r'class="empty">.*?href="/admin/members/member/add/">增加一名党员</a>', html, re.S)
    forms = admin_client.get(address(CountyForm)).content.decode()
    assert f'href="{reverse("admin:county_forms")}">上传一份上级表格</a>' in forms
    found = admin_client.get(f"{MEMBERS}?q=zzz").content.decode()
    assert "没有找到" in found
    assert "还没有" not in found
    client.force_login(make_user("discipline_officer"))
    html = client.get("/admin/fund/statement/").content.decode()
    assert "还没有收支公示" in html
    assert html.count("/admin/fund/statement/add/") == 0


# Filters in one form


def test_a_form_of_selects_leads_to_one_clean_address(admin_client):
    branch = make_branch()
    make_member(branch=branch)
    make_member(branch=make_branch())
    html = admin_client.get(MEMBERS).content.decode()
    chosen = f"branch__id__exact={branch.pk}"
    assert f'<option value="{chosen}">' in html

    answer = admin_client.get(MEMBERS, {"q": "", "pick": [chosen, "", "sex__exact=1"]})

    assert answer["Location"] == f"{MEMBERS}?{chosen}&sex__exact=1"
    html = admin_client.get(answer["Location"]).content.decode()
    assert f'<option value="{chosen}" selected>' in html
    assert '<details class="fold more-filters" open>' in html
    assert "找到 1 人" in html


def test_what_no_select_answers_stays_in_the_form(admin_client):
    make_member()

    html = admin_client.get(f"{MEMBERS}?o=-1&_popup=1").content.decode()

    assert '<input type="hidden" name="o" value="-1">' in html
    assert '<input type="hidden" name="_popup" value="1">' in html


def test_a_period_is_chosen_by_year_then_month_then_day(admin_client):
    pot = make_pot()
    for year in (2016, 2018):
        make_donation(pot=pot, donated_on=date(year, 2, 10)).save()

    def offered(tail):
        return re.findall(r'<option value="donated_on__(\w+)=(\d+)"', admin_client.get(GIFTS + tail).content.decode())

    assert offered("") == [("year", "2018"), ("year", "2017"), ("year", "2016")]
    months = [number for part, number in offered("?donated_on__year=2016") if part == "month"]
    assert months == [str(number) for number in range(1, 13)]
    days = [number for part, number in offered("?donated_on__year=2016&donated_on__month=2") if part == "day"]
    assert len(days) == 29


@pytest.mark.parametrize(
    "pick", ["%00", "%ff", "=", "&&", "a=" + "b" * 5000, "e=1", "pick=pick", "donated_on__year=99999"]
)
def test_no_piece_of_an_address_breaks_a_list(admin_client, pick):
    for page in (MEMBERS, GIFTS):
        answer = admin_client.get(page, {"pick": [pick, pick]}, follow=True)
        assert answer.status_code in {200, 400}

"""What the office sees: the today page, the menu by subject, sign-in, and lists that read on a phone."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from activities.models import MiniWish
from branches.models import Equipment, Organization
from config.site.demo import clock
from config.site.menu import SUBJECTS, by_subject
from honours.models import Honour
from tests.make import make_branch, make_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def signed_in(user):
    client = Client()
    client.force_login(user, backend="config.site.accounts.DemoAwareBackend")
    return client


def make_wish(branch, **fields):
    defaults = {
        "code": "2018-001",
        "collected_on": date(2018, 10, 1),
        "wisher": "韦某",
        "group": "resident",
        "public_text": "想学下象棋",
    }
    return MiniWish.objects.create(organization=branch.organization, branch=branch, **defaults | fields)


# The today page


def test_today_lists_what_waits_for_the_secretary_of_the_branch_alone():
    own, other = make_branch(), make_branch()
    make_wish(own)
    make_wish(other, code="2018-002")
    secretary = make_user("secretary", branch=own, last_name="韦", first_name="光明")

    html = signed_in(secretary).get("/admin/").content.decode()

    assert "<h1>韦光明，有 3 件事等您办</h1>" in html
    assert "心愿 2018-001 等着贴出" in html
    # Beside the wish, what the branch owes this month and this quarter.
    assert "本月还没有开" in html
    assert "本季度还没有开" in html
    assert "2018-002" not in html
    assert "过了" in html


def test_today_says_when_nothing_waits():
    cashier = make_user("cashier", last_name="莫", first_name="彩云")

    html = signed_in(cashier).get("/admin/").content.decode()

    assert "<h1>莫彩云，今天没有等您办的事</h1>" in html
    assert 'class="todo"' not in html


def test_quick_notes_are_those_the_role_may_write():
    branch = make_branch()
    secretary, keeper = make_user("secretary", branch=branch), make_user("point_keeper")

    def offered(user):
        html = signed_in(user).get("/admin/").content.decode()
        return re.findall(r'<li><a href="/admin/(\w+/\w+)/add/">', html.partition('class="quick-adds"')[2])

    assert "activities/activity" in offered(secretary)
    assert "fund/donation" not in offered(secretary)
    assert offered(keeper) == ["honours/visitgroup", "honours/booktitle"]


def test_own_figures_count_the_own_branch():
    branch = make_branch(name="甲支部")
    make_member(branch=branch)
    make_member()
    secretary = make_user("secretary", branch=branch)

    html = signed_in(secretary).get("/admin/").content.decode()

    assert "甲支部</h2>" in html
    assert re.findall(r'amount-large">(\d+)<span class="unit">人', html)[0] == "1"


# The menu


def test_the_whole_menu_names_each_record_once_by_subject():
    client = signed_in(make_user(is_superuser=True))
    client.get("/admin/menu/open/?next=/admin/")
    html = client.get("/admin/").content.decode()
    menu = html.partition('id="nav-sidebar"')[2]

    links = re.findall(r'href="(/admin/\w+/\w+/)"', menu)
    links = [link for link in links if not link.startswith("/admin/menu/")]
    assert sorted(links) == sorted(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
    )
    assert re.findall(r"<h2>(.*?)</h2>", menu) == ["办公页面", *(str(name) for name, _labels in SUBJECTS)]


def test_what_no_subject_names_keeps_its_app():
    models = [{"object_name": "Member"}, {"object_name": "Strange"}]
    apps = [{"name": "党员", "app_label": "members", "models": models}]

    grouped = by_subject(apps)

    assert [[model["object_name"] for model in app["models"]] for app in grouped] == [["Member"], ["Strange"]]


# Sign-in


def test_demo_accounts_are_shown_where_demo_data_is_loaded_and_only_on_loopback(client, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    organization = make_organization()
    assert "yure-demo-2018" not in client.get("/admin/login/", headers={"host": "localhost"}).content.decode()

    Organization.objects.filter(pk=organization.pk).update(is_demo=True)
    clock.forget()

    shown = client.get("/admin/login/", headers={"host": "localhost"}).content.decode()
    assert shown.count("<code>") == 12
    settings.ALLOWED_HOSTS = ["localhost", "board.example"]
    assert "yure-demo-2018" not in client.get("/admin/login/", headers={"host": "localhost"}).content.decode()


def test_the_sixth_wrong_password_finds_the_door_closed_for_a_while(client, settings):
    make_user(username="韦光明")

    answers = [client.post("/admin/login/", {"username": "韦光明", "password": "wrong"}) for _attempt in range(6)]

    assert answers[-1].status_code == 429
    assert "密码输错太多次了" in answers[-1].content.decode()


# Lists and forms


def test_every_office_page_loads_our_sheets_and_nothing_inline():
    client = signed_in(make_user(is_superuser=True))
    make_wish(make_member().branch)

    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.first()
        addresses = [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        addresses += [reverse(f"{name}_{act}", args=[record.pk]) for act in ("change", "history", "delete") if record]
        for address in addresses:
            answer = client.get(address)
            html = answer.content.decode()
            assert answer.status_code in {200, 403}, address
            assert not re.search(r"<style|\sstyle=|\son(click|change|load)=|<script(?![^>]*\ssrc=)", html), address
            assert "admin/css/base.css" not in html, address
            if answer.status_code == 200:
                assert "css/admin.css" in html, address


def test_a_list_names_its_columns_in_every_cell():
    make_member(branch=make_branch(name="甲支部"), name="韦德")

    html = signed_in(make_user(is_superuser=True)).get("/admin/members/member/").content.decode()

    assert '<th scope="row" class="field-name"><a href="' in html
    assert re.search(r'<td data-label="党支部" class="field-branch[^"]*">甲支部</td>', html)


def test_yes_and_no_are_words_in_lists():
    make_user(username="staff")

    html = signed_in(make_user(is_superuser=True)).get("/admin/auth/user/").content.decode()

    assert re.search(r'<td data-label="[^"]+" class="field-is_superuser">否</td>', html)
    assert "icon-no" not in html


def test_amounts_and_months_are_written_as_everywhere():
    client = signed_in(make_user(is_superuser=True))
    organization = make_organization()
    chairs = Equipment.objects.create(
        organization=organization,
        asset_no="SB-1",
        name="椅子",
        quantity=60,
        unit_price=Decimal("1150.50"),
        bought_on=date(2018, 3, 1),
    )
    Honour.objects.create(
        organization=organization,
        title="先进",
        level="city",
        awarded_on=date(2018, 7, 1),
        awarded_by="市",
        winner="社区",
    )
    auditor = make_user("accountant", organization=organization)

    assert ">1,150.50</td>" in client.get("/admin/branches/equipment/").content.decode()
    assert '<div class="readonly">1,150.50</div>' in (
        signed_in(auditor).get(f"/admin/branches/equipment/{chairs.pk}/change/").content.decode()
    )
    assert ">2018.07</" in client.get("/admin/honours/honour/").content.decode()


def test_history_says_who_changed_what():
    admin_user = make_user(is_superuser=True, last_name="黄", first_name="志文")
    member = make_member(party_post="党小组长")
    client = signed_in(admin_user)
    from django.test import RequestFactory
    from simple_history.models import HistoricalRecords

    HistoricalRecords.context.request = RequestFactory().get("/")
    HistoricalRecords.context.request.user = admin_user
    member.party_post = "支部委员"
    member.save()
    del HistoricalRecords.context.request

    html = client.get(f"/admin/members/member/{member.pk}/history/").content.decode()

    assert "黄志文" in html
    assert '<span class="was">党小组长</span> → 支部委员' in html


def test_the_office_follows_type_size_and_language():
    client = signed_in(make_user(is_superuser=True))

    client.get("/display/large/")

    assert '<html lang="zh-Hans" data-size="large">' in client.get("/admin/").content.decode()
    assert '<html lang="en" data-size="large">' in client.get("/en/admin/members/member/").content.decode()


def test_garbage_in_an_office_address_leads_back_to_the_list():
    client = signed_in(make_user(is_superuser=True))
    make_member()

    for garbage in ("p=99999", "p=x", "o=zz", "q=%00", "branch__id__exact=x", "nonsense=1", "all=", "e=1"):
        answer = client.get(f"/admin/members/member/?{garbage}", follow=True)
        assert answer.status_code == 200, garbage
    assert client.get("/admin/members/member/999999/change/", follow=True).status_code == 200
    assert client.get("/admin/no-such-app/").status_code == 404


@pytest.mark.parametrize(
    "next_page", ["//other.example/", "https://other.example/", "/\\other.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_but_into_the_office(client, next_page):
    user = make_user("secretary", password="secret-word-1")

    answer = client.post("/admin/login/", {"username": user.username, "password": "secret-word-1", "next": next_page})

    assert answer["Location"] == "/admin/"

"""A session that ended while somebody wrote: what was typed comes back after the sign-in, to nobody else, and is not saved."""

import re
from datetime import timedelta
from html import unescape

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from branches.models import Draft
from config.kit.admin.drafts import drafts_of
from config.site.sign_in import PAIR_LIMIT
from fund.models import Posting
from members.models import Member
from tests.fund.make import make_case
from tests.make import make_branch, make_member, make_organization, make_user
from tests.site.test_careful_saving import add_page, attribute, change_page, fields_of, opened, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "secret-word-1"


@pytest.fixture
def clerk():
    return make_user(is_superuser=True, last_name="韦", first_name="怀德")


def sign_in_from(page, client, user, password=PASSWORD):
    """Send the sign-in form of a page as a browser would."""
    sent = dict(re.findall(r'<input type="hidden" name="(next|kept_form)" value="([^"]*)"', page))
    sent = {name: unescape(value) for name, value in sent.items()}
    return client.post("/admin/login/", sent | {"username": user.username, "password": password}, follow=True)


def ended_while_typing(user, address, changes, **files):
    client = signed_in(user)
    data = opened(client, address) | changes
    Session.objects.all().delete()
    answer = client.post(address, data | files)
    assert answer.status_code == 200
    return client, answer.content.decode()


def test_the_form_of_an_act_comes_back_too_and_the_act_is_not_done(clerk):
    case = make_case(state="applied", branch=make_branch())
    case.save()
    address = reverse("admin:fund_assistancecase_transition", args=[case.pk, "reject"])
    client, page = ended_while_typing(clerk, address, {"reason": "材料不全"})

    answer = sign_in_from(page, client, clerk)

    assert fields_of(answer.content.decode())["reason"] == "材料不全"
    case.refresh_from_db()
    assert case.state == "applied"


def test_what_was_typed_outlasts_a_sign_in_that_was_closed_by_wrong_passwords(clerk):
    member = make_member(remark="旧")
    client, page = ended_while_typing(clerk, change_page(member), {"remark": "腿脚不便"})
    for _attempt in range(PAIR_LIMIT):
        answer = sign_in_from(page, client, clerk, "wrong-word-1")
        page = answer.content.decode()
    assert answer.status_code == 429

    sent = dict(re.findall(r'<input type="hidden" name="(next|kept_form)" value="([^"]*)"', page))
    page = client.post("/admin/login/", {name: unescape(value) for name, value in sent.items()}).content.decode()
    AccessAttempt.objects.all().delete()
    answer = sign_in_from(page, client, clerk)

    assert fields_of(answer.content.decode())["remark"] == "腿脚不便"


def test_a_form_sent_after_the_session_ended_comes_back_after_the_sign_in(clerk):
    member = make_member(remark="旧")
    client, page = ended_while_typing(clerk, change_page(member), {"remark": "腿脚不便"})
    assert 'id="login-form"' in page
    assert "腿脚不便" not in page

    answer = sign_in_from(page, client, clerk)

    html = answer.content.decode()
    assert fields_of(html)["remark"] == "腿脚不便"
    assert "还没有保存" in html
    assert Member.objects.get().remark == "旧"
    assert client.post(change_page(member), fields_of(html)).status_code == 302
    assert Member.objects.get().remark == "腿脚不便"


def test_a_wrong_password_first_loses_nothing(clerk):
    client, page = ended_while_typing(clerk, add_page(Activity), {"title": "太极"})

    again = sign_in_from(page, client, clerk, "wrong").content.decode()

    assert fields_of(sign_in_from(again, client, clerk).content.decode())["title"] == "太极"


def test_another_user_who_signs_in_does_not_see_it_and_the_typist_finds_it(clerk):
    member = make_member(remark="")
    client, page = ended_while_typing(clerk, change_page(member), {"remark": "腿脚不便"})
    other = make_user(is_superuser=True)

    answer = sign_in_from(page, client, other)

    assert "腿脚不便" not in answer.content.decode()
    assert drafts_of(other) == []
    assert len(drafts_of(clerk)) == 1


def test_a_user_without_the_right_to_the_form_does_not_get_it():
    branch = make_branch()
    user = make_user("secretary", branch=branch)
    client, page = ended_while_typing(user, add_page(Activity), {"title": "太极"})
    user.assignments.all().delete()

    assert sign_in_from(page, client, user).status_code in {403, 404}


@pytest.mark.parametrize("forged", ["x", "test:AAAA", "x" * 700_000, "\0"])
def test_a_forged_parcel_is_a_plain_sign_in(clerk, forged):
    client = Client()
    data = {"username": clerk.username, "password": PASSWORD, "next": "/admin/", "kept_form": forged}

    assert client.post("/admin/login/", data).url == "/admin/"
    assert not Draft.objects.exists()


def test_a_parcel_is_good_for_an_hour(clerk, monkeypatch):
    client, page = ended_while_typing(clerk, add_page(Activity), {"title": "太极"})
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("config.site.kept_forms.timezone.now", lambda: later)

    sign_in_from(page, client, clerk)

    assert not Draft.objects.exists()


def test_passwords_and_the_sign_in_itself_are_never_kept(clerk):
    client = Client()
    page = client.post("/admin/auth/user/add/", {"username": "x", "password1": "secret-2"})
    assert page.status_code == 302
    assert "kept_form" not in client.post("/admin/login/", {"username": "x", "password": "y"}).content.decode()

    client, page = ended_while_typing(clerk, add_page(Activity), {"title": "太极", "password": "secret-2"})
    sign_in_from(page, client, clerk)
    assert "secret-2" not in Draft.objects.get().text


def test_files_have_to_be_chosen_again_and_the_page_says_so(clerk):
    keeper = make_user("fund_keeper", organization=make_organization())

    _client, page = ended_while_typing(
        keeper, add_page(Posting), {"place": "公开栏"}, picture=SimpleUploadedFile("a.jpg", b"x")
    )

    assert "文件要重新选" in page


def csrf_checked(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_a_form_whose_token_is_of_an_earlier_session_is_kept(clerk):
    member = make_member(remark="")
    client = csrf_checked(clerk)
    page = client.get(change_page(member)).content.decode()
    data = fields_of(page) | {"remark": "腿脚不便", "csrfmiddlewaretoken": "x" * 64}

    answer = client.post(change_page(member), data, headers={"origin": "http://testserver"}, follow=True)

    assert fields_of(answer.content.decode())["remark"] == "腿脚不便"
    assert Member.objects.get().remark == ""


def test_a_form_from_another_site_is_refused_and_not_kept(clerk):
    client = csrf_checked(clerk)

    for headers in ({"origin": "https://example.org"}, {"referer": "https://example.org/admin/"}, {}):
        answer = client.post(add_page(Activity), {"title": "太极"}, headers=headers)
        assert answer.status_code == 403

    assert not Draft.objects.exists()


def test_a_token_of_an_earlier_session_and_no_session_lead_to_the_sign_in_with_the_text(clerk):
    client = csrf_checked(clerk)
    page = client.get(add_page(Activity)).content.decode()
    Session.objects.all().delete()
    client.cookies.pop("csrftoken")

    answer = client.post(
        add_page(Activity), fields_of(page) | {"title": "太极"}, headers={"origin": "http://testserver"}
    )

    assert attribute(re.search(r'<input[^>]*name="kept_form"[^>]*>', answer.content.decode()).group(), "value")

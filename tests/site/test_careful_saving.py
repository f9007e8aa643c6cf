"""A form that comes back whole is saved without a word, and a form sent twice is stored once."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.urls import reverse

from activities.models import Activity, MiniWish
from branches.models import CommitteeTerm, Nameplate, SentForm
from honours.models import BookTitle, EducationPoint, VisitGroup
from members.models import Member
from tests.make import make_branch, make_member, make_user


def attribute(text, name):
    match = re.search(rf'\b{name}="([^"]*)"', text)
    return unescape(match.group(1)) if match else None


def fields_of(html):
    """What a browser would send of the change form on a page."""
    form = html[html.index('id="', html.index('_form"') - 60) :]
    sent = {}
    for select in re.finditer(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', select.group(2))
        several = " multiple" in select.group()[: select.group().index(">")]
        sent[select.group(1)] = chosen if several else chosen[0] if chosen else ""
    for area in re.finditer(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        sent[area.group(1)] = unescape(area.group(2))
    for tag in re.finditer(r"<input[^>]*>", form):
        name, kind = attribute(tag.group(), "name"), attribute(tag.group(), "type")
        if not name or kind in {"submit", "file"} or (kind in {"checkbox", "radio"} and " checked" not in tag.group()):
            continue
        value = attribute(tag.group(), "value") or ""
        sent[name] = [*sent.get(name, []), value or "on"] if kind == "checkbox" else value
    sent.pop("csrfmiddlewaretoken", None)
    return {name: value for name, value in sent.items() if "__prefix__" not in name}


def opened(client, address):
    return fields_of(client.get(address).content.decode())


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def windows(*names):
    return [signed_in(make_user(is_superuser=True, last_name=name[0], first_name=name[1:])) for name in names]


def record_page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def change_page(record):
    return f"{record_page(record)}?edit=all"


def add_page(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


@pytest.mark.django_db
def test_two_windows_that_change_nothing_meanwhile_save_without_a_word():
    member = make_member(citizen_id="", phone="14000000001")
    (client,) = windows("黄志文")
    page = change_page(member)
    data = opened(client, page)

    assert client.post(page, data | {"remark": "一"}).status_code == 302
    assert client.post(page, opened(client, page) | {"remark": "二"}).status_code == 302
    assert Member.objects.get().phone == "14000000001"


@pytest.mark.django_db
def test_a_version_that_was_cut_on_its_way_is_not_taken_for_agreement():
    member = make_member()
    (client,) = windows("黄志文")
    page = change_page(member)
    data = opened(client, page)

    page_text = client.post(page, data | {"_version": data["_version"][:-5], "remark": "一"}).content.decode()

    assert "还没有保存" in page_text
    assert Member.objects.get().remark == ""


@pytest.mark.django_db
def test_every_form_of_the_office_carries_its_version_and_its_key(demo_forms):
    client, forms = demo_forms
    for address, name in forms:
        html = client.get(address).content.decode()
        if 'name="_save"' in html:
            assert f'name="{name}"' in html, address


@pytest.fixture
def demo_forms():
    (client,) = windows("黄志文")
    make_member()
    forms = []
    for model in admin.site._registry:
        forms.append((add_page(model), "_once"))
        record = model._base_manager.first()
        if record:
            forms.append((change_page(record), "_version"))
    assert len(forms) > 25
    return client, forms


def blank_forms():
    """`(model, what is typed)`: forms that nothing unique would keep from being stored again."""
    branch = make_branch()
    place = branch.organization
    point = EducationPoint.objects.create(organization=place, name="教育点", address="荔香路 1 号")
    return [
        (Activity, {"organization": place.pk, "kind": "sports", "title": "双击太极", "day": "2018-12-12"}),
        (Member, {"branch": branch.pk, "name": "双击员", "joined_on": "1970-07-01", "full_member_on": "1971-07-01"}),
        (VisitGroup, {"day": "2018-12-12", "group": "双击小学", "visitors": "40", "point": point.pk, "kind": "students"}),
        (BookTitle, {"book_no": "SJ-1", "title": "双击的书", "copies": "3", "point": point.pk, "subject": "culture"}),
        (
            MiniWish,
            {"organization": place.pk, "branch": branch.pk, "group": "resident", "code": "WX-1", "wisher": "双击",
             "collected_on": "2018-12-01", "public_text": "想要一把椅子"},
        ),
        (Nameplate, {"organization": place.pk, "code": "ageing_committee"}),
        (
            CommitteeTerm,
            {"branch": branch.pk, "term_no": "1", "elected_on": "2018-01-02", "term_end": "2021-01-02",
             "seats-0-post": "member", "seats-0-name": "覃月华", "seats-0-held_from": "2018-01-02"},
        ),
    ]  # fmt: skip


@pytest.mark.django_db
def test_one_form_sent_three_times_makes_one_record_and_leads_to_it():
    (client,) = windows("黄志文")
    for model, typed in blank_forms():
        data = opened(client, add_page(model)) | typed

        answers = [client.post(add_page(model), data) for _ in range(3)]

        assert [answer.status_code for answer in answers] == [302] * 3, (model, answers[0].context)
        assert model.objects.count() == 1, model
        assert {answer.url for answer in answers[1:]} == {record_page(model.objects.get())}


@pytest.mark.django_db
def test_a_form_that_was_refused_can_be_sent_again():
    (client,) = windows("黄志文")
    model, typed = blank_forms()[0]
    data = opened(client, add_page(model)) | typed

    assert client.post(add_page(model), data | {"title": ""}).status_code == 200
    assert client.post(add_page(model), data).status_code == 302
    assert (model.objects.count(), SentForm.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_two_forms_with_the_same_words_are_two_records():
    (client,) = windows("黄志文")
    model, typed = blank_forms()[2]

    for _ in range(2):
        client.post(add_page(model), opened(client, add_page(model)) | typed)

    assert model.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_three_times_at_once_is_held_by_the_database():
    user = make_user(is_superuser=True)
    model, typed = blank_forms()[0]
    data = opened(signed_in(user), add_page(model)) | typed
    clients = [signed_in(user) for _ in range(3)]

    def send(client):
        try:
            return client.post(add_page(model), data).status_code
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        # The tests' database lives in memory and knows one writer.
        answers = [send_here(client, model, data) for client in clients]
    else:
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(send, clients))

    assert answers == [302] * 3
    assert model.objects.count() == 1


def send_here(client, model, data):
    return client.post(add_page(model), data).status_code


@pytest.mark.same_everywhere
@pytest.mark.parametrize("account", ["secretary-a", "secretary-b", "publicity-a", "street", "keeper"])
def test_every_record_that_opens_for_change_can_be_saved_as_it_stands(client, demo, account):
    user = User.objects.get(username=account)
    client.force_login(user)
    request = RequestFactory().get("/")
    request.user = user

    refused, saved = [], 0
    for site_admin in admin.site._registry.values():
        for record in site_admin.get_queryset(request).order_by("-pk")[:5]:
            if not site_admin.has_change_permission(request, record):
                continue
            page = change_page(record)
            shown = client.get(page).content.decode()
            if 'name="_save"' not in shown:
                continue
            answer = client.post(page, fields_of(shown))
            saved += answer.status_code == 302
            if answer.status_code != 302:
                refused.append((page, re.findall(r'<ul class="errorlist[^>]*>.*?</ul>', answer.content.decode())[:3]))

    assert refused == []
    assert saved > 3

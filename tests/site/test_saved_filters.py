"""Filters of a list that a person keeps by name: for nobody else, within limits, and harmless when the list has changed."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from branches.models import SavedFilter
from tests.make import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/members/member/"


@pytest.fixture
def secretary(client):
    branch = make_branch()
    make_member(branch=branch, name="韦怀德")
    user = make_user("secretary", branch=branch)
    client.force_login(user)
    return user


def keep(client, name, query="sex__exact=1&q=%E9%9F%A6"):
    return client.post(reverse("admin:members_member_keep_filter") + f"?{query}", {"name": name})


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def links(client, page=LIST):
    return [(name, address) for name, address, _current in client.get(page).context["saved"]["links"]]


def test_a_filter_is_kept_as_the_list_understands_it_and_leads_back_to_it(client, secretary):
    answer = keep(client, " 男  韦 ", "q=%E9%9F%A6&sex__exact=1&o=-1&p=2&_popup=&all=")

    row = SavedFilter.objects.get()
    assert (row.user, row.listing, row.name, row.query) == (
        secretary,
        "members.member",
        "男 韦",
        "q=%E9%9F%A6&sex__exact=1",
    )
    assert answer["Location"] == f"{LIST}?{row.query}"
    [(name, address)] = links(client)
    assert (name, client.get(address)["Location"]) == ("男 韦", f"{LIST}?{row.query}")
    page = client.get(answer["Location"])
    assert page.context["saved"]["current"] == row
    assert page.context["saved"]["keep"] == ""


def test_two_people_never_see_each_others_filters(client, secretary):
    keep(client, "我的")
    row = SavedFilter.objects.get()
    colleague = make_user("organization_officer", branch=secretary.assignments.get().branch)
    client.force_login(colleague)

    assert links(client) == []
    for name, send in (("saved_filter", client.get), ("forget_filter", client.post)):
        assert send(reverse(f"admin:members_member_{name}", args=[row.pk])).status_code == 404
    assert "我的" not in client.get(f"{LIST}?{row.query}").content.decode()
    assert SavedFilter.objects.filter(pk=row.pk).exists()
    keep(client, "我的")
    assert SavedFilter.objects.filter(name="我的").count() == 2


def test_a_filter_belongs_to_its_list_alone(client, secretary):
    keep(client, "男的")
    row = SavedFilter.objects.get()

    assert links(client, "/admin/activities/activity/") == []
    assert client.get(reverse("admin:activities_activity_saved_filter", args=[row.pk])).status_code == 404


def test_a_filter_is_removed_by_post_and_the_list_stays(client, secretary):
    keep(client, "男的")
    row = SavedFilter.objects.get()
    address = reverse("admin:members_member_forget_filter", args=[row.pk])

    assert client.get(address).status_code == 405
    answer = client.post(address)

    assert answer["Location"] == f"{LIST}?{row.query}"
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", "sex__exact=1", "1 到 30 个字"),
        ("长" * 31, "sex__exact=1", "1 到 30 个字"),
        ("坏\0名", "sex__exact=1", "1 到 30 个字"),
        ("全部", "", "现在看的是整张表"),
        ("全部", "o=-1&all=", "现在看的是整张表"),
        ("身份证", "q=459999194003150014", "不能记下来"),
        ("有了", "sex__exact=2", "换一个名称"),
    ],
)
def test_what_is_not_kept_is_said_in_a_sentence(client, secretary, name, query, sentence):
    keep(client, "有了")

    answer = keep(client, name, query)

    assert sentence in said(answer)[-1]
    assert SavedFilter.objects.count() == 1


def test_nobody_keeps_more_than_twelve_of_a_list(client, secretary):
    for number in range(12):
        keep(client, f"第{number}个")

    answer = keep(client, "第十三个")

    assert "12" in said(answer)[-1]
    assert SavedFilter.objects.count() == 12
    assert len(links(client)) == 12


def test_a_filter_whose_field_is_gone_shows_the_rest_of_it_with_a_sentence(client, secretary):
    row = SavedFilter.objects.create(
        user=secretary, listing="members.member", name="旧的", query="gone__exact=1&q=%E9%9F%A6&sex__exact=1"
    )

    answer = client.get(reverse("admin:members_member_saved_filter", args=[row.pk]))

    assert answer["Location"] == f"{LIST}?q=%E9%9F%A6&sex__exact=1"
    assert "已经没有了" in said(answer)[-1]
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "query", ["branch__id__exact=x", "sex__exact=%00", "a=%zz&=&&", "branch__id__exact=99999999999999999999"]
)
def test_a_filter_that_no_longer_means_anything_shows_a_list(client, secretary, query):
    row = SavedFilter.objects.create(user=secretary, listing="members.member", name="坏的", query=query)

    answer = client.get(reverse("admin:members_member_saved_filter", args=[row.pk]), follow=True)

    assert answer.status_code == 200
    assert "cl" in answer.context


def test_filters_are_for_those_who_see_the_list(client, secretary):
    row = SavedFilter.objects.create(user=secretary, listing="fund.entry", name="账", query="q=1")

    for name, args in (("keep_filter", []), ("saved_filter", [row.pk]), ("forget_filter", [row.pk])):
        for send in (client.get, client.post):
            assert send(reverse(f"admin:fund_entry_{name}", args=args)).status_code == 403
    assert SavedFilter.objects.count() == 1


@pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 30, "1%00"])
def test_no_key_breaks_the_page_of_a_filter(client, secretary, key):
    assert client.get(f"{LIST}filters/{key}/").status_code == 404
    assert client.post(f"{LIST}filters/{key}/forget/").status_code == 404


def test_an_address_that_the_list_refuses_is_not_kept(client, secretary):
    assert keep(client, "坏的", "birth_date__year=x")["Location"] == f"{LIST}?e=1"
    assert not SavedFilter.objects.exists()


def test_a_popup_offers_no_filters_to_keep(client, secretary):
    keep(client, "男的")

    assert "saved" not in client.get(f"{LIST}?_popup=1&sex__exact=1").context

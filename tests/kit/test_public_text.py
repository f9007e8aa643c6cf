"""What a public text may not hold: numbers that reach somebody, and names of people who did not agree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Volunteer
from config.kit.public_text import holds_number, plain, possible_names, refuse_private_words
from fund.models import Donation
from honours.models import RoleModel
from members.models import Consent
from tests.fund.make import make_pot
from tests.make import make_branch, make_member, make_organization, refusal_of


@pytest.mark.parametrize(
    "text",
    [
        "请打 14000000001",
        "电话 140 0000 0001",
        "手机１４０００００００１１",
        "一四〇〇〇〇〇〇〇〇一",
        "+86 140-0000-0001",
        "(0770) 2345678 转 3",
        "电话：2345678",
        "证件 45999919400315001X",
        "6222 0012 3456 7890 123",
        "140\u200b0000\u200b0001",
    ],
)
def test_a_number_that_reaches_somebody_is_found_however_it_is_written(text):
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "想要一副 120 元的老花镜，2018-06-28 以前",
        "2018-06-28 09:00-11:30，2018-06-29 14:00",
        "2018年10月31日上午9时",
        "收据 2018-0008 至 2018-0019",
        "捐款 1,234,567,890.12 元",
        "桂南发〔2018〕12 号",
        "荔园互助〔2018〕2 号，第 1—12 页",
    ],
)
def test_a_price_a_day_or_a_document_is_no_secret(text):
    assert not holds_number(text)


def test_a_name_is_looked_for_with_spaces_inside_and_with_any_dot():
    assert {"韦怀德", "怀德"} <= possible_names("给 韦 怀 德 买药")
    assert "买买提·艾力" in possible_names("看望买买提・艾力大叔")
    assert "阿依古丽·买买提·艾力" in possible_names("阿依古丽•买买提•艾力家")
    assert plain("韦\u3000怀德") == "韦怀德"


@pytest.mark.django_db
def test_a_name_from_any_roster_register_or_donor_list_is_refused_in_a_public_text():
    make_member(name="韦怀德")
    make_member(name="买买提·艾力")
    Volunteer.objects.create(organization=make_organization(), kind="arts", name="覃月华", registered_on="2018-01-02")
    pot = make_pot()
    Donation.objects.create(pot=pot, donor="甘田生", donated_on="2018-01-02", amount="10.00", publicity="masked")
    Donation.objects.create(pot=pot, donor="闭大方", donated_on="2018-01-02", amount="10.00", publicity="named")
    RoleModel.objects.create(organization=make_organization(), name="农爱民", profile="…")

    def code(text):
        return refusal_of(refuse_private_words, text)

    assert {code(f"今天到{name}家") for name in ("韦怀德", "韦 怀德", "买买提•艾力", "覃月华", "甘田生", "农爱民")} == {
        "public_name"
    }
    refuse_private_words("感谢闭大方的捐助")
    refuse_private_words("今天到老党员家")


@pytest.mark.django_db
def test_a_name_may_stand_where_its_owner_agreed_and_no_longer_once_that_is_taken_back():
    member = make_member(name="韦怀德")
    consent = Consent.objects.create(member=member, scope="profile", given_on="2016-05-03")
    refuse_private_words("韦怀德讲党课")

    consent.withdrawn_on = "2018-01-02"
    consent.save()

    assert refusal_of(refuse_private_words, "韦怀德讲党课") == "public_name"


@pytest.mark.django_db
def test_an_ordinary_word_is_no_name_though_somebody_is_called_so():
    make_member(name="文明")

    refuse_private_words("文明实践站开放")


@pytest.mark.django_db
def test_looking_for_names_costs_as_many_queries_with_one_member_as_with_many():
    branch = make_branch()
    make_member(branch=branch, name="韦怀德")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            refuse_private_words("今天整理图书，" * 50)
        return len(queries)

    before = cost()
    for number in range(30):
        make_member(branch=branch, name=f"黄志{'一二三四五六七八九十'[number % 10]}")

    assert cost() == before <= 5

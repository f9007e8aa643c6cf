"""What a public text may not hold: numbers that reach somebody, and names of people who did not agree."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from activities.models import MentorPair, MiniWish, Volunteer
from config.kit.public_text import REASONS, findings, plain, possible_names, refuse_private_words
from fund.models import CondolenceVisit, Donation
from honours.models import RoleModel
from members.models import Consent
from tests.fund.make import make_case, make_pot, make_round
from tests.kit.public_text_table import cases
from tests.make import make_branch, make_member, make_organization, refusal_of

CASES = cases()


@pytest.fixture
def rosters(db):
    """The names of the table, each on a roster of another kind."""
    branch, pot = make_branch(), make_pot()
    place = branch.organization
    make_member(branch=branch, name="韦怀德")
    make_member(branch=branch, name="买买提·艾力")
    Volunteer.objects.create(organization=place, kind="arts", name="覃月华", registered_on="2018-01-02")
    Donation.objects.create(pot=pot, donor="甘田生", donated_on="2018-01-02", amount="10.00", publicity="masked")
    RoleModel.objects.create(organization=place, name="农爱民", profile="…")
    MiniWish.objects.create(
        organization=place, branch=branch, code="2018-001", wisher="黄桂兰", group="veteran", collected_on="2018-01-02"
    )
    MentorPair.objects.create(branch=branch, mentor="陆师敏", learner="梁小徒", starts_on="2018-01-02")
    make_case(pot=pot, beneficiary="蓝求助").save()
    season = make_round(pot=pot, visits=0)
    CondolenceVisit.objects.create(round=season, name="莫受访", amount="60.00")


def told(text, **how):
    return [finding.words for finding in findings(text, **how)]


@pytest.mark.django_db
def test_the_guard_names_every_word_that_gives_somebody_away_and_lets_the_harmless_through(rosters):
    wrong = {text: told(text, about_one=one) for text, one, words in CASES if told(text, about_one=one) != words}

    assert wrong == {}


def test_the_table_of_texts_is_long_and_as_often_harmless_as_not():
    harmless = sum(not words for _text, _about_one, words in CASES)

    assert len(CASES) == len({text for text, *_rest in CASES}) > 140
    assert 0.45 < harmless / len(CASES) < 0.55


@pytest.mark.django_db
def test_one_refusal_tells_every_finding_with_its_words_its_reason_and_what_to_do(rosters):
    text = "韦怀德患癌症，住3栋2单元501室，电话14000000001，家里是低保户"

    with pytest.raises(ValidationError) as refusal:
        refuse_private_words(text)

    assert refusal.value.code == "public_number"
    assert [each.code for each in refusal.value.error_list] == list(REASONS)
    for words, sentence in zip(told(text), refusal.value.messages, strict=True):
        assert words in sentence
    with override("zh-hans"), pytest.raises(ValidationError) as chinese:
        refuse_private_words(text)
    assert all("公开" in sentence and "请删去" in sentence for sentence in chinese.value.messages)


@pytest.mark.django_db
def test_a_text_longer_than_a_query_takes_is_searched_to_its_end(rosters):
    text = "".join(chr(0x4E00 + number) for number in range(15_000)) + "，韦怀德"

    assert "韦怀德" in told(text)


@pytest.mark.django_db
def test_an_agreed_name_covers_a_shorter_one_that_stands_inside_it():
    member = make_member(name="韦怀德")
    make_member(branch=member.branch, name="怀德")
    Consent.objects.create(member=member, scope="profile", given_on="2016-05-03")

    assert told("韦怀德讲党课") == []
    assert told("韦怀德和怀德讲党课") == ["怀德"]


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

    assert cost() == before <= 9

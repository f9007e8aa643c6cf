"""A name is found however it is typed: with another middle dot or none, with or without spaces, in every list."""

from datetime import date
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from activities.models import MentorPair, Volunteer
from config.kit.person.fields import ReadField
from config.kit.person.search import bare
from fund.models import Donation, FundMember
from honours.models import BookTitle, EducationPoint, Honour, RoleModel
from members.models import Consent, Member
from tests.fund.make import make_donation, make_pot
from tests.make import make_branch, make_citizen_id, make_member, make_organization

pytestmark = pytest.mark.django_db

DOTTED = "买买提·吐尔逊"
SPELLINGS = [
    "买买提·吐尔逊", "买买提•吐尔逊", "买买提・吐尔逊", "买买提‧吐尔逊", "买买提∙吐尔逊", "买买提.吐尔逊", "买买提．吐尔逊", "买买提。吐尔逊",
    "买买提 · 吐尔逊", "买买提 • 吐尔逊", "买买提吐尔逊", "买买提 吐尔逊", "买买提　吐尔逊", "买提吐尔", "买买提·", "·吐尔逊",
]  # fmt: skip
PLAIN = "欧阳手乙"
PLAIN_SPELLINGS = ["欧阳手乙", "欧阳 手乙", "欧阳　手乙", "欧 阳 手 乙", " 欧阳手乙 ", "手乙"]
NOT_FOUND = ["买买提·艾力", "欧阳手丙", "买吐", "张三"]


@pytest.fixture
def office(client):
    client.force_login(
        User.objects.create_superuser("office", password="secret-word-1", last_name="黄", first_name="志文")
    )
    return client


def find(client, model, words):
    page = client.get(
        f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?q={quote(words)}"
    )
    assert page.status_code == 200
    return {str(row) for row in page.context["cl"].result_list}


@pytest.mark.parametrize("words", SPELLINGS + PLAIN_SPELLINGS)
def test_a_member_is_found_by_every_spelling(office, words):
    branch = make_branch()
    make_member(branch=branch, name=DOTTED)
    make_member(branch=branch, name=PLAIN)

    assert find(office, Member, words) == {DOTTED if words in SPELLINGS else PLAIN}


@pytest.mark.parametrize("words", NOT_FOUND)
def test_another_name_is_not_found(office, words):
    branch = make_branch()
    make_member(branch=branch, name=DOTTED)
    make_member(branch=branch, name=PLAIN)

    assert find(office, Member, words) == set()


def test_words_of_two_columns_still_find_together(office):
    branch = make_branch()
    make_member(branch=branch, name=DOTTED, former_post="县林业局")
    make_member(branch=branch, name=DOTTED, former_post="县教育局")

    assert len(find(office, Member, "买买提•吐尔逊 林业")) == 1
    assert len(find(office, Member, "mai mai ti")) == 1


def test_every_list_that_is_searched_by_a_name_asks_for_its_spelling(admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user
    names = {
        f"{model._meta.label}.{field.name}"
        for model, site_admin in admin.site._registry.items()
        for field in model._meta.concrete_fields
        if isinstance(field, ReadField) and isinstance(field, models.CharField) and site_admin.search_fields
        if field.name in {name.split("__")[0] for name in site_admin.search_fields}
    }
    paths = {
        f"{model._meta.label}.{name.split('__')[0]}"
        for model, site_admin in admin.site._registry.items()
        for name in site_admin.get_search_fields(request)
        if name.endswith("__spelled")
    }

    assert names <= paths
    assert {"members.Member.name", "fund.Donation.donor", "activities.Volunteer.name", "honours.Honour.winner"} <= paths
    assert "branches.CommitteeTerm.seats" in paths


def test_names_of_every_list_are_found_by_another_dot_and_without_one(office):
    organization = make_organization()
    branch = make_branch(organization=organization)
    point = EducationPoint.objects.create(organization=organization, name="陈列室", address="荔园路")
    Volunteer.objects.create(organization=organization, kind="party", name=DOTTED, registered_on=date(2018, 1, 1))
    MentorPair.objects.create(branch=branch, mentor=DOTTED, learner="韦德", starts_on=date(2018, 1, 1))
    RoleModel.objects.create(organization=organization, name=DOTTED, profile="老兵")
    Honour.objects.create(
        organization=organization,
        title="优秀党员",
        level="county",
        awarded_on=date(2018, 6, 1),
        awarded_by="县委",
        winner=DOTTED,
    )
    BookTitle.objects.create(point=point, book_no="1", title="复活", author="列夫•托尔斯泰", subject="culture")
    pot = make_pot()
    FundMember.objects.create(pot=pot, name=DOTTED, joined_on=date(2018, 1, 1))
    make_donation(pot=pot, donor=DOTTED).save()

    for model in (Volunteer, MentorPair, RoleModel, Honour, FundMember, Donation):
        for words in ("买买提•吐尔逊", "买买提吐尔逊", "买买提 吐尔逊"):
            assert len(find(office, model, words)) == 1, (model, words)
    for words in ("列夫·托尔斯泰", "列夫托尔斯泰", "列夫.托尔斯泰"):
        assert find(office, BookTitle, words) == {"复活"}


@pytest.mark.parametrize("shape", ["{}", " {}", "{0}　", "wide", "spaced", "身份证号：{}"])
def test_a_whole_id_number_is_found_by_every_spelling(office, shape):
    number = make_citizen_id(sequence=5)
    make_member(name=PLAIN, citizen_id=number)
    make_member(name=DOTTED, citizen_id=make_citizen_id(sequence=6))
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    words = {"wide": wide, "spaced": f"{number[:6]} {number[6:14]} {number[14:]}"}.get(shape) or shape.format(number)

    assert find(office, Member, words) == {PLAIN}


@pytest.mark.parametrize("spaced", [False, True])
def test_a_number_that_was_searched_with_spaces_is_not_written_down_either(office, spaced):
    number = make_citizen_id(sequence=5)
    make_member(name=PLAIN, citizen_id=number)
    words = f"{number[:6]} {number[6:14]} {number[14:]}" if spaced else number

    answer = office.get(f"{reverse('admin:members_member_export', args=['csv'])}?q={quote(words)}")
    text = b"".join(answer.streaming_content).decode()

    assert PLAIN in text
    assert "****" in text
    assert number[6:14] not in text


def test_a_colleague_is_found_by_the_whole_name(office):
    for words in ("黄志文", "黄 志文", "志文"):
        page = office.get(f"{reverse('admin:auth_user_changelist')}?q={quote(words)}")
        assert [row.username for row in page.context["cl"].result_list] == ["office"]


def test_the_choice_of_a_member_in_another_form_finds_by_every_spelling(office):
    make_member(name=DOTTED)
    address = reverse("admin:autocomplete")
    params = {"app_label": "fund", "model_name": "donation", "field_name": "donor_member"}

    for words in ("买买提•吐尔逊", "买买提吐尔逊"):
        answer = office.get(address, params | {"term": words}).json()
        assert [row["text"].partition(" · ")[0] for row in answer["results"]] == [DOTTED]


# The public search


def public_honour(**fields):
    defaults = {
        "organization": make_organization(), "title": "优秀党员", "level": "county", "awarded_on": date(2018, 6, 1), "awarded_by": "县委",
        "winner": DOTTED, "consented_on": date(2018, 5, 1), "state": Honour.State.PUBLIC,
    }  # fmt: skip
    return Honour.objects.create(**defaults | fields)


@pytest.mark.parametrize("words", [words for words in SPELLINGS if words not in {"买买提·", "·吐尔逊"}])
def test_residents_find_a_winner_by_every_spelling(client, words):
    public_honour()

    for name in ("site:search", "honours:all"):
        assert "优秀党员" in client.get(reverse(name), {"q": words}).content.decode()


def test_residents_find_an_author_without_the_dot(client):
    point = EducationPoint.objects.create(organization=make_organization(), name="陈列室", address="荔园路")
    BookTitle.objects.create(point=point, book_no="1", title="复活", author="列夫·托尔斯泰", subject="culture")

    for words in ("列夫•托尔斯泰", "列夫托尔斯泰", "列夫 托尔斯泰"):
        assert "复活" in client.get(reverse("honours:books"), {"q": words}).content.decode()


def test_a_name_taken_back_is_masked_however_a_title_spells_it_and_found_by_no_spelling(client):
    member = make_member(name=DOTTED)
    Consent.objects.create(member=member, scope="profile", given_on=date(2018, 1, 1), withdrawn_on=date(2018, 9, 1))
    public_honour(title="买买提•吐尔逊先进事迹报告团", winner="报告团", is_collective=True)

    page = client.get(reverse("honours:all")).content.decode()
    assert "先进事迹报告团" in page
    assert "吐尔逊" not in page
    for words in SPELLINGS[:13]:
        assert "先进事迹报告团" not in client.get(reverse("honours:all"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("买买提 • 吐尔逊", "买买提吐尔逊"),
        ("•", ""),
        ("J. Smith", "J.Smith"),
        ("买买提.", "买买提"),
        ("2018.06", "2018.06"),
    ],
)
def test_words_are_compared_without_dots_and_spaces(typed, compared):
    assert bare(typed) == compared

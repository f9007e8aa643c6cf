"""Whose name stands on the pages of honours: only that of somebody whose consent stands."""

import re
from datetime import date

import pytest

from config.kit.public_text import PublicText
from config.site.search import search_page
from honours.awards.public import honours_page
from honours.models import EducationPoint, Honour, RoleModel, Section
from members.models import Consent
from tests.make import make_member

pytestmark = pytest.mark.django_db

NAME, DAY = "韦怀德", date(2016, 5, 3)
PAGES = [
    "/", "/honours/", "/honours/all/", "/honours/all/?q=韦怀德", "/honours/all/?q=怀德", "/honours/all/?winner=person",
    "/honours/all/?winner=collective", "/honours/education-point/", "/search/?q=怀德",
    "/search/?q=关心", "/open-data/programme.json", "/honours/education-point/visit/",
]  # fmt: skip


@pytest.fixture
def model():
    member = make_member(name=NAME)
    place = member.branch.organization
    model = RoleModel.objects.create(organization=place, member=member, name=NAME, profile="讲党课", consented_on=DAY)
    honour = {"organization": place, "level": "city", "awarded_on": DAY, "state": "public", "awarded_by": "市关工委"}
    Honour.objects.create(**honour, role_model=model, title="关心先进个人", winner=NAME, consented_on=DAY)
    # Entered without the link to the role model, as it happens.
    Honour.objects.create(**honour, title=f"{NAME}同志获表扬", winner=NAME, consented_on=DAY)
    Honour.objects.create(**honour, role_model=model, title="关心集体", winner=f"{NAME}志愿服务队", is_collective=True)
    point = EducationPoint.objects.create(
        organization=place, name=f"{NAME}教育点", address="荔香路", introduction=f"{NAME}办起来的"
    )
    Section.objects.create(point=point, title=f"{NAME}讲故事", text=f"{NAME}每周讲一次")
    return model


def pages_with_the_name(client):
    # The search box and the line over it repeat what the reader typed; that alone is no leak.
    typed = re.compile(rf'value="{NAME}"|<summary>[^<]*{NAME}</summary>')
    return [address for address in PAGES if NAME in typed.sub("", client.get(address).content.decode())]


def test_the_name_stands_on_its_pages_while_the_consent_stands(client, model):
    assert {"/", "/honours/", "/honours/all/", "/honours/education-point/"} <= set(pages_with_the_name(client))


@pytest.mark.parametrize("register", ["role model", "consent"])
def test_a_name_taken_back_stands_on_no_page_whichever_register_says_so(client, model, register):
    if register == "role model":
        RoleModel.objects.update(consent_withdrawn_on=date(2018, 10, 31))
    else:
        Consent.objects.create(member=model.member, scope="profile", given_on=DAY, withdrawn_on=date(2018, 10, 31))

    assert pages_with_the_name(client) == []
    assert search_page(NAME)["groups"] == []
    page = honours_page()
    assert page["person"] is None
    assert page["total"] == 0
    assert [line.winner for line in page["collective"]] == ["韦*德志愿服务队"]


def test_a_collective_is_not_named_after_somebody_who_did_not_agree(model):
    RoleModel.objects.update(consent_withdrawn_on=date(2018, 10, 31))
    honour = Honour.objects.get(is_collective=True)

    with pytest.raises(Exception) as refusal:
        honour.full_clean()

    assert set(refusal.value.error_dict) == {"winner"}
    assert isinstance(Honour._meta.get_field("title"), PublicText)

"""A text for the public holds no number and no name that would give somebody away."""

import pytest
from django.core.exceptions import ValidationError

from activities.forms import MiniWishForm
from activities.rules import refuse_private_words
from tests.make import make_member


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("请打 14000000001", "public_number"),
        ("电话 140 0000 0001", "public_number"),
        ("证件 45999919400315001X", "public_number"),
        ("给韦怀德买一副老花镜", "public_name"),
    ],
)
def test_a_public_text_that_gives_somebody_away_is_refused(text, code):
    with pytest.raises(ValidationError) as refusal:
        refuse_private_words(text, names=["韦怀德"])

    assert refusal.value.code == code


def test_a_price_or_a_date_is_no_secret():
    refuse_private_words("想要一副 120 元的老花镜，2018-06-28 以前", names=["韦怀德"])


@pytest.mark.django_db
def test_the_form_spares_the_names_of_the_branch_and_of_the_wisher():
    member = make_member(name="韦怀德")
    fields = {
        "organization": member.branch.organization_id,
        "branch": member.branch_id,
        "code": "2018-001",
        "collected_on": "2018-06-28",
        "wisher": "黄桂兰",
        "group": "resident",
        "state": "posted",
    }

    of_member = MiniWishForm({**fields, "public_text": "给韦怀德买药"})
    of_wisher = MiniWishForm({**fields, "public_text": "黄桂兰想要一把椅子"})
    of_nobody = MiniWishForm({**fields, "public_text": "想要一把椅子"})

    assert of_member.errors.as_data()["public_text"][0].code == "public_name"
    assert of_wisher.errors.as_data()["public_text"][0].code == "public_name"
    assert of_nobody.is_valid(), of_nobody.errors

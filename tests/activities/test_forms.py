"""A wish's public text gives nobody away."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from activities.models import MiniWish
from activities.wishes.actions import post_wish
from tests.activities.test_wishes import make_wish
from tests.make import make_member, make_user


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
        "channel": "call",
        "state": "posted",
    }

    MiniWishForm = modelform_factory(MiniWish, fields="__all__")
    of_member = MiniWishForm({**fields, "public_text": "给韦怀德买药"})
    of_wisher = MiniWishForm({**fields, "public_text": "黄桂兰想要一把椅子"})
    of_nobody = MiniWishForm({**fields, "public_text": "想要一把椅子"})

    assert of_member.errors.as_data()["public_text"][0].code == "public_name"
    assert of_wisher.errors.as_data()["public_text"][0].code == "public_name"
    assert of_nobody.is_valid(), of_nobody.errors


@pytest.mark.django_db
def test_a_wish_with_an_illness_a_hardship_and_an_address_is_refused_for_all_three_at_once():
    text = "高血压的低保户想要血压计，送到3栋2单元501室"
    form = modelform_factory(MiniWish, fields=["public_text"])({"public_text": text})

    codes = [refusal.code for refusal in form.errors.as_data()["public_text"]]

    assert codes == ["public_address", "public_illness", "public_hardship"]
    assert [words in str(form.errors) for words in ("3栋2单元501室", "高血压", "低保户")] == [True] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("高血压，想要血压计", "public_illness"),
        ("低保户想要电扇", "public_hardship"),
        ("送到3栋2单元501室", "public_address"),
        ("韦大山想要椅子", "public_name"),
        ("一四〇〇〇〇〇〇〇〇一", "public_number"),
    ],
)
def test_the_acts_of_a_wish_refuse_what_its_form_refuses(text, code):
    wish, user = make_wish(), make_user()

    with pytest.raises(ValidationError) as refusal:
        post_wish(wish, by=user, on=wish.collected_on, public_text=text)

    assert refusal.value.error_dict["public_text"][0].code == code
    wish.refresh_from_db()
    assert (wish.state, wish.steps.count()) == (MiniWish.State.COLLECTED, 0)

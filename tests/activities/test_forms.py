"""A wish's public text gives nobody away."""

import pytest
from django.forms import modelform_factory

from activities.models import MiniWish
from tests.make import make_member


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

    MiniWishForm = modelform_factory(MiniWish, fields="__all__")
    of_member = MiniWishForm({**fields, "public_text": "给韦怀德买药"})
    of_wisher = MiniWishForm({**fields, "public_text": "黄桂兰想要一把椅子"})
    of_nobody = MiniWishForm({**fields, "public_text": "想要一把椅子"})

    assert of_member.errors.as_data()["public_text"][0].code == "public_name"
    assert of_wisher.errors.as_data()["public_text"][0].code == "public_name"
    assert of_nobody.is_valid(), of_nobody.errors

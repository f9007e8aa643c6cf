"""The masking vectors of the field handbook, §3.4."""

from datetime import date

import pytest

from members import privacy
from members.models import Consent
from tests.make import make_member


@pytest.mark.parametrize(
    ("name", "donor", "beneficiary"),
    [
        ("韦德", "韦*", "韦*"),
        ("韦怀德", "韦*德", "韦**"),
        ("欧阳怀德", "欧**德", "欧***"),
        ("阿依·买买提", "阿****提", "阿*****"),
        ("韦", "*", "*"),
        ("", "", ""),
    ],
)
def test_names_are_masked_as_the_handbook_says(name, donor, beneficiary):
    assert (privacy.mask_donor(name), privacy.mask_beneficiary(name)) == (donor, beneficiary)


def test_numbers_are_masked_as_the_handbook_says():
    assert privacy.mask_phone("14000000001") == "140****0001"
    assert privacy.mask_phone("0770-0000000") == "0770-****000"
    assert privacy.mask_citizen_id("459999194003150014") == "**************0014"


def test_one_function_decides_between_the_name_its_mask_and_nothing():
    assert privacy.shown_name("韦怀德", agreed=True) == "韦怀德"
    assert privacy.shown_name("韦怀德", agreed=False, masked=privacy.mask_beneficiary) == "韦**"
    assert privacy.shown_name("韦怀德", agreed=False) == ""


@pytest.mark.django_db
def test_a_consent_that_was_taken_back_and_given_again_stands():
    member = make_member(name="韦怀德")
    given = {"member": member, "scope": "profile", "given_on": date(2016, 5, 3)}
    Consent.objects.create(**given, withdrawn_on=date(2018, 1, 2))
    assert [row.name for row in privacy.took_consent_back()] == ["韦怀德"]

    Consent.objects.create(**given)

    assert not privacy.took_consent_back()
    assert privacy.names_agreed({"韦怀德"}) == {"韦怀德"}

"""The masking vectors of the field handbook, §3.4."""

import pytest
from django.core.exceptions import ValidationError

from members import privacy


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
        privacy.refuse_private_words(text, names=["韦怀德"])

    assert refusal.value.code == code


def test_a_price_or_a_date_is_no_secret():
    privacy.refuse_private_words("想要一副 120 元的老花镜，2018-06-28 以前", names=["韦怀德"])

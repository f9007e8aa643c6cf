"""The masking vectors of the field handbook, §3.4."""

import pytest

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

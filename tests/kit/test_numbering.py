"""Numbers of a year follow the largest one given, whatever else stands among them."""

import pytest

from config.kit.numbering import next_label, next_number


@pytest.mark.parametrize(("given", "follows"), [([], 1), ([None], 1), ([1, 3, None], 4), ([12, 2], 13)])
def test_a_number_follows_the_largest_given(given, follows):
    assert next_number(given) == follows


@pytest.mark.parametrize(
    ("given", "follows"),
    [
        ([], "2018-0001"),
        (["2018-0001", "2018-0009", "2017-0400"], "2018-0010"),
        (["2018-9999"], "2018-10000"),
        (["2018-补1", "2018-", "2018-3号", "旧 2018-0700"], "2018-0001"),
    ],
)
def test_a_label_follows_those_of_its_year_and_form(given, follows):
    assert next_label(given, prefix="2018-") == follows

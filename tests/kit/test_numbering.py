"""Numbers of a year follow the largest one given, whatever else stands among them."""

import pytest

from config.kit.numbering import next_label, next_number, spellings


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


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2018-0035", ["2018-0035"]),
        ("２０１８－００３５", ["2018-0035", "２０１８－００３５"]),
        ("2018—0035", ["2018-0035", "2018—0035"]),
        ("No.2018-0035", ["2018-0035", "No.2018-0035"]),
        ("ＮＯ：2018 - 0035", ["2018-0035", "ＮＯ：2018 - 0035"]),
        ("№ 2018-0035", ["2018-0035", "№ 2018-0035"]),
        ("第2018-0035号", ["2018-0035", "第2018-0035号"]),
        ("2018-35", ["2018-35", "2018-035", "2018-0035"]),
        ("救2018-35号", ["救2018-35", "救2018-035", "救2018-0035", "救2018-35号"]),
        ("编号35", ["35", "编号35"]),
        ("3号", ["3号"]),
        ("第一支部（东）", ["第一支部（东）"]),
        ("138-0000-0033", ["138-0000-0033"]),
        ("ｌｘｚ　２", ["lxz　2", "ｌｘｚ　２"]),
        ("", [""]),
    ],
)
def test_a_typed_number_is_looked_for_as_it_is_written_on_record(typed, read):
    assert spellings(typed) == read

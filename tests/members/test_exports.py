"""The structure of the roster, counted by the database, is what counting the members one by one gives."""

from datetime import date

import pytest

from branches.exports import RecordFilter
from members.models import Affiliation, Member
from members.roster import exports
from tests.make import make_branch, make_member

pytestmark = pytest.mark.django_db

DAYS = [date(2020, 2, 29), date(2018, 10, 31), date(2019, 2, 28), date(2019, 3, 1)]
BIRTHS = [
    date(1930, 2, 28), date(1940, 2, 29), date(1940, 3, 1), date(1950, 3, 1), date(1958, 10, 31), date(1958, 11, 1), date(1960, 2, 29), None,
]  # fmt: skip
FULL = [date(1968, 2, 29), date(1969, 3, 1), date(1978, 10, 31), date(1988, 11, 1), date(1990, 2, 28), None]


@pytest.mark.parametrize("day", DAYS)
def test_bands_of_age_and_standing_are_those_of_the_members_one_by_one(day):
    branch = make_branch()
    for born in BIRTHS:
        for full in FULL:
            make_member(branch=branch, birth_date=born, joined_on=date(1966, 1, 1), full_member_on=full)

    (line,) = exports.structure_lines(on=day)

    members = list(Member.objects.all())
    ages = [member.age(on=day) for member in members]
    standings = [member.standing_years(on=day) or 0 for member in members]
    bands = {"under_60": (0, 60), "age_60": (60, 70), "age_70": (70, 80), "age_80": (80, 90), "age_90": (90, 200)}
    assert {key: line.counts[key] for key in bands} == {
        key: sum(age is not None and low <= age < high for age in ages) for key, (low, high) in bands.items()
    }
    standing = {
        "standing_under_30": (0, 30),
        "standing_30": (30, 40),
        "standing_40": (40, 50),
        "standing_50": (50, 200),
    }
    assert {key: line.counts[key] for key in standing} == {
        key: sum(low <= years < high for years in standings) for key, (low, high) in standing.items()
    }
    assert line.counts["members"] == len(members)


def test_the_roll_is_read_while_it_is_written_with_one_query(django_assert_num_queries):
    branch = make_branch()
    for _ in range(5):
        make_member(branch=branch)

    with django_assert_num_queries(2):
        rows = list(exports.roll(on=date(2018, 10, 31), filters=RecordFilter((branch.pk,), (), ())))

    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert {row[1] for row in rows} == {branch}


def test_a_member_of_two_branches_in_turn_stands_on_the_roll_of_the_day():
    first, second = make_branch(), make_branch()
    member = make_member(branch=first)
    Affiliation.objects.filter(member=member).update(ends_on=date(2018, 3, 5))
    Affiliation.objects.create(member=member, branch=second, starts_on=date(2018, 3, 5))

    before, after = (list(exports.roll(on=day)) for day in (date(2018, 3, 4), date(2018, 3, 5)))

    assert [row[1] for row in before] == [first]
    assert [row[1] for row in after] == [second]


def test_fifty_years_are_full_on_the_first_of_july():
    branch = make_branch()
    make_member(branch=branch, name="韦满", joined_on=date(1967, 7, 1), full_member_on=date(1968, 7, 1))
    make_member(branch=branch, name="韦差", joined_on=date(1967, 7, 1), full_member_on=date(1968, 7, 2))
    make_member(branch=branch, name="韦停", full_member_on=date(1968, 7, 1), status="suspended")

    rows = list(exports.medal_rows(2018, on=date(2018, 10, 31)))

    assert [(row[2].name, row[3]) for row in rows] == [("韦满", 50)]

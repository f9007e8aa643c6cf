"""Several tables are counted in one query."""

import pytest

from branches.models import Branch, Holiday, Organization
from config.kit.union_count import count_together
from tests.make import make_branch, make_organization

pytestmark = pytest.mark.django_db


def test_tables_of_different_models_are_counted_at_once(django_assert_num_queries):
    make_branch()
    make_organization()

    with django_assert_num_queries(1):
        counts = count_together(
            {"branches": Branch.objects.all(), "places": Organization.objects.all(), "days": Holiday.objects.all()}
        )

    assert counts == {"branches": 1, "places": 2, "days": 0}
    assert count_together({}) == {}

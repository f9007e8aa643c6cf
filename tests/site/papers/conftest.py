"""An office of one branch, in Chinese."""

import pytest
from django.utils import translation

from tests.make import make_branch, make_organization, make_user


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def place(db):
    return make_organization(name="测试社区", full_name="测试社区党总支")


@pytest.fixture
def branch(place):
    return make_branch(organization=place, name="测试第一支部")


@pytest.fixture
def office(client, branch):
    """Sign in with a role at the branch, or at its organisation."""

    def enter(role, *, at_branch=True):
        where = {"branch": branch} if at_branch else {"organization": branch.organization}
        user = make_user(role, **where)
        client.force_login(user)
        return user

    return enter

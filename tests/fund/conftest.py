"""A desk of the fund with everybody who works at it."""

from decimal import Decimal

import pytest

from config.site.roles import sync_roles
from tests.fund.make import make_pot
from tests.make import make_branch, make_organization, make_user


@pytest.fixture
def office(client):
    """A community with its mutual-aid fund and everybody who works there; `office("cashier")` is signed in as one."""
    sync_roles()
    organization = make_organization()
    branch = make_branch(organization=organization)
    pot = make_pot(organization=organization, holding=Decimal("1000.00"))
    users = {
        role: make_user(role, organization=organization)
        for role in ("street_officer", "discipline_officer", "fund_keeper", "accountant", "cashier")
    }
    users["secretary"] = make_user("secretary", branch=branch)

    def sign_in(role):
        client.force_login(users[role])
        return client

    sign_in.pot, sign_in.branch, sign_in.users = pot, branch, users
    return sign_in

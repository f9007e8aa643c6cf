"""The branch whose rosters arrive."""

import pytest

from tests.make import make_branch
from tests.members.outside import BRANCH


@pytest.fixture
def branch():
    return make_branch(name=BRANCH)

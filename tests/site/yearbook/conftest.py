"""The workbook of the demo, made once, with its formulas and its values."""

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def book(demo, django_db_blocker, tmp_path_factory):
    """The yearbook of the demo, written once for all tests that only read it."""
    path = tmp_path_factory.mktemp("yearbook") / "y.xlsx"
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("yearbook", 2018, out=str(path), verbosity=0)
        transaction.set_rollback(True)
    return path

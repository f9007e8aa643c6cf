"""Whether the scripts of the fund do what the office's buttons do, and say plainly why they do not."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from fund.models import Pot, Statement
from tests.fund.make import make_pot
from tests.make import make_branch, make_organization, make_user

pytestmark = pytest.mark.django_db


def test_a_pot_is_opened_with_its_accounts(capsys):
    branch = make_branch()

    call_command(
        "open_pot",
        name="甲支部活动经费",
        code="activity-a",
        kind="activity",
        opened=date(2018, 1, 1),
        branch=branch.name,
    )

    pot = Pot.objects.get(code="activity-a")
    assert (pot.branch, pot.organization) == (branch, branch.organization)
    assert {account.code for account in pot.accounts.all()} >= {"cash", "bank", "dues_rebate", "study"}
    with pytest.raises(CommandError):
        call_command(
            "open_pot",
            name="甲支部活动经费",
            code="activity-a",
            kind="activity",
            opened=date(2018, 1, 1),
            branch=branch.name,
        )
    with pytest.raises(CommandError):
        call_command("open_pot", name="x", code="x", opened=date(2018, 1, 1), organization="没有")


def test_a_statement_is_published_by_the_officers_of_the_pot(capsys):
    street = make_organization(kind="street_committee")
    pot = make_pot(organization=make_organization(parent=street), holding=100)
    steps = [
        make_user("fund_keeper", organization=pot.organization),
        make_user("accountant", organization=street),
        make_user("discipline_officer", organization=street),
        make_user("street_officer", organization=street),
    ]

    call_command(
        "publish_statement", "--pot", pot.name, "--from", "2018-01-01", "--to", "2018-03-31", "--on", "2018-04-10"
    )

    statement = Statement.objects.get()
    assert [
        statement.drafted_by,
        statement.first_reviewed_by,
        statement.second_reviewed_by,
        statement.published_by,
    ] == steps
    assert capsys.readouterr().out.split() == [statement.number, statement.short_code]


def test_a_statement_that_one_person_would_sign_twice_is_refused_and_nothing_is_kept():
    pot, user = make_pot(holding=100), make_user()
    words = ["publish_statement", "--pot", pot.code, "--from", "2018-01-01", "--to", "2018-03-31"]

    with pytest.raises(CommandError):
        call_command(*words)
    for step in ("drafted", "first-review", "second-review", "published"):
        words += [f"--{step}-by", user.username]
    with pytest.raises(CommandError):
        call_command(*words)

    assert not Statement.objects.exists()

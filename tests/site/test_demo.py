"""The demo community holds every figure, is the same twice, and never mixes with an office's records."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from activities.models import Activity, Attendance
from config.site.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.site.demo.checking import CHECKS, first_difference
from fund.models import AssistanceCase, Pot
from members.models import Member

pytestmark = pytest.mark.django_db


def test_every_figure_of_the_recipe_is_there(demo, capsys):
    call_command("check_demo")

    assert f"All {len(CHECKS)} figures" in capsys.readouterr().out


def test_a_figure_that_is_off_by_one_is_named(demo):
    Member.objects.on_roll().filter(sex="2", branch__name__startswith="荔香").update(status="removed")
    Member.objects.filter(status="removed").exclude(pk=Member.objects.filter(status="removed").first().pk).update(
        status="active"
    )

    check, number = first_difference()

    assert (check.what, check.wanted, number) == ("members of branch A and B", [43, 48], [42, 48])
    with pytest.raises(CommandError, match="members of branch A and B"):
        call_command("check_demo")


def test_a_tick_that_is_not_counted_is_named(demo):
    event = Activity.objects.filter(kind="general_meeting").first()
    Activity.objects.filter(pk=event.pk).update(present=event.present + 1)

    check, found = first_difference()

    assert (check.people, found) == (Attendance, [str(event)])


def test_the_books_of_the_demo_verify(demo, capsys):
    call_command("verify")

    assert capsys.readouterr().out


def test_both_secretaries_of_the_demo_see_cases_of_their_branch_and_can_propose_one(client, demo):
    for name in ("secretary-a", "secretary-b"):
        user = get_user_model().objects.get(username=name)
        branch = user.assignments.get().branch
        client.force_login(user)
        funds = Pot.objects.visible_to(user).filter(kind=Pot.Kind.MUTUAL_AID)

        page = client.get("/admin/fund/assistancecase/add/").content.decode()

        assert {case.branch for case in AssistanceCase.objects.visible_to(user)} == {branch}
        assert [fund.name for fund in funds] == ["荔园社区党内互助基金"]
        assert "荔园社区党内互助基金</option>" in page
    assert not AssistanceCase.objects.filter(branch=None).exists()


def test_the_demo_is_loaded_once(demo):
    with pytest.raises(CommandError):
        call_command("load_demo")


@pytest.fixture
def loopback(settings):
    """The names an office PC answers on, without the one that Django's test client adds."""
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    return {"SERVER_NAME": "127.0.0.1"}


def test_every_demo_account_signs_in_and_sees_its_today_page(client, demo, loopback):
    client.defaults |= loopback
    for name in [account.username for account in DEMO_ACCOUNTS]:
        response = client.post("/admin/login/?next=/admin/", {"username": name, "password": DEMO_PASSWORD}, follow=True)
        assert response.status_code == 200, name
        assert response.request["PATH_INFO"] == "/admin/", name
        client.post("/admin/logout/")


def test_demo_accounts_are_named_on_the_login_page_of_a_loopback_site_alone(client, demo, settings, loopback):
    client.defaults |= loopback
    assert "secretary-a" in client.get("/admin/login/").content.decode()

    settings.ALLOWED_HOSTS = ["board.example.org", "127.0.0.1"]

    assert "secretary-a" not in client.get("/admin/login/").content.decode()
    client.post("/admin/login/", {"username": "street", "password": DEMO_PASSWORD})
    assert "_auth_user_id" not in client.session

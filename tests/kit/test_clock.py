"""One clock: what shows and acts reads it, and nothing of ours reads another."""

import ast
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from branches.models import Organization
from config.kit import clock
from config.site.demo import clock as demo_clock
from tests.make import make_organization, make_user

# The clock itself, the demo that replaces it, the age of files on the disk, and how long a sign-in stays closed.
READ_THE_MACHINE = {
    "config/kit/clock.py", "config/site/demo/clock.py", "config/kit/files.py", "config/site/sign_in.py",
    "config/site/kept_forms.py",
}  # fmt: skip
MACHINE_CLOCKS = {
    "timezone.now", "timezone.localdate", "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time",
}  # fmt: skip


def calls_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}", node.lineno


def test_no_module_reads_the_clock_of_the_machine():
    root = Path(settings.BASE_DIR)
    own = [
        path
        for app in ("config", "branches", "members", "activities", "fund", "honours")
        for path in (root / app).rglob("*.py")
    ]

    modules = {
        (path.relative_to(root).as_posix(), line, name)
        for path in own
        for name, line in calls_of(path)
        if name in MACHINE_CLOCKS and path.relative_to(root).as_posix() not in READ_THE_MACHINE
    }

    assert modules == set()


def test_no_field_of_ours_is_stamped_by_another_clock():
    from django.apps import apps

    stamped = [
        str(field)
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"branches", "members", "activities", "fund", "honours"}
        for field in model._meta.get_fields()
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]

    assert stamped == []


@pytest.mark.django_db
def test_a_real_installation_reads_the_clock_of_the_machine():
    make_organization()

    assert abs((clock.now() - timezone.now()).total_seconds()) < 60


@pytest.mark.django_db
@pytest.mark.parametrize(("real", "shown"), [("10:20", "10:20"), ("23:59", "23:59"), ("03:27", "09:00")])
def test_the_demo_lives_on_one_day_at_the_time_of_the_reader_once_its_records_were_entered(monkeypatch, real, shown):
    make_organization(is_demo=True)
    at = timezone.make_aware(datetime.combine(date(2026, 11, 30), time.fromisoformat(real)))
    monkeypatch.setattr(timezone, "now", lambda: at)

    assert clock.today() == date(2018, 10, 31)
    assert timezone.localtime(clock.now()).time() == time.fromisoformat(shown)


@pytest.mark.django_db
def test_an_organisation_of_an_office_ends_the_asking():
    make_organization()
    clock.today()
    Organization.objects.update(is_demo=True)

    assert not demo_clock.demo_is_loaded()


@pytest.mark.django_db
def test_the_history_of_a_record_follows_the_clock():
    organization = make_organization(is_demo=True)
    organization.address = "榕树巷 2 号"
    organization.save()

    assert timezone.localdate(organization.history.first().history_date) == date(2018, 10, 31)


@pytest.mark.django_db
def test_the_admin_log_follows_the_clock(client):
    from django.contrib.admin.models import CHANGE, LogEntry

    organization = make_organization(is_demo=True)
    LogEntry.objects.log_actions(make_user("clerk").pk, [organization], CHANGE, "")

    assert timezone.localdate(LogEntry.objects.get().action_time) == date(2018, 10, 31)


def test_a_clock_that_is_set_is_left_afterwards():
    moment = datetime(2015, 6, 26, 1, tzinfo=UTC)
    with clock.set_to(lambda: moment):
        assert clock.now() == moment
        assert clock.today() == date(2015, 6, 26)

    assert clock._inside.get() is None

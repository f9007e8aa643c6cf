"""A database without its keys is neither served nor written, and one value that no key opens takes nothing down."""

import base64
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from django.urls import reverse

from config import lost_keys
from config.checks import refuse_bad_environment
from config.kit.crypto import Unreadable
from fund.models import AssistanceCase
from members.models import Member
from tests.fund.make import noticed_case
from tests.make import make_citizen_id, make_member, make_user

OTHER = "neu:" + "22" * 32
SAME_NAME = "test:" + "22" * 32


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([OTHER], "written with the key test, which is not in FIELD_KEYS"),
        ([SAME_NAME], "written with another key test than the test in FIELD_KEYS"),
        ([], "written with the key test, which is not in FIELD_KEYS"),
        ([OTHER, "alt:" + "33" * 32], "written with the key test, which is not in FIELD_KEYS"),
    ],
)
def test_keys_that_do_not_open_the_database_stop_every_start(settings, keys, words):
    make_member(phone="14000000001")
    settings.FIELD_KEYS = keys

    (error,) = lost_keys.check_keys_of_database()

    assert words in error.msg
    assert "var/secrets.env" in error.hint
    for start in (refuse_bad_environment, lambda: call_command("check")):
        with pytest.raises((SystemExit, SystemCheckError)) as refusal:
            start()
        assert words in str(refusal.value) or not keys


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [["test:" + "11" * 32], [OTHER, "test:" + "11" * 32]])
def test_keys_that_open_the_database_are_fine_newer_ones_before_them_too(settings, keys):
    make_member(phone="14000000001")
    settings.FIELD_KEYS = keys

    assert lost_keys.check_keys_of_database() == []
    assert lost_keys.names_of_keys() == ["test"]


@pytest.mark.django_db
def test_a_database_with_nothing_sealed_takes_any_key(settings):
    make_member()
    settings.FIELD_KEYS = [OTHER]

    assert lost_keys.names_of_keys() == []
    assert lost_keys.check_keys_of_database() == []


@pytest.mark.django_db
def test_one_damaged_value_among_good_ones_is_no_lost_key():
    make_member(phone="14000000001")
    damage(make_member(phone="14000000002"))

    assert lost_keys.check_keys_of_database() == []


@pytest.fixture(scope="module")
def copied_database(tmp_path_factory, empty_tables):
    """A checkout whose var/ holds a database written elsewhere, and nothing else."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("config", "branches", "members", "activities", "fund", "honours", "templates", "static"):
        (folder / name).symlink_to(project.BASE_DIR / name) if name != "config" else shutil.copytree(
            project.BASE_DIR / name, folder / name
        )
    shutil.copy(project.BASE_DIR / "manage.py", folder)
    (folder / "var").mkdir()
    keys = {"SECRET_KEY": "x" * 60, "FIELD_KEYS": "old:" + "44" * 32}
    shutil.copy(empty_tables, folder / "var" / "yure.sqlite3")
    add = (
        "from branches.models import *; from members.models import *; "
        "o = Organization.objects.create(kind='community', name='荔园'); b = Branch.objects.create(organization=o, name='一'); "
        "Member.objects.create(branch=b, name='韦怀德', phone='14000000001')"
    )
    assert manage(folder, "shell", "-v0", "-c", add, **keys).returncode == 0
    return folder


def manage(folder, *arguments, **environment):
    shell = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=folder, env=shell | environment, capture_output=True, text=True
    )


@pytest.mark.same_everywhere
@pytest.mark.parametrize("command", [["prepare"], ["check"], ["verify"]])
@pytest.mark.parametrize("environment", [{}, {"SECRET_KEY": "x" * 60, "FIELD_KEYS": OTHER}])
def test_a_copied_database_without_its_key_is_refused_and_no_new_key_is_made(copied_database, command, environment):
    before = (copied_database / "var" / "yure.sqlite3").read_bytes()

    answer = manage(copied_database, *command, **environment)

    assert answer.returncode != 0
    assert "written with the key old, which is not in FIELD_KEYS" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert [path.name for path in (copied_database / "var").glob("*.env")] == []
    assert (copied_database / "var" / "yure.sqlite3").read_bytes() == before


def damage(record, field="phone"):
    """Put a value into the database that no key opens; returns it."""
    sealed = "gone:" + base64.b64encode(os.urandom(40)).decode()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {field} = %s WHERE id = %s", [sealed, record.pk])
    return sealed


def stored(record, field):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM {record._meta.db_table} WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["phone", "citizen_id", "health", "address", "hardship_reason"])
def test_a_value_that_no_key_opens_says_so_and_is_never_overwritten(field):
    member = make_member(citizen_id=make_citizen_id())
    key = Member.objects.get().citizen_id_hash
    sealed = damage(member, field)
    member = Member.objects.get()

    assert str(getattr(member, field)) == "读不出来：缺少当时的密钥"
    assert isinstance(getattr(member, field), Unreadable)
    member.remark = "改过"
    member.clean()
    member.save()

    assert stored(member, field) == sealed
    assert Member.objects.get().citizen_id_hash == key
    assert member.history.first().remark == "改过"


@pytest.mark.django_db
def test_lists_forms_and_exports_stand_although_one_value_cannot_be_read():
    client = Client()
    client.force_login(make_user(is_superuser=True))
    member, case = make_member(name="韦怀德"), noticed_case()
    sealed = damage(case, "beneficiary")
    key = AssistanceCase.objects.get().person_key
    of_member = damage(member, "phone")

    pages = [
        client.get(address)
        for address in (
            reverse("admin:index"),
            reverse("admin:fund_assistancecase_changelist"),
            reverse("admin:fund_assistancecase_change", args=[case.pk]),
            reverse("admin:members_member_changelist"),
            reverse("admin:members_member_change", args=[member.pk]),
            reverse("admin:members_member_history", args=[member.pk]),
            "/fund/notices/",
        )
    ]

    assert {page.status_code for page in pages} == {200}
    assert "读不出来" in pages[1].content.decode()
    assert "读不出来" in pages[3].content.decode()
    assert (stored(case, "beneficiary"), AssistanceCase.objects.get().person_key) == (sealed, key)
    case = AssistanceCase.objects.get()
    case.save()
    assert (stored(case, "beneficiary"), AssistanceCase.objects.get().person_key) == (sealed, key)
    page = reverse("admin:members_member_change", args=[member.pk])
    form = client.get(page, {"edit": "all"}).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in shown.items() if value is not None and not isinstance(value, bool)}
    management = {
        f"{prefix}-{name}_FORMS": "0" for prefix in ("affiliations", "consents") for name in ("TOTAL", "INITIAL")
    }
    assert client.post(page, data | management | {"remark": "改过"}).status_code == 302
    assert Member.objects.get(pk=member.pk).remark == "改过"
    assert stored(member, "phone") == of_member

"""One table says who may do what, and the groups follow it."""

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from branches.models import Assignment
from config.site.roles import ROLES, codenames, sync_roles
from tests.make import make_user


def test_letters_and_words_become_permissions():
    assert codenames("fund.statement", "vc publish") == ["view_statement", "change_statement", "publish_statement"]
    assert codenames("fund.statement", "publish") == ["publish_statement"]


def test_every_role_of_an_assignment_has_a_row_and_every_row_names_what_exists(db):
    assert set(ROLES) == set(Assignment.Role.values)
    for cells in ROLES.values():
        for label, letters in cells.items():
            model = apps.get_model(label)
            for codename in codenames(label, letters):
                assert Permission.objects.filter(
                    content_type__app_label=model._meta.app_label, codename=codename
                ).exists(), codename


def test_applying_the_table_takes_away_what_it_does_not_name(db):
    group = Group.objects.get(name="cashier")
    group.permissions.add(Permission.objects.get(codename="delete_member"))

    sync_roles()

    assert not group.permissions.filter(codename="delete_member").exists()


def test_nobody_writes_entries_by_hand_and_nobody_deletes_members(db):
    for role in ROLES:
        user = make_user(role)
        assert not user.has_perm("fund.change_entry")
        assert not user.has_perm("fund.delete_entry")
        assert not user.has_perm("members.delete_member")

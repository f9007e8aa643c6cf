"""Whose records are these: a scope follows the assignments in force."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from branches.models import Assignment, Branch, Organization
from members.models import Member
from tests.make import make_branch, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db


def test_a_secretary_sees_the_own_branch_alone():
    street = make_organization(kind=Organization.Kind.STREET)
    own, other = make_branch(organization=street), make_branch(organization=street)
    mine, _theirs = make_member(branch=own), make_member(branch=other)

    secretary = make_user("secretary", branch=own)

    assert list(Member.objects.visible_to(secretary)) == [mine]
    assert list(Branch.objects.visible_to(secretary)) == [own]
    assert list(Organization.objects.visible_to(secretary)) == [street]


def test_a_street_officer_sees_everything_under_the_street_and_nothing_beside_it():
    county = make_organization(kind=Organization.Kind.COUNTY)
    street = make_organization(kind=Organization.Kind.STREET, parent=county)
    community = make_organization(parent=street)
    beside = make_organization(parent=county)
    inside, outside = make_member(branch=make_branch(organization=community)), make_member()
    make_member(branch=make_branch(organization=beside))

    officer = make_user("street_officer", organization=street)

    assert list(Member.objects.visible_to(officer)) == [inside]
    assert set(Organization.objects.visible_to(officer)) == {street, community}
    assert outside not in Member.objects.visible_to(officer)


def test_an_assignment_that_ended_or_has_not_begun_opens_nothing():
    member = make_member()
    user = make_user()
    today = timezone.localdate()
    Assignment.objects.create(
        user=user, role="secretary", branch=member.branch, starts_on=date(2010, 1, 1), ends_on=today - timedelta(days=1)
    )
    Assignment.objects.create(user=user, role="secretary", branch=member.branch, starts_on=today + timedelta(days=1))

    assert not Member.objects.visible_to(user).exists()
    assert not user.has_perm("members.view_member")


def test_rights_follow_the_role_of_the_assignment():
    member = make_member()
    secretary = make_user("secretary", branch=member.branch)
    cashier = make_user("cashier", organization=member.branch.organization)

    assert secretary.has_perm("members.change_member")
    assert not cashier.has_perm("members.view_member")


def test_nobody_and_the_inactive_see_nothing_and_the_superuser_everything():
    member = make_member()

    assert not Member.objects.visible_to(None).exists()
    assert not Member.objects.visible_to(make_user("secretary", branch=member.branch, is_active=False)).exists()
    assert Member.objects.visible_to(make_user(is_superuser=True)).get() == member

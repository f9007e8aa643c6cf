"""One valid object of each kind: `make_member(name="韦德")`; a test names only what it is about."""

from datetime import date
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from branches.models import Assignment, Branch, Organization
from config.kit.person.citizen_ids import check_character
from members.models import Affiliation, Member

_numbers = count(1)


def make_organization(**fields):
    number = next(_numbers)
    return Organization.objects.create(**{"kind": Organization.Kind.COMMUNITY, "name": f"测试社区{number}"} | fields)


def make_branch(**fields):
    number = next(_numbers)
    fields.setdefault("organization", None)
    fields["organization"] = fields["organization"] or make_organization()
    return Branch.objects.create(**{"name": f"测试支部{number}"} | fields)


def make_citizen_id(birth_date=date(1940, 3, 15), sequence=None, *, male=True):
    """A valid number in an area code that nobody has."""
    sequence = next(_numbers) if sequence is None else sequence
    first = f"459999{birth_date:%Y%m%d}{sequence * 2 % 1000 + (1 if male else 0):03}"
    return first + check_character(first)


def make_member(**fields):
    fields.setdefault("branch", None)
    fields["branch"] = fields["branch"] or make_branch()
    defaults = {
        "name": "韦怀德",
        "sex": "1",
        "birth_date": date(1940, 3, 15),
        "joined_on": date(1967, 7, 1),
        "full_member_on": date(1968, 7, 1),
    }
    member = Member.objects.create(**defaults | fields)
    Affiliation.objects.create(member=member, branch=member.branch, starts_on=member.joined_on or date(2000, 1, 1))
    return member


def make_user(role=None, *, branch=None, organization=None, **fields):
    """A user, assigned to a branch or an organisation where a role is named."""
    number = next(_numbers)
    user = get_user_model().objects.create_user(
        **{"username": f"user{number}", "password": "secret-word-1", "is_staff": True} | fields
    )
    if role:
        if not branch and not organization:
            organization = make_organization()
        Assignment.objects.create(
            user=user, role=role, branch=branch, organization=organization, starts_on=date(2000, 1, 1)
        )
    return user


def refusal_of(act, *args, **kwargs):
    """The code with which an act is refused; the test fails where it is not."""
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def codes_of(record):
    """`{field: code}` of what a record's own rules refuse."""
    try:
        record.full_clean()
    except ValidationError as refusal:
        return {field: errors[0].code for field, errors in refusal.error_dict.items()}
    return {}


def roll_of(branch, *, on):
    """Whom a branch counted on a day, by the affiliations."""
    return Member.objects.filter(affiliations__in=Affiliation.objects.filter(branch=branch).on(on))

"""Whom a name or a few letters typed on a sheet may mean: members and volunteers that the typist sees; asked, never guessed."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.volunteers.models import Volunteer
from config.kit.person.search_keys import read_latin
from config.kit.text_cleaning import person_name
from members.models import Affiliation, Member

# More people than a list of choices is read for.
AT_MOST = 9
FEWEST_LETTERS = 2
BRACKET = re.compile(r"[（(]")


@dataclass(frozen=True)
class Person:
    """A member with the branch of the day, or a volunteer who is none."""

    member: Member | None = None
    affiliation: Affiliation | None = None
    volunteer: Volunteer | None = None

    @property
    def key(self):
        return f"m{self.member.pk}" if self.member else f"v{self.volunteer.pk}"

    @property
    def branch(self):
        return self.affiliation.branch if self.affiliation else None

    @property
    def name(self):
        return (self.member or self.volunteer).name

    @property
    def words(self):
        """`韦红和（荔园支部）`: the name, and what tells namesakes apart."""
        if self.member:
            born = [_("born in %(year)s") % {"year": self.member.birth_date.year}] if self.member.birth_date else []
            notes = pgettext("between parts", ", ").join([self.affiliation.branch.name, *born])
        else:
            since = _("registered in %(year)s") % {"year": self.volunteer.registered_on.year}
            notes = pgettext("between parts", ", ").join([str(self.volunteer.get_kind_display()), since])
        return _("%(name)s (%(notes)s)") % {"name": self.name, "notes": notes}


def people_called(words, *, day, user):
    """People whom these words name: by the whole name, or by letters of its pinyin. The first `AT_MOST`, members first.

    What follows a name in brackets, as `Person.words` has it, is no part of it.
    """
    words = BRACKET.split(words)[0]
    letters = read_latin(words)
    if letters and len(letters) < FEWEST_LETTERS:
        return []
    members, volunteers = _known_to(user, day)
    if letters:
        members = members.filter(member__latin_keys__contains=letters)
        volunteers = volunteers.with_latin(words)
    else:
        name = person_name(words)
        members, volunteers = members.filter(member__name=name), volunteers.filter(name=name)
    return _people(members, volunteers)


def people_beginning(words, *, day, user):
    """People to propose while a name is being typed: its first characters, or letters of its pinyin."""
    if read_latin(words):
        return people_called(words, day=day, user=user)
    name = person_name(words)
    if not name:
        return []
    members, volunteers = _known_to(user, day)
    return _people(members.filter(member__name__startswith=name), volunteers.filter(name__startswith=name))


def _known_to(user, day):
    members = Affiliation.objects.on(day).visible_to(user).select_related("member", "branch")
    return members if user.has_perm("members.view_member") else members.none(), Volunteer.objects.visible_to(user)


def _people(members, volunteers):
    """A member who is a volunteer too is one person."""
    found = [
        Person(member=row.member, affiliation=row) for row in members.order_by("member__sort_name", "pk")[:AT_MOST]
    ]
    own = {person.member.pk for person in found}
    others = volunteers.active().order_by("latin_keys", "pk")[: AT_MOST + len(own)]
    found += [Person(volunteer=row) for row in others if row.member_id not in own]
    return found[:AT_MOST]

"""Whether two records speak of one person: the name alone never says yes, and typing it otherwise never says no."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from config.kit.person.citizen_ids import read_citizen_id
from config.kit.person.phones import digits_of
from config.kit.text_cleaning import person_name, squeezed
from members.roster.codes import Sex

KNOWN_SEX = (Sex.MALE, Sex.FEMALE)


def person_of(member, *, name, places, citizen_id="", birth_date=None, phone="", sex=""):
    """A `Person` by what was typed and, where the roster entry was chosen, by the roster."""
    if member:
        citizen_id, birth_date = citizen_id or member.citizen_id, birth_date or member.birth_date
        phone, sex = phone or member.phone, sex if sex in KNOWN_SEX else member.sex
        places = [*places, member.branch.name]
    names = {same_written(text) for text in (name, member.name if member else "")} - {""}
    return Person(
        names=frozenset(names),
        member_id=member.pk if member else None,
        citizen_id=read_citizen_id(citizen_id or ""),
        birth_date=birth_date,
        phone=digits_of(phone or ""),
        sex=sex if sex in KNOWN_SEX else "",
        places=frozenset({same_written(place) for place in places} - {""}),
    )


class Alike(Enum):
    """`SURE`: a roster entry, an ID number, a birth date or a phone says so. `LIKELY`: name and branch or unit are the same."""

    SURE = "sure"
    LIKELY = "likely"
    MAYBE = "maybe"
    OTHER = "other"


@dataclass(frozen=True)
class Person:
    """What is known of the person of a record; empty where it is not known."""

    names: frozenset
    member_id: int | None = None
    citizen_id: str = ""
    birth_date: date | None = None
    phone: str = ""
    sex: str = ""
    places: frozenset = frozenset()


def same_written(text):
    """A name, or a branch or unit, as it is compared: without blanks, look-alike letters and kinds of middle dot."""
    return squeezed(person_name(text or "")).casefold()


def alike(one, other):
    """How far two persons are the same one; facts both records know decide before the name does."""
    for name in ("member_id", "citizen_id"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs:
            return Alike.SURE if mine == theirs else Alike.OTHER
    if not one.names & other.names:
        return Alike.OTHER
    for name in ("birth_date", "sex"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            return Alike.OTHER
    if (one.birth_date and one.birth_date == other.birth_date) or (one.phone and one.phone == other.phone):
        return Alike.SURE
    is_one_place = one.places & other.places or not (one.places or other.places)
    return Alike.LIKELY if is_one_place else Alike.MAYBE

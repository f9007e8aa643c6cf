"""The demo's 91 members, 43 in branch A and 48 in branch B, and the few whose records are there to be met in tests."""

from datetime import date, timedelta

from config.kit.dates import whole_years
from config.site.demo.people import TODAY, Names, citizen_id, dice, phone
from config.site.demo.storing import store, store_all
from members.models import Affiliation, Consent, Member

IN_A, IN_B = 43, 48
MEN, WOMEN = 62, 29
LIXIU = 2
LAST_JOINING = date(2018, 10, 1)
TWINS = "黄志强"  # the one pair of namesakes, one in each branch
UNITS = [
    "县供销社", "县农业局", "荔香街道办事处", "县第一小学", "县粮食局", "县水利局", "县人民医院", "县邮电局", "县糖厂",
]  # fmt: skip
JOBS = ["干部", "科员", "股长", "教师", "会计", "副局长", "医生", "工程师", "站长"]
PLACES = ["广西桂南", "广西荔江", "广西榕城", "广东茂山"]


def build_roster(community):
    """All members in a fixed order: the role model stands second in branch B."""
    rolls = dice("members")
    names = Names(rolls, {TWINS})
    people = [_person(rolls, names, place) for place in range(MEN + WOMEN)]
    for place, person in enumerate(people):
        person["branch"] = community.branch_a if place < IN_A else community.branch_b
    _special_names(people)
    members = [Member(**person) for person in people]
    for member in members:
        member.derive()
    stored = store_all(Member, members)
    store_all(
        Affiliation,
        [
            Affiliation(
                member=member,
                branch=member.branch,
                starts_on=min(max(member.branch.founded_on, member.retired_on + timedelta(days=30)), LAST_JOINING),
            )
            for member in stored
        ],
    )
    _edges(community, names, rolls)
    return list(stored), names


def _person(rolls, names, place):
    male = _is_male(place)
    born, joined = _days(rolls, place)
    full = _plus_years(joined, 1)
    retired = _plus_years(born, 60 if male else 55).replace(day=1)
    return {
        "name": names.take(male=male),
        "sex": "1" if male else "2",
        "birth_date": born,
        "citizen_id": citizen_id(born, place + 1, male=male),
        "ethnic_group": "08" if place % 15 == 7 else "13" if place == 30 else "01",
        "native_place": rolls.choice(PLACES),
        "education": rolls.choice(["20", "30", "30", "41", "41", "60", "60", "70", "70", "80"]),
        "work_started_on": _plus_years(born, 18).replace(day=1),
        "joined_on": joined,
        "full_member_on": full,
        "retirement_kind": "lixiu" if place in LIXIU_PLACES else "tuixiu",
        "retired_on": retired,
        "former_post": f"{rolls.choice(UNITS)}{rolls.choice(JOBS)}",
        "health": "frail" if place in FRAIL_PLACES else rolls.choice(["good", "good", "chronic"]),
        "living_status": rolls.choice(["with_children", "with_children", "couple_only", "couple_only", "alone"]),
        "address": f"荔园社区榕树巷 {place + 2} 号",
        "phone": phone(1000 + place),
        "emergency_contact": f"子女 {phone(3000 + place)}",
        "is_floating": place in FLOATING_PLACES,
        "in_hardship": place in HARDSHIP_PLACES,
        "five_elders": place % 4 == 0,
    }


ROLE_MODEL = 44
LIXIU_PLACES = {3, 50}
OLD_PLACES = {3, 50, 5, 9, 14, 20, 26, 33, 47, 55, 62, 70, 78, 86}  # 14 with 50 years of standing, the lixiu among them
FRAIL_PLACES = {3, 20, 50, 62, 86}
FLOATING_PLACES = {17, 66}
HARDSHIP_PLACES = set(range(2, 91, 6))
JULY_PLACES = {0, 6, 11, 16, 21, 27, 31, 36, 41, 46, 52, 57, 64, 69, 74, 81, 88}
FEMALE_PLACES = {place for place in range(91) if place % 3 == 1} - {1}  # 29 of 91


def _is_male(place):
    return place not in FEMALE_PLACES


def _days(rolls, place):
    """Born and joined: 60 to 95 years old on the demo's day, joined at 20 to 45, years of standing as listed."""
    if place == ROLE_MODEL:
        return date(1938, 7, 12), date(1972, 5, 4)
    while True:
        born, joined = _draw(rolls, place)
        age, at_joining = whole_years(born, TODAY), whole_years(born, joined)
        standing = whole_years(_plus_years(joined, 1), TODAY)
        if (
            60 <= age <= 95
            and 20 <= at_joining <= 45
            and (standing >= 50) == (place in OLD_PLACES)
            and (joined.month == 7) == (place in JULY_PLACES)
            and _plus_years(joined, 1) <= TODAY
            # Nobody reaches 50 years between 1 July and the demo's day, so that both lists name the same 14.
            and not date(1968, 7, 2) <= _plus_years(joined, 1) <= TODAY.replace(year=1968)
        ):
            return born, joined


def _draw(rolls, place):
    if place in LIXIU_PLACES:
        return _day(rolls, 1924, 1926), _day(rolls, 1946, 1948)
    if place in OLD_PLACES:
        return _day(rolls, 1930, 1944), _day(rolls, 1955, 1967)
    return _day(rolls, 1931, 1958), _day(rolls, 1968, 1996)


def _day(rolls, first_year, last_year):
    return date(first_year, 1, 1) + timedelta(days=rolls.randrange((last_year - first_year + 1) * 365))


def _plus_years(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _special_names(people):
    """A name of two characters, one of four, and one pair of namesakes in the two branches."""
    people[9]["name"] = "韦德"
    people[26]["name"] = "欧阳怀德"
    people[12]["name"] = people[60]["name"] = TWINS
    people[ROLE_MODEL]["name"] = "梁秉光"


def _edges(community, names, rolls):
    """A member who died: kept in the archive, on no roll and in no figure."""
    born, joined = date(1931, 4, 2), date(1960, 5, 4)
    member = store(
        Member(
            branch=community.branch_a,
            name=names.take(),
            sex="1",
            birth_date=born,
            citizen_id=citizen_id(born, 200, male=True),
            ethnic_group="01",
            joined_on=joined,
            full_member_on=date(1961, 5, 4),
            retirement_kind="tuixiu",
            retired_on=date(1991, 4, 1),
            status="deceased",
            died_on=date(2018, 3, 5),
            remark="2018年3月去世，档案保留",
        )
    )
    store(
        Affiliation(
            member=member, branch=community.branch_a, starts_on=community.branch_a.founded_on, ends_on=member.died_on
        )
    )


def role_model_of(members):
    """The veteran held up as an example; agreed in writing to be shown."""
    member = members[ROLE_MODEL]
    for scope in (Consent.Scope.PROFILE, Consent.Scope.NAME_IN_NOTICES):
        store(Consent(member=member, scope=scope, given_on=date(2016, 5, 3), paper="社区档案柜 3 号"))
    return member

"""The columns and rows of the roster and of its structure (R1 of the yearly reports)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.models import Branch
from config.kit.excel import DATE, MONTH, NUMBER, Column
from members.codes import HAN, Education, RetirementKind, Sex
from members.models import Member


def roll(*, on, branches):
    """Members of the branches as the roll stood on a day, in roster order; each with the branch of that day."""
    rows = []
    for branch in branches:
        rows += [(branch, member) for member in Member.objects.on_roll_of(branch, on=on).order_by("sort_name", "id")]
    return rows


def roster_columns(*, on):
    """The columns of the roster in their customary order; private data in clear, so every export is logged."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6),
        Column(pgettext("person", "name"), lambda row: row[2].name, width=10),
        Column(_("sex"), lambda row: row[2].get_sex_display(), width=6),
        Column(_("citizen ID number"), lambda row: row[2].citizen_id, width=21),
        Column(_("ethnic group"), lambda row: row[2].get_ethnic_group_display(), width=8),
        Column(_("ancestral place"), lambda row: row[2].native_place, width=12),
        Column(_("born on"), lambda row: row[2].birth_date, DATE),
        Column(_("education"), lambda row: row[2].get_education_display(), width=10),
        Column(_("started work in"), lambda row: row[2].work_started_on, MONTH),
        Column(_("joined the Party on"), lambda row: row[2].joined_on, DATE),
        Column(_("full member since"), lambda row: row[2].full_member_on, DATE),
        Column(_("kind of member"), lambda row: row[2].get_member_kind_display(), width=10),
        Column(_("Party standing (years)"), lambda row: row[2].standing_years(on=on), NUMBER, 7),
        Column(_("kind of retirement"), lambda row: row[2].get_retirement_kind_display(), width=7),
        Column(_("retired in"), lambda row: row[2].retired_on, MONTH),
        Column(_("former employer and post"), lambda row: row[2].former_post, width=20),
        Column(_("Party branch"), lambda row: row[1].name, width=20),
        Column(_("post in the Party"), lambda row: row[2].party_post, width=10),
        Column(_("health"), lambda row: row[2].get_health_display(), width=8),
        Column(_("living situation"), lambda row: row[2].get_living_status_display(), width=11),
        Column(_("home address"), lambda row: row[2].address, width=20),
        Column(_("phone"), lambda row: row[2].phone, width=13),
        Column(_("emergency contact and phone"), lambda row: row[2].emergency_contact, width=18),
        Column(_("remark"), lambda row: row[2].remark, width=12),
    ]


def numbered(rows):
    return [(number, branch, member) for number, (branch, member) in enumerate(rows, 1)]


@dataclass
class StructureLine:
    """One branch in figures (persons)."""

    branch: Branch
    members: list = field(default_factory=list)

    def count(self, test):
        return sum(1 for member in self.members if test(member))


def structure_lines(rows, branches):
    lines = {branch.pk: StructureLine(branch) for branch in branches}
    for branch, member in rows:
        lines[branch.pk].members.append(member)
    return list(lines.values())


def _between(value, low, high):
    return value is not None and low <= value <= high


def structure_columns(*, on):
    """Sex, ethnic group, age bands, standing bands, education and retirement of each branch (persons)."""

    def counting(title, test):
        return Column(title, lambda line: line.count(test), NUMBER, total=True)

    def age(low, high):
        return lambda member: _between(member.age(on=on), low, high)

    def standing(low, high):
        return lambda member: _between(member.standing_years(on=on) or 0, low, high)

    def education(*codes):
        return lambda member: member.education in codes

    return [
        Column(_("Party branch"), lambda line: line.branch.name, width=30),
        counting(_("members (persons)"), lambda member: True),
        counting(_("men"), lambda member: member.sex == Sex.MALE),
        counting(_("women"), lambda member: member.sex == Sex.FEMALE),
        counting(_("ethnic minorities"), lambda member: member.ethnic_group not in {HAN, ""}),
        counting(_("under 60"), age(0, 59)),
        counting("60–69", age(60, 69)),
        counting("70–79", age(70, 79)),
        counting("80–89", age(80, 89)),
        counting(_("90 and older"), age(90, 200)),
        counting(_("standing under 30"), standing(0, 29)),
        counting("30–39", standing(30, 39)),
        counting("40–49", standing(40, 49)),
        counting(_("50 and more"), standing(50, 200)),
        counting(_("university and higher"), education(Education.POSTGRADUATE, Education.BACHELOR)),
        counting(_("junior college"), education(Education.COLLEGE)),
        counting(
            _("secondary"),
            education(
                Education.VOCATIONAL,
                Education.TECHNICAL,
                Education.VOCATIONAL_HIGH,
                Education.SKILLED,
                Education.HIGH,
            ),
        ),
        counting(_("lower or not recorded"), education(Education.MIDDLE, Education.PRIMARY, Education.OTHER, "")),
        counting(_("lixiu"), lambda member: member.retirement_kind == RetirementKind.LIXIU),
        counting(_("tuixiu"), lambda member: member.retirement_kind != RetirementKind.LIXIU),
    ]

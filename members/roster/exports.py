"""The columns and rows of the roster, of its structure (R1 of the yearly reports) and of the medal list (R11)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import ALL_ROWS, RecordFilter
from branches.models import Branch
from config.kit.excel import Column
from config.kit.excel_cells import DATE, MONTH, NUMBER, Typed
from members.roster.codes import HAN, Education, RetirementKind, Sex, Status
from members.roster.models import Affiliation, Member

CHUNK = 2000


def affiliations_on(day, filters=ALL_ROWS):
    """Who belonged to which branch on a day: one row a member on the roll."""
    return filters.of_branches(Affiliation.objects.on(day))


def roll(*, on, branches=None, filters=ALL_ROWS):
    """`(number, branch, member)` of the roll as it stood on a day, in roster order, read as they are written."""
    if branches is not None:
        filters = RecordFilter(branch_ids=tuple(branch.pk for branch in branches))
    by_key = {branch.pk: branch for branch in branches or filters.of_branches(Branch.objects.all(), "pk")}
    rows = affiliations_on(on, filters).select_related("member")
    rows = rows.order_by("branch__organization_id", "branch__name", "branch_id", "member__sort_name", "member_id")
    for number, row in enumerate(rows.iterator(chunk_size=CHUNK), 1):
        yield number, by_key[row.branch_id], row.member


def as_known(day, is_known):
    """A day; where only its month is known, the month."""
    return day if is_known or day is None else Typed(MONTH, day)


def _word(field):
    """A reader of the word behind a code; the words are looked up once an export, not once a row."""
    words = {code: str(word) for code, word in Member._meta.get_field(field).flatchoices}
    return lambda row: words.get(getattr(row[2], field), "")


def roster_columns(*, on):
    """The columns of the roster in their customary order; private data in clear, so every export is logged."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6),
        Column(pgettext("person", "name"), lambda row: row[2].name, width=10),
        Column(_("sex"), _word("sex"), width=6),
        Column(_("citizen ID number"), lambda row: row[2].citizen_id, width=21),
        Column(_("ethnic group"), _word("ethnic_group"), width=8),
        Column(_("ancestral place"), lambda row: row[2].native_place, width=12),
        Column(_("born on"), lambda row: row[2].birth_date, DATE),
        Column(_("education"), _word("education"), width=10),
        Column(_("started work in"), lambda row: row[2].work_started_on, MONTH),
        Column(_("joined the Party on"), lambda row: as_known(row[2].joined_on, row[2].joined_day_known), DATE),
        Column(_("full member since"), lambda row: as_known(row[2].full_member_on, row[2].full_member_day_known), DATE),
        Column(_("kind of member"), _word("member_kind"), width=10),
        Column(_("Party standing (years)"), lambda row: row[2].standing_years(on=on), NUMBER, 7),
        Column(_("kind of retirement"), _word("retirement_kind"), width=7),
        Column(_("retired in"), lambda row: row[2].retired_on, MONTH),
        Column(_("former employer and post"), lambda row: row[2].former_post, width=20),
        Column(_("Party branch"), lambda row: row[1].name, width=20),
        Column(_("post in the Party"), lambda row: row[2].party_post, width=10),
        Column(_("health"), _word("health"), width=8),
        Column(_("living situation"), _word("living_status"), width=11),
        Column(_("home address"), lambda row: row[2].address, width=20),
        Column(_("phone"), lambda row: row[2].phone, width=13),
        Column(_("emergency contact and phone"), lambda row: row[2].emergency_contact, width=18),
        Column(_("remark"), lambda row: row[2].remark, width=12),
    ]


@dataclass(frozen=True)
class StructureLine:
    """One branch in figures (persons), by the key of each column."""

    branch: Branch
    counts: dict


def years_before(day, years):
    """The latest start from which so many whole years have passed on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _since(field, low, high, on):
    """Rows whose `field` lies from `low` to under `high` whole years before a day."""
    rows = Q(**{f"member__{field}__isnull": False})
    if low is not None:
        rows &= Q(**{f"member__{field}__lte": years_before(on, low)})
    return rows & Q(**{f"member__{field}__gt": years_before(on, high)}) if high is not None else rows


def _structure(on):
    """`{key: (heading, which rows)}` of sex, ethnic group, age, standing, education and retirement."""
    education = {
        "university": (Education.POSTGRADUATE, Education.BACHELOR),
        "college": (Education.COLLEGE,),
        "secondary": (
            Education.VOCATIONAL, Education.TECHNICAL, Education.VOCATIONAL_HIGH, Education.SKILLED, Education.HIGH,
        ),
    }  # fmt: skip
    named = [code for codes in education.values() for code in codes]
    return {
        "men": (_("men"), Q(member__sex=Sex.MALE)),
        "women": (_("women"), Q(member__sex=Sex.FEMALE)),
        "minorities": (_("ethnic minorities"), ~Q(member__ethnic_group__in=[HAN, ""])),
        "under_60": (_("under 60"), _since("birth_date", None, 60, on)),
        "age_60": ("60–69", _since("birth_date", 60, 70, on)),
        "age_70": ("70–79", _since("birth_date", 70, 80, on)),
        "age_80": ("80–89", _since("birth_date", 80, 90, on)),
        "age_90": (_("90 and older"), _since("birth_date", 90, None, on)),
        "standing_under_30": (
            _("standing under 30"),
            Q(member__full_member_on=None) | _since("full_member_on", None, 30, on),
        ),
        "standing_30": ("30–39", _since("full_member_on", 30, 40, on)),
        "standing_40": ("40–49", _since("full_member_on", 40, 50, on)),
        "standing_50": (_("50 and more"), _since("full_member_on", 50, None, on)),
        "university": (_("university and higher"), Q(member__education__in=education["university"])),
        "college": (_("junior college"), Q(member__education__in=education["college"])),
        "secondary": (_("secondary"), Q(member__education__in=education["secondary"])),
        "lower": (_("lower or not recorded"), ~Q(member__education__in=named)),
        "lixiu": (_("lixiu"), Q(member__retirement_kind=RetirementKind.LIXIU)),
        "tuixiu": (_("tuixiu"), ~Q(member__retirement_kind=RetirementKind.LIXIU)),
    }


AGE_BANDS = ("under_60", "age_60", "age_70", "age_80", "age_90")


def structure_lines(*, on, filters=ALL_ROWS):
    """One line a branch that existed on the day or had members on it, counted by the database."""
    counts = {key: Count("pk", filter=test) for key, (_title, test) in _structure(on).items()}
    grouped = affiliations_on(on, filters).order_by().values("branch_id").annotate(members=Count("pk"), **counts)
    by_branch = {row.pop("branch_id"): row for row in grouped}
    branches = filters.of_branches(Branch.objects.all(), "pk")
    branches = branches.filter(Q(pk__in=Branch.objects.open_on(on).values("pk")) | Q(pk__in=list(by_branch)))
    nothing = dict.fromkeys(["members", *counts], 0)
    return [StructureLine(branch, by_branch.get(branch.pk, nothing)) for branch in branches]


def structure_columns(*, on):
    """Sex, ethnic group, age bands, standing bands, education and retirement of each branch (persons)."""
    columns = [
        Column(_("Party branch"), lambda line: line.branch.name, width=30, key="branch"),
        Column(
            _("members (persons)"),
            lambda line: line.counts["members"],
            NUMBER,
            8,
            total=True,
            ref="R1.members",
            key="members",
        ),
    ]
    for key, (title, _test) in _structure(on).items():
        columns.append(
            Column(
                title,
                lambda line, key=key: line.counts[key],
                NUMBER,
                7.5,
                total=True,
                ref=f"R1.structure.{key}",
                key=key,
            )
        )
    return columns


def not_recorded(*, on, filters=ALL_ROWS):
    """`(without a birth date, without the day of full membership)` on a day (persons)."""
    counts = affiliations_on(on, filters).aggregate(
        birth=Count("pk", filter=Q(member__birth_date=None)), full=Count("pk", filter=Q(member__full_member_on=None))
    )
    return counts["birth"], counts["full"]


MEDAL_YEARS, FIRST_MEDAL_YEAR = 50, 2021


def medal_rows(year, *, on, filters=ALL_ROWS):
    """`(number, branch, member, standing)` of those on the roll with 50 years of standing by 1 July of a year."""
    july = date(year, 7, 1)
    rows = affiliations_on(on, filters).filter(member__full_member_on__lte=years_before(july, MEDAL_YEARS))
    rows = rows.exclude(member__status=Status.SUSPENDED).select_related("member", "branch")
    rows = rows.order_by("member__full_member_on", "member__sort_name", "member_id")
    for number, row in enumerate(rows.iterator(chunk_size=CHUNK), 1):
        yield number, row.branch, row.member, row.member.standing_years(on=july)


def medal_columns():
    """R11: 姓名, 性别, 出生, 入党, 转正, 党龄, 支部, 备注."""
    return [
        Column(_("No."), lambda row: row[0], NUMBER, 6),
        Column(pgettext("person", "name"), lambda row: row[2].name, width=12),
        Column(_("sex"), lambda row: row[2].get_sex_display(), width=7),
        Column(_("born on"), lambda row: row[2].birth_date, DATE, 13),
        Column(_("joined the Party on"), lambda row: as_known(row[2].joined_on, row[2].joined_day_known), DATE, 13),
        Column(
            _("full member since"), lambda row: as_known(row[2].full_member_on, row[2].full_member_day_known), DATE, 13
        ),
        Column(_("Party standing (years)"), lambda row: row[3], NUMBER, 8),
        Column(_("Party branch"), lambda row: row[1].name, width=36),
        Column(_("remark"), lambda row: "", width=16),
    ]

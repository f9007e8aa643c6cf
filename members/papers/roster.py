"""How does the roster become paper? The columns of §3.3 of the handbook in their order, or what a masked reader may see."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.months import month_text
from config.kit.paper.sheet import column, list_sheet
from members.privacy import mask_citizen_id, mask_phone
from members.roster.models import Member

# Fields of §3.3 in their order; the width of each column is a share of the line.
FIELDS = {
    "name": 5.4,
    "sex": 1.7,
    "citizen_id": 10.6,
    "ethnic_group": 2,
    "native_place": 4.2,
    "birth_date": 6,
    "education": 4,
    "work_started_on": 4.3,
    "joined_on": 6,
    "full_member_on": 6,
    "member_kind": 3.4,
    "standing": 2.4,
    "retirement_kind": 2.2,
    "retired_on": 4.3,
    "former_post": 9,
    "branch": 8.5,
    "party_post": 4.6,
    "health": 3.4,
    "living_status": 3.4,
    "address": 9.5,
    "phone": 6.7,
    "emergency_contact": 8,
    "remark": 6,
}
# What somebody reads who neither keeps the roster nor may see it in full: as the office's list shows it.
MASKED = ("name", "sex", "citizen_id", "member_kind", "standing", "branch", "party_post", "phone")
MASKS = {"citizen_id": mask_citizen_id, "phone": mask_phone}
CENTERED = {"sex", "ethnic_group", "standing", "retirement_kind"}
MONTHS = {"work_started_on", "retired_on"}


def heading_of(field):
    if field == "standing":
        return _("Party standing (years)")
    return str(Member._meta.get_field(field).verbose_name)


def _written(member, field, branch, on):
    if field == "standing":
        years = member.standing_years(on=on)
        return "" if years is None else str(years)
    if field == "branch":
        return branch.name
    value = getattr(member, field)
    if isinstance(value, date):
        day_known = field not in MONTHS and getattr(member, field.replace("_on", "_day_known"), True)
        return value.isoformat() if day_known else month_text(value)
    display = getattr(member, f"get_{field}_display", None)
    return str(display() if display else value or "")


def roster_sheet(rows, *, publisher, unit, on, masked, paper="a3"):
    """党员花名册 on A3 or A4: `rows` are `(number, branch, member)` in roster order as of a day, `unit` whose roster it is.

    `masked` leaves out what only keepers of the roster may read, and hides numbers but for their ends.
    """
    fields = MASKED if masked else tuple(FIELDS)

    def text_of(member, field, branch):
        written = _written(member, field, branch, on)
        return MASKS[field](written) if masked and field in MASKS else written

    lines = [[str(number), *(text_of(member, field, branch) for field in fields)] for number, branch, member in rows]
    return list_sheet(
        heading=pgettext("paper", "Roster of Party members"),
        publisher=publisher,
        on=on,
        mark=_("internal, keep confidential"),
        foot=[unit],
        meta=[
            unit,
            _("as of %(day)s") % {"day": date_format(on, "DATE_FORMAT")},
            _("%(count)s persons") % {"count": len(lines)},
        ],
        columns=[
            column(_("No."), 2.6, "center"),
            *(column(heading_of(field), FIELDS[field], "center" if field in CENTERED else "start") for field in fields),
        ],
        rows=lines,
        signed=[[_("Head of the unit:"), ""], [_("Checked by:"), ""], [_("Prepared by:"), ""]],
        size=10.5 if masked else 6.1,
        title_size=1.8 if masked else 2.4,
        flexible=True,
        row_inset=0.45,
        row_inset_x=0.25,
        margin=3 if masked else 4,
        paper=paper,
    )

"""What is printed for an activity: the sheet on which those who come sign, in the order of the roster."""

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.paper.sheet import column, list_sheet


def _when(activity):
    day = date_format(activity.day, "DATE_FORMAT")
    times = [time_format(moment, "H:i") for moment in (activity.starts_at, activity.ends_at) if moment]
    return f"{day} {'–'.join(times)}".strip()


def sign_in_sheet(activity, rows, *, publisher, unit, blanks=0, signs_out=False, paper="a4"):
    """签到表: `rows` are `(number, branch, member)` in roster order, `blanks` rows follow for whoever else comes.

    `signs_out` adds when each came and left, for volunteer days. No phones, no numbers of identity cards.
    """
    rows = list(rows)
    several = len({branch.pk for _number, branch, _member in rows}) > 1
    columns = [column(_("No."), 3.1, "center"), column(pgettext("person", "Name"), 7.4)]
    if several:
        columns.append(column(_("Party branch"), 9))
    if signs_out:
        columns += [
            column(_("Signed in"), 7),
            column(_("came at"), 4.8, "center"),
            column(_("Signed out"), 7),
            column(_("left at"), 4.8, "center"),
        ]
    else:
        columns += [column(pgettext("paper", "Signature"), 10), column(_("remark"), 8)]
    empty = len(columns) - (3 if several else 2)
    lines = [
        [str(place), member.name, *([branch.name] if several else []), *[""] * empty]
        for place, (_number, branch, member) in enumerate(rows, 1)
    ]
    lines += [[str(len(rows) + place), *[""] * (len(columns) - 1)] for place in range(1, blanks + 1)]
    return list_sheet(
        heading=_("%(title)s: sign-in sheet") % {"title": activity.title},
        publisher=publisher,
        on=activity.day,
        mark=_("internal, keep confidential"),
        foot=[unit],
        meta=[_when(activity), activity.place, _("due: %(count)s persons") % {"count": len(rows)}],
        columns=columns,
        rows=lines,
        notes=[_("Present: ______ persons    On leave: ______ persons    Residents: ______ persons")],
        signed=[[_("Led by:"), activity.leader], [_("Minutes by:"), activity.recorder]],
        size=12.5,
        title_size=1.45,
        flipped=False,
        flexible=True,
        row_inset=0.55,
        margin=3,
        paper=paper,
    )

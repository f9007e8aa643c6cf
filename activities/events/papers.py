"""What is printed of activities: the sheet on which those who come sign, and a month on one poster for a wall."""

from pathlib import Path

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.paper import qr_svg, render
from config.kit.paper.sheet import column, frame, list_sheet

POSTER = Path(__file__).resolve().parent / "poster.typ"
# Size of type on A4 in points, 1.43 times so large on A3, by the number of lines up to which all fit on one sheet.
SIZES = [(8, 20), (14, 15), (18, 13)]
SMALLEST = 12


def _when(activity):
    day = date_format(activity.day, "DATE_FORMAT")
    times = [time_format(moment, "H:i") for moment in (activity.starts_at, activity.ends_at) if moment]
    return f"{day} {'–'.join(times)}".strip()


def sign_in_sheet(activity, rows, *, publisher, unit, others=(), blanks=0, signs_out=False, paper="a4"):
    """签到表: `rows` are `(number, branch, member)` in roster order, `others` the names of those who signed up, `blanks` rows
    follow for whoever else comes.

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
    lines += [
        [str(len(rows) + place), name, *[""] * (len(columns) - 2)]
        for place, name in enumerate([*others, *[""] * blanks], 1)
    ]
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


def month_poster(month, *, publisher, address, phone, paper="a3"):
    """月度海报: each day of a `PublicMonth` on which something is on; `address` is what its code opens.

    On A3 the smallest letters of a title are 7 mm high, which is read from two metres.
    """
    days = [day for day in month.days if day.events or day.moved]
    number = sum(len(day.events) + len(day.moved) for day in days)
    data = frame(
        _("What is on in %(month)s") % {"month": date_format(month.first, "YEAR_MONTH_FORMAT")},
        author=publisher,
        on=month.first,
    )
    data |= {
        "size": next((size for most, size in SIZES if number <= most), SMALLEST),
        "heading": data["title"],
        "publisher": publisher,
        "scan": _("Scan for changes"),
        "nothing": _("Nothing is planned in this month yet"),
        "days": [_poster_day(day, publisher) for day in days],
        "foot": [publisher],
        "foot_words": _("Meetings are for members; everybody is welcome to all else. Questions: %(phone)s")
        % {"phone": phone}
        if phone
        else "",
    }
    return render(POSTER, data, paper=paper, files={"qr.svg": qr_svg(address)}, spell=True)


def _poster_day(day, publisher):
    return {
        "number": date_format(day.day, "j"),
        "weekday": date_format(day.day, "l"),
        "lines": [*(_poster_event(line, publisher) for line in day.events), *map(_poster_move, day.moved)],
    }


def _poster_event(line, publisher):
    is_cancelled = line.state == "cancelled"
    times = "–".join(time_format(moment, "H:i") for moment in (line.starts_at, line.ends_at) if moment)
    notes = [_("Cancelled: %(reason)s") % {"reason": line.cancelled_because}] if is_cancelled else []
    organizer = "" if line.organizer == publisher else line.organizer
    where = "　".join(part for part in (times, line.place, organizer) if part)
    return {
        "title": line.title,
        "struck": is_cancelled,
        "where": where,
        "notes": [*notes, *([line.moved] if line.moved else [])],
    }


def _poster_move(line):
    return {"title": line.title, "struck": True, "where": "", "notes": [line.words]}

"""What is printed of meetings: the minutes, as PDF and as a Word file, and the study hours of a year."""

from pathlib import Path

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.attendance.models import Attendance
from config.kit.hours import hours_of
from config.kit.paper import render
from config.kit.paper.sheet import column, frame, list_sheet
from config.kit.punctuation import labelled
from config.kit.word import word_file

NONE = "—"
# Study hours of a year (党员教育管理工作条例, art. 20).
HOURS_A_YEAR = 32


def _when(activity):
    times = [time_format(moment, "H:i") for moment in (activity.starts_at, activity.ends_at) if moment]
    return f"{date_format(activity.day)} {'–'.join(times)}".strip()


def _absent(activity):
    """`name (reason)` of whoever was due and did not come, in the order of the sheet."""
    lines = Attendance.objects.filter(activity=activity, is_due=True).exclude(mark=Attendance.Mark.PRESENT)
    words = []
    for line in lines.select_related("member").order_by("pk"):
        why = line.reason or (line.get_mark_display() if line.mark != Attendance.Mark.ABSENT else "")
        words.append(_("%(name)s (%(why)s)") % {"name": line.member, "why": why} if why else str(line.member))
    return pgettext("between names", ", ").join(words)


def _votes(decision):
    if not decision.is_voted:
        return _("agreed without a vote")
    numbers = {"yes": decision.in_favour, "no": decision.against, "none": decision.abstained}
    return _("in favour %(yes)s, against %(no)s, abstained %(none)s") % numbers


def _facts(minutes):
    """`[[word, value]]` of what stands over the minutes."""
    activity = minutes.activity
    counts = {"due": activity.expected, "present": activity.present}
    due = _("due %(due)s, present %(present)s") if activity.expected is not None else _("present %(present)s")
    return [
        [_("Meeting"), f"{activity.get_kind_display()} {activity.title}"],
        [_("When"), _when(activity)],
        [_("Where"), activity.place or NONE],
        [_("Led by"), activity.leader or NONE],
        [_("Recorded by"), activity.recorder or NONE],
        [_("Members (persons)"), due % counts],
        [_("Absent, with reason"), _absent(activity) or _("nobody")],
        [_("Speaker"), minutes.speaker or NONE],
    ]


def _sections(minutes):
    """`[[heading, [paragraphs]]]` of the minutes, those without text left out."""
    decisions = [f"{row.place}. {row.text} ({_votes(row)})" for row in minutes.decisions.all()]
    sections = [
        [_("Agenda"), [f"{place}. {item}" for place, item in enumerate(minutes.items, 1)]],
        [_("What was studied"), minutes.content.splitlines()],
        [_("Main points of the discussion"), minutes.discussion.splitlines()],
        [_("Decisions"), decisions],
    ]
    return [[heading, lines] for heading, lines in sections if lines]


def _unit(minutes):
    return str(minutes.activity.branch or minutes.activity.organization)


def minutes_paper(minutes):
    """会议记录 on A4, with places to sign."""
    heading = _("Minutes of a meeting")
    data = frame(labelled(heading, minutes), author=_unit(minutes), on=minutes.activity.day) | {
        "heading": heading,
        "publisher": _unit(minutes),
        "mark": _("internal, keep confidential"),
        "facts": _facts(minutes),
        "sections": _sections(minutes),
        "signed": [[_("Led by:"), ""], [_("Recorded by:"), ""]],
    }
    return render(Path(__file__).with_name("minutes.typ"), data, spell=True)


def minutes_word(minutes):
    """The same as a Word file, to be worked on."""
    parts = [("table", _facts(minutes))]
    for heading, lines in _sections(minutes):
        parts += [("heading", heading), *lines]
    return word_file(_("%(unit)s: minutes") % {"unit": _unit(minutes)}, parts, author=_unit(minutes))


def study_hours_sheet(rows, *, year, publisher, unit, on, paper="a4"):
    """学时表: `rows` are `exports.StudyHours` in the order of the roster; hours together and at home, side by side."""
    lines = [
        [
            str(row.number),
            row.member.name,
            str(row.branch),
            hours_of(row.together),
            hours_of(row.at_home),
            hours_of(row.together + row.at_home),
        ]
        for row in rows
    ]
    return list_sheet(
        heading=_("Study hours of %(year)s") % {"year": year},
        publisher=publisher,
        on=on,
        mark=_("internal, keep confidential"),
        meta=[unit, "", _("counted to %(day)s") % {"day": date_format(on)}],
        columns=[
            column(_("No."), 3.1, "center"),
            column(pgettext("person", "Name"), 8),
            column(_("Party branch")),
            column(_("together (hours)"), 6, "end"),
            column(_("at home (hours)"), 6, "end"),
            column(_("in all (hours)"), 6, "end"),
        ],
        rows=lines,
        notes=[
            _("A member studies %(hours)s hours a year; of old, frail and ill members nothing is demanded.")
            % {"hours": HOURS_A_YEAR},
            _(
                "Together: present at study days, Party lessons and themed Party days by their sheets. At home: brought home, by television or newspaper."
            ),
        ],
        foot=[unit],
        flipped=False,
        paper=paper,
    )

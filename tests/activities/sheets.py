"""Events with a sheet, and what a browser sends of one."""

from datetime import date, time

from django.urls import reverse

from activities.attendance.sheet import sheet_lines
from activities.models import Activity, Attendance, Volunteer

Kind, Mark = Activity.Kind, Attendance.Mark


def make_event(branch=None, **fields):
    given = {
        "kind": Kind.GENERAL_MEETING,
        "title": "党员大会",
        "day": date(2018, 10, 11),
        "starts_at": time(9),
        "ends_at": time(10, 30),
        "branch": branch,
    }
    if branch is not None:
        given["organization"] = branch.organization
    return Activity.objects.create(**given | fields)


def line(person, mark=Mark.PRESENT, **fields):
    """A line of a sheet as the form makes it."""
    is_member = not isinstance(person, Volunteer)
    given = {"member": person, "branch": person.branch} if is_member else {"volunteer": person}
    return Attendance(mark=mark, **given | fields)


def page(event, name="record"):
    return reverse("admin:activities_activity_transition", args=[event.pk, name])


def sheet_data(event, user, marks=(), **fields):
    """What a browser sends of a sheet: `marks` in the order of its lines, then whatever else is typed."""
    data = {"starts_at": "9:00", "ends_at": "10:30", "seen": "0", "residents": "", "summary": ""}
    for row, mark in zip(sheet_lines(event, user), marks, strict=False):
        data[f"mark-{row.key}"] = mark
    return data | fields

"""Minutes of meetings, which stay inside the branch; study brought home, beside attendance; what a branch still owes."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from activities.attendance.actions import SheetFacts, record_sheet
from activities.meetings.actions import DecisionTaken, note_home_study, write_minutes
from activities.meetings.exports import study_hours
from activities.meetings.tasks import meetings_due
from activities.models import Activity, Attendance, HomeStudy, Minutes
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_organization, make_user, refusal_of
from tests.reading import squeezed, text_of_pdf

TODAY = date(2018, 10, 31)
Kind, Mark = Activity.Kind, Attendance.Mark


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def branch(db):
    return make_branch()


@pytest.fixture
def secretary(branch):
    return make_user("secretary", branch=branch)


def held(branch, marks, kind=Kind.GENERAL_MEETING, **fields):
    """A meeting that was held, and its members with these marks."""
    given = {"day": date(2018, 10, 22), "title": "党员大会", "organization": branch.organization, "branch": branch}
    event = Activity.objects.create(kind=kind, **given | fields)
    members = [make_member(branch=branch) for _mark in marks]
    lines = [
        Attendance(member=member, branch=branch, mark=mark, is_due=True, reason="住院" if mark == Mark.LEAVE else "")
        for member, mark in zip(members, marks, strict=True)
    ]
    record_sheet(event, lines, SheetFacts(time(9), time(10, 30)), by=make_user(is_superuser=True))
    return event, members


def act_page(event, name):
    return reverse("admin:activities_activity_transition", args=[event.pk, name])


def test_minutes_are_written_shown_and_written_anew(branch, secretary, client):
    event, _members = held(branch, [Mark.PRESENT, Mark.PRESENT, Mark.LEAVE])
    client.force_login(secretary)
    data = {"agenda": "通报工作\n表决安排", "speaker": "韦光明", "discussion": "大家都发了言"}
    data |= {"decision-0": "同意安排", "in_favour-0": 2, "against-0": 0, "abstained-0": 0}

    assert client.post(act_page(event, "minutes"), data).status_code == 302
    minutes = Minutes.objects.get()
    assert (minutes.items, minutes.written_by) == (["通报工作", "表决安排"], secretary)
    page = client.get(reverse("admin:activities_activity_change", args=[event.pk])).content.decode()
    for shown in ("大家都发了言", "同意安排", "同意2，反对0，弃权0"):
        assert shown in page
    again = client.get(act_page(event, "minutes")).content.decode()
    assert "表决安排" in again
    assert client.post(act_page(event, "minutes"), data | {"agenda": "通报工作", "decision-0": ""}).status_code == 200
    assert client.post(act_page(event, "minutes"), {"agenda": "通报工作"}).status_code == 302
    assert not Minutes.objects.get().decisions.exists()
    assert Minutes.objects.get().history.count() == 2


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ((2, 1, 0), "more_votes_than_present"),
        ((2, None, 0), "votes_incomplete"),
        ((0, 0, 3), "more_votes_than_present"),
    ],
)
def test_nobody_votes_who_was_not_there(branch, secretary, votes, code):
    event, _members = held(branch, [Mark.PRESENT, Mark.PRESENT, Mark.LEAVE])

    assert (
        refusal_of(write_minutes, event, by=secretary, agenda="表决", decisions=[DecisionTaken("同意", *votes)]) == code
    )
    assert refusal_of(write_minutes, event, by=secretary, agenda="x", decisions=[DecisionTaken("", 1, 0, 0)]) == (
        "decision_missing"
    )
    assert not Minutes.objects.exists()


def test_a_meeting_to_come_has_no_minutes(branch, secretary):
    event = Activity.objects.create(
        organization=branch.organization,
        branch=branch,
        kind=Kind.GENERAL_MEETING,
        title="党员大会",
        day=date(2018, 11, 22),
    )
    assert refusal_of(write_minutes, event, by=secretary, agenda="表决") == "wrong_step"


def test_the_private_part_never_leaves_the_branch(branch, secretary, client):
    event, _members = held(branch, [Mark.PRESENT])
    write_minutes(event, by=secretary, agenda="秘密议题", discussion="只说给支部听")
    others = [
        make_user("secretary", branch=make_branch(organization=branch.organization)),
        make_user("publicity_officer", organization=branch.organization),
        make_user("street_officer", organization=branch.organization),
    ]

    assert Minutes.objects.visible_to(secretary).exists()
    for user in others:
        client.force_login(user)
        assert not Minutes.objects.visible_to(user).exists()
        page = client.get(reverse("admin:activities_activity_change", args=[event.pk]))
        assert "只说给支部听" not in page.content.decode()
        assert client.get(act_page(event, "minutes")).status_code in {302, 403, 404}
        word = reverse("admin:activities_activity_minutes_word", args=[event.pk])
        assert client.get(word).status_code in {302, 403, 404}
        paper = client.get(reverse("admin:activities_activity_print", args=[event.pk, "minutes"]))
        assert paper["Content-Type"] != "application/pdf"
    assert "秘密" not in client.get(reverse("activities:detail", args=[event.pk])).content.decode()


def test_minutes_are_paper_and_a_word_file_with_who_was_absent_and_why(branch, secretary, client):
    event, members = held(branch, [Mark.PRESENT, Mark.LEAVE, Mark.ABSENT])
    write_minutes(
        event,
        by=secretary,
        agenda="通报工作",
        discussion="大家都发了言",
        decisions=[DecisionTaken("同意安排", 1, 0, 0)],
    )
    client.force_login(secretary)

    pdf = client.get(reverse("admin:activities_activity_print", args=[event.pk, "minutes"])).getvalue()
    word = client.get(reverse("admin:activities_activity_minutes_word", args=[event.pk])).getvalue()

    file = Document(BytesIO(word))
    written = "\n".join(paragraph.text for paragraph in file.paragraphs)
    written += "\n".join(cell.text for row in file.tables[0].rows for cell in row.cells)
    for text in (squeezed(text_of_pdf(pdf)), squeezed(written)):
        for wanted in (
            "通报工作",
            "大家都发了言",
            "同意安排",
            "同意1，反对0，弃权0",
            "应到3，实到1",
            f"{members[1]}（住院）",
        ):
            assert squeezed(wanted) in text


def test_study_at_home_is_counted_beside_attendance(branch, secretary, client):
    event, members = held(
        branch, [Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT], Kind.STUDY_DAY, summary="学习党章；送学上门"
    )
    client.force_login(secretary)
    page = client.get(act_page(event, "home_study")).context["form"]

    assert page.initial["members"] == [members[1].pk]
    data = {"members": [members[1].pk], "way": "visit", "what": "学习党章", "brought_by": "李国强", "on": "2018-10-23"}
    for _time in range(3):
        assert client.post(act_page(event, "home_study"), data | {"hours": "1.5"}).status_code == 302

    assert [(row.member, row.minutes, row.branch) for row in HomeStudy.objects.all()] == [(members[1], 90, branch)]
    event.refresh_from_db()
    assert (event.expected, event.present) == (2, 1)
    shown = client.get(reverse("admin:activities_activity_change", args=[event.pk])).content.decode()
    assert "1人，不算到会" in shown


@pytest.mark.parametrize(
    ("change", "code"),
    [({"members": []}, "nobody"), ({"on": date(2018, 11, 1)}, "day_ahead"), ({"on": date(1950, 1, 1)}, "no_branch")],
)
def test_study_at_home_that_cannot_be_is_refused(branch, secretary, change, code):
    event, members = held(branch, [Mark.EXCUSED, Mark.PRESENT], Kind.STUDY_DAY)
    given = {"members": [members[0]], "on": date(2018, 10, 23), "way": "visit", "what": "学习党章", "minutes": 60}

    assert refusal_of(note_home_study, event, by=secretary, **given | change) == code
    assert refusal_of(note_home_study, event, by=secretary, **given | {"members": members}) == "was_present"
    assert not HomeStudy.objects.exists()


def test_study_hours_of_a_year_are_together_and_at_home(branch, secretary, client):
    event, (came, stayed) = held(branch, [Mark.PRESENT, Mark.EXCUSED], Kind.STUDY_DAY)
    given = {"on": date(2018, 10, 23), "way": "paper", "what": "学习党章", "minutes": 60}
    note_home_study(event, by=secretary, members=[stayed], **given)

    rows = {row.member: (row.together, row.at_home) for row in study_hours([branch], year=2018, until=TODAY)}

    assert rows == {came: (90, 0), stayed: (0, 60)}
    client.force_login(secretary)
    pdf = client.get(
        reverse("admin:paper_pdf", args=["study-hours"]),
        {"year": 2018, "branch": branch.pk, "letterhead": f"branch-{branch.pk}"},
    ).getvalue()
    assert squeezed(stayed.name) in squeezed(text_of_pdf(pdf))


def test_what_a_branch_owes_this_month_and_quarter_is_on_the_today_page(branch, secretary):
    make_branch(organization=branch.organization)
    titles = [task.title for task in meetings_due(secretary, TODAY)]
    assert len(titles) == 2
    assert "支委会" in titles[0]
    assert "主题党日" in titles[0]
    assert "党课" in titles[1]

    for kind in (Kind.COMMITTEE_MEETING, Kind.THEME_PARTY_DAY, Kind.PARTY_LESSON):
        held(branch, [Mark.PRESENT], kind)
    planned = {"organization": branch.organization, "branch": branch, "title": "党员大会", "day": date(2018, 12, 20)}
    meeting = Activity.objects.create(kind=Kind.GENERAL_MEETING, **planned)
    assert meetings_due(secretary, TODAY) == []

    Activity.objects.filter(pk=meeting.pk).update(state="cancelled", cancelled_because="改到明年")
    assert len(meetings_due(secretary, TODAY)) == 1
    assert meetings_due(make_user("publicity_officer", organization=make_organization()), TODAY) == []


def test_month_and_quarter_that_end_on_one_day_are_two_tasks(branch, secretary):
    first, second = meetings_due(secretary, date(2018, 12, 10))

    assert first.due == second.due == date(2018, 12, 31)
    assert "本月" in first.title
    assert "本季度" in second.title

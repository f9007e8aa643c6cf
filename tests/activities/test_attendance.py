"""A sign-in sheet: who was due comes from the roll of the day, people are ticked, and every number follows."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.attendance.actions import SheetFacts, check_sheet, record_sheet, record_typed_counts
from activities.attendance.sheet import sheet_lines
from activities.models import Activity, Attendance, EventStep, ServiceRecord, SignUp, Volunteer
from branches.models import CommitteeSeat, CommitteeTerm
from members.models import Affiliation
from tests.activities.sheets import line, make_event, page, sheet_data
from tests.fund.make import on_day
from tests.make import make_branch, make_member, make_organization, make_user, refusal_of
from tests.reading import squeezed, text_of_pdf

TODAY = date(2018, 10, 31)
Kind, Mark, State = Activity.Kind, Attendance.Mark, Activity.State


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def branch(db):
    return make_branch()


@pytest.fixture
def desk(client, branch):
    """The publicity officer of the branch's organisation at her PC."""
    user = make_user("publicity_officer", organization=branch.organization)
    client.force_login(user)
    client.user = user
    return client


def test_the_due_list_is_the_roll_of_that_day(branch):
    stays, left, later = (make_member(branch=branch, name=name) for name in ("陈宝祥", "黄志强", "李国强"))
    Affiliation.objects.filter(member=left).update(ends_on=date(2018, 10, 11))
    Affiliation.objects.filter(member=later).update(starts_on=date(2018, 10, 12))

    lines = sheet_lines(make_event(branch), make_user(is_superuser=True))

    assert [(row.member, row.is_due, row.mark) for row in lines] == [(stays, True, "")]


def test_whoever_is_frail_is_excused_from_the_start_and_never_missing(branch, desk):
    for name, health in (("陈宝祥", "frail"), ("黄志强", "good")):
        make_member(branch=branch, name=name, health=health)
    event = make_event(branch)

    assert [row.mark for row in sheet_lines(event, desk.user)] == [Mark.EXCUSED, ""]
    desk.post(page(event), sheet_data(event, desk.user, [Mark.EXCUSED, ""]))

    event.refresh_from_db()
    assert (event.expected, event.present) == (1, 0)
    assert event.attendance.get(member__name="黄志强").mark == Mark.ABSENT


def test_ticks_become_numbers_and_the_rest_is_absent(branch, desk):
    for number in range(5):
        make_member(branch=branch, name=f"陈宝{'一二三四五'[number]}")
    event = make_event(branch)
    data = sheet_data(event, desk.user, [Mark.PRESENT, Mark.PRESENT, Mark.LEAVE, Mark.EXCUSED, ""], residents="3")
    leave = sheet_lines(event, desk.user)[2]
    data[f"why-{leave.key}"] = "住院"

    answer = desk.post(page(event), data)

    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.state, event.expected, event.present, event.public_present) == (State.HELD, 4, 2, 3)
    assert event.attendance.get(mark=Mark.LEAVE).reason == "住院"
    assert [(step.act, step.by) for step in event.steps.all()] == [("record", desk.user)]


def test_leave_needs_a_reason_and_a_reason_needs_leave(branch, desk):
    make_member(branch=branch)
    event = make_event(branch)
    data = sheet_data(event, desk.user, [Mark.LEAVE])
    row = sheet_lines(event, desk.user)[0]

    assert "请假" in desk.post(page(event), data).content.decode()
    data = sheet_data(event, desk.user, [Mark.PRESENT]) | {f"why-{row.key}": "住院"}
    assert "标记" in desk.post(page(event), data).content.decode()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": State.CANCELLED, "cancelled_because": "下雨"}, "cancelled"),
        ({"day": date(2018, 11, 8)}, "held_ahead"),
    ],
)
def test_nobody_was_at_what_was_cancelled_or_is_still_to_come(branch, fields, code, desk):
    member, event = make_member(branch=branch), make_event(branch, **fields)

    assert refusal_of(record_sheet, event, [line(member)], SheetFacts(), by=desk.user) == code
    assert desk.post(page(event), sheet_data(event, desk.user, [Mark.PRESENT])).status_code == 200
    assert not Attendance.objects.exists()


def test_a_form_sent_three_times_is_one_sheet(branch, desk):
    make_member(branch=branch)
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    data = sheet_data(event, desk.user, [Mark.PRESENT]) | {"walk-0": "卢玉芬", "who-0": "unnamed", "walk-1": "梁月华"}
    data |= {"newcomers": "new-youth"}

    for _time in range(3):
        assert desk.post(page(event), data).status_code == 302

    event.refresh_from_db()
    assert (event.present, event.public_present, event.residents) == (1, 2, 1)
    assert Volunteer.objects.count() == 1
    assert event.steps.count() == 1


def test_what_is_different_later_needs_a_reason_and_is_checked_again(branch, desk):
    member, event = make_member(branch=branch), make_event(branch)
    record_sheet(event, [line(member, is_due=True)], SheetFacts(time(9), time(10, 30)), by=desk.user)
    check_sheet(event, by=make_user("secretary", branch=branch))
    data = sheet_data(event, desk.user, [Mark.ABSENT], seen="1")

    assert desk.post(page(event, "correct"), data).status_code == 200
    assert desk.post(page(event, "correct"), data | {"reason": "看错了行"}).status_code == 302

    event.refresh_from_db()
    assert (event.state, event.present) == (State.HELD, 0)
    assert event.attendance.get().history.first().history_change_reason == "看错了行"
    assert event.steps.last().remark == "看错了行"


def test_a_sheet_that_somebody_else_saved_meanwhile_is_not_overwritten(branch, desk):
    member, event = make_member(branch=branch), make_event(branch)
    data = sheet_data(event, desk.user, [Mark.PRESENT])
    record_sheet(event, [line(member, Mark.ABSENT, is_due=True)], SheetFacts(), by=make_user(is_superuser=True))

    html = desk.post(page(event), data).content.decode()

    assert event.attendance.get().mark == Mark.ABSENT
    assert "别人" in html


def test_walk_ins_are_found_by_letters_asked_about_or_registered(branch, desk):
    make_member(branch=branch, name="陈宝祥")
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    known = Volunteer.objects.create(
        organization=branch.organization, kind="arts", name="梁月华", registered_on=date(2018, 1, 1)
    )
    data = sheet_data(event, desk.user) | {"walk-0": "lyh", "walk-1": "卢玉芬", "walk-2": "zzzz"}

    html = desk.post(page(event), data).content.decode()
    assert "卢玉芬" in html
    assert "zzzz" in html
    assert not Attendance.objects.exists()
    data |= {"who-1": "new-five_elders", "walk-2": ""}
    assert desk.post(page(event), data).status_code == 302

    new = Volunteer.objects.exclude(pk=known.pk).get()
    assert (new.name, new.kind, new.registered_on) == ("卢玉芬", "five_elders", event.day)
    assert {row.volunteer for row in event.attendance.all()} == {known, new}


def test_a_name_that_somebody_has_is_asked_and_never_guessed(branch, desk):
    guest, event = make_member(name="韦红和"), make_event(branch, kind=Kind.VOLUNTEER_DAY)
    make_member(branch=branch)
    volunteer = Volunteer.objects.create(
        organization=branch.organization, kind="arts", name="韦红和", registered_on=date(2018, 1, 1)
    )
    data = sheet_data(event, desk.user) | {"walk-0": "韦红和", "newcomers": "new-youth"}

    html = desk.post(page(event), data).content.decode()
    # The member is of a branch that she does not see, so the volunteer alone is proposed.
    assert f'value="v{volunteer.pk}"' in html
    assert f'value="m{guest.pk}"' not in html
    assert desk.post(page(event), data | {"who-0": f"m{guest.pk}"}).status_code == 200
    assert desk.post(page(event), data | {"who-0": f"v{volunteer.pk}"}).status_code == 302
    assert event.attendance.get().volunteer == volunteer


def test_one_person_stands_on_a_sheet_once(branch, desk):
    member = make_member(branch=branch, name="陈宝祥")
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    twin = Volunteer.objects.create(
        organization=branch.organization, kind="party", name="陈宝祥", member=member, registered_on=event.day
    )
    facts = SheetFacts(time(9), time(10, 30))

    assert refusal_of(record_sheet, event, [line(member), line(member)], facts, by=desk.user) == "twice"
    assert refusal_of(record_sheet, event, [line(member), line(twin)], facts, by=desk.user) == "twice"


def test_somebody_in_two_places_at_the_same_hour_is_a_question(branch, desk):
    member = make_member(branch=branch)
    first, second = (make_event(branch, kind=Kind.VOLUNTEER_DAY, title=title) for title in ("义诊", "清扫"))
    record_sheet(first, [line(member)], SheetFacts(time(9), time(10, 30)), by=desk.user)
    data = sheet_data(second, desk.user, [Mark.PRESENT])

    html = desk.post(page(second), data).content.decode()
    assert "义诊" in html
    assert not second.attendance.exists()
    answer = f"yes-{first.attendance.get().pk}"
    assert desk.post(page(second), data | {"both": answer}).status_code == 302
    later = sheet_data(second, desk.user, [Mark.PRESENT]) | {"starts_at": "14:00", "ends_at": "15:00"}
    later |= {"seen": "1", "reason": "改在下午"}
    assert desk.post(page(second, "correct"), later).status_code == 302


def test_hours_over_the_length_and_broken_half_hours_are_refused(branch, desk):
    member, event = make_member(branch=branch), make_event(branch, kind=Kind.VOLUNTEER_DAY)
    key = f"hours-m{member.pk}"
    data = sheet_data(event, desk.user, [Mark.PRESENT])

    for typed in ("2", "0.7", "0", "-1", "九", "1e9", "2 2", "１２３４５６"):
        assert desk.post(page(event), data | {key: typed}).status_code == 200
    assert desk.post(page(event), data | {key: "1", "ends_at": "8:00"}).status_code == 200
    assert desk.post(page(event), data | {"ends_at": ""}).status_code == 200
    assert not Attendance.objects.exists()
    assert desk.post(page(event), data | {key: "１ 小时"}).status_code == 302
    assert event.attendance.get().minutes == 60
    facts = SheetFacts(time(9), time(10, 30))
    assert refusal_of(record_sheet, event, [line(member, minutes=120)], facts, by=desk.user) == "over_length"


def test_numbers_are_typed_only_where_no_roll_was_kept(branch, desk):
    old = make_event(branch, day=date(1965, 3, 1))
    make_member(branch=branch)
    typed = {"starts_at": "9:00", "ends_at": "10:00", "seen": "0", "expected": "20", "present": "21", "summary": ""}

    assert "21" in desk.post(page(old), typed).content.decode()
    assert desk.post(page(old), typed | {"present": "18", "public_present": "4"}).status_code == 302
    old.refresh_from_db()
    assert (old.expected, old.present, old.public_present, old.counts_typed) == (20, 18, 4, True)
    assert "取自旧记录" in desk.get(reverse("activities:detail", args=[old.pk])).content.decode()
    numbers = {"expected": 1, "present": 1, "public_present": 0, "service_minutes": 0}
    event = make_event(branch)
    assert refusal_of(record_typed_counts, event, SheetFacts(), by=desk.user, **numbers) == "has_roll"


def test_a_summary_that_names_somebody_is_refused_at_its_field(branch, desk):
    make_member(branch=branch, name="陈宝祥")
    event = make_event(branch)

    html = desk.post(page(event), sheet_data(event, desk.user, ["present"], summary="陈宝祥讲了话")).content.decode()

    assert "id_summary" in html
    assert not Attendance.objects.exists()


def test_a_joint_sheet_lists_every_branch_for_the_whole_office_and_the_own_one_for_a_branch(db):
    street = make_organization(kind="street_committee")
    community = make_organization(parent=street)
    above, own = make_branch(organization=street), make_branch(organization=community)
    other = make_branch(organization=make_organization(parent=street))
    members = [make_member(branch=one) for one in (above, own)]
    make_member(branch=other)
    event = make_event(None, organization=community, kind=Kind.STUDY_DAY)

    whole = sheet_lines(event, make_user("publicity_officer", organization=community))
    part = sheet_lines(event, make_user("secretary", branch=own))

    assert {row.member for row in whole} == set(members)
    assert [row.member for row in part] == [members[1]]


def test_each_half_of_a_joint_sheet_leaves_the_other_alone(db):
    community = make_organization()
    halves = [make_branch(organization=community) for _ in range(2)]
    for branch in halves:
        make_member(branch=branch)
    event = make_event(None, organization=community, kind=Kind.STUDY_DAY)
    for branch in halves:
        user = make_user("secretary", branch=branch)
        lines = [line(row.member, is_due=True) for row in sheet_lines(event, user)]
        record_sheet(event, lines, SheetFacts(time(9), time(10)), by=user, reason="另一个支部")

    event.refresh_from_db()
    assert (event.expected, event.present) == (2, 2)


def test_the_committee_meeting_is_for_its_committee(branch):
    sits, stays = (make_member(branch=branch, name=name) for name in ("陈宝祥", "黄志强"))
    term = CommitteeTerm.objects.create(
        branch=branch, term_no=1, elected_on=date(2017, 5, 1), term_end=date(2020, 5, 1)
    )
    CommitteeSeat.objects.create(term=term, post="secretary", name=sits.name, held_from=date(2017, 5, 1))

    lines = sheet_lines(make_event(branch, kind=Kind.COMMITTEE_MEETING), make_user(is_superuser=True))

    assert stays.pk
    assert [row.member for row in lines] == [sits]


def test_the_same_troupe_stands_on_the_next_sheet(branch, desk):
    make_member(branch=branch)
    first = make_event(branch, kind=Kind.PERFORMANCE, day=date(2018, 10, 1))
    singer = Volunteer.objects.create(
        organization=branch.organization, kind="arts", name="梁月华", registered_on=date(2018, 1, 1)
    )
    record_sheet(first, [line(singer)], SheetFacts(time(19), time(21)), by=desk.user)

    lines = sheet_lines(make_event(branch, kind=Kind.PERFORMANCE, day=date(2018, 10, 8)), desk.user)

    assert [(row.volunteer, row.mark) for row in lines if row.volunteer] == [(singer, "")]


def test_names_are_proposed_to_who_sees_them(branch, desk, client):
    make_member(branch=branch, name="李秀珍")
    make_member(name="李秀兰")
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    address = reverse("admin:activities_activity_people", args=[event.pk])

    for words in ("lxz", "李", "李秀"):
        people = desk.get(address, {"q": words}).json()["people"]
        assert len(people) == 1
        assert people[0].startswith("李秀珍")
    assert desk.get(address, {"q": ""}).json() == {"people": []}
    client.force_login(make_user("publicity_officer"))
    assert client.get(address, {"q": "李"}).status_code == 404
    client.force_login(make_user("accountant", organization=branch.organization))
    assert client.get(address, {"q": "李"}).status_code in {403, 404}


def test_a_sheet_costs_the_same_number_of_queries_however_long_it_is(branch, desk):
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    counts = []
    for number in (2, 12):
        for _place in range(number):
            make_member(branch=branch)
        with CaptureQueriesContext(connection) as queries:
            desk.get(page(event))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_steps_and_lines_of_others_are_not_seen(branch):
    member, event = make_member(branch=branch), make_event(branch)
    record_sheet(event, [line(member, is_due=True)], SheetFacts(), by=make_user(is_superuser=True))
    stranger, own = make_user("secretary", branch=make_branch()), make_user("secretary", branch=branch)

    assert not Attendance.objects.visible_to(stranger).exists()
    assert not EventStep.objects.visible_to(stranger).exists()
    assert Attendance.objects.visible_to(own).count() == EventStep.objects.visible_to(own).count() == 1
    assert not ServiceRecord.objects.exists()


def test_who_signed_up_stands_on_the_sheet_and_is_ticked_when_they_came(branch, desk):
    make_member(branch=branch, name="陈宝祥")
    event = make_event(branch, kind=Kind.VOLUNTEER_DAY)
    for name, persons, state in (("卢玉芬", 1, "placed"), ("莫小兰", 3, "placed"), ("覃新来", 1, "waiting")):
        SignUp.objects.create(activity=event, name=name, phone="14000000001", persons=persons, state=state)

    html = desk.get(page(event)).content.decode()
    assert "卢玉芬" in html
    assert "共3人" in html
    assert "覃新来" not in html
    data = sheet_data(event, desk.user, [""]) | {"signed-1": "on"}
    assert "莫小兰" in desk.post(page(event), data).content.decode()
    assert not Attendance.objects.exists()
    assert desk.post(page(event), data | {"who-1": "unnamed"}).status_code == 302

    event.refresh_from_db()
    assert (event.present, event.public_present, event.residents) == (0, 3, 3)
    sheet = desk.get(
        reverse("admin:paper_pdf", args=["sign-in"]),
        {"activity": event.pk, "blanks": 0, "letterhead": f"organization-{branch.organization_id}"},
    )
    text = squeezed(text_of_pdf(sheet.getvalue()))
    assert "卢玉芬" in text
    assert "覃新来" not in text

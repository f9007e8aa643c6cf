"""The days that come back are computed right for every year known, and a year is planned in one act, once."""

from datetime import date, datetime, time, timedelta

import pytest
from chinese_calendar import constants
from dateutil.relativedelta import TH, relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from activities.events.planning import Hours, plan, proposals
from activities.events.regular_days import meeting_days, study_day, volunteer_day
from activities.models import Activity
from branches.calendar import Holiday, WorkingCalendar, seed_holidays
from branches.models import Nameplate, Organization
from config.kit import clock
from tests.make import make_branch, make_organization, make_user
from tests.site.test_careful_saving import signed_in

Rule = Organization.VolunteerDayRule
# Days off of later years are not announced yet, so nothing is moved but weekends.
YEARS = range(2018, 2031)
PLAN = "/admin/activities/activity/plan/"


@pytest.fixture(scope="module")
def calendar():
    return WorkingCalendar(holidays=constants.holidays, makeup_days=constants.workdays)


def is_worked(day):
    """By the announced tables themselves, without the calendar of the program."""
    return day in constants.workdays or (day.isoweekday() <= 5 and day not in constants.holidays)


def second_thursdays(year):
    return [day.date() for day in rrule(MONTHLY, byweekday=TH(2), dtstart=date(year, 1, 1), count=12)]


def first_worked(start, frequency):
    return next(day.date() for day in rrule(frequency, dtstart=start) if is_worked(day.date()))


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("rule", "frequency"), [(Rule.NEXT_WORKDAY, DAILY), (Rule.NEXT_THURSDAY, WEEKLY), ("keep", None)]
)
def test_volunteer_days_of_a_year_equal_a_list_computed_another_way(calendar, year, rule, frequency):
    for month, thursday in enumerate(second_thursdays(year), 1):
        found = volunteer_day(year, month, calendar=calendar, rule=rule)

        assert found.day == (first_worked(thursday, frequency) if frequency else thursday)
        assert found.moved_from == (thursday if found.day != thursday else None)


@pytest.mark.parametrize(
    ("thursday", "rule", "day"),
    [
        (date(2020, 10, 8), Rule.NEXT_THURSDAY, date(2020, 10, 15)),
        (date(2020, 10, 8), Rule.NEXT_WORKDAY, date(2020, 10, 9)),
        (date(2021, 2, 11), Rule.NEXT_THURSDAY, date(2021, 2, 18)),
        (date(2021, 2, 11), Rule.KEEP, date(2021, 2, 11)),
        (date(2018, 10, 11), Rule.NEXT_THURSDAY, date(2018, 10, 11)),
    ],
)
def test_days_of_the_handbook(calendar, thursday, rule, day):
    assert volunteer_day(thursday.year, thursday.month, calendar=calendar, rule=rule).day == day


@pytest.mark.parametrize("year", YEARS)
def test_study_days_and_meetings_of_a_year_equal_a_list_computed_another_way(calendar, year):
    study = [study_day(year, month, calendar=calendar, of_month=20).day for month in range(1, 13)]
    meetings = list(meeting_days(None, year, calendar=calendar, of_month=5))

    assert study == [first_worked(date(year, 1, 20) + relativedelta(months=n), DAILY) for n in range(12)]
    fifths = [first_worked(date(year, 1, 5) + relativedelta(months=n), DAILY) for n in range(12)]
    for kind in ("committee_meeting", "theme_party_day"):
        assert [day.day for day in meetings if day.kind == kind] == fifths
    for kind in ("general_meeting", "party_lesson"):
        assert [day.day for day in meetings if day.kind == kind] == fifths[2::3]


# Stored at once


@pytest.fixture
def branch(db):
    seed_holidays([2018, 2019])
    return make_branch(organization=make_organization(campaign_name="暖心行动"))


@pytest.fixture(autouse=True)
def autumn(monkeypatch):
    moment = timezone.make_aware(datetime(2018, 10, 31, 10))
    monkeypatch.setattr(clock, "_source", lambda: moment)


def ask(branch, **more):
    return {"year": "2019", "organization": branch.organization_id, "meeting_day": "5", **more}


def address_of(page):
    return f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"


def sent(response):
    """The fields of the form of days as a browser would send them."""
    form = response.context["days"]
    data = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if value not in (None, False, ""):
            data[name] = "on" if value is True else value.isoformat() if isinstance(value, date) else str(value)
    return data


def test_a_year_is_planned_in_one_act(branch):
    client = signed_in(make_user("publicity_officer", branch=branch))
    last = {"organization": branch.organization, "kind": "volunteer_day", "title": "清扫", "day": "2018-10-11"}
    Activity.objects.create(**last, state="held", starts_at=time(8, 30), ends_at=time(11, 30), place="文化广场")

    page = client.get(PLAN, ask(branch, branches=[branch.pk]))
    answer = client.post(address_of(page), sent(page), follow=True)

    assert "已排好 56 场" in " ".join(str(message) for message in answer.context["messages"])
    planned = Activity.objects.filter(day__year=2019)
    assert {event.state for event in planned} == {"planned"}
    days = planned.filter(kind="volunteer_day").order_by("day")
    assert [event.day for event in days] == second_thursdays(2019)
    first = days[0]
    assert (first.title, first.place, first.starts_at) == ("1月暖心行动", "文化广场", time(8, 30))
    assert planned.filter(kind="committee_meeting", branch=branch).count() == 12
    assert planned.filter(kind="study_day", branch=None, day="2019-01-21").exists()


def test_a_year_takes_leaders_and_plates_of_the_last_one_and_none_of_its_results(branch):
    place = branch.organization
    plate = Nameplate.objects.create(organization=place, code="seniors_sports")
    march, october = (
        Activity.objects.create(
            organization=place, kind="volunteer_day", title="旧", day=day, state="held", leader=leader,
            starts_at=time(8, 30), ends_at=time(11, 30), place="文化广场", present=30, public_present=9, residents=4,
            served=80, service_minutes=5400, summary="去年写的", recorder="陈桂珍", counts_typed=True,
        )
        for day, leader in [("2018-03-08", "三月带队人"), ("2018-10-11", "十月带队人")]
    )  # fmt: skip
    march.plates.set([plate])

    plan(place, [row.regular for row in proposals(place, 2019)], {})

    days = {event.day.month: event for event in Activity.objects.filter(kind="volunteer_day", day__year=2019)}
    assert (days[3].leader, days[10].leader, days[5].leader) == ("三月带队人", "十月带队人", "十月带队人")
    assert list(days[3].plates.all()) == [plate]
    assert not october.plates.exists()
    assert not days[5].plates.exists()
    results = (
        "present",
        "public_present",
        "residents",
        "served",
        "service_minutes",
        "summary",
        "recorder",
    )
    for event in days.values():
        assert not any(getattr(event, name) for name in results)
        assert (event.state, event.expected, event.entered_by, event.counts_typed) == ("planned", None, None, False)
        assert [rows.count() for rows in (event.attendance, event.steps, event.photos)] == [0, 0, 0]


def test_what_is_planned_already_is_shown_and_not_planned_twice(branch):
    client = signed_in(make_user("secretary", branch=branch))
    place = branch.organization
    Activity.objects.create(organization=place, kind="volunteer_day", title="迎新", day="2019-01-10")
    Activity.objects.create(
        organization=place,
        kind="volunteer_day",
        title="停",
        day="2019-02-14",
        state="cancelled",
        cancelled_because="雨",
    )
    page = client.get(PLAN, ask(branch))
    assert "迎新" in page.content.decode()
    address = address_of(page)
    data = sent(page)
    assert client.post(address, data).status_code == 302
    assert Activity.objects.filter(day__year=2019).exclude(state="cancelled").count() == 24

    again = client.post(address, data)

    assert again.status_code == 200
    assert Activity.objects.filter(day__year=2019).exclude(state="cancelled").count() == 24


def test_two_who_plan_the_same_year_store_it_once(branch):
    days = [row.regular for row in proposals(branch.organization, 2019)]
    plan(branch.organization, days, {})

    with pytest.raises(ValidationError) as refused:
        plan(branch.organization, days, {})

    assert refused.value.code == "planned_already"
    assert Activity.objects.count() == 24


def test_a_day_is_left_out_or_moved_by_who_plans(branch):
    client = signed_in(make_user("secretary", branch=branch))
    page = client.get(PLAN, ask(branch))
    data = sent(page) | {"day-volunteer_day-0-3": "3.21"}
    del data["take-volunteer_day-0-1"]

    address = address_of(page)
    asked = client.post(address, data)
    # What was written without its year is read back once, written out in full.
    assert "2019年3月21日，星期四" in asked.content.decode()
    assert not Activity.objects.exists()

    assert client.post(address, data | {"day-volunteer_day-0-3": "2019-03-21"}).status_code == 302

    days = list(Activity.objects.filter(kind="volunteer_day").order_by("day").values_list("day", "shifted_from"))
    assert len(days) == 11
    assert (date(2019, 3, 21), None) in days


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day-study_day-0-2": "2020-02-20"}, "请填这一年里的日子"),
        ({"day-study_day-0-2": "2月30日"}, "没有"),
        ({"starts_at-study_day": "10:00", "ends_at-study_day": "9:00"}, "结束时间"),
        ({"place-study_day": "长" * 101}, "100"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(branch, wrong, said):
    client = signed_in(make_user("secretary", branch=branch))
    page = client.get(PLAN, ask(branch))

    answer = client.post(address_of(page), sent(page) | wrong)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "params", [{"year": "1900"}, {"year": "x"}, {"organization": "999999"}, {"meeting_day": "31"}, {"branches": ["0"]}]
)
def test_a_nonsense_address_shows_the_first_page(branch, params):
    client = signed_in(make_user("secretary", branch=branch))

    answer = client.get(PLAN, ask(branch) | params)

    assert answer.status_code == 200
    assert "days" not in answer.context


def test_nobody_plans_for_others(branch):
    other = make_branch()
    client = signed_in(make_user("secretary", branch=branch))

    assert "days" not in client.get(PLAN, ask(other)).context
    assert "days" not in client.get(PLAN, ask(branch, branches=[other.pk])).context
    assert signed_in(make_user("accountant", organization=branch.organization)).get(PLAN).status_code == 403


def test_a_year_whose_days_off_are_not_entered_is_said(branch):
    Holiday.objects.filter(day__year=2019).delete()
    client = signed_in(make_user("secretary", branch=branch))

    assert "放假安排还没有登记" in client.get(PLAN, ask(branch)).content.decode()
    assert reverse("admin:branches_holiday_changelist") in client.get(PLAN, ask(branch)).content.decode()


def test_the_list_of_activities_leads_to_the_planning(branch):
    page = reverse("admin:activities_activity_changelist")

    assert PLAN in signed_in(make_user("secretary", branch=branch)).get(page).content.decode()
    assert (
        PLAN not in signed_in(make_user("street_officer", organization=branch.organization)).get(page).content.decode()
    )


def test_planning_costs_the_same_for_many_branches(branch, django_assert_max_num_queries):
    branches = [branch, *(make_branch(organization=branch.organization) for _number in range(4))]

    with django_assert_max_num_queries(3):
        rows = proposals(branch.organization, 2019, branches=branches)

    assert len(rows) == 24 + 5 * 32
    assert all(row.regular.day - timedelta(days=400) < date(2019, 1, 1) for row in rows)
    assert plan(branch.organization, [rows[0].regular], {rows[0].regular.kind: Hours()})[0].starts_at is None

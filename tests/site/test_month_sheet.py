"""The month on one sheet, what was handed on, and what a message says comes next."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from branches.models import CommitteeTerm
from config.kit import clock
from config.kit.workflow.waiting import next_words
from fund.handed_on import handed_on
from fund.help.cases.models import CaseState
from fund.help.cases.transitions import CASES
from fund.models import AssistanceCase
from tests.fund.make import make_pot
from tests.make import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.set_to(lambda: datetime(2018, 11, 5, 9, tzinfo=timezone.get_current_timezone())):
        yield


@pytest.fixture
def branch():
    return make_branch(name="甲支部")


def sheet(client, role, branch, **params):
    client.force_login(make_user(role, branch=branch))
    return client.get("/admin/month/", params)


def test_the_sheet_names_events_regular_days_meetings_birthdays_and_terms(client, branch):
    shared = {"organization": branch.organization, "branch": branch}
    Activity.objects.create(**shared, kind="volunteer_day", title="清扫榕树巷", day="2018-11-08")
    Activity.objects.create(**shared, kind="study_day", title="停了的学习", day="2018-11-20", state="cancelled",
                            cancelled_because="停电")  # fmt: skip
    Activity.objects.create(**shared, kind="general_meeting", title="党员大会", day="2018-10-10", state="held")
    make_member(branch=branch, name="韦怀德", birth_date=date(1940, 11, 15), joined_on=date(1967, 7, 1))
    make_member(branch=branch, name="黄志强", birth_date=date(1941, 3, 15), joined_on=date(1967, 11, 2))
    CommitteeTerm.objects.create(branch=branch, term_no=1, elected_on="2016-01-02", term_end="2019-01-02")

    answer = sheet(client, "secretary", branch)
    html = answer.content.decode()

    assert "清扫榕树巷" in html
    days = {line.label: (line.day, line.is_planned) for line in answer.context["regular_days"]}
    assert list(days.values()) == [(date(2018, 11, 8), True), (date(2018, 11, 20), False)]
    due = {line.label: line.is_planned for line in answer.context["meetings_due"]}
    assert list(due.values()) == [False, False, True, False]
    assert answer.context["born"] == [("韦怀德", date(1940, 11, 15), 78)]
    assert answer.context["joined"] == [("黄志强", date(1967, 11, 2), 51)]
    assert "2019年1月2日" in html


def test_another_month_is_one_link_away_and_nonsense_is_this_month(client, branch):
    Activity.objects.create(
        organization=branch.organization, branch=branch, kind="sports", title="太极", day="2018-12-31"
    )

    assert "太极" in sheet(client, "secretary", branch, month="2018-12").content.decode()
    for words in ("", "2018-13", "2018", "x", "9999-99", "2018-12-01", "\0"):
        assert client.get("/admin/month/", {"month": words}).context["first"] == date(2018, 11, 1)
    assert client.get("/admin/month/", {"month": "1900-01"}).status_code == 200
    assert client.get("/admin/month/", {"month": "2199-12"}).status_code == 200


def test_birthdays_are_for_who_reads_whole_records_and_of_the_own_branch_alone(client, branch):
    make_member(branch=branch, name="韦怀德", birth_date=date(1940, 11, 15))
    make_member(branch=make_branch(), name="外支部人", birth_date=date(1940, 11, 16))

    assert "韦怀德" not in sheet(client, "publicity_officer", branch).content.decode()
    html = sheet(client, "secretary", branch).content.decode()
    assert "韦怀德" in html
    assert "外支部人" not in html


def test_who_sees_no_activities_gets_no_sheet(client, branch):
    assert sheet(client, "accountant", branch).status_code == 403


def test_the_sheet_costs_the_same_for_many_members(client, branch, django_assert_max_num_queries):
    sheet(client, "secretary", branch)
    for number in range(20):
        make_member(branch=branch, name=f"党员{number}", birth_date=date(1940, 11, 1 + number))
    with django_assert_max_num_queries(16):
        client.get("/admin/month/")


# Handed on


@pytest.fixture
def case(client, branch):
    make_pot(organization=branch.organization)
    client.force_login(make_user("secretary", branch=branch, last_name="韦", first_name="光明"))
    member = make_member(branch=branch, name="覃大山")
    case = AssistanceCase.objects.create(
        pot=branch.organization.pots.get(), branch=branch, beneficiary="覃大山", beneficiary_member=member,
        hardship="serious_illness", reason="住院", applied_on="2018-11-01", applied_amount=500,
    )  # fmt: skip
    answer = client.post(f"/admin/fund/assistancecase/{case.pk}/act/propose/", follow=True)
    case.refresh_from_db()
    case.said = answer.content.decode()
    return case


def test_a_message_says_what_comes_next_and_who_does_it(case):
    assert case.state != "draft"
    assert "下一步：" in case.said
    assert next_words(CASES, case) in case.said


@pytest.fixture
def checked(case, branch):
    """The case after the branch agreed: the fund keeper comes next, whoever handed it in does not."""
    user = User.objects.get(last_name="韦")
    AssistanceCase.objects.filter(pk=case.pk).update(state=CaseState.BRANCH_AGREED, reviewed_on="2018-11-02",
        reviewed_by=user, votes_for=3, votes_against=0, votes_abstained=0, agreed_amount=500)  # fmt: skip
    case.refresh_from_db()
    return case


def test_what_was_handed_on_stands_on_the_today_page_until_it_is_done(client, checked):
    (line,) = handed_on(User.objects.get(last_name="韦"))
    assert str(checked) in line.title
    assert line.waits_for == next_words(CASES, checked)

    html = client.get("/admin/").content.decode()
    assert "已交出去" in html
    assert line.waits_for in html

    AssistanceCase.objects.filter(pk=checked.pk).update(state="rejected", rejection="不符合")
    assert handed_on(User.objects.get(last_name="韦")) == []
    assert "已交出去" not in client.get("/admin/").content.decode()


def test_many_records_handed_on_cost_no_more_than_one(checked, django_assert_num_queries):
    user = User.objects.get(last_name="韦")
    handed_on(user)
    with CaptureQueriesContext(connection) as one:
        handed_on(user)
    for number in range(3):
        checked.pk, checked.case_no = None, f"救2018-1{number:03}"
        checked.save()

    with django_assert_num_queries(len(one)):
        assert len(handed_on(user)) == 4


def test_nobody_sees_what_others_handed_on(case):
    assert handed_on(make_user("secretary", branch=make_branch())) == []

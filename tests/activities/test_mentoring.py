"""结对帮带: goals, meetings and an end; how many pairs there are is public, who they are is not."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activities.mentoring.actions import end_pair, resume_pair
from activities.models import MentorMeeting, MentorPair
from config.site.programme import headline_figures
from tests.fund.make import on_day
from tests.make import make_branch, make_user, refusal_of

TODAY = date(2018, 10, 31)


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def branch(db):
    return make_branch()


@pytest.fixture
def pair(branch):
    return MentorPair.objects.create(branch=branch, mentor="韦红和", learner="梁月华", starts_on=date(2018, 3, 1))


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2018, 11, 1), "day_ahead"), (date(2018, 2, 1), "before_pair"), (date(2018, 10, 1), "after_pair")],
)
def test_a_pair_meets_while_it_is_one(pair, day, code):
    end_pair(pair, by=make_user(), on=date(2018, 9, 1))

    with pytest.raises(ValidationError) as refusal:
        MentorMeeting(pair=pair, day=day, what="走访").full_clean()

    assert [error.code for error in refusal.value.error_dict["day"]] == [code]


def test_a_pair_ends_with_what_came_of_it_and_is_counted_no_more(pair, client):
    def counted():
        return {figure.key: figure.number for figure in headline_figures(TODAY)}["mentor_pairs"]

    by = make_user()
    assert counted() == 1
    assert "1 对" in client.get("/volunteers/").content.decode()
    assert refusal_of(end_pair, pair, by=by, on=date(2018, 11, 1)) == "end_ahead"
    assert refusal_of(end_pair, pair, by=by, on=date(2018, 2, 1)) == "end_before_start"

    end_pair(pair, by=by, on=date(2018, 10, 30), result="能独自组织活动")

    assert refusal_of(end_pair, pair, by=by, on=TODAY) == "wrong_step"
    assert counted() == 0
    html = client.get("/volunteers/").content.decode()
    assert "1 对" not in html
    assert "韦红和" not in html
    resume_pair(pair, by=by)
    assert (counted(), pair.result) == (1, "")


def test_goals_and_meetings_are_kept_in_the_office(pair, branch, client):
    client.force_login(make_user("secretary", branch=branch))
    page = reverse("admin:activities_mentorpair_change", args=[pair.pk])
    data = {
        "branch": branch.pk,
        "mentor": "韦红和",
        "learner": "梁月华",
        "goal": "独自组织一次",
        "starts_on": "2018-03-01",
    }
    data |= {"meetings-TOTAL_FORMS": 1, "meetings-INITIAL_FORMS": 0, "meetings-0-day": "2018-10-12"}
    data |= {"meetings-0-what": "一起走访", "meetings-0-hours": "1.5", "ends_on": "2018-01-01"}

    assert client.post(f"{page}?edit=all", data).status_code == 302
    pair.refresh_from_db()
    assert (pair.goal, pair.ends_on) == ("独自组织一次", None)
    assert pair.meetings.get().what == "一起走访"
    end = reverse("admin:activities_mentorpair_transition", args=[pair.pk, "end"])
    assert client.post(end, {"day": "2018-10-31", "result": "都会了"}).status_code == 302
    pair.refresh_from_db()
    assert pair.ends_on == TODAY

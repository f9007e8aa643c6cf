"""Events under nameplates: one may be credited to several, and counts once in all."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.events.plates import counts_by_plate
from activities.models import Activity
from branches.models import Nameplate
from tests.make import make_organization

CODES = Nameplate.Code.values[:5]
CREDITS = st.lists(st.tuples(st.sets(st.sampled_from(CODES)), st.integers(0, 300), st.integers(0, 300)), max_size=12)


@pytest.mark.django_db
@given(credits=CREDITS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_the_whole_counts_each_event_once_and_the_plates_may_be_more(credits):
    Activity.objects.all().delete()
    Nameplate.objects.all().delete()
    organization = make_organization()
    plates = {code: Nameplate.objects.create(organization=organization, code=code) for code in CODES}
    for codes, present, others in credits:
        event = Activity.objects.create(
            organization=organization, kind="sports", title="晨练", day=date(2018, 5, 3), state="held", present=present,
            public_present=others,
        )  # fmt: skip
        event.plates.set([plates[code] for code in codes])

    *lines, whole = counts_by_plate(Activity.objects.held())

    assert (whole.is_whole, whole.events) == (True, len(credits))
    assert whole.attendances == sum(present + others for _codes, present, others in credits)
    assert sum(line.events for line in lines) == sum(max(len(codes), 1) for codes, _present, _others in credits)
    assert sum(line.events for line in lines) >= whole.events
    wanted = {code: sum(code in codes for codes, _present, _others in credits) for code in CODES}
    assert [line.events for line in lines[:5]] == [wanted[code] for code in CODES]


def test_page_and_sheet_say_that_plates_are_not_added_up(demo, client):
    html = client.get("/activities/", {"year": 2018}).content.decode()
    held = Activity.objects.held().filter(day__year=2018)

    assert "各块牌子" in html
    assert "一场活动可能记在几块牌子下" in html
    assert f"合计（每场只算一次）：共 {held.count()} 场" in html
    assert "各块牌子" not in client.get("/activities/", {"kind": "performance"}).content.decode()

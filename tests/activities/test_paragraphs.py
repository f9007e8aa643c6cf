"""A paragraph for the street's report, made of what is on record, to copy or as Word."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from activities.events.paragraphs import event_paragraph, month_paragraph
from activities.models import Activity
from tests.make import make_branch, make_organization, make_user

pytestmark = pytest.mark.django_db


def make_event(**fields):
    given = {"kind": "volunteer_day", "title": "重阳前的义诊", "day": date(2018, 10, 11), "state": "archived"}
    if "organization" not in fields:
        given["organization"] = make_organization(name="荔园社区")
    return Activity.objects.create(**given | fields)


def test_it_tells_day_place_counts_and_hours():
    event = make_event(
        place="榕树巷口", present=31, public_present=16, served=120, service_minutes=135 * 60, summary="退休医生坐诊。"
    )

    assert event_paragraph(event) == (
        "2018年10月11日，荔园社区在榕树巷口举办志愿服务日“重阳前的义诊”。"
        "到场党员31人，群众16人，服务群众120人次，志愿服务时长135小时。退休医生坐诊。"
    )


def test_what_was_not_held_has_none():
    assert event_paragraph(make_event(state="planned")) == ""
    assert (
        month_paragraph(
            [make_event(state="planned", title="二", organization=make_organization())], date(2018, 10, 1), "荔园社区"
        )
        == ""
    )


def test_a_month_tells_its_events_by_kind():
    place = make_organization(name="荔园社区")
    events = [
        make_event(organization=place, present=10, service_minutes=600),
        make_event(organization=place, kind="performance", present=2, public_present=30, service_minutes=240),
        make_event(organization=place, kind="performance", public_present=8),
    ]

    assert month_paragraph(events, date(2018, 10, 1), place) == (
        "2018年10月，荔园社区举办活动3场，50人次参加（文艺演出2场，志愿服务日1场）。志愿服务时长14小时。"
    )


def text_of(answer):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.getvalue())).paragraphs)


def test_it_is_on_the_page_and_a_word_file(client):
    branch = make_branch()
    event = make_event(organization=branch.organization, branch=branch, kind="general_meeting", expected=41, present=37)
    client.force_login(make_user("secretary", branch=branch))

    page = client.get(reverse("admin:activities_activity_change", args=[event.pk])).content.decode()
    month = client.get(reverse("admin:month"), {"month": "2018-10"}).content.decode()

    assert event_paragraph(event) in page
    assert "应到党员41人，到场党员37人" in page
    assert event_paragraph(event) in text_of(
        client.get(reverse("admin:activities_activity_paragraph_word", args=[event.pk]))
    )
    assert "举办活动1场" in month
    assert "举办活动1场" in text_of(client.get(reverse("admin:month_word"), {"month": "2018-10"}))
    assert client.get(reverse("admin:month_word"), {"month": "2018-09"}).status_code == 404
    client.force_login(make_user("secretary", branch=make_branch()))
    assert client.get(reverse("admin:activities_activity_paragraph_word", args=[event.pk])).status_code in {302, 404}

"""志愿服务记录证明: numbered, out of checked hours, checked by anybody without learning a name, and revoked with a reason."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities.attendance.actions import SheetFacts, check_sheet, record_sheet
from activities.models import Activity, Attendance, ServiceCertificate, Volunteer
from activities.volunteers.actions import issue_certificate, revoke_certificate
from tests.fund.make import on_day
from tests.make import make_organization, make_user, refusal_of
from tests.reading import qr_code_of, squeezed, text_of_pdf

TODAY = date(2018, 10, 31)
YEAR = {"period_from": date(2018, 1, 1), "period_to": TODAY}


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def organization(db):
    return make_organization(name="荔园社区居民委员会", supervision_phone="0770-0000000")


@pytest.fixture
def singer(organization):
    return Volunteer.objects.create(
        organization=organization, kind="arts", name="梁月华", registered_on=date(2018, 1, 1)
    )


def served(volunteer, day, hours, kind=Activity.Kind.PERFORMANCE):
    """An event of so many hours at which a volunteer was, checked."""
    event = Activity.objects.create(organization=volunteer.organization, kind=kind, title="演出", day=day)
    lines = [Attendance(volunteer=volunteer, mark=Attendance.Mark.PRESENT)]
    record_sheet(event, lines, SheetFacts(time(9), time(9 + hours)), by=make_user(is_superuser=True))
    return check_sheet(event, by=make_user(is_superuser=True))


def page_of(certificate, **over):
    facts = {"number": certificate.number, "code": certificate.code} | over
    return reverse("activities:certificate", kwargs=facts)


@pytest.fixture
def certificate(singer):
    served(singer, date(2018, 3, 8), 2)
    served(singer, date(2018, 5, 10), 3, Activity.Kind.VOLUNTEER_DAY)
    served(singer, date(2018, 5, 20), 2)
    return issue_certificate(singer, by=make_user(first_name="玉芬", last_name="卢"), **YEAR)


def test_hours_and_content_come_from_the_checked_records_of_the_period(certificate, singer):
    assert (certificate.number, certificate.minutes) == ("2018-0001", 7 * 60)
    assert certificate.content == [["performance", 2, 240], ["volunteer_day", 1, 180]]

    spring = issue_certificate(singer, by=make_user(), period_from=date(2018, 3, 1), period_to=date(2018, 3, 31))
    assert (spring.number, spring.minutes) == ("2018-0002", 120)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2018, 5, 1), date(2018, 4, 1), "period_order"),
        (date(2018, 1, 1), date(2018, 11, 1), "period_ahead"),
        (date(2017, 1, 1), date(2017, 12, 31), "no_service"),
        (date(2018, 1, 1), TODAY, "same_certificate"),
    ],
)
def test_what_the_records_do_not_say_is_not_certified(certificate, singer, first, last, code):
    assert refusal_of(issue_certificate, singer, by=make_user(), period_from=first, period_to=last) == code
    assert ServiceCertificate.objects.count() == 1


def test_its_check_page_says_valid_number_hours_issuer_and_period_and_nothing_else(certificate, client):
    page = client.get(page_of(certificate))
    html = page.content.decode()

    for shown in ("有效", "2018-0001", "7小时", "荔园社区居民委员会", "2018年1月1日", "2018年10月31日"):
        assert shown in html
    for hidden in ("梁月华", "演出", "卢", certificate.salt):
        assert hidden not in html
    assert page["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("field", "value"), [("minutes", 6000), ("number", "2018-0007"), ("name", "韦红和")])
def test_a_changed_hour_number_or_name_fails_the_check(certificate, client, field, value):
    ServiceCertificate.objects.filter(pk=certificate.pk).update(**{field: value})
    certificate.refresh_from_db()

    page = client.get(page_of(certificate))

    assert page.status_code == 404
    assert "无效" in page.content.decode()
    assert "小时" not in page.content.decode()


def test_a_changed_paper_fails_the_check(certificate, client):
    address = page_of(certificate)
    assert client.get(page_of(certificate, number="2018-0002")).status_code == 404
    assert client.get(page_of(certificate, code="0" * 16)).status_code == 404
    assert client.get(page_of(certificate, code="x")).status_code == 404

    assert "与证明一致" in client.post(address, {"name": " 梁月华", "hours": "７小时"}).content.decode()
    for name, hours in (("韦红和", "7"), ("梁月华", "70"), ("梁月华", "\0"), ("梁月华", "")):
        answer = client.post(address, {"name": name, "hours": hours})
        assert answer.status_code == 200
        assert "与证明一致" not in answer.content.decode()


def test_names_are_not_tried_out(certificate, client):
    for _time in range(31):
        html = client.post(page_of(certificate), {"name": "韦红和", "hours": "7"}).content.decode()
    assert "一小时" in html
    assert "不一致" not in html


def test_revoked_it_is_valid_no_more(certificate, client):
    by = make_user()
    revoke_certificate(certificate, by=by, reason="签到表更正过")

    html = client.get(page_of(certificate)).content.decode()
    assert "已撤销" in html
    assert "签到表" not in html
    assert refusal_of(revoke_certificate, certificate, by=by, reason="再撤销") == "wrong_step"
    # The same can be certified anew.
    assert issue_certificate(certificate.volunteer, by=by, **YEAR).number == "2018-0002"


def test_it_is_issued_printed_and_revoked_in_the_office(certificate, client, organization):
    user = make_user("publicity_officer", organization=organization)
    client.force_login(user)
    volunteer = certificate.volunteer
    act = reverse("admin:activities_volunteer_transition", args=[volunteer.pk, "certify"])

    assert "2018-0001" in client.post(act, {"period_from": "2018-01-01", "period_to": "2018-10-31"}).content.decode()
    assert client.post(act, {"period_from": "2018-03-01", "period_to": "2018-03-31"}).status_code == 302
    new = ServiceCertificate.objects.get(number="2018-0002")
    content = client.get(reverse("admin:activities_servicecertificate_print", args=[new.pk, "certificate"])).getvalue()

    text = squeezed(text_of_pdf(content))
    for printed in (
        "梁月华",
        "2小时",
        "文艺演出",
        "2018-0002",
        new.code,
        "荔园社区居民委员会",
        "0770-0000000",
        "本平台记录",
    ):
        assert squeezed(printed) in text
    assert qr_code_of(content) == f"http://testserver{page_of(new)}"
    revoke = reverse("admin:activities_servicecertificate_transition", args=[new.pk, "revoke"])
    assert client.post(revoke, {"reason": ""}).status_code == 200
    assert client.post(revoke, {"reason": "写错了期间"}).status_code == 302
    new.refresh_from_db()
    assert (new.revoked_on, new.revoked_by) == (TODAY, user)
    stranger = make_user("publicity_officer", organization=make_organization())
    client.force_login(stranger)
    assert client.get(revoke).status_code in {302, 404}


def test_a_sheet_corrected_later_is_told_beside_the_certificate(certificate, client):
    event = Activity.objects.get(day=date(2018, 3, 8))
    record_sheet(event, [], SheetFacts(time(9), time(11)), by=make_user(is_superuser=True), reason="不是她")
    check_sheet(event, by=make_user(is_superuser=True))
    client.force_login(make_user(is_superuser=True))

    html = client.get(reverse("admin:activities_servicecertificate_change", args=[certificate.pk])).content.decode()

    assert "5：出具以后更正过签到表" in html


def test_the_record_of_a_volunteer_is_printed_with_every_line(certificate, client):
    client.force_login(make_user(is_superuser=True))
    volunteer = certificate.volunteer

    content = client.get(reverse("admin:activities_volunteer_print", args=[volunteer.pk, "service"])).getvalue()

    text = squeezed(text_of_pdf(content))
    for printed in ("2018-03-08", "2018-05-10", "2018-05-20", "本平台记录", "梁月华"):
        assert squeezed(printed) in text

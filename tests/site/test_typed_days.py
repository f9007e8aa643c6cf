"""Days, times and amounts typed into the pages of the office as people say them: read back where they were guessed, then stored."""

import re
from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from activities.models import Activity, MentorPair
from branches.models import CommitteeTerm
from config.kit.amount_fields import MoneyFormField
from config.kit.day_fields import DayFormField, TimeFormField
from config.kit.money import MoneyField
from config.kit.months import DayOrMonthFormField, MonthField, MonthFormField
from config.kit.read_back import ReadsBack
from config.site.roles import sync_roles
from members.models import Member
from tests.fund.make import make_pot, on_day
from tests.make import make_branch, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_11_november():
    with on_day(date(2018, 11, 11)):
        yield


def no_rows(*prefixes):
    return {f"{prefix}-{name}_FORMS": 0 for prefix in prefixes for name in ("TOTAL", "INITIAL")}


def activity_data(**over):
    data = {"kind": "other", "state": "planned", "title": "看望老党员", "present": 0, "public_present": 0, "served": 0}
    return data | {"service_minutes": 0} | no_rows("photos") | over


def errors_of(page):
    return {
        name: [error.code for error in errors]
        for name, errors in page.context["adminform"].form.errors.as_data().items()
    }


def shown_value(page, name):
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.content.decode()).group()
    return re.search(r'value="([^"]*)"', tag)[1]


def test_a_guessed_day_of_an_activity_is_read_back_and_stored_at_the_second_save(admin_client):
    page, data = reverse("admin:activities_activity_add"), activity_data(organization=make_organization().pk)

    asked = admin_client.post(page, data | {"day": "10月31日"})

    assert asked.status_code == 200
    assert not Activity.objects.exists()
    assert "读作 2018年10月31日，星期三。没错请再保存一次；不对请改成别的日子。" in asked.content.decode()
    assert shown_value(asked, "day") == "2018-10-31"
    stored = admin_client.post(page, data | {"day": shown_value(asked, "day")})
    assert stored.status_code == 302
    assert Activity.objects.get().day == date(2018, 10, 31)


@pytest.mark.parametrize(("typed", "day"), [("昨天", date(2018, 11, 10)), ("２０１８年１１月８号", date(2018, 11, 8))])
def test_what_nobody_doubts_is_stored_at_once(admin_client, typed, day):
    data = activity_data(organization=make_organization().pk, day=typed)

    assert admin_client.post(reverse("admin:activities_activity_add"), data).status_code == 302
    assert Activity.objects.get().day == day


def test_the_year_of_a_record_that_is_changed_is_kept_in_mind(admin_client):
    pair = MentorPair.objects.create(
        branch=make_branch(), mentor="韦红和", learner="梁月华", starts_on=date(2016, 11, 2)
    )
    page = reverse("admin:activities_mentorpair_change", args=[pair.pk])
    data = {"branch": pair.branch_id, "mentor": "韦红和", "learner": "梁月华"} | no_rows("meetings")

    asked = admin_client.post(page, data | {"starts_on": "10.31"})

    assert shown_value(asked, "starts_on") == "2016-10-31"


def test_a_line_of_a_record_is_read_back_too(admin_client):
    term = CommitteeTerm.objects.create(branch=make_branch(), term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    page = reverse("admin:branches_committeeterm_change", args=[term.pk])
    data = {"branch": term.branch_id, "term_no": 1, "elected_on": "2018-01-02", "term_end": "2021-01-02"}
    data |= {"seats-TOTAL_FORMS": 1, "seats-INITIAL_FORMS": 0, "seats-0-post": "member", "seats-0-name": "覃月华"}

    asked = admin_client.post(page, data | {"seats-0-held_from": "上周四"})

    assert "读作 2018年11月1日，星期四。" in asked.content.decode()
    assert not term.seats.exists()
    again = data | {"seats-0-held_from": shown_value(asked, "seats-0-held_from")}
    assert admin_client.post(page, again).status_code == 302
    assert term.seats.get().held_from == date(2018, 11, 1)


def member_data(branch, **over):
    data = {"branch": branch.pk, "name": "韦怀德", "sex": "1", "member_kind": "full", "status": "active"}
    return data | no_rows("affiliations", "consents") | over


def test_a_member_of_whom_the_month_of_joining_is_known_is_stored_with_the_month(admin_client):
    data = member_data(make_branch(), joined_on="1968.7", full_member_on="1969-07-01")

    answer = admin_client.post(reverse("admin:members_member_add"), data, follow=True)

    member = Member.objects.get()
    assert (member.joined_on, member.joined_day_known) == (date(1968, 7, 1), False)
    assert (member.full_member_on, member.full_member_day_known) == (date(1969, 7, 1), True)
    assert [str(message) for message in answer.context["messages"] if "只记到" in str(message)] == [
        "加入党组织日期只记到 1968年7月，没有日；知道了再补上。"
    ]


def test_a_member_keeps_the_month_until_the_day_is_typed(admin_client):
    member = make_member(joined_on=date(1968, 7, 1), joined_day_known=False, full_member_on=date(1969, 7, 1))
    page = reverse("admin:members_member_change", args=[member.pk])
    opened = admin_client.get(page, {"edit": "all"})
    shown = {name: shown_value(opened, name) for name in ("joined_on", "full_member_on")}
    data = member_data(member.branch)

    assert shown == {"joined_on": "1968.07", "full_member_on": "1969-07-01"}
    assert admin_client.post(page, data | shown | {"remark": "核对过"}).status_code == 302
    member.refresh_from_db()
    assert (member.joined_on, member.joined_day_known, member.remark) == (date(1968, 7, 1), False, "核对过")
    assert admin_client.post(page, data | shown | {"joined_on": "1968年7月16日"}).status_code == 302
    member.refresh_from_db()
    assert (member.joined_on, member.joined_day_known) == (date(1968, 7, 16), True)


def test_the_month_of_full_membership_does_not_lie_before_the_day_of_joining(admin_client):
    data = member_data(make_branch(), joined_on="1968-07-16", full_member_on="1968.7")

    assert admin_client.post(reverse("admin:members_member_add"), data).status_code == 302
    member = Member.objects.get()
    assert (member.full_member_on, member.full_member_day_known) == (date(1968, 7, 16), False)


def test_an_address_may_fill_in_the_month_of_joining(admin_client):
    page = admin_client.get(reverse("admin:members_member_add"), {"joined_on": "1968.7", "full_member_on": "很快"})

    assert [shown_value(page, name) for name in ("joined_on", "full_member_on")] == ["1968.7", "很快"]


def test_a_guessed_day_of_joining_is_read_back(admin_client):
    page, data = reverse("admin:members_member_add"), member_data(make_branch(), full_member_on="1969-07-01")

    asked = admin_client.post(page, data | {"joined_on": "68.7.1"})

    assert errors_of(asked) == {"joined_on": ["read_back"]}
    assert shown_value(asked, "joined_on") == "1968-07-01"


def test_who_may_only_look_sees_a_month_as_a_month(client):
    sync_roles()
    member = make_member(joined_on=date(1968, 7, 1), joined_day_known=False, full_member_on=date(1969, 7, 1))
    client.force_login(make_user("street_officer", organization=member.branch.organization))

    page = client.get(reverse("admin:members_member_change", args=[member.pk])).content.decode()

    shown = dict(re.findall(r'<div class="form-row field-(\w+)[^>]*>.*?<div class="readonly">(.*?)</div>', page, re.S))
    assert (shown["joined"], shown["full_since"]) == ("1968年7月", "1969年7月1日")


def test_yesterday_stays_the_day_it_was_on_the_way_to_the_lines_of_a_collection(admin_client):
    pot = make_pot(opened_on=date(2018, 1, 1))
    page = reverse("admin:fund_collection_add")

    led = admin_client.get(page, {"pot": pot.pk, "branch": "", "day": "昨天"})
    asked = admin_client.get(page, {"pot": pot.pk, "branch": "", "day": "11.8"})

    assert "day=2018-11-10" in led.url
    assert asked.status_code == 200
    assert shown_value(asked, "day") == "2018-11-08"


def test_times_and_amounts_of_an_activity_are_read_as_people_say_them(admin_client):
    page = reverse("admin:activities_activity_add")
    data = activity_data(organization=make_organization().pk, day="昨天", cost="贰佰元整", ends_at="晚上9点")

    asked = admin_client.post(page, data | {"starts_at": "7点半"})

    assert errors_of(asked) == {"starts_at": ["read_back"]}
    assert [shown_value(asked, name) for name in ("starts_at", "ends_at", "cost")] == ["07:30", "21:00", "200.00"]
    assert admin_client.post(page, data | {"starts_at": "晚上7点半"}).status_code == 302
    activity = Activity.objects.get()
    assert (activity.starts_at, activity.ends_at, activity.cost) == (time(19, 30), time(21), Decimal(200))
    opened = admin_client.get(reverse("admin:activities_activity_change", args=[activity.pk]), {"edit": "all"})
    assert shown_value(opened, "starts_at") == "19:30"


def kind_of_field(field):
    """The form field by which a field of a model is read, or None."""
    if isinstance(field, MonthField):
        return MonthFormField
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return DayFormField, DayOrMonthFormField
    return {models.TimeField: TimeFormField, MoneyField: MoneyFormField}.get(type(field))


def test_every_day_month_time_and_amount_of_the_office_is_read_as_people_say_it(admin_user):
    request = RequestFactory().get("/")
    request.user = admin_user
    read = []
    for model, site_admin in admin.site._registry.items():
        for one in [site_admin, *(inline(model, admin.site) for inline in site_admin.inlines)]:
            declared = getattr(one.form, "declared_fields", {})
            for field in one.model._meta.fields:
                kind = kind_of_field(field) if field.editable else None
                if kind:
                    shown = declared.get(field.name) or one.formfield_for_dbfield(field, request)
                    assert isinstance(shown, kind), field
                    read.append(type(field))

    assert len(read) > 80
    assert {models.DateField, models.TimeField, MonthField, MoneyField} <= set(read)


def every_form(of=forms.BaseForm):
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def test_no_form_of_ours_asks_for_a_day_a_time_or_an_amount_by_another_field():
    ours = ("members", "branches", "activities", "fund", "honours", "config")
    plain = {
        f"{form.__name__}.{name}"
        for form in every_form()
        # The fields of model forms are made by the admin class that shows them.
        if form.__module__.split(".")[0] in ours and not issubclass(form, forms.ModelForm)
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField | forms.TimeField | forms.DecimalField)
        and not isinstance(field, ReadsBack)
    }

    assert plain == set()


# What the script that reads along is answered


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"reads": "day", "text": "11.8"}, {"value": "2018-11-08", "words": "2018年11月8日，星期四"}),
        (
            {"reads": "day", "text": "11月8日", "near": "2016-05-01"},
            {"value": "2015-11-08", "words": "2015年11月8日，星期日"},
        ),
        ({"reads": "day", "text": "2018-11-08"}, {"value": "2018-11-08", "words": "2018年11月8日，星期四"}),
        ({"reads": "day-or-month", "text": "1968.7"}, {"value": "1968.07", "words": "1968年7月"}),
        ({"reads": "day-or-month", "text": "1968年7月1日"}, {"value": "1968-07-01", "words": "1968年7月1日，星期一"}),
        ({"reads": "month", "text": "2012年3月"}, {"value": "2012.03", "words": "2012年3月"}),
        ({"reads": "day", "text": "—"}, {}),
    ],
)
def test_the_script_that_reads_along_is_told_what_the_form_would_read(admin_client, asked, answer):
    assert admin_client.get(reverse("admin:read_typed"), asked).json() == answer


@pytest.mark.parametrize("text", ["2月30日", "13.45", "1.1.1", "1799-01-01"])
def test_it_is_told_the_sentence_of_the_form(admin_client, text):
    answer = admin_client.get(reverse("admin:read_typed"), {"reads": "day", "text": text}).json()

    with pytest.raises(forms.ValidationError) as refused:
        DayFormField().clean(text)
    assert answer == {"sentence": refused.value.messages[0]}


@pytest.mark.parametrize("asked", [{}, {"reads": "amount", "text": "1"}, {"reads": "day", "text": "1" * 61}])
def test_it_reads_nothing_else_and_for_staff_alone(admin_client, client, asked):
    assert admin_client.get(reverse("admin:read_typed"), asked).status_code == 400
    assert client.get(reverse("admin:read_typed"), {"reads": "day", "text": "11.8"}).status_code == 302

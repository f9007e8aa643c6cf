"""No form, address or command takes a day before 1900 or after 2199, and none breaks on one."""

from datetime import date
from itertools import cycle, product

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models
from django.forms.forms import BaseForm
from django.urls import reverse

from activities.models import Activity
from branches.models import Organization
from config.kit.dates import refuse_day_out_of_range
from config.kit.months import MonthFormField
from tests.make import make_organization

pytestmark = pytest.mark.django_db

OURS = ("config.", "branches.", "members.", "activities.", "fund.", "honours.")
ODD_YEARS = ["0", "1", "0000", "0001", "1899", "2200", "9999", "10000", "-1", "２０１８", "９９９９"]
ODD_DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "-2018-01-01", "２０１８-０１-０１"]
YEAR_PAGES = [
    "/activities/",
    "/volunteers/",
    "/honours/",
    "/honours/all/",
    "/fund/lines/",
    "/fund/pots/",
    "/fund/notices/",
    "/fund/statements/",
    "/fund/questions/",
]


def form_classes(base=BaseForm):
    for form in base.__subclasses__():
        if form.__module__.startswith(OURS):
            yield form
        yield from form_classes(form)


def asks_for_days(field):
    return isinstance(field, forms.DateField | forms.DateTimeField | MonthFormField)


def test_every_day_of_every_form_is_held_to_the_range():
    site_forms = [site_admin.get_form for site_admin in admin.site._registry.values()]
    plain = [form for form in form_classes() if not issubclass(form, forms.ModelForm)]

    days = [
        (form.__name__, name, field)
        for form in plain
        for name, field in form.base_fields.items()
        if asks_for_days(field)
    ]

    assert len(site_forms) > 30
    assert len(days) > 8
    for form, name, field in days:
        assert refuse_day_out_of_range in field.validators, (form, name)


def test_every_day_of_every_admin_page_is_held_to_the_range(rf):
    request = rf.get("/")
    request.user = get_user_model()(is_superuser=True, is_active=True)
    held = 0
    for model, site_admin in admin.site._registry.items():
        models_shown = [
            (site_admin, model),
            *((inline(model, admin.site), inline.model) for inline in site_admin.inlines),
        ]
        for shown_by, shown in models_shown:
            for field in shown._meta.fields:
                if isinstance(field, models.DateField) and field.editable:
                    formfield = shown_by.formfield_for_dbfield(field, request)
                    assert refuse_day_out_of_range in formfield.validators, field
                    held += 1

    assert held > 60


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01"])
def test_an_activity_outside_the_range_is_refused_with_a_sentence(admin_client, day):
    organization = make_organization()
    typed = {"organization": organization.pk, "kind": "other", "state": "planned", "title": "遥远的活动", "day": day}
    typed |= {"present": 0, "public_present": 0, "served": 0, "service_minutes": 0}
    typed |= {f"photos-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}

    answer = admin_client.post(reverse("admin:activities_activity_add"), typed)

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["day"] == [
        f"“{day}”早于 1900 年或晚于 2199 年，请改正，例如 1968-07-01。"
    ]
    assert not Activity.objects.exists()


def test_the_calendar_stands_although_a_stored_day_has_no_morrow(client):
    organization = make_organization()
    for day in (date.max, date(2199, 12, 31)):
        Activity.objects.create(organization=organization, kind="other", title=f"活动{day}", day=day)

    answer = client.get("/activities/calendar.ics")

    assert answer.status_code == 200
    assert "活动2199-12-31" in answer.content.decode()
    assert "9999" not in answer.content.decode()


@pytest.mark.parametrize("page", YEAR_PAGES)
def test_public_lists_answer_any_year_and_day(client, page):
    make_organization()
    names, values = ("year", "month", "quarter", "day", "since"), (*ODD_YEARS, *ODD_DAYS)
    together = [dict(zip(names, values[place:] + values[:place], strict=False)) for place in range(len(values))]
    for query in [*({"year": value} for value in values), *together]:
        assert client.get(page, query).status_code in (200, 302, 404), (page, query)


def test_date_bars_of_the_office_answer_any_year_and_day(admin_client):
    """Every bar; every lookup with every value once for each kind of day, of a bar, among a list's filters or neither."""
    lookups = [*product(("year", "month", "day"), ODD_YEARS), *product(("gte", "lte", "exact", "in"), ODD_DAYS)]
    visited, bars = set(), 0
    for model, site_admin in admin.site._registry.items():
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for field in model._meta.fields:
            if not isinstance(field, models.DateField):
                continue
            kind = (type(field), field.name == site_admin.date_hierarchy, field.name in site_admin.list_filter)
            for lookup, value in lookups:
                if (kind, lookup, value) not in visited:
                    visited.add((kind, lookup, value))
                    answer = admin_client.get(page, {f"{field.name}__{lookup}": value})
                    assert answer.status_code in (200, 302, 400), (page, field, lookup, value)
        if site_admin.date_hierarchy:
            bar, months = site_admin.date_hierarchy, cycle(("0", "13", "12", "２"))
            for year in (*ODD_YEARS, "2018"):
                query = {f"{bar}__year": year, f"{bar}__month": next(months), f"{bar}__day": "31"}
                assert admin_client.get(page, query).status_code in (200, 302, 400), (page, query)
                bars += 1

    assert len(visited) > 150
    assert bars > 100


def test_books_of_a_pot_answer_any_span(admin_client):
    from tests.fund.make import make_pot

    page = reverse("admin:fund_pot_day_book", args=[make_pot(holding=10).pk])
    for span in (*ODD_YEARS, *ODD_DAYS, "9999-12", "2018-00", "2018-13", "2199-12"):
        assert admin_client.get(page, {"span": span}).status_code == 200, span


@pytest.mark.parametrize("day", ODD_DAYS)
def test_a_pot_is_not_opened_outside_the_range(day):
    make_organization()

    with pytest.raises(CommandError):
        call_command("open_pot", "--name", "测试基金", "--code", "test", f"--opened={day}")

    assert Organization.objects.get().pots.count() == 0


FIRST_AND_LAST = {
    "branches.Assignment": ("starts_on", "ends_on"),
    "branches.Branch": ("founded_on", "closed_on"),
    "branches.CommitteeSeat": ("held_from", "held_until"),
    "branches.CommitteeTerm": ("elected_on", "term_end"),
    "members.Affiliation": ("starts_on", "ends_on"),
    "members.Consent": ("given_on", "withdrawn_on"),
    "members.Member": ("joined_on", "full_member_on"),
    "activities.MentorPair": ("starts_on", "ends_on"),
    "activities.MiniWish": ("collected_on", "fulfilled_on"),
    "activities.Volunteer": ("registered_on", "left_on"),
    "fund.BankStatement": ("first_day", "last_day"),
    "fund.FundMember": ("joined_on", "left_on"),
    "fund.Posting": ("posted_on", "taken_down_on"),
    "fund.Statement": ("period_from", "period_to"),
    "honours.RoleModel": ("consented_on", "consent_withdrawn_on"),
}


@pytest.mark.parametrize("label", FIRST_AND_LAST)
def test_nothing_ends_before_it_begins(label):
    model, (first, last) = apps.get_model(label), FIRST_AND_LAST[label]
    checks = [check for check in model._meta.constraints if isinstance(check, models.CheckConstraint)]

    def refused(**days):
        record = model(**days)
        answers = []
        for check in checks:
            try:
                check.validate(model, record)
            except ValidationError as refusal:
                answers += refusal.messages
        return set(answers)

    turned = refused(**{first: date(2018, 5, 2), last: date(2018, 5, 1)})
    assert turned - refused(**{first: date(2018, 5, 1), last: date(2018, 5, 2)})

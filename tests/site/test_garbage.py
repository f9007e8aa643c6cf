"""Whatever is sent to whatever address, the answer is a plain page: nothing breaks."""

from itertools import cycle

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

pytestmark = pytest.mark.django_db

PLAIN = {200, 301, 302, 304, 400, 403, 404, 405}
HUGE = "9" * 25
# What a database itself may refuse; the others meet its columns nowhere, and are sent once.
REFUSED_BY_DATABASES = ["%00", HUGE, "99999-01-01"]
ALL = connection.vendor == "sqlite"
VALUES = REFUSED_BY_DATABASES + (["", "-1", "NaN", "%FF", "三百"] if ALL else [])
KEYS = [HUGE, "%00", *(["１", "NaN", "-1"] if ALL else [])]
LOOKUPS = ["exact", "in", "range", "regex", "isnull", "year", "gte", "nonsense"]
HEADERS = [
    {"host": "other.example"},
    {"host": "a b"},
    {"accept-language": "\0;q=z,,zh-é" + "x" * 5000},
    {"cookie": "sessionid=" + "a" * 5000 + "; size=\0; csrftoken=\0"},
    {"if-none-match": '\0"'},
    {"if-modified-since": "Foo, 99 Bar 99999 99:99:99 GMT"},
    {"referer": "http://[bad"},
]
BODIES = [
    ("application/x-www-form-urlencoded", b"\xff%00=%ff&\x00"),
    ("multipart/form-data; boundary=x", b"--x\r\nfoo"),
    ("application/json", b"{"),
    ("text/plain; charset=nonsense", b"\xff"),
]
PUBLIC = [
    "/",
    "/branches/",
    "/activities/",
    "/activities/calendar.ics",
    "/activities/calendar/branch-1.ics",
    "/activities/month/2018/10/",
    "/activities/villages/",
    "/wishes/",
    "/wishes/new/",
    "/volunteers/",
    "/fund/",
    "/fund/statements/",
    "/honours/",
    "/honours/education-point/books/",
    "/search/",
    "/open-data/programme.json",
    "/display/large/",
    "/healthz",
    "/admin/login/",
]


def record_of(model):
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 1


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def ask(client, demo):
    """Send one request and hold its answer to what is plain."""
    client.raise_request_exception = True

    def send(path, method="get", **options):
        answer = client.generic(method.upper(), path, **options)
        assert answer.status_code in PLAIN, (method, path, options, answer.status_code)
        return answer

    send.client = client
    return send


@pytest.fixture
def office(ask):
    ask.client.force_login(get_user_model().objects.get(username="admin"))
    return ask


@pytest.mark.parametrize("path", PUBLIC)
def test_public_addresses(ask, path):
    names = ("page", "q", "year", "kind", "state", "next", "month")
    for value in VALUES:
        ask(f"{path}?" + "&".join(f"{name}={value}" for name in names))
    for name, value in zip(names * 2, cycle(VALUES), strict=False):
        ask(f"{path}?{name}={value}")


@pytest.mark.same_everywhere
@pytest.mark.parametrize("path", PUBLIC)
def test_public_addresses_with_any_method_header_and_body(ask, path):
    for method in ("get", "head", "post", "put", "delete", "options"):
        ask(path, method)
    for headers in HEADERS:
        ask(path, headers=headers)
    for content_type, body in BODIES:
        ask(path, "post", content_type=content_type, data=body)


def test_lists_of_the_office(office):
    """Every field once; every lookup with some values in turns for each kind of field, among a list's filters or not."""
    visited, values = set(), cycle(VALUES)
    for model, site_admin in admin.site._registry.items():
        page = address(model, "changelist")
        listed = {part[0] if isinstance(part, tuple) else part for part in site_admin.list_filter}
        for field in model._meta.get_fields():
            kind = (type(field), field.name in listed)
            if kind not in visited:
                visited.add(kind)
                for lookup in LOOKUPS + (LOOKUPS[1:] if ALL else []):  # of another length than the values
                    office(f"{page}?{field.name}__{lookup}={next(values)}")
            office(f"{page}?{field.name}={HUGE}")
        for value in VALUES:
            office(f"{page}?p={value}&o={value}&q={value}&_to_field={value}")
        office(page, "post", content_type="application/x-www-form-urlencoded", data=garbled_action())


def garbled_action():
    return f"action=delete_selected&_selected_action={HUGE}&_selected_action=x&index=z&select_across=1"


def test_records_of_the_office(office):
    """Every model's pages with every key."""
    for model in admin.site._registry:
        pk = record_of(model)
        tails = cycle(("change/", "delete/", "history/", "history/1/", "full/", "act/pay/"))
        for key in KEYS:
            base = address(model, "changelist") + f"{key}/"
            for tail in ("change/", next(tails), next(tails)):
                office(base + tail)
            office(f"{address(model, 'changelist')}{pk}/history/{key}/")


@pytest.mark.same_everywhere
def test_records_of_the_office_with_any_method_and_body(office):
    """In turns over the pages."""
    methods, bodies = cycle(("head", "put", "delete", "options")), cycle(BODIES)
    for model in admin.site._registry:
        pk = record_of(model)
        for page in (address(model, "add"), address(model, "change", pk), address(model, "delete", pk)):
            office(page, next(methods))
            content_type, body = next(bodies)
            office(page, "post", content_type=content_type, data=body)
            office(f"{page}?_to_field=&_popup=1")


def test_forms_of_the_office(office):
    """Every form with every value: read with it, or sent with it to add or to change, in turns over the models."""
    turns, pages = cycle(("read", "send", "send")), cycle(("add", "change"))
    for model in admin.site._registry:
        fields = [*model._meta.fields, *model._meta.many_to_many]
        for value in (*REFUSED_BY_DATABASES, "x" * 3000, *(["NaN", "0000-00-00", "1e999"] if ALL else [])):
            given = "&".join(f"{field.name}={value}" for field in fields)
            if next(turns) == "read":
                office(f"{address(model, 'add')}?{given}")
                continue
            page = address(model, "add") if next(pages) == "add" else address(model, "change", record_of(model))
            office(page, "post", content_type="application/x-www-form-urlencoded", data=given)


def test_suggestions_of_the_office(office):
    """Of every field that points to records, and of one that does not."""
    for model in admin.site._registry:
        label = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
        fields = model._meta.get_fields()
        for field in [field for field in fields if field.is_relation] + [model._meta.pk]:
            office(f"{reverse('admin:autocomplete')}?{label}&field_name={field.name}&term=%00&page={HUGE}")


def test_steps_of_the_office(office):
    for model, site_admin in admin.site._registry.items():
        for act in getattr(site_admin, "transitions", ()):
            page = address(model, "transition", record_of(model), act.name)
            for value in (*VALUES, "0.005"):
                data = f"day={value}&reason={value}&amount={value}"
                office(page, "post", content_type="application/x-www-form-urlencoded", data=data)

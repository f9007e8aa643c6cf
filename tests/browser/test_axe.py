"""Every page type, public and office, in both languages: no axe finding, no word in the console, no sideways scrolling."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from activities.models import Activity, MiniWish
from config.site.papers import OFFICE_PAPERS
from fund.models import AssistanceCase, Statement
from members.models import Member
from tests.browser.conftest import NARROW, WIDE, findings, sign_in

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/branches/",
    "/activities/",
    "/activities/?kind=performance&year=2018&page=2",
    "/activities/?q=zzz",
    "/volunteers/",
    "/wishes/",
    "/wishes/?q=zzz",
    "/honours/",
    "/honours/all/?level=national",
    "/honours/education-point/",
    "/honours/education-point/books/?q=zzz",
    "/honours/education-point/books/",
    "/honours/education-point/visit/",
    "/search/",
    "/search/?q=志愿",
    "/search/?q=zzz",
    "/accessibility/",
    "/open-data/",
    "/open-data/people-helped/",
    "/fund/",
    "/fund/lines/",
    "/fund/lines/?q=zzz",
    "/fund/statements/",
    "/fund/statements/compare/",
    "/fund/members/",
    "/fund/notices/",
    "/fund/notices/?state=running",
    "/fund/pots/",
    "/fund/questions/",
    "/fund/questions/ask/",
    "/fund/verify/",
    "/fund/verify/?code=M3VH",
]


def in_both_languages(addresses):
    return [prefix + address for prefix in ("", "/en") for address in addresses]


@pytest.mark.parametrize("size", ["normal", "large"])
def test_public_pages_are_clean(shared_demo, inspected, size):
    newest = Statement.objects.published().order_by("-period_to").first()
    event, wish = Activity.objects.held().first(), MiniWish.objects.filter(state="posted").first()
    pages = [*PUBLIC, f"/activities/{event.pk}/", f"/wishes/{wish.pk}/", f"/fund/statements/{newest.number}/"]
    inspected.goto(f"{shared_demo}/display/{size}/")

    found = []
    for address in in_both_languages(pages):
        response = inspected.goto(shared_demo + address)
        # Chinese on the wide screen and English on the phone; in large type the other way round.
        width = WIDE if address.startswith("/en") == (size == "large") else NARROW
        found += findings(inspected, width) + ([] if response.status == 200 else [f"{address}: {response.status}"])

    assert found + inspected.said == []


def test_public_pages_are_clean_before_anything_is_recorded(server, inspected):
    found = []
    for address in in_both_languages([page for page in PUBLIC if "?" not in page]):
        response = inspected.goto(server + address)
        found += findings(inspected) + ([] if response.status == 200 else [f"{address}: {response.status}"])

    assert found + inspected.said == []


def test_error_pages_are_clean(shared_demo, inspected):
    found = []
    for address in in_both_languages(["/no-such-page/", "/fund/statements/no-such-number/"]):
        inspected.goto(shared_demo + address)
        found += findings(inspected)

    assert found == []
    # The browser itself notes every answer that is no page; nothing else may stand there.
    assert [line for line in inspected.said if "404 (Not Found)" not in line] == []


def office_pages():
    """Every list and form of every registered admin with its newest record, and a list that finds nothing.

    History and deletion are one page type for all records: some of them stand for the others.
    """
    pages = [
        reverse("admin:index"),
        reverse("admin:members_member_changelist") + "?q=zzz",
        reverse("admin:password_change"),
        reverse("admin:reports"),
        reverse("admin:county_forms"),
        reverse("admin:papers"),
        *(reverse("admin:paper", args=[paper.name]) for paper in OFFICE_PAPERS),
        reverse("admin:paper_pdf", args=["cards"]) + "?month=2",
        reverse("admin:figures"),
        *(reverse("admin:figure", args=[key]) for key in ("fund_raised", "people_helped", "performances")),
        reverse("admin:members_member_full", args=[Member.objects.first().pk]),
        reverse("admin:fund_assistancecase_full", args=[AssistanceCase.objects.first().pk]),
        reverse("admin:auth_user_password_change", args=[User.objects.get(username="admin").pk]),
    ]
    for number, model in enumerate(admin.site._registry):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        record = model._default_manager.order_by("-pk").first()
        acts = ["change", *(["history", "delete"] if number % 6 == 0 else [])] if record else []
        pages += [reverse(f"{name}_{act}", args=[record.pk]) for act in acts]
        pages.append(reverse(f"{name}_add"))
    return pages


@pytest.mark.parametrize(("language", "size", "width"), [("zh-hans", "normal", WIDE), ("en", "large", NARROW)])
def test_office_pages_are_clean(shared_demo, inspected, language, size, width):
    sign_in(inspected, shared_demo)
    inspected.goto(f"{shared_demo}/display/{size}/")
    with translation.override(language):
        pages = office_pages()

    found, shown = [], 0
    for address in pages:
        response = inspected.goto(shared_demo + address)
        if response.status == 403:  # booked and frozen records are neither added to nor deleted here
            continue
        found += findings(inspected, width) + ([] if response.status == 200 else [f"{address}: {response.status}"])
        shown += 1

    assert found + [line for line in inspected.said if "403 (Forbidden)" not in line] == []
    assert shown > 90


def test_sign_in_pages_are_clean(shared_demo, inspected):
    found = []
    for prefix in ("", "/en"):
        inspected.goto(f"{shared_demo}{prefix}/admin/login/")
        found += findings(inspected)
        inspected.fill("#id_username", "nobody")
        inspected.fill("#id_password", "wrong")
        inspected.click("#login-form [type=submit]")
        found += findings(inspected)
    sign_in(inspected, shared_demo)
    inspected.set_viewport_size({"width": 1280, "height": 900})
    inspected.click("#logout-form button")
    found += findings(inspected)

    assert found + inspected.said == []

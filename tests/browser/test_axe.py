"""Every page type, public and office, in both languages: no axe finding, no word in the console, no sideways scrolling."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from activities.models import Activity, MiniWish, ServiceCertificate, SignUp
from branches.models import Organization
from config.site.printing.catalog import OFFICE_PAPERS
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
    "/activities/month/",
    "/activities/month/2018/12/",
    "/activities/villages/",
    "/volunteers/",
    "/wishes/",
    "/wishes/new/",
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


def in_turns(addresses, first):
    """Each address in one of both languages, in turns; the other way round where the other language is `first`."""
    both = ("", "/en") if first == "zh-hans" else ("/en", "")
    return [both[place % 2] + address for place, address in enumerate(addresses)]


@pytest.mark.parametrize(("size", "first"), [("normal", "zh-hans"), ("large", "en")])
def test_public_pages_are_clean(shared_demo, inspected, size, first):
    newest = Statement.objects.published().order_by("-period_to").first()
    event, wish = Activity.objects.held().first(), MiniWish.objects.filter(state="posted").first()
    pages = [*PUBLIC, f"/activities/{event.pk}/", f"/wishes/{wish.pk}/", f"/fund/statements/{newest.number}/"]
    certificate = ServiceCertificate.objects.first()
    pages.append(f"/certificates/{certificate.number}/{certificate.code}/")
    signup = SignUp.objects.filter(state="waiting").first()
    pages += [f"/activities/{signup.activity_id}/sign-up/", f"/activities/{signup.activity_id}/sign-up/{signup.code}/"]
    inspected.goto(f"{shared_demo}/display/{size}/")

    problems = []
    for address in in_turns(pages, first):
        response = inspected.goto(shared_demo + address)
        # Chinese on the wide screen and English on the phone; in large type the other way round.
        width = WIDE if address.startswith("/en") == (size == "large") else NARROW
        problems += findings(inspected, width) + ([] if response.status == 200 else [f"{address}: {response.status}"])

    assert problems + inspected.said == []


def test_public_pages_are_clean_before_anything_is_recorded(server, inspected):
    problems = []
    for address in in_turns([page for page in PUBLIC if "?" not in page], "zh-hans"):
        response = inspected.goto(server + address)
        problems += findings(inspected) + ([] if response.status == 200 else [f"{address}: {response.status}"])

    assert problems + inspected.said == []


def test_error_pages_are_clean(shared_demo, inspected):
    problems = []
    for address in in_both_languages(["/no-such-page/", "/fund/statements/no-such-number/"]):
        inspected.goto(shared_demo + address)
        problems += findings(inspected)

    assert problems == []
    # The browser itself notes every answer that is no page; nothing else may stand there.
    assert [line for line in inspected.said if "404 (Not Found)" not in line] == []


def act_pages():
    """Acts whose page is more than a short form, on records of the demo that are ready for them."""
    due = Activity.objects.held().filter(kind=Activity.Kind.GENERAL_MEETING).first()
    service = Activity.objects.held().filter(kind=Activity.Kind.VOLUNTEER_DAY).first()
    study = Activity.objects.held().filter(kind=Activity.Kind.STUDY_DAY).first()
    acts = [(due, "correct"), (service, "correct"), (due, "minutes"), (study, "home_study")]
    return [reverse("admin:activities_activity_transition", args=[event.pk, name]) for event, name in acts]


def office_pages(form):
    """Every list of every registered admin and the page of its newest record ("change"), or the empty form ("add").

    History, deletion and the form of a block are one page type for all records: some of them stand for the others, as empty
    forms do.
    """
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="admin")
    pages = [
        reverse("admin:index"),
        reverse("admin:members_member_changelist") + "?q=zzz",
        *(reverse("admin:search") + words for words in ("?q=黄", "?q=zzz")),
        reverse("admin:month"),
        reverse("admin:help"),
        reverse("admin:password_change"),
        reverse("admin:activities_activity_plan"),
        reverse("admin:activities_activity_plan")
        + f"?year=2019&meeting_day=5&organization={Organization.objects.order_by('pk').last().pk}",
        reverse("admin:reports"),
        reverse("admin:county_forms"),
        reverse("admin:papers"),
        *(reverse("admin:paper", args=[paper.name]) for paper in OFFICE_PAPERS),
        reverse("admin:paper_pdf", args=["cards"]) + "?month=2",
        reverse("admin:figures"),
        *(reverse("admin:figure", args=[key]) for key in ("fund_raised", "people_helped", "performances")),
        reverse("admin:members_member_full", args=[Member.objects.first().pk]),
        reverse("admin:fund_assistancecase_full", args=[AssistanceCase.objects.first().pk]),
        reverse("admin:auth_user_password_change", args=[request.user.pk]),
        *act_pages(),
    ]
    for number, (model, site_admin) in enumerate(admin.site._registry.items()):
        if form == "add" and number % 4 > 1:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.order_by("-pk").first()
        page = reverse(f"{name}_change", args=[record.pk]) if record else ""
        if form == "add" and number % 4 == 1:  # on a phone a record is read, and changed block by block
            pages += [page, f"{page}?edit={number // 4 % 2 or 'all'}"] if page else []
            continue
        pages.append(reverse(f"{name}_changelist"))
        if record and number % 6 == 0:
            pages += [reverse(f"{name}_{kind}", args=[record.pk]) for kind in ("history", "delete")]
        if record and form == "change" and number % 6 == 3:
            pages += [f"{page}?edit=0", f"{page}?edit=line-0"]
        adds = not record or (form == "add" and site_admin.has_add_permission(request))
        pages.append(reverse(f"{name}_add") if adds else page)
    return pages


@pytest.mark.parametrize(
    ("language", "form", "size", "width"),
    [("zh-hans", "change", "normal", WIDE), ("en", "add", "large", NARROW)],
)
def test_office_pages_are_clean(shared_demo, inspected, language, form, size, width):
    sign_in(inspected, shared_demo)
    inspected.goto(f"{shared_demo}/display/{size}/")
    with translation.override(language):
        pages = office_pages(form)

    problems, shown = [], 0
    for address in pages:
        response = inspected.goto(shared_demo + address)
        if response.status == 403:  # booked and frozen records are not deleted here
            continue
        problems += findings(inspected, width, but=["#nav-sidebar"] if shown else [])
        problems += [] if response.status == 200 else [f"{address}: {response.status}"]
        shown += 1

    assert problems + [line for line in inspected.said if "403 (Forbidden)" not in line] == []
    assert shown > (100 if form == "change" else 40)


def test_sign_in_pages_are_clean(shared_demo, inspected):
    problems = []
    for prefix in ("", "/en"):
        inspected.goto(f"{shared_demo}{prefix}/admin/login/")
        problems += findings(inspected)
        inspected.fill("#id_username", "nobody")
        inspected.fill("#id_password", "wrong")
        inspected.click("#login-form [type=submit]")
        problems += findings(inspected)
    sign_in(inspected, shared_demo)
    inspected.set_viewport_size({"width": 1280, "height": 900})
    inspected.click("#user-tools summary")
    inspected.click("#logout-form button")
    problems += findings(inspected)

    assert problems + inspected.said == []

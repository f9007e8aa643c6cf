"""No page of the office, Chinese or English, is invalid to the Nu HTML checker or skips a level of headings."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from config.site.printing.catalog import OFFICE_PAPERS
from members.models import Member
from tests.site.html_checker import findings, keep, skipped_headings

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_the_checker_finds_what_it_should(tmp_path):
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="zh-Hans"><title>坏</title><form action=""><p>一</p></form><section>无</section></html>'
    )

    assert len(findings(tmp_path)) == 2


def test_a_skipped_heading_is_found(tmp_path):
    (tmp_path / "bad.html").write_text("<h1>一</h1><h3>三</h3><h2>二</h2><h3>三</h3><h1>一</h1>")

    assert skipped_headings(tmp_path) == ["bad.html: begins with [1, 3], 2 h1", "bad.html: h1 h3"]


def office_addresses():
    yield from (
        reverse(f"admin:{name}")
        for name in ("index", "reports", "county_forms", "papers", "figures", "password_change")
    )
    yield from (reverse("admin:paper", args=[paper.name]) for paper in OFFICE_PAPERS)
    yield reverse("admin:members_member_changelist") + "?q=zzz"
    yield reverse("admin:members_member_full", args=[Member.objects.first().pk])
    yield reverse("admin:figure", args=["fund_raised"])
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield from (reverse(f"{name}_{page}") for page in ("changelist", "add"))
        record = model._default_manager.order_by("-pk").first()
        if record:
            yield from (reverse(f"{name}_{page}", args=[record.pk]) for page in ("change", "history", "delete"))


def test_office_pages_are_valid_html_and_skip_no_heading(client, demo, tmp_path):
    """Each page in one of both languages, in turns: its structure is the same in both."""
    client.force_login(User.objects.get(username="admin"))

    shown = 0
    for place, address in enumerate(list(office_addresses())):
        response = client.get(f"/en{address}" if place % 2 else address)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            keep(tmp_path, shown, address, response.content)
            shown += 1

    assert shown > 100
    assert skipped_headings(tmp_path) == []
    assert findings(tmp_path) == []

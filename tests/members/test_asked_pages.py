"""The preview of an import asks about rows that could mean two things, and stores them as answered."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from branches.models import Branch
from config.kit.sheets.questions import field_name
from members.models import Member
from members.roster.imports import preview_roster
from tests.kit.workbooks import xlsx
from tests.members.outside import BRANCH, HEADER, row

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 31)


def test_the_preview_offers_the_answers_of_each_asked_row(client, demo):
    client.force_login(User.objects.get(username="secretary-b"))
    branch = Branch.objects.get(name=BRANCH)
    batch = preview_roster(
        branch,
        "名册.xlsx",
        xlsx([HEADER, row("覃大山", "已去世")]),
        by=User.objects.get(username="secretary-b"),
        today=TODAY,
    )

    page = client.get(reverse("admin:members_member_import_batch", args=[batch.pk])).content.decode()

    assert page.count(f'type="radio" name="{field_name(0, "departure")}"') == 4
    assert "已去世" in page

    confirm = reverse("admin:members_member_import_act", args=[batch.pk, "confirm"])
    client.post(confirm, {field_name(0, "departure"): "deceased"})

    assert Member.objects.get(name="覃大山").status == "deceased"

"""While the demo is loaded, nothing that the office or a resident reads stands in the year of the machine."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from config.kit import clock
from config.site.printing.catalog import OFFICE_PAPERS

pytestmark = pytest.mark.django_db

YEAR = timezone.localdate().year
# A year alone or in a date or a number; not inside a token or a digest.
REAL_YEAR = re.compile(rf"(?<![0-9A-Za-z]){YEAR}(?![0-9A-Za-z])")


def real_years(content):
    """The places in a page that hold the machine's year; the key of a record in an address of the office is none."""
    text = re.sub(r'"/(?:en/)?admin/[^"]*"', '""', content.decode(errors="replace"))
    return [text[max(0, match.start() - 60) : match.end() + 20] for match in REAL_YEAR.finditer(text)]


def office_addresses(pages):
    yield from (reverse(f"admin:{name}") for name in ("index", "reports", "county_forms", "papers", "figures"))
    yield from (reverse("admin:paper", args=[paper.name]) for paper in OFFICE_PAPERS)
    for model, site_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        record = model._default_manager.order_by("-pk").first()
        if record:
            for page in pages:
                try:
                    yield reverse(f"{name}_{page}", args=[record.pk])
                except NoReverseMatch:
                    continue
            for row in list(getattr(site_admin, "transitions", ()))[:1] if "history" in pages else ():
                yield reverse(f"{name}_transition", args=[record.pk, row.name])


@pytest.mark.same_everywhere
@pytest.mark.parametrize("account", ["admin", "keeper", "secretary-b", "street", "discipline"])
def test_pages_and_forms_of_the_office_lie_in_the_year_of_the_demo(client, demo, account):
    client.force_login(User.objects.get(username=account))
    # What was, and what would be removed with a record, says the same to everybody.
    pages = ("change", "full", *(["history", "delete"] if account == "admin" else []))

    of_another_year = {}
    for address in office_addresses(pages):
        response = client.get(address)
        if response.status_code == 200 and not response.streaming and real_years(response.content):
            of_another_year[address] = real_years(response.content)[:3]

    assert of_another_year == {}


def test_the_next_number_is_one_of_the_year_of_the_demo(demo):
    from fund.disclosure.questions.actions import take_question
    from fund.donations.actions import count_donation, register_donation
    from fund.models import Donation, Pot, Question

    pot, keeper, cashier = (
        Pot.objects.get(code="mutual-aid"),
        *(User.objects.get(username=n) for n in ("keeper", "cashier")),
    )
    gift = register_donation(
        Donation(
            pot=pot, donor="覃小明", source="social_donation", method="cash", amount=50, publicity="masked",
            donated_on=clock.today(), handler="覃惠兰",
        ),
        by=keeper,
    )  # fmt: skip
    count_donation(gift, by=cashier, amount=gift.amount)
    question = take_question(Question(pot=pot, channel="slip", text="这是什么？", asked_on=None), by=keeper)

    assert gift.receipt_no.startswith("2018")
    assert question.year == 2018
    assert gift.entry.booked_on == date(2018, 10, 31)
    assert timezone.localdate(gift.entry.recorded_at) == date(2018, 10, 31)

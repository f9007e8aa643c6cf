"""An amount in the admin is one number: the list and the record's page write it for people, the file for machines."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from branches.models import Equipment
from fund.bookkeeping.models import CashCount
from tests.fund.make import make_pot
from tests.make import make_organization
from tests.site.test_list_export import csv_rows, seen_rows

pytestmark = pytest.mark.django_db


def test_a_method_of_a_list_holds_an_amount_that_page_and_file_each_write_in_their_way(admin_client):
    Equipment.objects.create(
        organization=make_organization(), asset_no="1", name="投影仪", unit="台", quantity=2,
        unit_price=Decimal("1234.50"), bought_on=date(2018, 5, 1), funding="工会", place="活动室", keeper="韦",
    )  # fmt: skip

    [cells] = seen_rows(admin_client.get(reverse("admin:branches_equipment_changelist")))
    _title, _headings, [line] = csv_rows(admin_client.get(reverse("admin:branches_equipment_export", args=["csv"])))

    assert cells[4:6] == ["1,234.50", "2,469.00"]
    assert line[4:6] == ["1234.50", "2469.00"]


def test_fields_and_methods_of_a_record_read_as_money_on_its_page_and_in_its_list(admin_client, admin_user):
    count = CashCount.objects.create(
        pot=make_pot(), counted_on=date(2018, 5, 1), amount=Decimal("1000.00"), book_amount=Decimal("2500.00"),
        reason="找零", first_by=admin_user,
    )  # fmt: skip

    page = admin_client.get(reverse("admin:fund_cashcount_change", args=[count.pk])).content.decode()
    [cells] = seen_rows(admin_client.get(reverse("admin:fund_cashcount_changelist")))

    for text in ("1,000.00", "2,500.00", "-1,500.00"):
        assert f">{text}<" in page
    assert cells[1:4] == ["1,000.00", "2,500.00", "-1,500.00"]

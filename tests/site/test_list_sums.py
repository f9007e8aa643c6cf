"""Sums at the foot of lists: those of the ledger and of the reports, of all filtered rows and never of different pots."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from activities.models import Activity
from branches.models import Equipment, Nameplate
from fund.donations.actions import receive_donation, return_donation
from fund.ledger.actions import reverse_entry
from fund.ledger.totals import MonthTotal
from fund.models import Account, AssistanceCase, Budget, Donation, Entry, Pot
from tests.fund.make import OPENED, book, make_donation, make_pot, paid_case
from tests.make import make_organization, make_user
from tests.site.test_list_export import text_of

pytestmark = pytest.mark.django_db

DAY = date(2018, 6, 28)


def list_of(client, model, query=""):
    return client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query)


def foot(page):
    html = page.content.decode()
    return text_of(html.partition('class="list-foot">')[2].partition("</p>")[0])


def sums(page):
    """The sums in the order in which the list declares them."""
    found = page.context["cl"].paginator.sums
    return [found[f"sum_{place}"] or 0 for place in range(sum(name.startswith("sum_") for name in found))]


def worth(pot, kind, *codes):
    """Yuan of a pot's sources or uses, by the ledger's own month totals."""
    rows = MonthTotal.objects.filter(account__pot=pot, account__kind=kind)
    rows = rows.filter(account__code__in=codes) if codes else rows
    return Account.Kind(kind).worth(rows.net())


def test_sums_of_entries_are_those_of_the_ledger_with_reversals_taken_away(admin_client):
    pot = make_pot()
    book(pot, pot.cash, pot.source("interest"), "1000.34", DAY)
    gift = book(pot, pot.cash, pot.source("social_donation"), 500, DAY)
    book(pot, pot.bank, pot.cash, 100, DAY)
    paid = book(pot, pot.use("assistance"), pot.cash, 80, DAY)
    book(pot, pot.use("fee"), pot.bank, 5, DAY)
    user = make_user()
    for entry in (gift, paid):
        reverse_entry(entry, by=user, on=DAY, reason="记错")

    page = list_of(admin_client, Entry)

    assert sums(page) == [Decimal("1000.34"), Decimal("5.00")]
    assert sums(page) == [worth(pot, Account.Kind.INCOME), worth(pot, Account.Kind.EXPENSE)]
    assert "收入合计 1,000.34 元（已减冲销）；支出合计 5.00 元（已减冲销）" in foot(page)
    assert ">-500.00</td>" in page.content.decode()


def test_returned_and_refused_gifts_stand_apart_from_what_is_in_the_books(admin_client, admin_user):
    pot, user = make_pot(), make_user()
    receive_donation(make_donation(pot=pot, amount=Decimal("300.00")), by=user)
    returned = receive_donation(make_donation(pot=pot, amount=Decimal("70.00")), by=user)
    return_donation(returned, by=user, on=DAY, reason="退回")
    make_donation(pot=pot, amount=Decimal("20.00"), registered_by=admin_user).save()
    make_donation(pot=pot, amount=Decimal("5.00"), refusal="来路不明").save()

    page = list_of(admin_client, Donation)

    # Nothing waits for this user to be counted.
    assert sums(page) == [Decimal("300.00"), Decimal("20.00"), Decimal("70.00"), Decimal("5.00"), 0]
    assert sums(page)[0] == worth(pot, Account.Kind.INCOME)
    words = foot(page)
    assert words.startswith(
        "共 4 笔 已入账 1 笔，合计 300.00 元；待清点 1 笔，合计 20.00 元；已退回 1 笔，合计 70.00 元，不计在内"
    )
    assert "未收 1 笔" in words
    signs = re.findall(r'<span class="state( state-\w+)?">', page.content.decode())
    assert sorted(signs) == ["", " state-done", " state-void", " state-void"]


def test_sums_are_of_all_filtered_rows_and_not_of_the_page(admin_client, monkeypatch):
    pot, user = make_pot(), make_user()
    for number in range(5):
        donor = "韦怀德" if number else "黄某"
        receive_donation(make_donation(pot=pot, amount=Decimal(10), donor=donor), by=user)
    monkeypatch.setattr(admin.site._registry[Donation], "list_per_page", 2)

    assert sums(list_of(admin_client, Donation))[0] == 50
    assert sums(list_of(admin_client, Donation, "?p=3"))[0] == 50
    assert sums(list_of(admin_client, Donation, "?q=%E9%9F%A6"))[0] == 40
    assert sums(list_of(admin_client, Donation, "?donated_on__year=2017")) == [0] * 5
    assert "list-foot" not in list_of(admin_client, Donation, "?donated_on__year=2017").content.decode()


def test_a_row_that_several_joined_records_match_is_added_up_once(admin_client):
    organization = make_organization()
    plates = [Nameplate.objects.create(organization=organization, code=code) for code in ("ageing_committee", "sports")]
    event = Activity.objects.create(
        organization=organization, kind="performance", title="演出", day=DAY, state="held", present=10, public_present=5
    )
    event.plates.set(plates)

    page = list_of(admin_client, Activity, "?plates__id__in=" + ",".join(str(plate.pk) for plate in plates))

    assert page.context["cl"].result_count == 1
    assert sums(page) == [15]


def test_pots_are_never_added_together(admin_client):
    one, other = make_pot(holding=100), make_pot(holding=7)

    mixed = list_of(admin_client, Entry)

    assert "107.00" not in foot(mixed)
    assert "账本各算各的" in foot(mixed)
    assert sums(list_of(admin_client, Entry, f"?pot__id__exact={one.pk}")) == [100, 0]
    assert "收入合计 7.00 元" in foot(list_of(admin_client, Entry, f"?pot__id__exact={other.pk}"))


def test_plans_of_two_years_are_never_added_together(admin_client):
    pot = make_pot(kind=Pot.Kind.ACTIVITY)
    for year in (2018, 2019):
        Budget.objects.create(pot=pot, year=year, account=pot.use("study"), amount=Decimal(50))

    assert "年度各算各的" in foot(list_of(admin_client, Budget))
    assert foot(list_of(admin_client, Budget, "?year=2018")) == "共 1 项 计划支出合计 50.00 元"


def test_a_reversed_payment_is_no_longer_paid(admin_client):
    case = paid_case()
    before = sums(list_of(admin_client, AssistanceCase))[0]
    reverse_entry(case.entry, by=make_user(), on=case.paid_on, reason="记错")

    assert before == case.entry.amount
    assert sums(list_of(admin_client, AssistanceCase))[0] == 0


def test_scrapped_equipment_is_counted_apart(admin_client):
    organization = make_organization()
    for number, state in enumerate(("in_use", "repair", "scrapped")):
        Equipment.objects.create(
            organization=organization, asset_no=str(number), name="椅子", quantity=3, unit_price=Decimal("10.50"),
            bought_on=OPENED, state=state,
        )  # fmt: skip

    page = list_of(admin_client, Equipment)

    assert sums(page) == [Decimal("63.00"), Decimal("31.50")]
    assert foot(page) == "共 3 项 在用和维修 2 项，合计 63.00 元；已报废 1 项，合计 31.50 元"


def test_suggestions_for_a_field_add_nothing_up(admin_client, django_assert_max_num_queries):
    make_pot(holding=100)
    address = reverse("admin:autocomplete") + "?app_label=fund&model_name=question&field_name=entry"

    with django_assert_max_num_queries(8) as queries:
        answer = admin_client.get(address)

    assert answer.status_code == 200
    assert not [query for query in queries.captured_queries if "SUM(" in query["sql"]]

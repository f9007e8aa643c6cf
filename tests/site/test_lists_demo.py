"""Lists of the office with the demo's records: sums beside those of the ledger and of the reports, and what lists ask for."""

from datetime import date

import pytest
from django.contrib import admin
from django.db.models import Q

from activities.models import Activity
from branches.exports import equipment_worth
from branches.models import Equipment
from fund.ledger.totals import MonthTotal
from fund.models import Account, AssistanceCase, CondolenceRound, Donation, Entry, Pot, Statement
from honours.models import BookTitle, VisitGroup
from tests.site.test_list_sums import list_of, sums, worth

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_office(client, demo, django_user_model):
    client.force_login(django_user_model.objects.get(username="admin"))
    return client


@pytest.mark.same_everywhere
def test_sums_of_the_demo_are_those_of_the_ledger_pot_by_pot(demo_office):
    for pot in Pot.objects.all():
        tail = f"?pot__id__exact={pot.pk}"
        income, spending = worth(pot, Account.Kind.INCOME), worth(pot, Account.Kind.EXPENSE)
        assert sums(list_of(demo_office, Entry, tail)) == [income, spending]
        in_force = sums(list_of(demo_office, Statement, tail))
        until = max(pot.statements.published().values_list("period_to", flat=True), default=None)
        months = MonthTotal.objects.filter(account__pot=pot).between(last=until)
        kinds = (Account.Kind.INCOME, Account.Kind.EXPENSE)
        assert in_force == [kind.worth(months.filter(account__kind=kind).net()) if until else 0 for kind in kinds]
    aid = Pot.objects.get(kind=Pot.Kind.MUTUAL_AID)
    gifts = sums(list_of(demo_office, Donation, f"?pot__id__exact={aid.pk}"))
    assert gifts[0] == worth(aid, Account.Kind.INCOME, "member_donation", "social_donation", "superior_allocation")
    assert gifts[2] > 0
    assert sums(list_of(demo_office, AssistanceCase))[0] == worth(aid, Account.Kind.EXPENSE, "assistance")
    condolence = worth(aid, Account.Kind.EXPENSE, "condolence_cash", "condolence_goods")
    assert sums(list_of(demo_office, CondolenceRound))[0] == condolence


@pytest.mark.same_everywhere
def test_counts_of_the_demo_are_those_of_its_reports(demo_office):
    assert sums(list_of(demo_office, Activity)) == [Activity.objects.held().attendances()]
    assert sums(list_of(demo_office, BookTitle)) == [BookTitle.objects.copies_total()]
    assert sums(list_of(demo_office, VisitGroup)) == [VisitGroup.objects.visitors()]
    assert sum(sums(list_of(demo_office, Equipment))) == equipment_worth(until=date(2018, 12, 31))


def test_sums_cost_no_query_beside_the_count(
    client, demo, django_user_model, django_assert_max_num_queries, monkeypatch
):
    client.force_login(django_user_model.objects.get(username="admin"))
    for model, site_admin in admin.site._registry.items():
        list_of(client, model)
        counts = []
        for totals in (site_admin.list_totals, ()):
            with monkeypatch.context() as patch:
                patch.setattr(site_admin, "list_totals", totals)
                with django_assert_max_num_queries(11, info=str(model)) as queries:
                    list_of(client, model)
            counts.append(len(queries))
        assert counts[0] == counts[1], model


@pytest.mark.same_everywhere
def test_a_list_asks_as_many_queries_for_many_rows_as_for_few(
    client, demo, django_user_model, monkeypatch, django_assert_max_num_queries
):
    client.force_login(django_user_model.objects.get(username="admin"))
    for model, site_admin in admin.site._registry.items():
        list_of(client, model)
        counts = []
        for per_page in (2, 50):
            with monkeypatch.context() as patch:
                patch.setattr(site_admin, "list_per_page", per_page)
                with django_assert_max_num_queries(11, info=str(model)) as queries:
                    list_of(client, model)
            counts.append(len(queries))
        assert counts[0] == counts[1], model


def test_every_declared_sum_says_what_it_is_and_adds_rows_of_its_own(demo_office):
    """A list whose sums overlap would count a row twice; rows that no sum takes are none of its money."""
    declared = 0
    for model, site_admin in admin.site._registry.items():
        for place, total in enumerate(site_admin.list_totals):
            assert "%(sum)s" in str(total.words), model
            for other in site_admin.list_totals[place + 1 :]:
                if total.of == other.of and total.when and other.when:
                    both = model._default_manager.filter(total.when & other.when)
                    assert not both.exists(), (model, total.words)
            declared += 1
    assert declared >= 20
    assert not Donation.objects.filter(Q(refusal="") & Q(entry=None) & Q(returned_entry__isnull=False)).exists()

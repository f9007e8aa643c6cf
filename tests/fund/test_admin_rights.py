"""Who in the office sees and does what with the fund; lists, forms and history pages open for all of it."""

from datetime import date

import pytest
from django.urls import reverse

from fund.help.cases.actions import propose_case
from fund.models import AssistanceCase, CondolenceRound, Donation, Entry, FundMember, Pot, Statement
from members.models import AccessLog
from tests.fund.make import book, make_case, make_donation, make_pot, make_quarter, make_round, payable_case, published
from tests.fund.office_pages import act_address
from tests.make import make_branch, make_member, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db


def test_a_branch_sees_its_own_pot_and_cases_and_nothing_else_of_the_money(office):
    other = make_pot(holding=100)
    own = make_pot(organization=office.pot.organization, branch=office.branch, kind=Pot.Kind.ACTIVITY)
    make_donation(pot=office.pot).save()
    theirs = make_case(pot=office.pot, branch=make_branch(organization=office.pot.organization))
    theirs.save()
    ours = make_case(pot=office.pot, branch=office.branch)
    ours.save()
    secretary = office.users["secretary"]

    assert set(Pot.objects.visible_to(secretary)) == {office.pot, own}
    assert other not in Pot.objects.visible_to(secretary)
    assert not Entry.objects.visible_to(secretary).exists()
    assert not Donation.objects.visible_to(secretary).exists()
    assert list(AssistanceCase.objects.visible_to(secretary)) == [ours]
    client = office("secretary")
    assert client.get(act_address(theirs, "propose")).status_code == 404
    assert client.get(reverse("admin:fund_entry_changelist")).status_code == 403


CLOSED = "已公示封存，请填2018-04-01或以后的日期"


def test_the_refusal_of_a_closed_period_names_a_day_that_is_open_and_no_field_that_is_not_there(office):
    case = payable_case(pot=office.pot, on=date(2018, 3, 20))
    entry = book(office.pot, office.pot.cash, office.pot.source("interest"), 5, date(2018, 2, 1))
    published(office.pot, date(2018, 1, 1), date(2018, 3, 31))
    typed = {"pot": office.pot.pk, "credit": office.pot.source("interest").pk, "debit": office.pot.cash.pk}
    typed |= {"amount": "5", "booked_on": "2018-03-20", "summary": "利息"}
    requests = [
        ("cashier", act_address(case, "pay"), {"day": "2018-03-21"}),
        ("accountant", act_address(entry, "reverse"), {"day": "2018-03-21", "reason": "记错"}),
        ("accountant", reverse("admin:fund_entry_add"), typed),
    ]

    pages = [office(role).post(address, data, follow=True).content.decode() for role, address, data in requests]

    for page in pages:
        assert CLOSED in page.replace(" ", "")
        assert "发生日期" not in page or 'name="happened_on"' in page


def application(pot, branch):
    typed = {"pot": pot.pk, "branch": branch.pk, "applied_on": "2018-04-02", "beneficiary": "陈志强", "reason": "住院"}
    typed |= {"sex": "1"}
    return typed | {
        "hardship": "serious_illness",
        "category": "hardship_member",
        "applied_amount": "300.00",
        "method": "cash",
    }


def test_a_branch_of_the_street_proposes_help_to_the_fund_of_its_community_and_to_no_other_street_s(office):
    street = make_organization(kind="street_committee")
    fund = make_pot(organization=make_organization(parent=street), holding=1000)
    elsewhere = make_pot(
        organization=make_organization(parent=make_organization(kind="street_committee")), holding=1000
    )
    branch = make_branch(organization=street)
    secretary = make_user("secretary", branch=branch)
    client = office("secretary")
    client.force_login(secretary)
    address = reverse("admin:fund_assistancecase_add")

    refused = client.post(address, application(elsewhere, branch))
    taken = client.post(address, application(fund, branch))

    assert list(Pot.objects.visible_to(secretary)) == [fund]
    assert "pot" in refused.context["adminform"].form.errors
    assert taken.status_code == 302, taken.context["adminform"].form.errors
    case = AssistanceCase.objects.get()
    assert (case.pot, case.branch) == (fund, branch)
    assert not Entry.objects.visible_to(secretary).exists()


def test_the_keeper_of_a_fund_writes_a_case_for_a_branch_of_the_street(office):
    street = make_organization(kind="street_committee")
    fund = make_pot(organization=make_organization(parent=street), holding=1000)
    branch, foreign = make_branch(organization=street), make_branch(organization=make_organization())
    client = office("fund_keeper")
    client.force_login(make_user("fund_keeper", organization=fund.organization))
    address = reverse("admin:fund_assistancecase_add")

    refused = client.post(address, application(fund, foreign))
    taken = client.post(address, application(fund, branch))

    assert "branch" in refused.context["adminform"].form.errors
    assert taken.status_code == 302, taken.context["adminform"].form.errors


def test_a_case_is_proposed_to_no_fund_that_is_not_there_for_its_branch():
    case = make_case(pot=make_pot(holding=1000), branch=make_branch())

    assert refusal_of(propose_case, case, by=make_user()) == "other_fund"


LISTS = [
    "pot",
    "entry",
    "donation",
    "collection",
    "question",
    "fundmember",
    "assistancecase",
    "condolenceround",
    "allowancerun",
    "statement",
]


@pytest.mark.same_everywhere
def test_lists_ask_the_same_few_queries_for_any_number_of_rows(client, django_assert_max_num_queries):
    client.force_login(make_user(is_superuser=True))
    pot, _ = make_quarter()

    def queries_of(model):
        with django_assert_max_num_queries(12, info=model) as queries:
            assert client.get(reverse(f"admin:fund_{model}_changelist")).status_code == 200
        return len(queries.captured_queries)

    client.get(reverse("admin:index"))  # what is looked up once a process
    few = {model: queries_of(model) for model in LISTS}
    make_quarter()
    make_round(pot=pot)
    book(pot, pot.bank, pot.cash, 1, date(2018, 8, 1))

    assert {model: queries_of(model) for model in LISTS} == few


@pytest.mark.same_everywhere
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_form_and_list_opens_in_both_languages(client, prefix):
    client.force_login(make_user(is_superuser=True))
    make_quarter()

    for model in LISTS:
        assert client.get(f"{prefix}/admin/fund/{model}/").status_code == 200, model
        assert client.get(f"{prefix}/admin/fund/{model}/add/").status_code == 200, model


def test_history_pages_open_and_name_nobody_in_need(client):
    client.force_login(make_user(is_superuser=True))
    make_quarter()

    for model in (Pot, Donation, AssistanceCase, CondolenceRound, Statement):
        record = model.objects.order_by("id").last()
        response = client.get(reverse(f"admin:fund_{model._meta.model_name}_history", args=[record.pk]))
        assert response.status_code == 200
        assert "陈志强" not in response.content.decode()


def test_unknown_acts_and_records_are_not_there(client):
    client.force_login(make_user(is_superuser=True))
    _, statement = make_quarter()

    assert client.get(act_address(statement, "burn")).status_code == 404
    assert client.get(reverse("admin:fund_statement_transition", args=[99_999_999, "publish"])).status_code == 404
    assert client.get("/admin/fund/statement/99999999999999999999999/act/publish/").status_code == 404


def test_the_difficulty_is_shown_in_full_for_a_reason_that_is_written_down(office):
    case = make_case(pot=office.pot, reason="住院透析", phone="14000000001")
    propose_case(case, by=office.users["fund_keeper"])
    address = reverse("admin:fund_assistancecase_full", args=[case.pk])

    assert office("cashier").get(address).status_code == 403
    client = office("street_officer")
    assert "住院透析" not in client.get(address).content.decode()
    assert "住院透析" not in client.post(address, {"reason": ""}).content.decode()
    shown = client.post(address, {"reason": "审批"})

    assert "住院透析" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    log = AccessLog.objects.get()
    assert (log.user, log.what, log.reason) == (office.users["street_officer"], case.case_no, "审批")


def test_a_half_fen_and_a_summary_too_long_are_refused_in_the_form(office):
    client = office("accountant")
    data = {
        "pot": office.pot.pk,
        "credit": office.pot.cash.pk,
        "debit": office.pot.use("fee").pk,
        "amount": "5.001",
        "booked_on": "2018-05-10",
        "summary": "长" * 121,
    }

    errors = client.post(reverse("admin:fund_entry_add"), data).context["adminform"].form.errors

    assert set(errors) == {"amount", "summary"}


def test_people_of_a_branch_join_the_fund_by_ticks_and_once(office):
    people = [make_member(name=name, branch=office.branch) for name in ("韦怀德", "黄桂兰", "李秀英")]
    client = office("fund_keeper")
    address = reverse("admin:fund_fundmember_join_branch", args=[office.pot.pk, office.branch.pk])
    assert address in client.get(reverse("admin:fund_fundmember_join")).content.decode()
    ticks = {"joined_on": "2018-06-28", "people": [people[0].pk, people[2].pk]}

    early = client.post(address, ticks | {"joined_on": "2017-01-01"})
    client.post(address, ticks)
    again = client.post(address, ticks)

    assert "joined_on" in early.context["form"].errors
    assert sorted(FundMember.objects.values_list("name", flat=True)) == ["李秀英", "韦怀德"]
    assert "people" in again.context["form"].errors
    assert office("cashier").get(address).status_code == 403
    other = make_branch()
    assert (
        office("fund_keeper")
        .get(reverse("admin:fund_fundmember_join_branch", args=[office.pot.pk, other.pk]))
        .status_code
        == 404
    )

"""Whether the office books, reviews and publishes in one step each, and is told plainly why something is refused."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from fund.disclosure.statements.actions import draft_statement
from fund.help.cases.actions import check_case, propose_case, review_case
from fund.models import AssistanceCase, Collection, CondolenceRound, Donation, Entry, FundMember, Statement
from tests.fund.make import OPENED, make_case, payable_case, published
from tests.fund.office_pages import act_address
from tests.make import make_member, make_user

pytestmark = pytest.mark.django_db


def once_of(html):
    return re.search(r'name="once" value="(\w+)"', html)[1]


def test_a_donation_is_registered_once_and_booked_when_somebody_else_has_counted_it(office):
    client = office("fund_keeper")
    address = reverse("admin:fund_donation_add")
    once = once_of(client.get(address).content.decode())
    data = {
        "pot": office.pot.pk,
        "donated_on": "2018-06-28",
        "donor": "韦怀德",
        "source": "member_donation",
        "method": "cash",
        "amount": "100.00",
        "publicity": "masked",
        "once": once,
    }

    first, second = client.post(address, data), client.post(address, data)

    assert (first.status_code, second.status_code) == (302, 302)
    gift = Donation.objects.get()
    assert (gift.receipt_no, gift.entry) == (None, None)
    count = act_address(gift, "count")
    assert "None" not in office("cashier").get(count).content.decode()
    client = office("fund_keeper")
    own = client.post(count, {"amount": "100.00"}, follow=True).content.decode()
    assert "自己登记" in own
    wrong = office("cashier").post(count, {"amount": "90.00"}, follow=True).content.decode()
    # The second count is blind: no figure of the register is told.
    assert "与登记的不一致" in wrong
    assert "100.00" not in wrong
    assert office("cashier").post(count, {"amount": "100.00"}).status_code == 302
    gift.refresh_from_db()
    assert (gift.receipt_no, gift.entry.amount) == ("2018-0001", Decimal("100.00"))
    assert gift.entry.recorded_by == office.users["cashier"]
    change = client.get(reverse("admin:fund_donation_change", args=[gift.pk]))
    assert change.status_code == 200
    assert 'name="amount"' not in change.content.decode()


def test_a_whole_branch_is_entered_on_one_screen_and_counted_by_somebody_else(office):
    for name in ("韦怀德", "黄桂兰", "李秀英"):
        member = make_member(name=name, branch=office.branch)
        FundMember.objects.create(pot=office.pot, member=member, name=name, joined_on=OPENED)
    client = office("fund_keeper")
    start = {"pot": office.pot.pk, "branch": office.branch.pk, "day": "2018-06-28"}
    page = client.get(reverse("admin:fund_collection_add"), start, follow=True)
    html = page.content.decode()
    assert html.index("李秀英") < html.index("韦怀德") < html.index("黄桂兰")
    address, once = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], once_of(html)
    lines = {"form-TOTAL_FORMS": 8, "form-INITIAL_FORMS": 8, "once": once}
    for place, form in enumerate(page.context["lines"]):
        lines |= {f"form-{place}-{name}": form[name].value() or "" for name in ("member", "donor")}
        lines |= {f"form-{place}-method": "cash", f"form-{place}-publicity": "masked"}
    lines |= {"form-0-amount": "100", "form-2-amount": "50.50", "form-3-amount": "20", "form-3-donor": "荔香百货店"}

    wrong = client.post(address, lines | {"form-2-amount": "x"})
    stored = client.post(address, lines)
    client.post(address, lines)

    assert wrong.status_code == 200
    assert wrong.context["lines"].total_error_count() == 1
    collection = Collection.objects.get()
    assert stored.url == reverse("admin:fund_collection_change", args=[collection.pk])
    gifts = list(collection.donations.order_by("id").values_list("donor", "amount", "source"))
    assert gifts == [
        ("李秀英", Decimal("100.00"), "member_donation"),
        ("黄桂兰", Decimal("50.50"), "member_donation"),
        ("荔香百货店", Decimal("20.00"), "social_donation"),
    ]
    count = act_address(collection, "count")
    assert "与登记的不一致" in office("cashier").post(count, {"amount": "170"}, follow=True).content.decode()
    assert office("cashier").post(count, {"amount": "170.50"}).status_code == 302
    assert [gift.receipt_no for gift in collection.donations.order_by("id")] == ["2018-0001", "2018-0002", "2018-0003"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "0"),
        ("amount", "-1"),
        ("amount", "1.001"),
        ("amount", "x"),
        ("donated_on", "2999-01-01"),
        ("consent", "named"),
        ("goods", "goods"),
    ],
)
def test_a_wrong_donation_is_refused_beside_its_field(office, field, value):
    published(office.pot, OPENED, date(2018, 3, 31))
    client = office("fund_keeper")
    data = {
        "pot": office.pot.pk,
        "donated_on": "2018-06-28",
        "donor": "韦怀德",
        "source": "member_donation",
        "method": "cash",
        "amount": "100.00",
        "publicity": "masked",
    }

    wrong = {"consent": {"publicity": "named"}, "goods": {"method": "goods"}}.get(field, {field: value})
    response = client.post(reverse("admin:fund_donation_add"), data | wrong)

    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert not Donation.objects.exists()


def test_the_accountant_books_and_reverses_a_movement(office):
    client = office("accountant")
    address = reverse("admin:fund_entry_add")
    data = {
        "pot": office.pot.pk,
        "credit": office.pot.cash.pk,
        "debit": office.pot.use("fee").pk,
        "amount": "5.00",
        "booked_on": "2018-05-10",
        "summary": "银行手续费",
        "once": once_of(client.get(address).content.decode()),
    }
    over = client.post(address, data | {"amount": "1000.01"})
    assert over.context["adminform"].form.errors.as_data()["amount"][0].code == "overdraft"

    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302

    entry = Entry.objects.get(summary="银行手续费")
    assert client.get(reverse("admin:fund_entry_change", args=[entry.pk])).status_code == 200
    assert client.get(act_address(entry, "reverse")).status_code == 200
    assert client.post(act_address(entry, "reverse"), {"day": "2018-05-11", "reason": ""}).status_code == 200
    assert client.post(act_address(entry, "reverse"), {"day": "2018-05-11", "reason": "重复"}).status_code == 302
    again = client.post(act_address(entry, "reverse"), {"day": "2018-05-11", "reason": "重复"})
    assert again.status_code == 200
    assert Entry.objects.filter(reverses=entry).count() == 1
    assert office.pot.balance() == Decimal("1000.00")


def test_an_application_of_a_branch_names_the_branch_and_shows_nothing_private(office):
    client = office("secretary")
    address = reverse("admin:fund_assistancecase_add")
    data = {
        "pot": office.pot.pk,
        "applied_on": "2018-04-02",
        "beneficiary": "陈志强",
        "sex": "1",
        "category": "hardship_member",
        "hardship": "serious_illness",
        "reason": "住院",
        "applied_amount": "300.00",
        "method": "cash",
    }
    refused = client.post(address, data)
    assert "branch" in refused.context["adminform"].form.errors
    assert client.post(address, data | {"branch": office.branch.pk}).status_code == 302
    case = AssistanceCase.objects.get()
    page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk])).content.decode()
    assert act_address(case, "propose") in page
    assert "住院" not in page
    assert client.post(act_address(case, "propose")).status_code == 302
    assert client.post(act_address(case, "approve"), {"day": "2018-04-18", "amount": "300"}).status_code == 403


def test_a_case_is_paid_once_by_the_button(office):
    case = payable_case(pot=office.pot, on=date(2018, 4, 18), amount=Decimal(250))

    client = office("cashier")
    assert client.post(act_address(case, "pay"), {"day": "2018-04-19"}).status_code == 302
    assert client.post(act_address(case, "pay"), {"day": "2018-04-19"}).status_code == 200

    case.refresh_from_db()
    assert (case.state, case.entry.amount, case.paid_by) == ("paid", Decimal("250.00"), office.users["cashier"])
    assert office.pot.balance() == Decimal("750.00")


def test_a_superuser_does_not_act_twice_on_one_case(client):
    admin = make_user(is_superuser=True)
    client.force_login(admin)
    case = propose_case(make_case(), by=admin)
    review_case(case, by=admin, on=date(2018, 4, 3), votes_for=5)
    check_case(case, by=admin, on=date(2018, 4, 4))

    page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk])).content.decode()
    answer = client.post(act_address(case, "approve"), {"day": "2018-04-18", "amount": "300"})

    case.refresh_from_db()
    assert act_address(case, "approve") not in page
    assert (answer.status_code, case.state) == (200, "checked")


def test_a_round_is_written_with_its_visits_and_paid_once(office):
    client = office("fund_keeper")
    data = {
        "pot": office.pot.pk,
        "season": "july_first",
        "visited_on": "2018-06-29",
        "method": "cash",
        "visits-TOTAL_FORMS": "2",
        "visits-INITIAL_FORMS": "0",
    }
    for number, name in enumerate(["李秀兰", "韦德"]):
        data |= {
            f"visits-{number}-name": name,
            f"visits-{number}-category": "veteran",
            f"visits-{number}-amount": "60.00",
        }
    assert client.post(reverse("admin:fund_condolenceround_add"), data).status_code == 302
    round_ = CondolenceRound.objects.get()
    assert "李秀兰" in client.get(reverse("admin:fund_condolenceround_change", args=[round_.pk])).content.decode()
    assert client.post(act_address(round_, "propose")).status_code == 302
    assert office("street_officer").post(act_address(round_, "approve")).status_code == 302
    assert office("cashier").post(act_address(round_, "pay"), {"day": "2018-06-29"}).status_code == 302

    round_.refresh_from_db()
    assert round_.entry.amount == Decimal("120.00")


def test_a_statement_is_drafted_reviewed_twice_and_published_by_four(office):
    client = office("fund_keeper")
    add = reverse("admin:fund_statement_add")
    assert client.get(add).context["adminform"].form.initial["period_to"] == date(2018, 3, 31)
    data = {"pot": office.pot.pk, "period_from": "2018-01-01", "period_to": "2018-03-31"}
    assert client.post(add, data | {"period_from": "2018-02-01"}).status_code == 200
    assert client.post(add, data).status_code == 302
    statement = Statement.objects.get()
    assert client.post(act_address(statement, "review-first")).status_code == 403

    client = office("accountant")
    page = client.get(reverse("admin:fund_statement_change", args=[statement.pk])).content.decode()
    assert act_address(statement, "review-first") in page
    assert "1,000.00" in page
    assert client.post(act_address(statement, "review-first")).status_code == 302
    assert office("discipline_officer").post(act_address(statement, "review-second")).status_code == 302
    assert office("street_officer").post(act_address(statement, "publish"), {"day": "2018-04-10"}).status_code == 302

    statement.refresh_from_db()
    assert (statement.state, statement.published_on) == ("published", date(2018, 4, 10))
    assert client.get(reverse("admin:fund_statement_change", args=[statement.pk])).status_code == 200
    assert client.get(statement.get_absolute_url()).status_code == 200


def test_a_statement_goes_back_with_a_reason_and_is_drafted_again(office):
    statement = draft_statement(
        pot=office.pot, period_from=OPENED, period_to=date(2018, 3, 31), by=office.users["fund_keeper"]
    )

    assert office("accountant").post(act_address(statement, "return"), {"reason": "少一笔"}).status_code == 302
    assert office("fund_keeper").post(act_address(statement, "draft-again")).status_code == 302

    statement.refresh_from_db()
    assert statement.state == "draft"

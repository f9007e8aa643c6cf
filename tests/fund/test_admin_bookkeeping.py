"""Whether the office reads its books, counts its box by two and matches the bank, each on one plain page."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from branches.models import CommitteeSeat, CommitteeTerm
from fund.models import AllowanceRule, AllowanceRun, BankLine, BankStatement, Budget, CashCount, Pot
from tests.fund.make import book, make_pot

pytestmark = pytest.mark.django_db
BANK = "交易日期,摘要,收入,支出,余额\n2018-05-02,存入,300.00,,300.00\n2018-05-31,账户管理费,,2.00,298.00\n"


def test_the_books_of_a_pot_are_one_step_from_it_and_add_up(office):
    pot = office.pot
    book(pot, pot.use("fee"), pot.cash, "12.50", date(2018, 5, 10), summary="手续费一笔")
    client = office("accountant")

    change = client.get(reverse("admin:fund_pot_change", args=[pot.pk])).content.decode()
    day_book = reverse("admin:fund_pot_day_book", args=[pot.pk])
    account = reverse("admin:fund_pot_account", args=[pot.pk, pot.cash.pk])
    page = client.get(day_book, {"span": "2018-05"}).content.decode()

    assert day_book in change
    assert account in change
    assert "手续费一笔" in page
    assert "1,000.00 ＋ 0.00 － 12.50 ＝ 987.50" in page
    assert "987.50" in client.get(account, {"span": "2018"}).content.decode()
    for span in ("x", "2018-13", "9" * 30, "2018-", "²", "0000-00", ""):
        assert client.get(day_book, {"span": span}).status_code == 200


def test_books_of_another_desk_are_not_there(office):
    other = make_pot(holding=5)

    for name in ("fund_pot_day_book", "fund_pot_budget"):
        assert office("accountant").get(reverse(f"admin:{name}", args=[other.pk])).status_code == 404
    assert office("secretary").get(reverse("admin:fund_pot_day_book", args=[office.pot.pk])).status_code == 403
    foreign = reverse("admin:fund_pot_account", args=[office.pot.pk, other.cash.pk])
    assert office("accountant").get(foreign).status_code == 404


def test_a_budget_is_planned_for_the_pots_own_uses(office):
    client, pot, other = office("accountant"), office.pot, make_pot(organization=office.pot.organization)
    address = reverse("admin:fund_budget_add")
    data = {"pot": pot.pk, "year": 2018, "amount": "500", "account": pot.use("fee").pk}

    foreign = client.post(address, data | {"account": other.use("fee").pk})
    cash = client.post(address, data | {"account": pot.cash.pk})

    assert foreign.context["adminform"].form.errors.as_data()["account"][0].code == "wrong_pot"
    assert "account" in cash.context["adminform"].form.errors
    assert client.post(address, data).status_code == 302
    assert Budget.objects.get().amount == 500
    page = client.get(reverse("admin:fund_pot_budget", args=[pot.pk]), {"span": "2018"}).content.decode()
    assert "500.00" in page


def test_the_box_is_counted_by_two_accounts(office):
    address = reverse("admin:fund_cashcount_add")
    data = {"pot": office.pot.pk, "counted_on": "2018-05-31", "amount": "999.00", "reason": ""}

    wrong = office("cashier").post(address, data)
    right = office("cashier").post(address, data | {"amount": "1000.00"})
    count = CashCount.objects.get()
    confirm = reverse("admin:fund_cashcount_transition", args=[count.pk, "confirm"])
    office("cashier").post(confirm, {"amount": "1000.00"})
    count.refresh_from_db()
    alone = count.second_by
    office("accountant").post(confirm, {"amount": "1000.00"})
    count.refresh_from_db()

    assert "相差 1.00 元" in wrong.content.decode()
    assert right.status_code == 302
    assert (alone, count.second_by) == (None, office.users["accountant"])


def test_a_list_of_the_bank_is_uploaded_looked_at_and_matched(office):
    pot, client = office.pot, office("accountant")
    moved = book(pot, pot.bank, pot.cash, 300, date(2018, 5, 3), summary="存入银行")
    fee = book(pot, pot.use("fee"), pot.bank, 2, date(2018, 6, 2), summary="账户管理费")
    address = reverse("admin:fund_bankstatement_add")

    def upload(text):
        return client.post(address, {"pot": pot.pk, "file": SimpleUploadedFile("五月.csv", text.encode("gb18030"))})

    wrong = upload(BANK.replace("2.00,298.00", ",298.00"))
    stored = upload(BANK)
    statement = BankStatement.objects.get()
    page = client.get(stored.url).content.decode()
    line = BankLine.objects.get(row=1)
    waiting = BankLine.objects.get(row=2)

    assert "第3行" in wrong.content.decode() or "第 3 行" in wrong.content.decode()
    assert line.entry == moved
    assert waiting.entry == fee
    assert "298.00" in page
    match = reverse("admin:fund_bankstatement_line", args=[statement.pk, waiting.pk])
    assert client.post(match).status_code == 302
    assert BankLine.objects.get(row=2).entry is None
    assert client.post(match, {"entry": "999"}).status_code == 200
    assert client.post(match, {"entry": fee.pk}).status_code == 302
    assert BankLine.objects.get(row=2).entry == fee
    assert office("fund_keeper").post(match, {"entry": fee.pk}).status_code == 403


def test_missing_allowance_months_are_seen_and_made_one_after_the_other(office):
    pot = make_pot(organization=office.pot.organization, kind=Pot.Kind.ALLOWANCE)
    term = CommitteeTerm.objects.create(
        branch=office.branch, term_no=1, elected_on=date(2017, 5, 1), term_end=date(2030, 5, 1)
    )
    CommitteeSeat.objects.create(term=term, post="secretary", name="韦怀德", held_from=date(2017, 5, 1))
    office("street_officer").post(
        reverse("admin:fund_allowancerule_add"),
        {"pot": pot.pk, "starts_on": "2018.03", "amount": "300", "full_month_day": "15", "remark": ""},
    )
    rule = AllowanceRule.objects.get()
    client = office("accountant")

    address = reverse("admin:fund_allowancerule_change", args=[rule.pk])
    page = client.get(address).content.decode()
    client.post(reverse("admin:fund_allowancerule_transition", args=[rule.pk, "prepare"]))

    assert "2018-03，2018-04" in page
    run = AllowanceRun.objects.get()
    assert (run.month, run.lines.get().amount) == (date(2018, 3, 1), Decimal("300.00"))
    assert "2018-03" in client.get(reverse("admin:fund_allowancerule_changelist")).content.decode()
    assert "2018-03，" not in client.get(address).content.decode()

"""What people type by mistake is answered in words beside the field: nothing fails, nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest

from fund.bookkeeping.actions import count_cash, take_bank_list
from fund.disclosure.questions.actions import take_question
from fund.donations.actions import register_donation
from fund.models import Budget, CashCount, Collection, CondolenceRound, Donation, Posting, Question
from tests.fund.make import make_donation, make_pot
from tests.make import make_user, refusal_of

pytestmark = pytest.mark.django_db

SPANS = ["2018-0120", "2018-0013", "019499", "01949-06", "2018-00", "２０１８", "9" * 5000]


def test_a_gift_without_a_donor_is_marked_on_collection_day(office):
    page = f"/admin/fund/collection/add/lines/?pot={office.pot.pk}&branch=&day=2018-06-28"
    rows = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "once": "a"}
    for place, donor in enumerate(["韦怀德", "  "]):
        rows |= {f"form-{place}-donor": donor, f"form-{place}-amount": "20"}
        rows |= {f"form-{place}-method": "cash", f"form-{place}-publicity": "masked"}

    answer = office("fund_keeper").post(page, rows)

    assert answer.status_code == 200
    assert set(answer.context["lines"].errors[1]) == {"donor"}
    assert "韦怀德" in answer.content.decode()
    assert not Collection.objects.exists()


@pytest.mark.parametrize("span", SPANS)
def test_an_odd_span_shows_the_newest_month(office, span):
    client = office("accountant")

    pages = [
        client.get(f"/admin/fund/pot/{office.pot.pk}/{page}/", {"span": span})
        for page in ("day-book", f"account/{office.pot.cash.pk}", "budget")
    ]
    public = client.get("/fund/lines/", {"pot": office.pot.code, "year": span})

    assert [page.status_code for page in [*pages, public]] == [200] * 4


def test_a_second_budget_line_for_the_same_account_is_refused_in_words(office):
    account = office.pot.use("fee")
    Budget.objects.create(pot=office.pot, year=2018, account=account, amount=Decimal("5.00"))
    typed = {"pot": office.pot.pk, "year": 2018, "account": account.pk, "amount": "6", "remark": ""}

    answer = office("accountant").post("/admin/fund/budget/add/", typed)

    assert "budget_line_once" not in answer.content.decode()
    assert set(answer.context["adminform"].form.errors) == {"account"}


def test_nothing_happens_before_a_pot_is_opened(office):
    before = date(2017, 12, 31)
    count = CashCount(pot=office.pot, counted_on=before, amount=Decimal("0.00"))
    question = Question(pot=office.pot, kind="question", channel="slip", asked_on=before, text="问")
    gift = make_donation(pot=office.pot, donated_on=before)

    refusals = [
        refusal_of(count_cash, count, by=make_user()),
        refusal_of(take_question, question, by=make_user()),
        refusal_of(register_donation, gift, by=make_user()),
    ]

    assert refusals == ["before_opening"] * 3


@pytest.mark.parametrize("day", ["0001-01-01", "2099-01-01"])
def test_a_mistyped_day_keeps_what_was_typed(office, day):
    desk = {"pot": office.pot.pk, "amount": "5", "once": "x"}
    question = {"kind": "question", "channel": "slip", "asked_on": day, "text": "余额怎么算"}
    gift = {"donated_on": day, "donor": "罗玉兰", "source": "social_donation", "method": "cash", "publicity": "masked"}
    typed = {
        ("fund_keeper", "question", "asked_on"): question,
        ("fund_keeper", "donation", "donated_on"): gift,
        ("accountant", "cashcount", "counted_on"): {"counted_on": day, "reason": "差"},
    }

    for (role, model, field), fields in typed.items():
        answer = office(role).post(f"/admin/fund/{model}/add/", desk | fields)

        assert answer.status_code == 200
        assert set(answer.context["adminform"].form.errors) == {field}

    assert not Question.objects.exists()
    assert not Donation.objects.exists()
    assert not CashCount.objects.exists()


@pytest.mark.parametrize("field", ["posted_on", "taken_down_on"])
def test_a_notice_is_not_put_up_or_taken_down_in_the_future(office, field):
    typed = {"pot": office.pot.pk, "subject": "公示", "place": "门口", "paper": "a3", "posted_on": "2018-12-03"}
    typed |= {"posted_by": "韦怀德"}

    answer = office("fund_keeper").post("/admin/fund/posting/add/", typed | {field: "2099-01-01"})

    assert set(answer.context["adminform"].form.errors) == {field}
    assert not Posting.objects.exists()


def test_the_roster_is_filtered_for_a_round_of_a_mistyped_year(office):
    round_ = CondolenceRound.objects.create(pot=office.pot, season="july_first", visited_on=date(5, 6, 29))

    answer = office("fund_keeper").get(f"/admin/fund/condolenceround/{round_.pk}/fill/", {"age": 60, "standing": 50})

    assert answer.status_code == 200


def test_a_list_of_the_bank_longer_than_anybody_reads_comes_in_parts():
    rows = "".join(f"2018-05-{number % 28 + 1:02},1,\n" for number in range(3001))

    refusal = refusal_of(take_bank_list, make_pot(), "a.csv", ("交易日期,收入,支出\n" + rows).encode(), by=make_user())

    assert refusal == "long_list"


def test_amounts_are_typed_as_text_because_a_number_field_swallows_full_width_digits(office):
    page = office("fund_keeper").get("/admin/fund/donation/add/").content.decode()

    field = next(part for part in page.split("<input") if 'name="amount"' in part)

    assert 'type="text"' in field
    assert 'inputmode="decimal"' in field


def test_an_application_is_not_older_than_its_pot_nor_its_applicant_younger_than_today(office):
    typed = {"pot": office.pot.pk, "beneficiary": "陈志强", "applied_on": "0001-01-01", "birth_date": "2099-01-01"}

    answer = office("fund_keeper").post("/admin/fund/assistancecase/add/", typed)

    assert {"applied_on", "birth_date"} <= set(answer.context["adminform"].form.errors)


def test_a_spoilt_key_of_collection_day_loses_no_gift(office):
    page = f"/admin/fund/collection/add/lines/?pot={office.pot.pk}&branch=&day=2018-06-28"
    row = {"form-0-donor": "韦怀德", "form-0-amount": "20", "form-0-method": "cash", "form-0-publicity": "masked"}

    answer = office("fund_keeper").post(
        page, {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "once": "\0" + "z" * 500, **row}
    )

    assert answer.status_code == 302
    assert Donation.objects.get().amount == Decimal("20.00")

"""What a case is refused for: a notice dated back, a cap passed by another spelling, a pot that cannot pay, a closed file."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.kit import clock
from config.site.roles import sync_roles
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.help.cases.actions import (
    approve_case,
    check_again,
    check_case,
    end_notice,
    propose_case,
    reject_case,
    review_case,
    start_notice,
)
from fund.help.cases.attachments import attach_paper
from fund.help.cases.models import REFUSED_STATES
from fund.help.persons import Alike, Person, alike, same_written
from fund.help.visits.actions import approve_round, propose_round
from fund.ledger.actions import post, reverse_entry
from fund.models import Pot, Recusal
from tests.fund.make import OPENED, make_case, make_pot, make_round, noticed_case, on_day, paid_case
from tests.make import make_branch, make_member, make_user, refusal_of

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 20)
PDF = b"%PDF-1.4 proof"


def approved_case(**fields):
    case, clerk = make_case(applied_on=date(2018, 6, 11), **fields), make_user()
    propose_case(case, by=clerk)
    review_case(case, by=clerk, on=date(2018, 6, 12), votes_for=9)
    check_case(case, by=clerk, on=date(2018, 6, 12))
    return approve_case(case, by=make_user(), on=date(2018, 6, 13))


def reviewed_case(**fields):
    case, clerk = make_case(**{"applied_on": date(2018, 6, 11)} | fields), make_user()
    propose_case(case, by=clerk)
    return review_case(case, by=clerk, on=date(2018, 6, 12), votes_for=9)


@pytest.mark.parametrize("days", [-30, -7, -1, 1])
def test_a_notice_is_dated_neither_back_nor_ahead(days):
    with on_day(DAY):
        case = approved_case()

        assert refusal_of(start_notice, case, by=make_user(), on=DAY + timedelta(days=days)) == "notice_day"

    assert (case.state, case.notice_from, case.notice_to) == ("approved", None, None)


def test_a_notice_never_begins_and_ends_on_one_day():
    with on_day(DAY):
        case = start_notice(approved_case(), by=make_user())

        assert (case.notice_from, case.notice_to) == (DAY, date(2018, 6, 26))
        assert refusal_of(end_notice, case, by=make_user()) == "in_notice"
    with on_day(date(2018, 6, 26)):
        assert refusal_of(end_notice, case, by=make_user()) == "in_notice"
    with on_day(date(2018, 6, 27)):
        assert end_notice(case, by=make_user()).state == "payable"


def test_the_page_of_the_notice_takes_no_day(admin_client):
    case = approved_case()

    admin_client.post(
        reverse("admin:fund_assistancecase_transition", args=[case.pk, "start_notice"]), {"day": "2018-06-01"}
    )

    case.refresh_from_db()
    assert case.notice_from == clock.today()


def test_persons_are_told_apart_by_what_is_known_before_the_name():
    def person(name="陈志强", **facts):
        return Person(names=frozenset({same_written(name)}), **facts)

    home, born = frozenset({"荔江支部"}), date(1940, 1, 1)
    for one, other, wanted in [
        (person(), person("陈　志 强"), Alike.LIKELY),
        (person(), person("陈志强", places=home), Alike.MAYBE),
        (person(), person("陈志刚"), Alike.OTHER),
        (person("阿卜杜·拉"), person("阿卜杜•拉"), Alike.LIKELY),
        (person(places=home), person("陈 志强", places=home), Alike.LIKELY),
        (person(member_id=1), person("陈强", member_id=1), Alike.SURE),
        (person(member_id=1, places=home), person(member_id=2, places=home), Alike.OTHER),
        (person(birth_date=born), person(birth_date=born), Alike.SURE),
        (person(birth_date=born, places=home), person(birth_date=date(1950, 1, 1), places=home), Alike.OTHER),
        (person(citizen_id="45X"), person("陈强", citizen_id="45X"), Alike.SURE),
        (person(sex="1", places=home), person(sex="2", places=home), Alike.OTHER),
        (person(phone="138"), person(phone="138"), Alike.SURE),
    ]:
        assert alike(one, other) is alike(other, one) is wanted, (one, other)


def test_the_cap_is_not_passed_by_typing_the_name_of_a_member_of_the_branch():
    member = make_member(name="陈志强")
    pot = make_pot(organization=member.branch.organization, holding=1000)
    pot.case_most = 1
    pot.save()
    paid_case(pot=pot, beneficiary="陈志强", beneficiary_member=member, branch=member.branch)

    case = reviewed_case(pot=pot, beneficiary="陈 志强", branch=member.branch)
    check_case(case, by=make_user(), on=date(2018, 6, 12))

    assert case.checked_recent == 1
    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == "too_many_cases"


def test_somebody_of_the_same_name_is_asked_for_and_the_answer_is_kept():
    member, keeper = make_member(name="陈志强"), make_user()
    pot = make_pot(organization=member.branch.organization, holding=1000)
    pot.case_most = 1
    pot.save()
    paid_case(pot=pot, beneficiary="陈志强", beneficiary_member=member, branch=member.branch)
    case = reviewed_case(pot=pot, beneficiary="陈志强", unit="榕江社区")

    assert refusal_of(check_case, case, by=keeper, on=date(2018, 6, 12)) == "same_name"
    assert case.state == "branch_agreed"
    check_case(case, by=keeper, on=date(2018, 6, 12), other_person="榕江社区的陈志强，42岁，见过本人")
    approve_case(case, by=make_user(), on=DAY)

    case.refresh_from_db()
    assert (case.state, case.other_person) == ("approved", "榕江社区的陈志强，42岁，见过本人")


def test_a_reason_does_not_pass_the_cap_where_the_roster_says_who_it_is():
    member = make_member(name="陈志强")
    pot = make_pot(organization=member.branch.organization, holding=1000)
    pot.case_most = 1
    pot.save()
    paid_case(pot=pot, beneficiary="陈志强", unit="荔江支部", birth_date=member.birth_date)
    case = reviewed_case(pot=pot, beneficiary="陈志强", beneficiary_member=member, branch=member.branch)
    check_case(case, by=make_user(), on=date(2018, 6, 12), other_person="不是他")

    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == "too_many_cases"


def test_an_emergency_is_asked_at_its_approval():
    pot = make_pot(holding=1000)
    pot.case_most = 1
    pot.save()
    paid_case(pot=pot, beneficiary="陈志强", unit="荔江支部")
    case = reviewed_case(pot=pot, beneficiary="陈志强", unit="另一个村", is_emergency=True, emergency_reason="失火")

    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == "same_name"
    approve_case(case, by=make_user(), on=DAY, other_person="另一个村的人")

    assert case.state == "payable"


def test_a_recusal_is_not_passed_by_leaving_the_branch_out():
    clerk, member = make_user(), make_member(name="陈志强")
    Recusal.objects.create(
        organization=member.branch.organization, user=clerk, name="陈志强", branch=member.branch, relation="child"
    )

    assert refusal_of(propose_case, make_case(beneficiary="陈 志强"), by=clerk) == "recused"
    propose_case(make_case(beneficiary="陈志刚"), by=clerk)


def test_a_case_is_not_handed_in_to_a_pot_for_another_purpose():
    pot = make_pot(kind=Pot.Kind.EQUIPMENT)

    assert refusal_of(propose_case, make_case(pot=pot), by=make_user()) == "wrong_pot"


@pytest.mark.parametrize(("holding", "method"), [(200, "cash"), (1000, "transfer")])
def test_a_case_is_not_approved_that_the_pot_cannot_pay(holding, method):
    case = reviewed_case(pot=make_pot(holding=holding), method=method)
    check_case(case, by=make_user(), on=date(2018, 6, 12))

    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == "overdraft"
    assert case.approved_amount is None


def test_a_round_is_neither_handed_in_nor_approved_that_the_pot_cannot_pay():
    other = make_round(pot=make_pot(kind=Pot.Kind.ACTIVITY))
    assert refusal_of(propose_round, other, by=make_user()) == "wrong_pot"
    poor = propose_round(make_round(pot=make_pot(holding=100)), by=make_user())

    assert refusal_of(approve_round, poor, by=make_user()) == "overdraft"
    assert poor.state == "applied"


def test_a_payment_that_fails_says_why_and_books_nothing(admin_client):
    pot = make_pot(holding=1000)
    case = noticed_case(pot=pot, amount=Decimal(300))
    end_notice(case, by=make_user())
    post(
        pot=pot,
        debit=pot.use("fee"),
        credit=pot.cash,
        amount=900,
        booked_on=date(2018, 5, 1),
        summary="x",
        by=make_user(),
    )

    answer = admin_client.post(
        reverse("admin:fund_assistancecase_transition", args=[case.pk, "pay"]), {"day": clock.today().isoformat()}
    )

    assert "账上只有100.00元，付不出300.00元" in answer.content.decode().replace(" ", "")
    case.refresh_from_db()
    assert (case.state, case.entry) == ("payable", None)


@pytest.mark.parametrize("state", REFUSED_STATES)
def test_a_finished_case_takes_no_paper(admin_client, state):
    case = reviewed_case()
    type(case).objects.update(state=state)
    case.refresh_from_db()
    paper = SimpleUploadedFile("a.pdf", PDF)

    assert refusal_of(attach_paper, case, by=make_user(), file=paper, title="证明") == "wrong_step"
    page = admin_client.get(reverse("admin:fund_assistancecase_change", args=[case.pk])).content.decode()
    assert "/act/attach/" not in page
    assert case.papers.count() == 0


def test_a_wrong_tick_at_the_check_is_taken_back_with_a_reason_that_stays():
    case, keeper = reviewed_case(), make_user()
    check_case(case, by=keeper, on=date(2018, 6, 12), excluded=["unfit"])
    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == "excluded"
    assert refusal_of(check_again, case, by=keeper, reason=" ") == "reason_missing"

    check_again(case, by=keeper, reason="勾错了一行")

    assert (case.state, case.excluded, case.checked_on, case.checked_by) == ("branch_agreed", "", None, None)
    check_case(case, by=keeper, on=date(2018, 6, 13))
    approve_case(case, by=make_user(), on=DAY)
    assert [(step.act, step.remark) for step in case.steps.all()][2:4] == [("check", ""), ("check_again", "勾错了一行")]
    assert case.history.filter(excluded="unfit").exists()
    assert refusal_of(check_again, case, by=keeper, reason="x") == "wrong_step"


def test_the_keeper_finds_the_way_back_to_the_check_on_the_page(client):
    sync_roles()
    branch = make_branch()
    pot = make_pot(organization=branch.organization, holding=1000)
    case = reviewed_case(pot=pot)
    keeper = make_user("fund_keeper", organization=branch.organization)
    check_case(case, by=keeper, on=date(2018, 6, 12), excluded=["unfit"])
    client.force_login(keeper)

    answer = client.post(
        reverse("admin:fund_assistancecase_transition", args=[case.pk, "check_again"]), {"reason": "勾错"}
    )

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "branch_agreed"


def test_texts_that_are_kept_are_refused_whole_and_never_cut():
    from tests.fund.make import book

    pot = make_pot(holding=1000)
    entry = book(pot, pot.use("fee"), pot.cash, 10, date(2018, 5, 1))
    long = "理" * 119
    case = reviewed_case()
    check_case(case, by=make_user(), on=date(2018, 6, 12))

    assert refusal_of(reverse_entry, entry, by=make_user(), on=DAY, reason=long) == "too_long"
    assert refusal_of(reject_case, case, by=make_user(), reason="理" * 201) == "too_long"
    assert refusal_of(check_again, case, by=make_user(), reason="理" * 201) == "too_long"
    red = reverse_entry(entry, by=make_user(), on=DAY, reason="理" * 100)
    assert red.summary.endswith("理" * 100)
    assert pot.entries.count() == 3


def test_what_is_approved_and_not_paid_yet_is_not_promised_twice():
    pot = make_pot(holding=1000)
    noticed_case(pot=pot, amount=Decimal("600.00"), on=date(2018, 6, 1))
    round_ = make_round(pot=pot, visits=1, amount=Decimal("300.00"))
    propose_round(round_, by=make_user())
    approve_round(round_, by=make_user())
    case, other = reviewed_case(pot=pot, beneficiary="李秀英"), make_round(pot=pot, visits=1, amount=Decimal("100.01"))
    check_case(case, by=make_user(), on=date(2018, 6, 12))
    propose_round(other, by=make_user())

    assert refusal_of(approve_case, case, by=make_user(), on=DAY, amount=Decimal("100.01")) == "overdraft"
    assert refusal_of(approve_round, other, by=make_user()) == "overdraft"
    approve_case(case, by=make_user(), on=DAY, amount=Decimal("100.00"))
    assert case.state == "approved"


def test_a_statement_is_not_published_on_a_day_to_come():
    pot = make_pot(holding=100)
    statement = draft_statement(pot=pot, period_from=OPENED, period_to=date(2018, 3, 31), by=make_user())
    review_first(statement, by=make_user())
    review_second(statement, by=make_user())

    assert refusal_of(publish_statement, statement, by=make_user(), on=date(2199, 1, 1)) == "in_future"

"""Whether a case goes its whole way, by the hands it needs, after its notice, and no other way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate as today

from config.site.roles import sync_roles
from fund.disclosure.questions.actions import answer_question, take_question
from fund.donations.actions import receive_donation
from fund.help.cases.actions import (
    approve_case,
    approve_second,
    check_case,
    close_case,
    end_notice,
    pay_case,
    propose_case,
    reject_case,
    review_case,
    sign_case,
    spot_check_case,
    start_notice,
    withdraw_case,
)
from fund.help.cases.attachments import attach_paper
from fund.help.cases.models import (
    ASKED_STATES,
    LAST_STATES,
    PAID_STATES,
    PROMISED_STATES,
    REFUSED_STATES,
    CaseState,
)
from fund.help.cases.transitions import CASES
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.models import AssistanceCase, CaseStep, Question, Recusal
from fund.verification import verify
from members.models import AccessLog
from tests.fund.make import (
    book,
    make_case,
    make_pot,
    make_round,
    notice_on,
    noticed_case,
    on_day,
    paid_case,
    payable_case,
)
from tests.make import codes_of, make_branch, make_citizen_id, make_member, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 18)
PDF = b"%PDF-1.4 proof"


def make_objection(case, **fields):
    defaults = {"kind": Question.Kind.OBJECTION, "text": "他家不困难", "asked_on": date(2018, 4, 10)}
    return take_question(Question(pot=case.pot, case=case, **defaults | fields))


def answer(objection, **fields):
    defaults = {"public_text": "情况是否属实", "answer": "经核实属实", "outcome": "not_upheld", "by": make_user()}
    return answer_question(objection, **defaults | fields)


def test_the_table_names_each_act_once_and_leads_every_state_somewhere():
    leaving = {state for row in CASES if row.target for state in row.sources}

    assert len(CASES.by_name) == len(CASES.transitions)
    assert leaving == set(CaseState) - set(LAST_STATES)
    assert {f"fund.{permission.codename}" for permission in case_rights()} >= {row.permission for row in CASES}


def test_each_state_after_the_draft_is_in_one_group():
    grouped = [CaseState.DRAFT, *ASKED_STATES, *PROMISED_STATES, *PAID_STATES, *REFUSED_STATES]

    assert sorted(grouped) == sorted(CaseState)


def case_rights():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__model="assistancecase")


def test_a_case_goes_from_the_application_to_the_archive():
    branch = make_branch()
    case = make_case(branch=branch)
    secretary, keeper, street, cashier, discipline = (make_user() for _ in range(5))

    propose_case(case, by=secretary)
    review_case(
        case, by=secretary, on=date(2018, 4, 3), votes_for=20, votes_against=1, votes_abstained=2, amount=Decimal(280)
    )
    check_case(case, by=keeper, on=date(2018, 4, 4), remark="材料齐全")
    approve_case(case, by=street, on=date(2018, 4, 9), amount=Decimal(250))
    notice_on(case, by=keeper, on=date(2018, 4, 10))
    end_notice(case, by=keeper, on=date(2018, 4, 17))
    pay_case(case, by=cashier, on=DAY)
    sign_case(case, by=cashier, on=DAY, signed_by="陈志强")
    spot_check_case(case, by=discipline, on=date(2018, 4, 25), way="visit", finding="全额收到")
    close_case(case, by=keeper, on=date(2018, 4, 26))

    case.refresh_from_db()
    assert (case.case_no, case.file_no, case.state) == ("救2018-0001", "档2018-0001", "closed")
    assert (case.checked_balance, case.checked_recent, case.excluded) == (Decimal(1000), 0, "")
    assert (case.notice_from, case.notice_to) == (date(2018, 4, 10), date(2018, 4, 16))
    assert (case.entry.amount, case.entry.summary) == (Decimal("250.00"), "救助1人（困难党员）")
    assert case.pot.balance() == Decimal("750.00")
    assert [(step.act, step.to_state, step.by) for step in case.steps.all()] == [
        ("propose", "applied", secretary),
        ("agree", "branch_agreed", secretary),
        ("check", "checked", keeper),
        ("approve", "approved", street),
        ("start_notice", "in_notice", keeper),
        ("end_notice", "payable", keeper),
        ("pay", "paid", cashier),
        ("sign", "receipted", cashier),
        ("spot_check", "receipted", discipline),
        ("close", "closed", keeper),
    ]
    verify()


def test_every_act_fits_its_step_alone():
    case, hands = make_case(), [make_user(is_superuser=True) for _ in range(3)]
    propose_case(case, by=hands[0])

    for act, extra in (
        (propose_case, {}),
        (check_case, {}),
        (approve_case, {"on": DAY}),
        (start_notice, {"on": DAY}),
        (end_notice, {"on": DAY}),
        (pay_case, {"on": DAY}),
        (sign_case, {"signed_by": "x"}),
        (spot_check_case, {"way": "visit", "finding": "x"}),
    ):
        assert refusal_of(act, case, by=hands[1], **extra) == "wrong_step"
    assert CaseStep.objects.count() == 1


def test_nobody_acts_on_two_sides_superusers_included():
    secretary, street, cashier = (make_user(is_superuser=True) for _ in range(3))
    case = propose_case(make_case(applied_on=date(2018, 4, 2)), by=make_user())
    review_case(case, by=secretary, on=date(2018, 4, 3), votes_for=5)
    check_case(case, by=secretary, on=date(2018, 4, 3))

    assert refusal_of(approve_case, case, by=secretary, on=date(2018, 4, 4)) == "excluded_actor"
    approve_case(case, by=street, on=date(2018, 4, 4))
    notice_on(case, by=street, on=date(2018, 4, 4))
    end_notice(case, by=street, on=DAY)
    for hand in (case.proposed_by, secretary, street):
        assert refusal_of(pay_case, case, by=hand, on=DAY) == "excluded_actor"
    pay_case(case, by=cashier, on=DAY)
    assert refusal_of(spot_check_case, case, by=cashier, on=DAY, way="phone", finding="收到") == "excluded_actor"


def test_nobody_acts_on_the_case_of_their_family_or_their_own():
    member = make_member(name="莫大山")
    wife, street = make_user(is_superuser=True), make_user()
    Recusal.objects.create(organization=make_organization(), user=wife, member=member, relation=Recusal.Relation.SPOUSE)
    namesake = make_user(last_name="莫", first_name="大山")
    other = make_user(is_superuser=True)
    Recusal.objects.create(
        organization=make_organization(), user=other, name="李小明", unit="荔江支部", relation=Recusal.Relation.SIBLING
    )

    # However the applicant is written down: by the roster, or by name and branch.
    by_roster = make_case(beneficiary="莫大山", beneficiary_member=member, branch=member.branch)
    by_name = make_case(beneficiary="莫大山", branch=member.branch)
    brother = make_case(beneficiary="李小明", unit="荔江支部")

    for case in (by_roster, by_name):
        assert refusal_of(propose_case, case, by=wife) == "recused"
        assert refusal_of(propose_case, case, by=namesake) == "own_case"
    assert refusal_of(propose_case, brother, by=other) == "recused"
    case = noticed_case(by_roster, by=[street, make_user()])
    assert refusal_of(end_notice, case, by=wife, on=DAY) == "recused"
    propose_case(make_case(beneficiary="李小明", unit="别的支部"), by=other)


def test_a_hand_that_turns_out_to_be_family_stops_the_payment():
    clerk, street, cashier = (make_user() for _ in range(3))
    case = payable_case(by=[clerk, street], on=DAY)
    Recusal.objects.create(
        organization=case.pot.organization, user=clerk, name=case.beneficiary, relation=Recusal.Relation.PARENT
    )

    assert refusal_of(pay_case, case, by=cashier, on=DAY) == "recused_hand"
    withdraw_case(case, by=street, reason="由他人重新办理")


def test_the_branch_agrees_by_more_than_half_of_those_present():
    case = propose_case(make_case(), by=make_user())

    for votes in ({}, {"votes_for": 5, "votes_against": 5}, {"votes_for": 5, "votes_abstained": 5}, {"votes_for": -1}):
        assert refusal_of(review_case, case, by=make_user(), on=DAY, **votes) == "votes"
    assert refusal_of(review_case, case, by=make_user(), on=date(2018, 4, 1), votes_for=5) == "too_early"
    review_case(case, by=make_user(), on=DAY, votes_for=2, votes_against=9, reason="不属困难")

    assert (case.state, case.rejection, case.steps.last().remark) == ("rejected", "不属困难", "不属困难")
    assert refusal_of(withdraw_case, case, by=make_user(), reason="x") == "wrong_step"


@pytest.mark.parametrize(
    ("excluded", "setting", "code"),
    [
        (["inactive"], {}, "excluded"),
        ([], {"case_highest": Decimal("299.99")}, "above_standard"),
        ([], {"case_most": 1}, "too_many_cases"),
    ],
)
def test_what_the_check_finds_is_not_approved(excluded, setting, code):
    pot = make_pot(holding=1000)
    paid_case(pot=pot, on=date(2018, 4, 2))
    for name, value in setting.items():
        setattr(pot, name, value)
    pot.save()
    case = propose_case(make_case(pot=pot, applied_on=date(2018, 4, 3)), by=make_user())
    review_case(case, by=make_user(), on=date(2018, 4, 3), votes_for=5)

    check_case(case, by=make_user(), on=date(2018, 4, 3), excluded=excluded)

    assert case.checked_recent == 1
    assert refusal_of(approve_case, case, by=make_user(), on=DAY) == code
    reject_case(case, by=make_user(), reason="不符合规定")
    assert case.state == "rejected"


def test_from_the_pots_amount_on_two_people_approve():
    pot = make_pot(holding=1000)
    pot.second_approval_from = Decimal(300)
    pot.save()
    clerk, first, second = (make_user() for _ in range(3))
    case = propose_case(make_case(pot=pot), by=clerk)
    review_case(case, by=clerk, on=date(2018, 4, 3), votes_for=5)
    check_case(case, by=clerk, on=date(2018, 4, 3))
    approve_case(case, by=first, on=date(2018, 4, 4))

    assert refusal_of(start_notice, case, by=first, on=date(2018, 4, 4)) == "wrong_step"
    assert refusal_of(approve_second, case, by=first) == "excluded_actor"
    assert refusal_of(approve_second, case, by=clerk) == "excluded_actor"
    approve_second(case, by=second)
    notice_on(case, by=first, on=date(2018, 4, 4))

    assert (case.state, case.approved_second_by) == ("in_notice", second)
    assert refusal_of(approve_second, case, by=make_user()) == "wrong_step"


def test_nothing_is_paid_before_the_last_day_of_the_notice_is_over():
    case, cashier = noticed_case(on=DAY), make_user()
    last = case.notice_to

    assert refusal_of(end_notice, case, by=make_user(), on=last) == "in_notice"
    assert refusal_of(pay_case, case, by=cashier, on=DAY) == "wrong_step"
    end_notice(case, by=make_user(), on=DAY)
    assert refusal_of(pay_case, case, by=cashier, on=last) == "in_notice"
    with on_day(DAY):
        assert refusal_of(pay_case, case, by=cashier, on=date(2018, 4, 19)) == "in_future"
    pay_case(case, by=cashier, on=DAY)

    assert case.state == "paid"


def test_the_notice_leaves_out_holidays_and_counts_days_worked_in_exchange():
    from branches.models import Holiday

    case = propose_case(make_case(applied_on=date(2018, 3, 20)), by=make_user())
    for day, makeup in (("2018-04-05", False), ("2018-04-06", False), ("2018-04-08", True)):
        Holiday.objects.create(day=day, is_makeup=makeup)
    review_case(case, by=make_user(), on=date(2018, 3, 21), votes_for=5)
    check_case(case, by=make_user(), on=date(2018, 3, 21))
    approve_case(case, by=make_user(), on=date(2018, 3, 22))

    notice_on(case, by=make_user(), on=date(2018, 4, 3))

    # Tuesday, Wednesday, the Sunday worked in exchange, Monday, Tuesday.
    assert (case.notice_from, case.notice_to) == (date(2018, 4, 3), date(2018, 4, 10))


def test_an_open_objection_stops_the_case_until_it_is_answered():
    clerk, street, cashier = (make_user() for _ in range(3))
    case = noticed_case(by=[clerk, street], on=DAY)
    window = (case.notice_from, case.notice_to)

    objection = make_objection(case)
    case.refresh_from_db()
    assert (case.state, case.steps.last().by) == ("under_review", None)
    assert refusal_of(end_notice, case, by=street, on=DAY) == "wrong_step"
    assert refusal_of(approve_case, case, by=street, on=DAY) == "open_objection"
    answer(objection)
    approve_case(case, by=street, on=DAY, remark="核实无误")

    # The same amount: the notice that ran stays good.
    assert (case.state, (case.notice_from, case.notice_to)) == ("approved", window)
    end_notice(case, by=street, on=DAY)
    second = make_objection(case)
    case.refresh_from_db()
    answer(second)
    approve_case(case, by=street, on=DAY, amount=Decimal(200))
    assert (case.notice_from, case.notice_to) == (None, None)
    assert refusal_of(end_notice, case, by=street, on=DAY) == "wrong_step"
    notice_on(case, by=street, on=DAY)
    end_notice(case, by=street, on=date(2018, 4, 30))
    pay_case(case, by=cashier, on=date(2018, 4, 30))
    assert case.entry.amount == Decimal("200.00")


def test_an_objection_upheld_ends_in_a_rejection():
    case = noticed_case(on=DAY)
    answer(make_objection(case), outcome="upheld")
    case.refresh_from_db()

    reject_case(case, by=make_user(), reason="异议成立")

    assert (case.state, case.rejection) == ("rejected", "异议成立")
    assert refusal_of(make_objection, case) == "wrong_step"


def test_an_emergency_is_paid_at_once_and_noticed_afterwards():
    secretary, street, keeper, cashier, discipline = (make_user() for _ in range(5))
    case = make_case(is_emergency=True)
    assert refusal_of(propose_case, case, by=secretary) == "reason_missing"
    case.emergency_reason = "突发火灾"

    propose_case(case, by=secretary)
    assert refusal_of(check_case, case, by=keeper) == "wrong_step"
    review_case(case, by=secretary, on=date(2018, 4, 2))
    approve_case(case, by=street, on=date(2018, 4, 2))
    pay_case(case, by=cashier, on=date(2018, 4, 2))
    sign_case(case, by=cashier, on=date(2018, 4, 2), slip_no="工行0402-7")
    spot_check_case(case, by=discipline, on=date(2018, 4, 3), way="phone", finding="收到")
    assert refusal_of(close_case, case, by=keeper, on=DAY) == "incomplete"
    notice_on(case, by=keeper, on=date(2018, 4, 3))
    objection = make_objection(case, asked_on=date(2018, 4, 4))

    case.refresh_from_db()
    assert case.state == "receipted"
    assert refusal_of(close_case, case, by=keeper, on=case.notice_to) == "in_notice"
    assert refusal_of(close_case, case, by=keeper, on=DAY) == "open_objection"
    answer(objection)
    close_case(case, by=keeper, on=DAY)
    assert (case.state, case.file_no) == ("closed", "档2018-0001")


def test_an_application_is_withdrawn_before_payment_and_not_after():
    case = noticed_case()
    assert refusal_of(withdraw_case, case, by=make_user(), reason="") == "reason_missing"
    withdraw_case(case, by=make_user(), reason="家里已有办法")

    assert (case.state, case.steps.last().remark) == ("withdrawn", "家里已有办法")
    assert refusal_of(withdraw_case, paid_case(), by=make_user(), reason="x") == "wrong_step"


def test_a_file_is_closed_complete_and_numbered_without_a_gap():
    pot, keeper = make_pot(holding=1000), make_user()
    numbers = []
    for way in ("visit", "phone"):
        case = paid_case(pot=pot)
        assert refusal_of(sign_case, case, by=keeper, on=DAY) == "not_signed"
        assert refusal_of(sign_case, case, by=keeper, on=date(2018, 4, 17), signed_by="x") == "too_early"
        sign_case(case, by=keeper, on=DAY, signed_by="陈志强")
        assert refusal_of(close_case, case, by=keeper, on=DAY) == "incomplete"
        assert refusal_of(spot_check_case, case, by=make_user(), on=DAY, way=way, finding=" ") == "reason_missing"
        spot_check_case(case, by=make_user(), on=DAY, way=way, finding="收到")
        numbers.append(close_case(case, by=keeper, on=DAY).file_no)

    assert numbers == ["档2018-0001", "档2018-0002"]


def test_a_payment_beyond_the_balance_books_nothing_and_the_case_waits():
    case = payable_case(pot=make_pot(holding=1000))
    book(case.pot, case.pot.use("fee"), case.pot.cash, 900, DAY)

    assert refusal_of(pay_case, case, by=make_user(), on=DAY) == "overdraft"

    case.refresh_from_db()
    assert (case.state, case.entry) == ("payable", None)


# The database's own refusals


def refused_by_the_database(sql, *params):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return True


PAY_BY_HAND = (
    "UPDATE fund_assistancecase SET state = 'paid', paid_by_id = %s, paid_on = %s, entry_id = %s WHERE id = %s"
)


def test_the_database_refuses_a_payment_in_the_notice_or_with_an_open_objection_or_by_family():
    case, cashier = payable_case(on=DAY), make_user()
    entry = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, DAY, by=cashier)
    early = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, case.notice_to, by=cashier)

    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, case.notice_to, early.pk, case.pk)
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, early.pk, case.pk)
    assert refused_by_the_database(PAY_BY_HAND, case.approved_by_id, DAY, entry.pk, case.pk)
    recusal = Recusal.objects.create(
        organization=case.pot.organization, user=cashier, name=case.beneficiary, relation=Recusal.Relation.PARENT
    )
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, entry.pk, case.pk)
    recusal.delete()
    Question.objects.create(
        pot=case.pot, case=case, kind="objection", text="x", year=2018, year_number=1, asked_on=DAY, due_on=DAY
    )
    assert refused_by_the_database(PAY_BY_HAND, cashier.pk, DAY, entry.pk, case.pk)
    Question.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(PAY_BY_HAND, [cashier.pk, DAY, entry.pk, case.pk])
    case.refresh_from_db()
    assert case.state == "paid"


def test_the_database_refuses_a_payment_by_one_person_and_from_another_step():
    case, user = make_case(), make_user()
    propose_case(case, by=user)
    entry = book(case.pot, case.pot.use("assistance"), case.pot.cash, 300, DAY)

    for state in ("paid", "receipted", "closed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            AssistanceCase.objects.filter(pk=case.pk).update(
                state=state, proposed_by=user, approved_by=user, paid_by=user, entry=entry, paid_on=DAY
            )


FROZEN_BY_TABLE = {
    "fund_assistancecase": [
        "approved_amount = 1",
        "beneficiary = 'x'",
        "person_key = 'x'",
        "entry_id = NULL",
        "proposed_by_id = {other}",
        "approved_by_id = {other}",
        "paid_by_id = {other}",
        "pot_id = {pot}",
        "state = 'payable'",
        "is_emergency = NOT is_emergency",
    ],
    "fund_condolenceround": ["entry_id = NULL", "paid_by_id = {other}", "pot_id = {pot}", "state = 'approved'"],
    "fund_condolencevisit": ["amount = 1", "name = 'x'", "person_key = 'x'"],
    "fund_donation": ["amount = 1", "pot_id = {pot}", "source = 'interest'", "entry_id = NULL"],
    "fund_casestep": ["to_state = 'draft'", "by_id = {other}"],
}


def test_raw_sql_changes_and_removes_nothing_that_was_paid_or_booked():
    pot, hands = make_pot(holding=1000), [make_user() for _ in range(3)]
    paid_case(pot=pot, by=hands)
    round_ = make_round(pot=pot)
    propose_round(round_, by=hands[0])
    approve_round(round_, by=hands[1])
    pay_round(round_, by=hands[2], on=date(2018, 6, 29))
    book_a_gift(pot)
    names = {"other": make_user().pk, "pot": make_pot().pk}

    for table, changes in FROZEN_BY_TABLE.items():
        for change in changes:
            assert refused_by_the_database(f"UPDATE {table} SET {change.format(**names)}"), (table, change)
        assert refused_by_the_database(f"DELETE FROM {table}"), table
        if connection.vendor == "sqlite":
            assert refused_by_the_database(f"REPLACE INTO {table} SELECT * FROM {table}"), table
        else:
            assert refused_by_the_database(f"TRUNCATE {table} CASCADE"), table
    verify()


def book_a_gift(pot):
    from tests.fund.make import make_donation

    receive_donation(make_donation(pot=pot), by=make_user())


def test_a_paid_round_takes_no_further_visit():
    from fund.models import CondolenceVisit

    hands = [make_user() for _ in range(3)]
    round_, waiting = make_round(), make_round()
    propose_round(round_, by=hands[0])
    approve_round(round_, by=hands[1])
    pay_round(round_, by=hands[2], on=date(2018, 6, 29))

    with pytest.raises(IntegrityError), transaction.atomic():
        CondolenceVisit.objects.create(round=round_, name="后来的人", amount=Decimal(60))
    with pytest.raises(IntegrityError), transaction.atomic():
        CondolenceVisit.objects.filter(round=waiting).update(round=round_)


# In the office


def act_address(case, act):
    return reverse("admin:fund_assistancecase_transition", args=[case.pk, act])


def test_each_button_of_the_file_does_its_act_and_the_page_says_who_is_next(client):
    sync_roles()
    organization = make_organization()
    pot, branch = make_pot(organization=organization, holding=1000), make_branch(organization=organization)
    users = {
        role: make_user(role, organization=organization)
        for role in ("fund_keeper", "street_officer", "cashier", "discipline_officer", "accountant")
    }
    users["secretary"] = make_user("secretary", branch=branch)
    case = make_case(pot=pot, branch=branch)
    case.save()
    walk = [
        ("secretary", "propose", {}),
        (
            "secretary",
            "agree",
            {"day": "2018-04-03", "votes_for": 9, "votes_against": 0, "votes_abstained": 1, "amount": "300"},
        ),
        ("fund_keeper", "check", {"day": "2018-04-04", "remark": "齐全"}),
        ("street_officer", "approve", {"day": "", "amount": "260"}),
        ("fund_keeper", "start_notice", {}),
    ]

    with_today = today().isoformat()
    for role, act, data in walk:
        client.force_login(users[role])
        page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk]))
        assert act_address(case, act) in page.content.decode(), act
        assert client.get(act_address(case, act)).status_code == 200
        answered = client.post(act_address(case, act), data | ({"day": with_today} if data.get("day") == "" else {}))
        assert answered.status_code == 302, (act, answered.context and answered.context["form"].errors)

    case.refresh_from_db()
    assert (case.state, case.approved_amount) == ("in_notice", Decimal(260))
    client.force_login(users["accountant"])
    page = client.get(reverse("admin:fund_assistancecase_change", args=[case.pk])).content.decode()
    assert 'aria-current="step"' in page
    assert "下一步：结束公示（街道管理员，基金专管员）" in page
    assert act_address(case, "end_notice") not in page
    assert client.post(act_address(case, "end_notice")).status_code == 403


def test_papers_are_kept_private_named_by_nothing_and_every_look_is_written_down(client):
    sync_roles()
    organization = make_organization()
    pot, branch = make_pot(organization=organization, holding=1000), make_branch(organization=organization)
    secretary = make_user("secretary", branch=branch)
    case = make_case(pot=pot, branch=branch)
    case.save()
    client.force_login(secretary)

    for name, content in (("病历.exe", b"MZ"), ("空.pdf", b"")):
        answered = client.post(
            act_address(case, "attach"), {"title": "证明", "file": SimpleUploadedFile(name, content)}
        )
        assert answered.status_code == 200
    answered = client.post(
        act_address(case, "attach"), {"title": "低保证", "file": SimpleUploadedFile("陈志强病历.pdf", PDF)}
    )

    assert answered.status_code == 302
    paper = case.papers.get()
    assert paper.file.name.startswith("private/cases/")
    assert "陈" not in paper.file.name
    address = reverse("admin:fund_assistancecase_paper", args=[case.pk, paper.pk])
    served = client.get(address)
    assert (b"".join(served.streaming_content), "no-store" in served["Cache-Control"]) == (PDF, True)
    assert served["Content-Disposition"].startswith("attachment")
    assert AccessLog.objects.get().user == secretary
    for role, status in (("cashier", 403), ("publicity_officer", 404)):
        place = {"organization": organization} if role == "cashier" else {"branch": make_branch()}
        client.force_login(make_user(role, **place))
        assert client.get(address).status_code in {status, 403}
    client.logout()
    assert client.get(address).status_code == 302
    assert client.get(f"/media/{paper.file.name}").status_code == 404


def test_a_draft_that_is_deleted_takes_its_papers_from_the_disk(client, django_capture_on_commit_callbacks):
    client.force_login(make_user(is_superuser=True))
    case = make_case()
    case.save()
    paper = attach_paper(case, by=make_user(), file=SimpleUploadedFile("x.pdf", PDF), title="证明")
    address = reverse("admin:fund_assistancecase_delete", args=[case.pk])

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"post": "yes"}).status_code == 302

    assert not AssistanceCase.objects.exists()
    assert not paper.file.storage.exists(paper.file.name)


def test_a_paper_that_is_too_large_is_refused():
    case = make_case()
    case.save()

    too_large = SimpleUploadedFile("x.pdf", PDF + b"0" * (10 * 1024 * 1024))

    assert refusal_of(attach_paper, case, by=make_user(), file=too_large, title="x") == "file_too_large"


def test_the_application_form_asks_for_everything_the_paper_form_asks_for(client):
    client.force_login(make_user(is_superuser=True))
    pot = make_pot()
    data = {
        "pot": pot.pk,
        "applied_on": "2018-04-02",
        "beneficiary": "陈志强",
        "sex": "1",
        "birth_date": "1940-03-15",
        "citizen_id": make_citizen_id(),
        "joined_on": "1967-07-01",
        "unit": "荔江支部",
        "family_size": "2",
        "income_per_head": "800",
        "address": "榕树巷 2 号",
        "phone": "14000000001",
        "category": "hardship_member",
        "hardship": "serious_illness",
        "reason": "住院",
        "applied_amount": "300",
        "method": "cash",
    }
    add = reverse("admin:fund_assistancecase_add")
    for field, value in (("citizen_id", "123"), ("phone", "12"), ("applied_on", "2999-01-01"), ("is_emergency", "on")):
        form = client.post(add, data | {field: value}).context["adminform"].form
        assert set(form.errors) & {field, "emergency_reason"}

    assert client.post(add, data).status_code == 302

    case = AssistanceCase.objects.get()
    assert (case.family_size, case.income_per_head, case.phone) == (2, Decimal(800), "14000000001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen_id, address, phone, reason FROM fund_assistancecase")
        assert not any(secret in str(cursor.fetchone()) for secret in (data["citizen_id"], "榕树巷", "14000000001"))


def test_the_street_keeps_the_register_of_recusals_for_its_own_people(client):
    sync_roles()
    street, elsewhere = make_organization(), make_organization()
    officer = make_user("street_officer", organization=street)
    own, other = make_user("cashier", organization=street), make_user("cashier", organization=elsewhere)
    client.force_login(officer)
    add = reverse("admin:fund_recusal_add")
    data = {"organization": street.pk, "relation": "spouse", "name": "陈志强"}

    assert "user" in client.post(add, data | {"user": other.pk}).context["adminform"].form.errors
    assert "name" in client.post(add, data | {"user": own.pk, "name": ""}).context["adminform"].form.errors
    assert client.post(add, data | {"user": own.pk}).status_code == 302

    assert Recusal.objects.get().user == own
    assert not Recusal.objects.visible_to(make_user("street_officer", organization=elsewhere)).exists()


# What residents read


def test_notices_are_public_masked_and_say_how_to_object(client):
    pot = make_pot(holding=2000)
    pot.organization.supervision_phone, pot.organization.suggestion_box = "0770-0000000", "活动室门口"
    pot.organization.save()
    running = noticed_case(pot=pot, beneficiary="欧阳怀德", unit="荔江支部", on=today() + timedelta(days=8))
    over = paid_case(pot=pot, beneficiary="韦德", unit="荔香支部")
    make_case(pot=pot, beneficiary="还没公示").save()
    urgent = make_case(pot=pot, is_emergency=True, emergency_reason="失火", beneficiary="李三")
    propose_case(urgent, by=make_user())

    text = client.get("/fund/notices/").content.decode()

    for words in ("欧***", "韦*", "荔江支部", running.case_no, over.case_no, "300.00", "5 个工作日", "活动室门口"):
        assert words in text
    for words in ("欧阳怀德", "还没公示", "李三", "失火", "住院", "serious_illness"):
        assert words not in text
    assert f"case={running.case_no}" in text.replace("%E6%95%91", "救")
    assert f"case={over.case_no}" not in text.replace("%E6%95%91", "救")
    assert "/fund/notices/" in client.get("/fund/").content.decode()


def test_notices_are_filtered_by_year_and_state_and_stand_any_address(client):
    pot = make_pot(holding=2000)
    running = noticed_case(pot=pot, on=today() + timedelta(days=8))
    over = paid_case(pot=pot)

    def numbers(query):
        text = client.get(f"/fund/notices/?{query}").content.decode()
        return [case.case_no for case in (running, over) if f'id="case-{case.case_no}"' in text]

    assert numbers("") == [running.case_no, over.case_no]
    assert numbers("year=2018") == [over.case_no]
    assert numbers("state=running") == [running.case_no]
    assert numbers("state=paid") == [over.case_no]
    assert numbers("state=refused") == []
    for query in ("year=%00", "year=٢٠١٨", "state=x", "page=999999999999", "pot=x", "year=99999"):
        assert numbers(query) == [running.case_no, over.case_no]


def test_the_notices_ask_the_same_few_queries_however_many_there_are(client, django_assert_max_num_queries):
    pot = make_pot(holding=3000)
    paid_case(pot=pot)
    client.get("/fund/notices/")
    with django_assert_max_num_queries(12) as few:
        client.get("/fund/notices/")
    for _ in range(3):
        paid_case(pot=pot, branch=make_branch(organization=pot.organization))

    with django_assert_max_num_queries(12) as many:
        client.get("/fund/notices/")

    assert len(few.captured_queries) == len(many.captured_queries)


def test_handing_in_asks_what_the_form_of_an_application_asks():
    pot = make_pot(opened_on=date(2018, 3, 1))
    tomorrow = today() + timedelta(days=1)

    assert refusal_of(propose_case, make_case(pot=pot, birth_date=tomorrow), by=make_user()) == "in_future"
    assert refusal_of(propose_case, make_case(pot=pot, applied_on=date(2018, 2, 1)), by=make_user()) == "before_opening"
    silent = make_case(pot=pot, is_emergency=True, emergency_reason=" ")
    assert refusal_of(propose_case, silent, by=make_user()) == "reason_missing"


def test_a_recusal_itself_names_somebody():
    nobody = Recusal(organization=make_organization(), user=make_user(), relation="spouse")

    assert codes_of(nobody) == {"name": "required"}
    nobody.name = "韦怀德"
    assert codes_of(nobody) == {}

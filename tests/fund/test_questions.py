"""Whoever asks gets a number and a due day; only the office's wording and answer are public; an objection stops its case."""

from datetime import date
from itertools import count

import pytest
from django.core.cache import cache
from django.urls import reverse

from fund.disclosure.questions.actions import answer_question, refuse_question, take_question, word_question
from fund.models import Question
from tests.fund.make import make_pot, make_quarter, noticed_case
from tests.make import make_branch, make_member, make_user, refusal_of

pytestmark = pytest.mark.django_db
SAID = "听说隔壁覃国栋住院了，他的电话 14000000009，救助为什么这么少"


@pytest.fixture(autouse=True)
def nobody_sent_anything_yet():
    cache.clear()
    yield
    cache.clear()


def taken(pot=None, **fields):
    question = Question(pot=pot or make_pot(), text=SAID, name="提问的人甲", phone="14000000008", **fields)
    return take_question(question, by=fields.get("recorded_by"))


def test_numbers_of_a_year_have_no_gap_and_answers_are_due_in_ten_working_days():
    pot = make_pot(opened_on=date(2017, 1, 1))

    numbers = [taken(pot, asked_on=date(2018, 7, 2)).office_number for _ in range(2)]
    other = taken(pot, asked_on=date(2017, 12, 29))

    assert numbers == ["问〔2018〕1 号", "问〔2018〕2 号"]
    assert other.office_number == "问〔2017〕1 号"
    assert Question.objects.filter(asked_on=date(2018, 7, 2)).first().due_on == date(2018, 7, 16)


def test_what_was_said_and_who_said_it_never_reach_a_public_page(client):
    question = taken(make_pot(), asked_on=date(2018, 7, 2))
    word_question(question, by=make_user(), public_text="救助金额是怎么定的？")
    address = reverse("fund:questions")

    page = client.get(address, {"pot": question.pot.code}).content.decode()
    board = client.get(reverse("fund:board"), {"pot": question.pot.code}).content.decode()

    for html in (page, board):
        assert "救助金额是怎么定的？" in html
        for private in ("覃国栋", "14000000009", "14000000008", "提问的人甲", SAID):
            assert private not in html


def test_wording_and_answer_that_give_somebody_away_are_refused():
    question = taken(asked_on=date(2018, 7, 2))
    member = make_member(name="莫文兰", branch=make_branch(organization=question.pot.organization))
    clerk = make_user()

    assert refusal_of(word_question, question, by=clerk, public_text="打 14000000009 问") == "public_number"
    assert refusal_of(word_question, question, by=clerk, public_text=f"{member.name}拿了多少") == "public_name"
    assert refusal_of(word_question, question, by=clerk, public_text=" ") == "words_missing"
    code = refusal_of(answer_question, question, by=clerk, public_text="多少", answer=f"{member.name}三百元")
    assert code == "public_name"


def test_an_answer_is_public_and_given_once(client):
    pot, statement = make_quarter()
    question = taken(pot, statement=statement, asked_on=date(2018, 7, 12))
    clerk = make_user()

    answer_question(question, by=clerk, public_text="30 个人怎么定的？", answer="两个支部各自评议。")

    assert refusal_of(answer_question, question, by=clerk, answer="又答") == "wrong_step"
    sheet = client.get(statement.get_absolute_url()).content.decode()
    assert "30 个人怎么定的？" in sheet
    assert "两个支部各自评议。" in sheet


def test_a_question_is_kept_off_the_page_only_for_a_fixed_reason_and_its_number_stays(client):
    question = taken(make_pot(), asked_on=date(2018, 7, 2))

    refuse_question(question, by=make_user(), refusal="advertising")

    page = client.get(reverse("fund:questions"), {"pot": question.pot.code}).content.decode()
    assert "问〔2018〕1 号" in page
    assert "是广告" in page


def test_late_questions_are_shown_as_late(client):
    pot = make_pot()
    taken(pot, asked_on=date(2018, 7, 2))

    page = client.get(reverse("fund:questions"), {"pot": pot.code, "state": "late"}).content.decode()

    assert "已逾期" in page
    assert "问〔2018〕1 号" in page


def test_an_open_objection_stops_the_case_and_is_decided_by_somebody_else():
    case = noticed_case()
    objection = taken(case.pot, kind="objection", case=case, asked_on=date(2018, 4, 16))
    case.refresh_from_db()

    assert case.state == "under_review"
    assert refusal_of(refuse_question, objection, by=make_user(), refusal="insult") == "objection"
    answer = {"public_text": "情况属实吗？", "answer": "已经核对，情况属实。"}
    assert refusal_of(answer_question, objection, by=make_user(), **answer) == "outcome_missing"
    own = {"by": case.proposed_by, "outcome": "not_upheld", **answer}
    assert refusal_of(answer_question, objection, **own) == "excluded_actor"
    answer_question(objection, by=make_user(), outcome="not_upheld", **answer)
    assert not case.questions.open_objections()


def test_an_objection_needs_a_case_and_things_of_the_same_pot():
    pot, (_other, statement) = make_pot(), make_quarter()

    assert refusal_of(taken, pot, kind="objection") == "case_missing"
    assert refusal_of(taken, pot, statement=statement) == "wrong_pot"
    assert refusal_of(taken, pot, asked_on=date(2999, 1, 1)) == "in_future"


def test_the_web_form_takes_a_question_once_and_tells_its_number(client):
    pot, statement = make_quarter()
    address = f"{reverse('fund:ask')}?pot={pot.code}"
    form = client.get(address, {"pot": pot.code, "statement": statement.number})
    data = {"question": SAID, "name": "甲", "phone": "", "statement": statement.number, "case": "", "once": "abc"}

    empty = client.post(address, data | {"question": " "})
    first, second = client.post(address, data), client.post(address, data)

    assert statement.office_number in form.content.decode()
    assert empty.status_code == 200
    assert empty.context["form"].errors["question"]
    question = Question.objects.get()
    assert (question.channel, question.statement, question.recorded_by) == ("web", statement, None)
    assert first.url == second.url
    page = client.get(first.url).content.decode()
    assert question.office_number in page
    assert SAID not in page


def test_one_connection_cannot_flood_the_office(client):
    pot, numbers = make_pot(), count()
    address = f"{reverse('fund:ask')}?pot={pot.code}"

    def send():
        return client.post(address, {"question": "为什么？", "once": f"k{next(numbers)}"})

    answers = [send().status_code for _ in range(7)]

    assert answers == [302] * 6 + [200]
    assert "一小时内提交得太多" in send().content.decode()
    assert Question.objects.count() == 6


def test_an_objection_by_the_web_form_is_against_the_case_on_notice(client):
    case = noticed_case()
    address = f"{reverse('fund:ask')}?pot={case.pot.code}&case={case.case_no}"

    page = client.get(address).content.decode()
    client.post(address, {"question": "情况不属实", "case": case.case_no, "once": "x"})

    assert case.beneficiary not in page
    assert "提出异议" in page
    case.refresh_from_db()
    assert case.state == "under_review"
    assert Question.objects.get().kind == "objection"


@pytest.mark.parametrize("name", ["pot", "statement", "case", "year", "state", "q", "number", "page", "taken"])
def test_garbage_in_the_address_shows_a_page(client, name):
    make_pot()

    for value in ("x", "\x00", "9" * 40, "²", "1-", "-1", "1-1-1", "%", "' or 1=1"):
        assert client.get(reverse("fund:questions"), {name: value}).status_code == 200
        assert client.get(reverse("fund:ask"), {name: value}).status_code == 200


def test_the_page_asks_the_same_few_queries_for_any_number_of_questions(client, django_assert_max_num_queries):
    pot = make_pot()
    address = reverse("fund:questions")
    taken(pot)
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for _ in range(5):
        taken(pot)

    with django_assert_max_num_queries(12) as many:
        client.get(address)

    assert len(few.captured_queries) == len(many.captured_queries)


def test_staff_write_down_what_came_by_slip_and_answer_it(office):
    client = office("fund_keeper")
    address = reverse("admin:fund_question_add")
    data = {"pot": office.pot.pk, "kind": "question", "channel": "slip", "asked_on": "2018-07-02", "text": SAID}

    wrong = client.post(address, data | {"kind": "objection"})
    first, second = client.post(address, data | {"once": "a"}), client.post(address, data | {"once": "a"})
    question = Question.objects.get()
    act = reverse("admin:fund_question_transition", args=[question.pk, "answer"])
    page = client.post(act, {"public_text": "打 14000000009", "answer": "好"}, follow=True).content.decode()
    client.post(act, {"public_text": "为什么？", "answer": "按标准。"})

    assert "case" in wrong.context["adminform"].form.errors
    assert (first.status_code, second.status_code) == (302, 302)
    assert "像是有电话" in page
    question.refresh_from_db()
    assert (question.state, question.recorded_by, question.answered_by) == (
        "answered",
        office.users["fund_keeper"],
        office.users["fund_keeper"],
    )
    assert office("cashier").get(act).status_code == 403

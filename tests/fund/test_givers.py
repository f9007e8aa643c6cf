"""Whether a name typed for a giver means somebody of the roster is asked once and never guessed."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from fund.models import Donation, FundMember
from tests.fund.make import OPENED
from tests.make import make_branch, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(office):
    """The list of a collection day with one fund member and five blank lines; sends lines after the first."""
    listed = make_member(name="李秀英", branch=office.branch)
    FundMember.objects.create(pot=office.pot, member=listed, name=listed.name, joined_on=OPENED)
    asked = {"pot": office.pot.pk, "branch": office.branch.pk, "day": "2018-06-28"}
    address = f"{reverse('admin:fund_collection_lines')}?{urlencode(asked)}"

    def send(*lines, role="fund_keeper"):
        data = {"form-TOTAL_FORMS": 6, "form-INITIAL_FORMS": 6, "form-0-member": listed.pk, "form-0-donor": "李秀英"}
        for place in range(6):
            data |= {f"form-{place}-method": "cash", f"form-{place}-publicity": "masked"}
        for place, line in enumerate(lines, 1):
            data |= {f"form-{place}-{name}": value for name, value in line.items()}
        return office(role).post(address, data)

    send.listed = listed
    return send


def answers(html):
    """`{words: answer}` of the question that a page asks."""
    select = re.search(r'<select name="form-1-same".*?</select>', html, re.DOTALL)[0]
    return {words: value for value, words in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', select)}


def gifts():
    return list(Donation.objects.order_by("id").values_list("donor", "donor_member", "source"))


@pytest.mark.parametrize(("choice", "source"), [("是：", "member_donation"), ("不是", "social_donation")])
def test_a_name_of_the_roster_in_a_blank_line_is_asked_about_once(office, sheet, choice, source):
    wei = make_member(name="韦红和", branch=office.branch, birth_date=date(1946, 5, 1))
    line = {"donor": "韦 红和", "amount": "100"}

    html = sheet(line).content.decode()
    assert f"花名册上有韦红和（{office.branch.name}，1946年生），是同一个人吗？" in html
    assert gifts() == []
    answer = next(value for words, value in answers(html).items() if words.startswith(choice))
    sheet(line | {"same": answer})

    assert gifts() == [("韦红和", wei.pk if choice == "是：" else None, source)]


def test_an_answer_stands_beside_other_faults_and_answers_no_other_name(office, sheet):
    for name in ("韦红和", "黄桂兰"):
        make_member(name=name, branch=office.branch)
    line = {"donor": "韦红和", "amount": "一些"}
    no = answers(sheet(line).content.decode())["不是，另有其人"]

    html = sheet(line | {"same": no}).content.decode()
    assert f'<option value="{no}" selected>' in html
    assert "是同一个人吗" not in html
    other = sheet({"donor": "黄桂兰", "amount": "100", "same": no}).content.decode()

    assert "花名册上有黄桂兰" in other
    assert gifts() == []


def test_of_two_namesakes_one_is_chosen(office, sheet):
    other = make_branch(organization=office.branch.organization, name="荔香支部")
    make_member(name="韦红和", branch=office.branch)
    wanted = make_member(name="韦红和", branch=other)
    line = {"donor": "韦红和", "amount": "100"}

    answer = next(value for words, value in answers(sheet(line).content.decode()).items() if "荔香支部" in words)
    sheet(line | {"same": answer})

    assert gifts() == [("韦红和", wanted.pk, "member_donation")]


def test_a_name_nobody_has_is_not_asked_about_and_somebody_out_of_sight_neither(office, sheet):
    make_member(name="韦红和")

    assert sheet({"donor": "荔香百货店", "amount": "100"}, {"donor": "韦红和", "amount": "50"}).status_code == 302

    assert gifts() == [("荔香百货店", None, "social_donation"), ("韦红和", None, "social_donation")]


def test_who_sees_no_roster_is_asked_about_the_people_of_the_list_alone(office, sheet):
    make_member(name="韦红和", branch=office.branch)

    html = sheet({"donor": "李秀英", "amount": "100"}, {"donor": "韦红和", "amount": "50"}, role="cashier")

    assert list(answers(html.content.decode()).values())[1] == str(sheet.listed.pk)
    assert "花名册上有韦红和" not in html.content.decode()


def test_a_forged_member_of_a_line_makes_no_member_gift(office, sheet):
    stranger = make_member(name="黄桂兰")

    sheet({"member": stranger.pk, "donor": "荔香百货店", "amount": "100"})

    assert gifts() == [("荔香百货店", None, "social_donation")]


def registered(office, **fields):
    data = {
        "pot": office.pot.pk, "donated_on": "2018-06-28", "donor": "", "method": "cash", "amount": "100.00", "publicity": "masked",
    } | fields  # fmt: skip
    return office("fund_keeper").post(reverse("admin:fund_donation_add"), data)


def test_a_giver_who_is_not_of_the_roster_is_no_member_by_default(office):
    page = office("fund_keeper").get(reverse("admin:fund_donation_add")).content.decode()
    assert 'value="member_donation" selected' not in page

    unsaid = registered(office, donor="荔香百货店", source="")
    assert unsaid.context["adminform"].form.errors.as_data()["source"][0].code == "source_unsaid"
    assert gifts() == []
    assert registered(office, donor="荔香百货店", source="social_donation").status_code == 302

    assert gifts() == [("荔香百货店", None, "social_donation")]


def test_a_gift_of_somebody_chosen_on_the_roster_is_a_members_unless_said_otherwise(office):
    member = make_member(name="韦红和", branch=office.branch)

    registered(office, donor_member=member.pk)
    registered(office, donor_member=member.pk, source="social_donation")

    assert [source for *_names, source in gifts()] == ["member_donation", "social_donation"]

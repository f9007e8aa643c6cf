"""Whether a round's list comes from the roster by filter, and everybody on it signs or is accounted for."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from config.site.roles import sync_roles
from fund.board.figures import persons_helped
from fund.donations.actions import receive_donation
from fund.help.visits.actions import approve_round, fill_round, pay_round, propose_round, sign_round, sign_visit
from fund.models import CondolenceRound, CondolenceVisit, Entry
from tests.fund.make import make_donation, make_pot, make_round
from tests.make import make_branch, make_member, make_organization, make_user, refusal_of

pytestmark = pytest.mark.django_db
JULY = date(2018, 6, 29)


def pay(round_, users=None):
    users = users or [make_user() for _ in range(3)]
    propose_round(round_, by=users[0])
    approve_round(round_, by=users[1])
    return pay_round(round_, by=users[2], on=JULY)


@pytest.fixture
def desk(client):
    """A keeper with a pot, and two branches with four members."""
    sync_roles()
    organization = make_organization()
    branch = make_branch(organization=organization, name="甲支部")
    other = make_branch(organization=organization, name="乙支部")
    make_member(
        branch=branch,
        name="韦老",
        birth_date=date(1930, 1, 1),
        joined_on=date(1959, 7, 1),
        full_member_on=date(1960, 7, 1),
    )
    make_member(branch=branch, name="李难", in_hardship=True, full_member_on=date(2000, 7, 1))
    make_member(branch=other, name="陈弱", health="frail", living_status="alone", full_member_on=date(1999, 7, 1))
    make_member(name="别处", birth_date=date(1930, 1, 1))
    client.force_login(make_user("fund_keeper", organization=organization))
    client.pot, client.branch = make_pot(organization=organization, holding=1000), branch
    client.round = make_round(pot=client.pot, visits=0)
    return client


def names_of(response):
    return [member.name for member, _words in response.context["found"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("branch=", ["韦老", "李难", "陈弱"]),
        ("hardship=on", ["李难"]),
        ("frail=on", ["陈弱"]),
        ("alone=on", ["陈弱"]),
        ("standing=50", ["韦老"]),
        ("age=80", ["韦老"]),
        ("standing=50&hardship=on", []),
    ],
)
def test_the_roster_is_filtered_and_nobody_elses_members_are_found(desk, query, names):
    response = desk.get(reverse("admin:fund_condolenceround_fill", args=[desk.round.pk]) + f"?{query}")

    assert response.status_code == 200
    assert sorted(names_of(response)) == sorted(names)


def test_whom_the_keeper_ticks_is_on_the_list_once(desk):
    address = reverse("admin:fund_condolenceround_fill", args=[desk.round.pk]) + f"?branch={desk.branch.pk}"
    members = [member for member, _words in desk.get(address).context["found"]]
    data = {"people": [members[0].pk], "category": "veteran", "amount": "60"}
    assert desk.post(address, data | {"people": [members[0].pk, 99_999_999]}).status_code == 200
    assert desk.post(address, data | {"amount": "0"}).status_code == 200

    assert desk.post(address, data).status_code == 302
    assert desk.post(address, data).status_code == 302

    visit = desk.round.visits.get()
    assert (visit.member, visit.amount, visit.branch) == (members[0], Decimal(60), desk.branch)


def test_a_list_that_was_handed_in_takes_nobody_more(desk):
    round_ = make_round(pot=desk.pot)
    propose_round(round_, by=make_user())

    assert desk.get(reverse("admin:fund_condolenceround_fill", args=[round_.pk])).status_code == 403
    people = [(make_member(), "veteran")]
    assert refusal_of(fill_round, round_, people, by=make_user(), amount=Decimal(60)) == "wrong_step"


def test_everybody_signs_or_it_is_written_down_why_not():
    round_, cashier = pay(make_round(visits=3)), make_user()
    first, second, third = round_.visits.all()

    assert refusal_of(sign_visit, first, by=cashier, on=JULY) == "not_signed"
    assert refusal_of(sign_visit, first, by=cashier, on=JULY, signed_by="x", not_delivered="y") == "not_signed"
    assert refusal_of(sign_visit, first, by=cashier, on=date(2018, 6, 28), signed_by="x") == "too_early"
    sign_visit(first, by=cashier, on=JULY, signed_by="本人")
    sign_visit(second, by=cashier, on=JULY, not_delivered="住院，未能送达")
    assert refusal_of(sign_round, round_, by=cashier, on=JULY) == "unsigned"
    sign_visit(third, by=cashier, on=JULY, signed_by="女儿代签")
    sign_round(round_, by=cashier, on=JULY)

    assert (round_.state, round_.signed_on) == ("signed", JULY)
    assert (persons_helped(round_.pot), Entry.objects.get(round=round_).persons) == (3, 3)
    assert refusal_of(sign_visit, third, by=cashier, on=JULY, signed_by="x") == "wrong_step"
    assert refusal_of(pay_round, round_, by=cashier, on=JULY) == "wrong_step"


def test_a_round_that_is_not_paid_is_not_signed():
    round_ = make_round()

    assert refusal_of(sign_round, round_, by=make_user(), on=JULY) == "wrong_step"
    visit = round_.visits.first()
    assert refusal_of(sign_visit, visit, by=make_user(), on=JULY, signed_by="x") == "wrong_step"


def test_the_cashier_records_the_signatures_on_one_page(desk):
    round_ = pay(make_round(pot=desk.pot, visits=3))
    address = reverse("admin:fund_condolenceround_signatures", args=[round_.pk])
    visits = list(round_.visits.all())
    assert desk.get(address).status_code == 403
    desk.force_login(make_user("cashier", organization=desk.pot.organization))
    page = desk.get(reverse("admin:fund_condolenceround_change", args=[round_.pk])).content.decode()
    assert address in page
    assert visits[0].name in desk.get(address).content.decode()

    both = {f"signed-{visits[0].pk}": "x", f"missed-{visits[0].pk}": "y", "day": "2018-06-29"}
    assert desk.post(address, both).status_code == 200
    assert desk.post(address, {f"missed-{visits[1].pk}": "住院", "rest": "on", "day": "2018-06-29"}).status_code == 302

    states = [(visit.signed_by, visit.not_delivered) for visit in round_.visits.all()]
    assert states == [(visits[0].name, ""), ("", "住院"), (visits[2].name, "")]
    assert (
        desk.post(
            reverse("admin:fund_condolenceround_transition", args=[round_.pk, "sign"]), {"day": "2018-06-30"}
        ).status_code
        == 302
    )
    assert CondolenceRound.objects.get(pk=round_.pk).state == "signed"
    assert desk.get(address).status_code == 200


def test_goods_that_were_given_go_out_at_their_value_and_never_more_of_them():
    pot = make_pot(holding=1000)
    gift = make_donation(pot=pot, method="goods", goods="大米10袋", amount=Decimal("200.00"))
    receive_donation(gift, by=make_user())
    clerks = [make_user() for _ in range(3)]

    def handed_in(amount):
        round_ = make_round(pot=pot, visits=3, amount=Decimal(amount), method="goods")
        propose_round(round_, by=clerks[0])
        return approve_round(round_, by=clerks[1])

    pay_round(handed_in("60.00"), by=clerks[2], on=date(2018, 6, 29))
    too_much = refusal_of(handed_in, "10.00")

    entry = pot.entries.order_by("-number").first()
    assert (entry.debit.code, entry.credit.code, entry.amount) == ("condolence_goods", "goods", Decimal("180.00"))
    assert too_much == "overdraft"


@pytest.mark.parametrize("unit", ["", "测试第一支部"])
def test_one_person_by_the_roster_and_typed_is_not_visited_twice_in_a_round(unit):
    pot = make_pot(holding=1000)
    branch = make_branch(organization=pot.organization, name="测试第一支部")
    member = make_member(name="欧阳·大山", branch=branch)
    round_ = make_round(pot=pot, visits=2)
    CondolenceVisit.objects.create(round=round_, name=member.name, member=member, branch=branch, amount=60)
    typed = CondolenceVisit.objects.create(
        round=round_, name="欧阳大山" if unit else "欧阳・大山", unit=unit, amount=60
    )
    if unit:
        CondolenceVisit.objects.filter(pk=typed.pk).update(name="欧阳·大山")

    assert refusal_of(propose_round, round_, by=make_user()) == "listed_twice"
    CondolenceVisit.objects.filter(pk=typed.pk).update(unit="榕江社区")
    assert propose_round(round_, by=make_user()).state == "applied"

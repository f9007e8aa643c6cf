"""Two streets in one installation: whoever works in one sees and changes nothing of the other in the office."""

from datetime import date
from random import Random

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, reverse

from activities.models import Activity, MentorPair, MiniWish, Village, Volunteer
from branches.models import Branch, CommitteeTerm, Equipment, Nameplate, Organization, Venue
from config.site.demo.accounts import DEMO_ACCOUNTS
from fund.donations.actions import receive_donation
from fund.models import FundMember
from honours.models import BookTitle, EducationPoint, Honour, RoleModel, VisitGroup
from tests.fund.make import book, make_case, make_donation, make_pot, make_round, published
from tests.make import make_branch, make_member, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

MARK = "外街"
DAY = date(2018, 5, 10)
# No role reaches these: the superuser keeps them.
OF_THE_SUPERUSER = {"auth.user", "members.accesslog"}


@pytest.fixture
def other_street(demo):
    """Records of every kind in a street of its own; each carries the mark in whatever names it."""
    street = Organization.objects.create(kind="street_committee", name=f"{MARK}街道党工委")
    community = Organization.objects.create(kind="community", name=f"{MARK}社区", parent=street)
    branch = make_branch(organization=community, name=f"{MARK}党支部")
    user = make_user("secretary", branch=branch, username="other", last_name=MARK)
    pot = make_pot(organization=community, name=f"{MARK}互助基金", holding=1000)
    book(pot, pot.cash, pot.source("interest"), 5, DAY, summary=f"{MARK}利息")
    published(pot, date(2018, 1, 1), date(2018, 6, 30), on=date(2018, 7, 10))
    point = EducationPoint.objects.create(organization=street, name=f"{MARK}教育点")
    gift = receive_donation(
        make_donation(pot=pot, donor=MARK, donated_on=date(2018, 7, 2), receipt_no=f"{MARK}1"), by=user
    )
    case = make_case(pot=pot, branch=branch, unit=MARK)
    case.save()
    round_ = make_round(pot=pot, remark=MARK)
    return [
        street,
        community,
        branch,
        user.assignments.get(),
        pot,
        pot.entries.first(),
        pot.statements.first(),
        gift,
        case,
        round_,
        FundMember.objects.create(pot=pot, name=MARK, joined_on=DAY),
        make_member(branch=branch, name=MARK),
        CommitteeTerm.objects.create(branch=branch, term_no=1, elected_on=DAY, term_end=date(2021, 5, 10)),
        Nameplate.objects.create(organization=street, code="ageing_committee", head=MARK),
        Venue.objects.create(organization=street, name=MARK, area=1),
        Equipment.objects.create(
            organization=street, name=MARK, asset_no=MARK, quantity=1, unit_price=1, bought_on=DAY
        ),
        Activity.objects.create(organization=community, branch=branch, kind="other", title=MARK, day=DAY),
        Volunteer.objects.create(organization=community, kind="party", name=MARK, registered_on=DAY),
        MiniWish.objects.create(
            organization=community,
            branch=branch,
            code="X1",
            collected_on=DAY,
            wisher=MARK,
            group="other",
            public_text=MARK,
        ),
        Village.objects.create(organization=community, name=MARK),
        MentorPair.objects.create(branch=branch, mentor=MARK, learner=MARK, starts_on=DAY),
        point,
        Honour.objects.create(organization=street, title=MARK, level="county", winner=MARK, awarded_on=DAY),
        RoleModel.objects.create(organization=street, name=MARK),
        BookTitle.objects.create(point=point, title=MARK, book_no="X1", copies=1),
        VisitGroup.objects.create(point=point, group=MARK, day=DAY, kind="other", visitors=1),
    ]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("username", [account.username for account in DEMO_ACCOUNTS if account.role])
def test_nothing_of_another_street_is_shown_or_changed(client, other_street, username):
    client.force_login(get_user_model().objects.get(username=username))
    dice = Random(username)  # a page is read by some accounts, and sent by the others

    for model in admin.site._registry:
        if model._meta.label_lower in OF_THE_SUPERUSER:
            continue
        for page in (address(model, "changelist") + f"?q={MARK}", address(model, "add")):
            text = client.get(page).content.decode().replace(f'value="{MARK}"', "")
            assert MARK not in text, (page, text[max(text.find(MARK) - 200, 0) : text.find(MARK) + 50])
    pages, visited = ("change", "delete", "history", "full", "transition"), set()
    for record in other_street:
        for page in pages:
            try:
                path = address(type(record), page, record.pk, *(["propose"] if page == "transition" else []))
            except NoReverseMatch:
                continue
            visited.add(page)
            ask = client.get if page in {"history", "full"} else dice.choice((client.get, client.post))
            response = ask(path, {"post": "yes", "reason": "x", "day": "2018-11-01"})
            assert response.status_code in {302, 403, 404}, path
            assert MARK not in response.content.decode(), path
        assert type(record)._default_manager.filter(pk=record.pk).exists()
    assert visited == set(pages)
    for source, field in (("fund.donation", "donor_member"), ("activities.volunteer", "member")):
        app, name = source.split(".")
        response = client.get(
            reverse("admin:autocomplete"), {"app_label": app, "model_name": name, "field_name": field, "term": MARK}
        )
        assert MARK not in response.content.decode("unicode_escape", "replace")
    for page in (reverse("admin:index"), reverse("admin:reports")):
        assert MARK not in client.get(page).content.decode(), page


def test_the_other_street_sees_nothing_of_this_one(client, other_street):
    client.force_login(get_user_model().objects.get(username="other"))
    names = set(Branch.objects.exclude(name__startswith=MARK).values_list("name", flat=True))

    for model in admin.site._registry:
        text = client.get(address(model, "changelist")).content.decode()
        assert not [name for name in names if name in text], model

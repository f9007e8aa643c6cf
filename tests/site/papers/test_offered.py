"""Stocktakes and receipts; in whose name a paper is, who may print it, and that each look is written down."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse

from branches.models import Branch, Equipment, Nameplate
from config.site.printing.catalog import OFFICE_PAPERS
from fund.models import Collection, Donation
from members.models import AccessLog
from tests.fund.make import make_donation, make_pot
from tests.make import make_branch, make_member, make_organization, make_user
from tests.reading import info_of
from tests.site.papers.printing import ask, cards_of, head_of, in_order, make_activity, pages_of, roster_of, sign_in_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_one_receipt_that_no_font_draws_stops_no_receipt_of_the_others(office, branch, client):
    office("fund_keeper", at_branch=False)
    collection = make_collection(make_pot(organization=branch.organization), branch, 3)
    numbers = list(Donation.objects.order_by("receipt_no").values_list("receipt_no", flat=True))
    Donation.objects.filter(receipt_no=numbers[1]).update(remark="谢谢😀")

    pages = pages_of(ask(client, "receipts", collection=collection.pk, letterhead=head_of(branch.organization)))

    assert [page.count(number) for page, number in zip(pages, [numbers[0], numbers[2]], strict=False)] == [2, 2]
    in_order(["未印出", numbers[1], "U+1F600"], pages[2])
    assert len(pages) == 3


def test_cards_are_not_for_those_who_see_members_masked(office, branch, client):
    office("publicity_officer")

    assert cards_of(client, branch).status_code == 403
    assert "cards/" not in client.get(reverse("admin:papers")).content.decode()


def test_a_stocktake_lists_the_register_with_its_sums_and_room_to_count(office, branch, client):
    office("secretary")
    things = [("A-002", "椅子", 60, "150.00"), ("A-001", "会议桌", 6, "1200.00")]
    for number, name, quantity, price in things:
        Equipment.objects.create(
            organization=branch.organization, asset_no=number, name=name, quantity=quantity, unit_price=Decimal(price),
            bought_on=date(2018, 3, 20),
        )  # fmt: skip
    Equipment.objects.create(
        organization=make_organization(),
        asset_no="B-001",
        name="别处的",
        quantity=1,
        unit_price=5,
        bought_on=date(2018, 3, 20),
    )

    answer = ask(client, "stocktake", on="2018-10-31", letterhead=head_of(branch), size="a4")

    (page,) = pages_of(answer)
    head = [
        "序号",
        "资产编号",
        "名称",
        "规格型号",
        "单位",
        "数量",
        "单价",
        "金额",
        "购置日期",
        "资金来源",
        "存放地点",
        "保管人",
        "状态",
        "盘点数量",
        "备注",
    ]
    in_order(head, page[page.index("序号") :])
    in_order(["A-001", "会议桌", "7,200.00", "A-002", "椅子", "9,000.00", "合计", "66", "16,200.00"], page)
    assert "别处的" not in page


def make_collection(pot, branch, gifts):
    from fund.donations.actions import count_collection, register_collection

    rows = [make_donation(pot=pot, donor=f"韦怀{number}", publicity="masked") for number in range(gifts)]
    collection = Collection(pot=pot, branch=branch, collected_on=date(2018, 6, 28))
    collection = register_collection(collection, rows, by=make_user(), key="once")
    count_collection(collection, by=make_user(), amount=Decimal(100) * gifts)
    return collection


def test_the_receipts_of_a_day_stand_in_their_order_each_twice_on_its_page(office, branch, client):
    office("fund_keeper", at_branch=False)
    collection = make_collection(make_pot(organization=branch.organization), branch, 5)

    answer = ask(client, "receipts", collection=collection.pk, letterhead=head_of(branch.organization))

    pages = pages_of(answer)
    numbers = list(Donation.objects.order_by("receipt_no").values_list("receipt_no", flat=True))
    assert [page.count(number) for page, number in zip(pages, numbers, strict=True)] == [2] * 5
    assert "第2页，共5页" in pages[1]
    assert info_of(answer.content)["Pages"] == "5"


def test_a_collection_offers_all_its_receipts(office, branch, client):
    office("fund_keeper", at_branch=False)
    collection = make_collection(make_pot(organization=branch.organization), branch, 2)
    address = reverse("admin:fund_collection_print", args=[collection.pk, "receipts"])

    page = client.get(reverse("admin:fund_collection_change", args=[collection.pk])).content.decode()

    assert f'href="{address}"' in page
    assert len(pages_of(client.get(address))) == 2


def test_the_letterhead_is_any_plate_organisation_or_branch_of_the_user_and_no_other(office, branch, client):
    office("secretary")
    make_member(branch=branch)
    plate = Nameplate.objects.create(organization=branch.organization, code=Nameplate.Code.SENIORS_ASSOCIATION)
    foreign = make_branch()

    text = "".join(pages_of(roster_of(client, branch, letterhead=head_of(plate).replace("nameplate", "plate"))))
    page = client.get(reverse("admin:paper", args=["roster"])).content.decode()
    refused = roster_of(client, branch, letterhead=head_of(foreign))

    assert "测试社区老人协会" in text
    assert all(word in page for word in ("测试社区老人协会", "测试社区党总支", "测试第一支部"))
    assert foreign.name not in page
    assert refused["Content-Type"].startswith("text/html")


def test_a_secretary_prints_the_own_branch_alone_and_a_forged_record_is_not_found(office, branch, client):
    office("secretary")
    other = make_branch(organization=branch.organization)
    activity = make_activity(other)
    collection = make_collection(make_pot(organization=branch.organization), branch, 1)

    assert roster_of(client, other, letterhead=head_of(branch)).status_code == 404
    assert sign_in_of(client, activity, letterhead=head_of(branch)).status_code == 404
    assert ask(client, "receipts", collection=collection.pk, letterhead=head_of(branch)).status_code == 403
    assert ask(client, "nonsense").status_code == 404
    assert not AccessLog.objects.exists()


def test_garbage_in_the_choices_is_answered_with_the_form_or_not_found(branch, client):
    client.force_login(make_user(is_superuser=True))
    garbage = ["", "x", "-1", "9" * 30, "\0", "0001-01-01", "9999-12-31", "😀"]

    for paper in OFFICE_PAPERS:
        names = list(paper.form(user=make_user(), today=date(2018, 10, 31)).fields)
        for word in garbage:
            given = dict.fromkeys(names, word)
            assert ask(client, paper.name, **given).status_code in {200, 404}, (paper.name, word)
            assert client.get(reverse("admin:paper", args=[paper.name]), given).status_code == 200, (paper.name, word)


def test_the_page_of_papers_offers_what_a_person_may_print(office, branch, client):
    office("secretary")
    secretary = client.get(reverse("admin:papers")).content.decode()
    office("accountant", at_branch=False)
    accountant = client.get(reverse("admin:papers")).content.decode()
    client.logout()

    def offered(html):
        return [paper.name for paper in OFFICE_PAPERS if reverse("admin:paper", args=[paper.name]) in html]

    assert offered(secretary) == [
        "roster",
        "sign-in",
        "minutes",
        "study-hours",
        "service",
        "certificate",
        "cards",
        "stocktake",
    ]
    assert offered(accountant) == ["stocktake", "receipts", "receipt", "voucher", "allowance", "route"]
    assert client.get(reverse("admin:papers")).status_code == 302
    assert roster_of(client, branch).status_code == 302


def test_a_paper_is_shown_for_printing_or_saved(office, branch, client):
    office("secretary")
    make_member(branch=branch)

    assert roster_of(client, branch)["Content-Disposition"].startswith("inline")
    saved = roster_of(client, branch, download=1)
    assert saved["Content-Disposition"] == 'attachment; filename="roster.pdf"'
    assert "no-store" in saved["Cache-Control"]


def test_records_lead_to_their_papers(office, branch, client):
    office("secretary")
    activity = make_activity(branch)

    event = client.get(reverse("admin:activities_activity_change", args=[activity.pk])).content.decode()
    own = client.get(reverse("admin:branches_branch_change", args=[branch.pk])).content.decode()

    assert f'{reverse("admin:paper", args=["sign-in"])}?activity={activity.pk}"' in event
    assert f'{reverse("admin:paper", args=["roster"])}?branch={branch.pk}"' in own


def test_ninety_one_cards_are_one_file(demo, client):
    client.force_login(get_user_model().objects.get(username="admin"))

    answer = cards_of(client, Branch.objects.first())

    pages = pages_of(answer)
    assert len(pages) == 91
    assert all("政治生日快乐" in page for page in pages)
    assert len(answer.content) < 1_000_000


def test_every_button_of_the_catalogue_stands_on_the_page_of_a_record_that_has_its_paper(demo, client):
    client.force_login(get_user_model().objects.get(username="admin"))
    without_record = set()
    for button in [paper.button for paper in OFFICE_PAPERS]:
        record = next(filter(button.is_offered, apps.get_model(button.model).objects.order_by("pk")), None)
        if record is None:
            without_record.add(button.name)
            continue
        page = client.get(reverse(f"admin:{button.model.replace('.', '_')}_change", args=[record.pk])).content.decode()
        assert str(button.label) in page, button

    # The gifts of the demo came one by one; a collection day's button has its test above.
    assert without_record == {"receipts"}

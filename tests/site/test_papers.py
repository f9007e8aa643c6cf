"""Office papers of all kinds: what stands on them, in whose name, who may print them, and that each look is written down."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from activities.models import Activity
from branches.models import Branch, Equipment, Nameplate
from config.site.printing.catalog import OFFICE_PAPERS
from fund.models import Collection, Donation
from members.models import AccessLog, Member
from members.papers.roster import FIELDS, heading_of
from tests.fund.make import make_donation, make_pot
from tests.make import make_branch, make_member, make_organization, make_user
from tests.reading import fonts_of, info_of, page_size, squeezed, text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

MARK = "内部资料 注意保密"


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def place(db):
    return make_organization(name="测试社区", full_name="测试社区党总支")


@pytest.fixture
def branch(place):
    return make_branch(organization=place, name="测试第一支部")


@pytest.fixture
def office(client, branch):
    """Sign in with a role at the branch, or at its organisation."""

    def enter(role, *, at_branch=True):
        where = {"branch": branch} if at_branch else {"organization": branch.organization}
        user = make_user(role, **where)
        client.force_login(user)
        return user

    return enter


def head_of(record):
    return f"{record._meta.model_name}-{record.pk}"


def ask(client, name, **choices):
    return client.get(reverse("admin:paper_pdf", args=[name]), choices)


def pages_of(answer):
    """The texts of the pages of an answer that is a PDF; every font in it is embedded, and only what it prints of it."""
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[-3000:]
    assert fonts_of(answer.content)
    assert all(font.is_embedded and font.is_subset for font in fonts_of(answer.content))
    return [squeezed(page) for page in text_of_pdf(answer.content).split("\f")[:-1]]


def in_order(words, text):
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def roster_of(client, branch, **choices):
    given = {"branch": branch.pk, "on": "2018-10-31", "letterhead": head_of(branch), "size": "a3"}
    return ask(client, "roster", **given | choices)


def test_the_roster_has_the_columns_of_the_handbook_on_each_page_in_roster_order(office, branch, client):
    office("secretary")
    for number in range(60):
        make_member(name=f"李秀{'一二三四五六七八九十'[number % 10]}{'甲乙丙丁戊己'[number // 10]}", branch=branch)
    for name in ("阿依·买买提", "韦𠮷㼆", "䶮怀德"):
        make_member(
            name=name, branch=branch, address="测试街道测试社区解放东路一百二十八号机关宿舍第三栋二单元六〇二室"
        )

    answer = roster_of(client, branch)

    pages = pages_of(answer)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert squeezed(MARK) in page
        assert all(squeezed(heading_of(field)) in page for field in FIELDS)
        assert f"第{number}页，共{len(pages)}页" in page
    names = [member.name for member in Member.objects.filter(branch=branch).order_by("sort_name", "id")]
    in_order(names, "".join(pages))
    assert "解放东路一百二十八号机关宿舍第三栋二单元六〇二室" in "".join(pages)
    assert "测试第一支部" in pages[0]
    assert "63人" in pages[0]
    assert page_size(answer.content) == (420, 297)
    assert page_size(roster_of(client, branch, size="a4").content) == (297, 210)


def test_the_roster_is_the_same_file_twice_and_stands_in_the_log_each_time(office, branch, client):
    user = office("secretary")
    make_member(branch=branch)

    assert roster_of(client, branch).content == roster_of(client, branch).content
    logged = AccessLog.objects.filter(user=user, act=AccessLog.Act.EXPORT).values_list("what", flat=True)
    assert list(logged) == ["党员花名册: 测试第一支部"] * 2


def test_who_may_only_see_members_masked_prints_a_masked_roster(office, branch, client):
    member = make_member(
        branch=branch,
        phone="14000000001",
        address="测试巷9号",
        citizen_id="459999194003150014",
        native_place="广西桂南",
    )

    office("secretary")
    whole = "".join(pages_of(roster_of(client, branch)))
    office("publicity_officer")
    masked = "".join(pages_of(roster_of(client, branch)))

    private = ("14000000001", "测试巷9号", "459999194003150014", "广西桂南", "1940-03-15")
    assert all(word in whole for word in private)
    assert not [word for word in private if word in masked]
    assert member.name in masked
    assert "140****0001" in masked
    assert "**************0014" in masked


def test_the_roster_is_that_of_the_day(office, branch, client):
    office("secretary")
    make_member(name="韦怀德", branch=branch, joined_on=date(2018, 7, 1), full_member_on=None)

    before, after = (
        squeezed(text_of_pdf(roster_of(client, branch, on=day).content)) for day in ("2018-06-30", "2018-07-01")
    )

    assert "韦怀德" not in before
    assert "韦怀德" in after


def test_a_sheet_of_an_empty_branch_is_printed_too(office, branch, client):
    office("secretary")

    assert "0人" in pages_of(roster_of(client, branch))[0]


def make_activity(place, **fields):
    defaults = {"kind": "volunteer_day", "title": "义务植树", "day": date(2018, 11, 8), "place": "荔江公园"}
    return Activity.objects.create(**{"organization": place.organization, "branch": place} | defaults | fields)


def sign_in_of(client, activity, **choices):
    head = head_of(activity.branch or activity.organization)
    return ask(client, "sign-in", **{"activity": activity.pk, "letterhead": head, "blanks": 3} | choices)


def test_a_sign_in_sheet_names_the_branch_in_roster_order_and_leaves_rows_for_others(office, branch, client):
    office("secretary")
    for name in ("韦怀德", "欧阳怀德", "阿依·买买提"):
        make_member(name=name, branch=branch, phone="14000000001", address="测试巷9号")
    make_member(name="别处的人", branch=make_branch(organization=branch.organization))

    answer = sign_in_of(client, make_activity(branch))

    text = "".join(pages_of(answer))
    in_order(["义务植树：签到表", "2018年11月8日", "荔江公园", "应到：3人", "阿依·买买提", "欧阳怀德", "韦怀德"], text)
    in_order(["1阿依", "2欧阳", "3韦怀", "4", "5", "6"], text[text.index("序号") :])
    assert not [word for word in ("别处的人", "14000000001", "测试巷") if word in text]
    assert page_size(answer.content) == (210, 297)


def test_a_sign_in_sheet_of_forty_eight_repeats_its_head_and_counts_its_pages(office, branch, client):
    office("secretary")
    for number in range(48):
        make_member(name=f"李秀{'一二三四五六七八九十'[number % 10]}{'甲乙丙丁戊'[number // 10]}", branch=branch)

    pages = pages_of(sign_in_of(client, make_activity(branch), blanks=10))

    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert all(
            word in page for word in ("义务植树：签到表", squeezed(MARK), "姓名", "签名", f"第{number}页，共2页")
        )
    assert "58" in pages[1]


def test_a_volunteer_day_asks_when_each_came_and_left(office, branch, client):
    office("secretary")
    make_member(branch=branch)
    activity = make_activity(branch)

    text = "".join(pages_of(sign_in_of(client, activity, signs_out="on")))
    page = client.get(reverse("admin:paper", args=["sign-in"]), {"activity": activity.pk}).content.decode()

    in_order(["签到", "到达时间", "签退", "离开时间"], text[text.index("姓名") :])
    assert 'name="signs_out"' in page
    assert "checked" in page[page.index('name="signs_out"') - 200 : page.index('name="signs_out"') + 200]


def test_a_joint_activity_lists_the_branches_of_the_user_alone(office, branch, client):
    make_member(name="韦怀德", branch=branch)
    make_member(name="别处的人", branch=make_branch(organization=branch.organization, name="测试第二支部"))
    joint = make_activity(branch, branch=None, kind="performance")

    office("secretary")
    own = "".join(pages_of(sign_in_of(client, joint, letterhead=head_of(branch))))
    office("organization_officer", at_branch=False)
    both = "".join(pages_of(sign_in_of(client, joint)))

    assert "别处的人" not in own
    assert "韦怀德" in own
    in_order(["韦怀德", "测试第一支部"], both)
    in_order(["别处的人", "测试第二支部"], both)


def cards_of(client, branch, **choices):
    return ask(client, "cards", **{"year": 2018, "letterhead": head_of(branch)} | choices)


def test_cards_of_a_month_are_for_those_who_joined_in_it_by_day(office, branch, client):
    office("secretary")
    make_member(name="韦怀德", branch=branch, joined_on=date(1967, 3, 20), full_member_on=date(1968, 3, 20))
    make_member(name="阿依·买买提", branch=branch, joined_on=date(1980, 3, 2), full_member_on=date(1981, 3, 2))
    make_member(name="七月的人", branch=branch, joined_on=date(1980, 7, 2), full_member_on=date(1981, 7, 2))

    answer = cards_of(client, branch, month=3)

    first, second = pages_of(answer)
    in_order(["测试第一支部", "政治生日快乐", "阿依·买买提", "1980年3月2日", "37"], first)
    in_order(["韦怀德", "1967年3月20日", "50"], second)
    assert all(word in first for word in ("党龄", "2018年3月2日"))
    assert "2018年3月20日" in second
    assert page_size(answer.content) == (210, 148)


def test_for_the_first_of_july_everybody_gets_a_card_two_on_a_page(office, branch, client):
    office("secretary")
    for name in ("韦怀德", "欧阳怀德", "李秀英"):
        make_member(name=name, branch=branch)
    make_member(name="不知何日", branch=branch, joined_on=None, full_member_on=None)

    answer = cards_of(client, branch, two="on")

    pages = pages_of(answer)
    assert len(pages) == 2
    in_order(["李秀英", "欧阳怀德", "韦怀德"], "".join(pages))
    assert "".join(pages).count("2018年7月1日") == 3
    assert "不知何日" not in "".join(pages)
    assert page_size(answer.content) == (210, 297)
    assert answer.content == cards_of(client, branch, two="on").content


def test_nobody_born_into_the_party_in_a_month_is_a_sentence_and_no_empty_file(office, branch, client):
    office("secretary")
    make_member(branch=branch)

    answer = cards_of(client, branch, month=2)

    assert "这一选择中没有人" in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_a_card_is_refused_rather_than_printed_with_an_empty_box(office, branch, client):
    office("secretary")
    make_member(name="韦😀德", branch=branch)

    assert "U+1F600" in cards_of(client, branch).content.decode()
    assert "[U+1F600]" in "".join(pages_of(roster_of(client, branch)))


def test_one_name_that_no_font_draws_stops_no_card_of_the_others(office, branch, client):
    office("secretary")
    for name in ("韦怀德", "韦😀德", "李秀英"):
        make_member(name=name, branch=branch)

    one_a_page, two_a_page = (pages_of(cards_of(client, branch, **choice)) for choice in ({}, {"two": "on"}))

    assert [len(one_a_page), len(two_a_page)] == [3, 2]
    for pages in (one_a_page, two_a_page):
        in_order(["李秀英", "韦怀德"], "".join(pages[:-1]))
        in_order(["未印出", "韦[U+1F600]德", "U+1F600"], pages[-1])


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


def test_garbage_in_the_choices_is_answered_with_the_form_or_not_found(office, branch, client):
    office("street_officer", at_branch=False)
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

    assert offered(secretary) == ["roster", "sign-in", "cards", "stocktake"]
    assert offered(accountant) == ["stocktake", "receipts", "receipt", "voucher", "allowance", "route"]
    assert client.get(reverse("admin:papers")).status_code == 302
    assert roster_of(client, branch).status_code == 302


def test_a_paper_is_shown_for_printing_or_saved(office, branch, client):
    office("secretary")
    make_member(branch=branch)

    assert roster_of(client, branch)["Content-Disposition"].startswith("inline")
    kept = roster_of(client, branch, download=1)
    assert kept["Content-Disposition"] == 'attachment; filename="roster.pdf"'
    assert "no-store" in kept["Cache-Control"]


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

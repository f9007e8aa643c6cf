"""Office papers: what stands on them, who may print them, and that every look at names is written down."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from fund.donations.actions import receive_donation, return_donation, void_receipt
from fund.donations.papers import receipt
from fund.help.visits.actions import approve_round, pay_round, propose_round
from fund.ledger.actions import reverse_entry
from fund.ledger.papers import voucher
from fund.models import AllowanceLine, AllowanceRun
from members.models import AccessLog
from tests.fund.make import book, make_donation, make_pot, make_round
from tests.make import make_branch, make_member, make_organization, make_user
from tests.reading import fonts_of, info_of, page_size, squeezed, text_of_pdf

pytestmark = pytest.mark.django_db


def words_of(content):
    assert all(font.is_embedded and font.is_subset for font in fonts_of(content))
    return squeezed(text_of_pdf(content))


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def desk(db):
    """A pot with money, and the client of somebody with a role at its desk."""
    organization = make_organization(full_name="测试社区基金管理小组")
    return make_pot(organization=organization, holding=Decimal("5000.00"))


@pytest.fixture
def at_desk(desk, client):
    def enter(role):
        user = make_user(role, organization=desk.organization)
        client.force_login(user)
        return user

    return enter


def paper(client, record, name):
    return client.get(reverse(f"admin:fund_{record._meta.model_name}_print", args=[record.pk, name]))


def make_gift(pot, **fields):
    return receive_donation(make_donation(pot=pot, handler="覃惠兰", **fields), by=make_user())


def make_run(pot, *, lines=2):
    run = AllowanceRun.objects.create(pot=pot, month=date(2018, 3, 1))
    for number in range(lines):
        AllowanceLine.objects.create(run=run, name=f"刘海{'一二三四五'[number]}", amount=Decimal("300.00"))
    return run


def test_a_receipt_stands_twice_on_one_page_with_the_amount_in_capitals(desk):
    gift = make_gift(desk, donor="欧阳𠮷德", amount=Decimal("1030.50"), goods="")

    content = receipt(gift)

    words = words_of(content)
    for part in (
        gift.receipt_no,
        "欧阳𠮷德",
        "1,030.50元",
        "人民币壹仟零叁拾元零伍角",
        "覃惠兰",
        "测试社区基金管理小组",
    ):
        assert words.count(part) == 2, part
    assert "不是发票" in words
    assert "已退回" not in words
    assert info_of(content)["Pages"] == "1"
    assert page_size(content) == (210, 297)
    assert content == receipt(gift)


def test_the_receipt_of_a_returned_gift_says_so(desk):
    gift = make_gift(desk)
    return_donation(gift, by=make_user(), on=date(2018, 7, 1), reason="家里急用")
    gift.refresh_from_db()

    assert words_of(receipt(gift)).count("已退回") == 2


def test_a_receipt_that_replaces_a_spoilt_one_names_its_void_number(desk):
    gift = make_gift(desk)
    spoilt = gift.receipt_no
    void_receipt(gift, by=make_user(), reason="写坏了")
    gift.refresh_from_db()

    words = words_of(receipt(gift))

    assert words.count(f"代替作废收据{spoilt}") == 2
    assert words.count(f"编号{gift.receipt_no}") == 2


def test_a_receipt_is_offered_printed_and_written_down(desk, at_desk, client):
    user = at_desk("fund_keeper")
    gift = make_gift(desk, donor="欧阳怀德")
    address = reverse("admin:fund_donation_print", args=[gift.pk, "receipt"])

    assert f'href="{address}"' in client.get(reverse("admin:fund_donation_change", args=[gift.pk])).content.decode()
    answer = client.get(address)

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert "欧阳怀德" in words_of(answer.content)
    log = AccessLog.objects.get()
    assert (log.user, log.act) == (user, AccessLog.Act.EXPORT)
    assert gift.receipt_no in log.what
    assert paper(client, gift, "nonsense").status_code == 404


def test_nobody_prints_a_paper_of_another_desk_or_without_the_right_to_see_the_record(desk, at_desk, client):
    at_desk("fund_keeper")
    other = make_gift(make_pot())
    assert paper(client, other, "receipt").status_code == 404
    gift = make_gift(desk)
    at_desk("publicity_officer")
    assert paper(client, gift, "receipt").status_code in {403, 404}
    client.logout()
    assert paper(client, gift, "receipt").status_code == 302
    assert not AccessLog.objects.exists()


def test_a_receipt_that_cannot_be_printed_says_which_character_is_the_reason(desk, at_desk, client):
    at_desk("fund_keeper")
    gift = make_gift(desk, donor="韦😀德")

    answer = client.get(reverse("admin:fund_donation_print", args=[gift.pk, "receipt"]), follow=True)

    assert "😀" in answer.content.decode()
    assert "U+1F600" in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_a_voucher_names_accounts_in_office_words_and_the_hands_behind_it(desk):
    round_ = make_round(pot=desk, visits=3)
    users = [make_user(last_name=name, first_name="惠兰") for name in ("覃", "黄", "莫")]
    propose_round(round_, by=users[0])
    approve_round(round_, by=users[1])
    pay_round(round_, by=users[2], on=date(2018, 6, 29))
    round_.refresh_from_db()

    content = voucher(round_.entry)

    words = words_of(content)
    for part in (
        "付款凭证",
        "180.00元",
        "人民币壹佰捌拾元整",
        "慰问",
        "3人次",
        "覃惠兰",
        "黄惠兰",
        "莫惠兰",
        "2018年6月29日",
    ):
        assert part in words, part
    assert not [visit.name for visit in round_.visits.all() if visit.name in words]
    assert page_size(content) == (210, 148)


def test_a_red_entry_and_the_one_it_takes_back_point_to_each_other_on_paper(desk):
    entry = book(desk, desk.use("fee"), desk.cash, "5.00", date(2018, 2, 1), summary="手续费")
    red = reverse_entry(entry, by=make_user(), on=date(2018, 2, 2), reason="重复")
    entry.refresh_from_db()

    assert f"红字：冲销第{entry.number}笔" in words_of(voucher(red))
    assert f"已被第{red.number}笔冲销" in words_of(voucher(entry))


def test_money_moved_inside_a_pot_is_a_transfer_and_income_a_receipt_voucher(desk):
    moved = book(desk, desk.bank, desk.cash, "5.00", date(2018, 2, 1))
    came = book(desk, desk.cash, desk.source("interest"), "5.00", date(2018, 2, 1))

    assert "转账凭证" in words_of(voucher(moved))
    assert "收款凭证" in words_of(voucher(came))


def test_a_voucher_is_printed_whatever_its_summary_holds(desk):
    entry = book(desk, desk.cash, desk.source("social_donation"), 10, date(2018, 6, 2), summary="谢谢😀")

    assert "谢谢[U+1F600]" in words_of(voucher(entry))


def test_a_voucher_is_printed_from_its_entry(desk, at_desk, client):
    at_desk("accountant")
    entry = book(desk, desk.use("fee"), desk.cash, "5.00", date(2018, 2, 1), summary="手续费")

    assert "手续费" in words_of(paper(client, entry, "voucher").content)


def test_the_sheet_to_sign_lists_everybody_with_sum_and_places(desk, at_desk, client):
    at_desk("accountant")
    run = make_run(desk, lines=3)

    content = paper(client, run, "signatures").content

    words = words_of(content)
    for part in ("刘海一", "刘海二", "刘海三", "900.00", "人民币玖佰元整", "签名", "2018年3月"):
        assert part in words, part
    assert page_size(content) == (297, 210)
    assert AccessLog.objects.count() == 1


def test_the_route_sheet_is_internal_and_gives_addresses_only_to_those_who_may_see_them(desk, at_desk, client):
    branch = make_branch(organization=desk.organization)
    member = make_member(name="韦怀德", branch=branch, address="测试巷9号", phone="14000000001")
    round_ = make_round(pot=desk, visits=40)
    round_.visits.create(name="韦怀德", member=member, branch=branch, amount=Decimal("60.00"))

    at_desk("street_officer")
    whole = words_of(paper(client, round_, "route").content)
    at_desk("fund_keeper")
    content = paper(client, round_, "route").content

    assert "测试巷9号" in whole
    assert "14000000001" in whole
    assert "测试巷9号" not in words_of(content)
    assert "韦怀德" in words_of(content)
    assert "2,460.00" in words_of(content)
    *pages, _rest = text_of_pdf(content).split("\f")
    assert len(pages) > 1
    assert all("内部资料 注意保密" in page for page in pages)
    assert AccessLog.objects.filter(act=AccessLog.Act.EXPORT).count() == 2

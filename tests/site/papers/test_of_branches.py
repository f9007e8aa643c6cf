"""Rosters, sign-in sheets and cards: what stands on them and in which order."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import AccessLog, Member
from members.papers.roster import FIELDS, heading_of
from tests.make import make_branch, make_member
from tests.reading import page_size, squeezed, text_of_pdf
from tests.site.papers.printing import cards_of, head_of, in_order, make_activity, pages_of, roster_of, sign_in_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

MARK = "内部资料 注意保密"


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
    assert list(logged) == ["党员花名册：测试第一支部"] * 2


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

"""A record opens as a page to read and is changed block by block; a new one asks for what this step needs."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from activities.models import MiniWish, Volunteer
from branches.models import Branch, CommitteeSeat, CommitteeTerm
from fund.donations.actions import register_donation
from fund.models import AssistanceCase
from members.models import AccessLog
from tests.fund.make import make_donation, make_pot
from tests.make import make_branch, make_member, make_organization, make_user
from tests.site.test_careful_saving import fields_of, signed_in

pytestmark = pytest.mark.django_db

# Forms that are settings, or are made by an import: they may ask for more at once.
MOST_INPUTS = 8


@pytest.fixture
def office(client):
    client.force_login(make_user(is_superuser=True, last_name="黄", first_name="志文"))
    return client


def page_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def inputs(html):
    """Names of the fields somebody sees in a form: not hidden, not folded away."""
    form = html.partition('class="office-form"')[2].partition("</form>")[0]
    form = re.sub(r"<details(?! open).*?</details>|<noscript>.*?</noscript>", "", form, flags=re.DOTALL)
    tags = re.findall(r"<(?:input|select|textarea)\b[^>]*>", form)
    names = [re.search(r'name="([^"]+)"', tag) for tag in tags if 'type="hidden"' not in tag and "submit" not in tag]
    return list(dict.fromkeys(name[1] for name in names if name))


def edited(client, record, part, changes):
    """Send the form of one part of a record with some changes."""
    address = f"{page_of(record)}?edit={part}"
    return client.post(address, fields_of(client.get(address).content.decode()) | changes)


def test_a_record_opens_to_be_read_with_a_way_to_change_each_block(office):
    member = make_member(name="韦怀德")

    html = office.get(page_of(member)).content.decode()

    assert 'class="office-form"' not in html
    assert "韦怀德" in html
    for part in ("0", "1", "2", "3", "4", "line-1", "all"):
        assert f'href="?edit={part}"' in html
    # Affiliations are written by the acts of a member, never typed.
    assert 'href="?edit=line-0"' not in html


def test_a_block_asks_for_its_own_fields_alone_and_changes_nothing_else(office):
    member = make_member(name="韦怀德", former_post="县糖厂")
    html = office.get(f"{page_of(member)}?edit=2").content.decode()
    assert "former_post" in inputs(html)
    assert "name" not in inputs(html)

    answer = edited(office, member, "2", {"former_post": "县供销社"})

    assert answer.url == page_of(member)
    member.refresh_from_db()
    assert (member.former_post, member.name) == ("县供销社", "韦怀德")


def test_lines_are_a_block_of_their_own(office):
    term = CommitteeTerm.objects.create(branch=make_branch(), term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    html = office.get(f"{page_of(term)}?edit=line-0").content.decode()
    assert "seats-0-name" in inputs(html)
    assert "term_no" not in inputs(html)

    seat = {"seats-0-post": "member", "seats-0-name": "覃月华", "seats-0-held_from": "2018-01-02"}
    assert edited(office, term, "line-0", seat).url == page_of(term)

    term.refresh_from_db()
    assert [row.name for row in term.seats.all()] == ["覃月华"]
    assert (term.term_no, f"{term.term_end}") == (1, "2021-01-02")


def test_who_may_only_read_sees_the_lines_too(client):
    branch = make_branch()
    term = CommitteeTerm.objects.create(branch=branch, term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    CommitteeSeat.objects.create(term=term, post="member", name="覃月华", held_from="2018-01-02")
    client.force_login(make_user("secretary", branch=branch))

    html = client.get(page_of(term)).content.decode()

    assert "覃月华" in html
    assert "?edit=" not in html


@pytest.mark.parametrize("part", ["0", "1", "line-0", "all"])
def test_the_form_of_a_part_of_a_booked_entry_shows_it_and_asks_nothing(office, part):
    entry = make_pot(holding="100.00").entries.get()

    page = office.get(f"{page_of(entry)}?edit={part}")

    assert page.status_code == 200
    assert inputs(page.content.decode()) == []


def test_a_month_alone_outlives_a_change_of_another_block(office):
    member = make_member(joined_on="1968-07-01", joined_day_known=False, full_member_on="1969-07-01")

    edited(office, member, "2", {"former_post": "县供销社"})

    member.refresh_from_db()
    assert (member.former_post, member.joined_day_known, f"{member.joined_on}") == ("县供销社", False, "1968-07-01")


@pytest.mark.parametrize("part", ["0", "1", "line-0", "7"])
def test_a_form_that_checks_its_blocks_together_is_changed_as_a_whole(office, part):
    gift = register_donation(make_donation(), by=User.objects.get(last_name="黄"))
    assert "amount" in inputs(office.get(f"{page_of(gift)}?edit={part}").content.decode())

    assert edited(office, gift, part, {"remark": "现金"}).url == page_of(gift)

    gift.refresh_from_db()
    assert (gift.remark, gift.amount) == ("现金", 100)


def test_two_people_who_change_different_blocks_do_not_stop_each_other(office):
    member = make_member(former_post="县糖厂", birth_date="1940-03-15")
    other = Client()
    other.force_login(make_user(is_superuser=True, last_name="韦", first_name="怀德"))
    mine = fields_of(office.get(f"{page_of(member)}?edit=2").content.decode())
    edited(other, member, "0", {"birth_date": "1941-03-15"})

    assert office.post(f"{page_of(member)}?edit=2", mine | {"former_post": "县供销社"}).status_code == 302

    member.refresh_from_db()
    assert (f"{member.birth_date}", member.former_post) == ("1941-03-15", "县供销社")


def test_a_rule_over_two_blocks_is_said_with_the_name_of_the_other_field(office):
    member = make_member(birth_date="1940-03-15", joined_on="1967-07-01", full_member_on="1968-07-01")

    html = edited(office, member, "0", {"birth_date": "1970-03-15"}).content.decode()

    assert 'class="error-summary' in html
    assert "加入党组织日期" in html
    member.refresh_from_db()
    assert f"{member.birth_date}" == "1940-03-15"


def test_an_error_is_a_link_to_its_field(office):
    member = make_member()

    html = edited(office, member, "0", {"name": "", "birth_date": "2月30日"}).content.decode()

    summary = html.partition('class="error-summary')[2].partition("</div>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["id_name", "id_birth_date"]
    assert " autofocus" in html.partition('class="error-summary')[2][:80]


@pytest.mark.parametrize("part", ["9", "-1", "x", "line-", "line-9", "line-12", "line-x", "1.5", "９", "0" * 40])
def test_a_part_that_is_none_gives_a_page_and_changes_nothing(office, part):
    member = make_member()

    assert office.get(page_of(member), {"edit": part}).status_code == 200


def test_who_may_only_read_is_offered_no_change(client):
    branch = make_branch()
    member = make_member(branch=branch)
    client.force_login(make_user("publicity_officer", branch=branch))

    assert "?edit=" not in client.get(page_of(member)).content.decode()


def test_the_page_tells_what_happened_and_never_what_a_private_field_held(office):
    member = make_member(phone="13800000033")
    edited(office, member, "3", {"phone": "13800000044"})

    happened = office.get(page_of(member)).content.decode().partition('class="happened"')[2].partition("</ol>")[0]

    assert "黄志文" in happened
    assert "电话" in happened
    assert "138" not in happened


def test_a_record_page_costs_the_same_however_long_its_history(office, django_assert_max_num_queries):
    member = make_member()
    office.get(page_of(member))
    for number in range(30):
        member.remark = f"{number}"
        member.save()

    with django_assert_max_num_queries(25):
        office.get(page_of(member))


def test_fields_that_hold_nothing_are_named_in_one_line(office):
    member = make_member(name="韦怀德", former_post="县糖厂", party_post="", remark="")
    block = office.get(page_of(member)).content.decode().partition("党内情况")[2].partition("</fieldset>")[0]

    told = re.search(r'class="not-filled">(.*?)</p>', block)[1]

    assert told.startswith("没有填的：")
    assert {"党内职务", "去世日期", "失联起始日期"} <= set(told.removeprefix("没有填的：").split("、"))
    assert "—" not in block
    assert "党员类别" in block.partition('class="not-filled"')[0]


def test_one_or_two_empty_fields_keep_their_rows(office):
    member = make_member(remark="", in_hardship=False)
    block = office.get(page_of(member)).content.decode().partition("联系方式")[2].partition("</fieldset>")[0]
    some = make_member(branch=member.branch, phone="13800000033", address="榕树巷 3 号", emergency_contact="")
    other = office.get(page_of(some)).content.decode().partition("联系方式")[2].partition("</fieldset>")[0]

    assert "没有填的：" in block
    assert "没有填的：" not in other
    assert "未登记" in other


def test_the_foot_of_a_record_to_read_holds_nothing_but_its_deletion(office):
    html = office.get(page_of(make_member())).content.decode()

    assert "closelink" not in html
    assert re.findall(r'<div class="submit-row">\s*<a class="(\w+)"', html) == ["deletelink"]


def test_no_field_has_icons_that_open_windows(office):
    html = office.get(f"{page_of(make_member())}?edit=all").content.decode()

    assert "related-widget-wrapper" not in html


# New records


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def test_a_new_record_asks_for_at_most_eight_things_before_its_first_save(office, model):
    answer = office.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
    if answer.status_code != 403:
        assert len(inputs(answer.content.decode())) <= MOST_INPUTS


def test_a_phoned_wish_takes_three_things_and_the_phone(client):
    branch = make_branch()
    client.force_login(make_user("secretary", branch=branch))
    address = reverse("admin:activities_miniwish_add")
    form = client.get(address).content.decode()
    # How it came is chosen already: by phone, as most do.
    assert inputs(form) == ["channel", "wisher", "wisher_phone", "group", "public_text"]

    typed = {"wisher": "黄大妈", "group": "resident", "public_text": "想要一副老花镜"}
    first = client.post(address, fields_of(form) | typed)
    client.post(address, fields_of(client.get(address).content.decode()) | typed)

    one, two = MiniWish.objects.order_by("pk")
    assert first.url == page_of(one)
    assert (one.branch, one.organization, one.wisher) == (branch, branch.organization, "黄大妈")
    assert [one.code[-4:], two.code[-4:]] == ["-001", "-002"]


def test_what_is_folded_opens_where_something_in_it_is_wrong(office):
    address = reverse("admin:activities_miniwish_add")
    typed = fields_of(office.get(address).content.decode()) | {"estimate": "很多"}

    html = office.post(address, typed).content.decode()

    assert "estimate" in inputs(html)


def test_a_case_takes_from_the_roster_what_it_knows_of_the_member(client):
    branch = make_branch()
    pot = make_pot(organization=branch.organization)
    member = make_member(branch=branch, name="韦怀德", phone="13800000033", address="榕树巷 3 号")
    client.force_login(make_user("secretary", branch=branch))
    address = reverse("admin:fund_assistancecase_add")
    typed = {"beneficiary_member": member.pk, "hardship": "serious_illness", "reason": "住院", "applied_amount": "500"}

    answer = client.post(address, fields_of(client.get(address).content.decode()) | typed)

    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode())
    case = AssistanceCase.objects.get()
    assert (case.beneficiary, case.phone, case.address, case.branch, case.pot) == (
        "韦怀德", "13800000033", "榕树巷 3 号", branch, pot,
    )  # fmt: skip


def test_private_fields_are_taken_only_for_who_may_see_them_in_full(client):
    organization = make_organization()
    branch = make_branch(organization=organization)
    make_pot(organization=organization)
    member = make_member(branch=branch, name="韦怀德", phone="13800000033")
    client.force_login(make_user("fund_keeper", organization=organization))
    assert not User.objects.latest("pk").has_perm("members.view_private_member")
    address = reverse("admin:fund_assistancecase_add")
    typed = {"beneficiary_member": member.pk, "hardship": "serious_illness", "reason": "住院", "applied_amount": "500"}

    client.post(address, fields_of(client.get(address).content.decode()) | typed)

    case = AssistanceCase.objects.get()
    assert (case.beneficiary, case.phone, case.birth_date) == ("韦怀德", "", None)


def test_what_was_typed_is_never_replaced_by_the_roster_and_a_name_is_asked_where_nobody_was_chosen(office):
    branch = make_branch()
    member = make_member(branch=branch, name="韦怀德", phone="13800000033")
    address = reverse("admin:activities_volunteer_add")
    form = fields_of(office.get(address).content.decode()) | {"kind": "party", "organization": branch.organization_id}

    assert office.post(address, form).status_code == 200
    office.post(address, form | {"member": member.pk, "name": "韦怀德（老韦）", "phone": "13900000000"})
    volunteer = Volunteer.objects.get()

    assert volunteer.phone == "13900000000"
    assert volunteer.name.startswith("韦怀德")


def test_a_record_that_was_added_opens(office):
    organization = make_organization()
    address = reverse("admin:branches_branch_add")
    typed = fields_of(office.get(address).content.decode())
    kind = Branch._meta.get_field("kind").choices[0][0]
    typed |= {"organization": organization.pk, "name": "甲支部", "kind": kind, "founded_on": "2010-07-01"}

    answer = office.post(address, typed)

    assert answer.url == page_of(Branch.objects.get(name="甲支部"))


@pytest.mark.parametrize("role", ["secretary", "publicity_officer"])
def test_who_keeps_wishes_reads_who_wishes_after_saying_why(role):
    branch = make_branch()
    wish = MiniWish.objects.create(
        organization=branch.organization,
        branch=branch,
        code="2018-001",
        collected_on="2018-01-02",
        wisher="覃玉兰",
        group="resident",
        public_text="想要一副老花镜",
        private_note="邻居代打电话",
    )
    client = signed_in(make_user(role, branch=branch))
    page = client.get(page_of(wish)).content.decode()
    address = f"{page_of(wish).removesuffix('change/')}full/"
    assert page.count('<span class="label">许愿人</span>') == 1
    assert f'href="{address}"' in page
    assert "覃玉兰" not in page + client.get(address).content.decode()

    assert "覃玉兰" in client.post(address, {"reason": "打电话问进展"}).content.decode()

    (log,) = AccessLog.objects.all()
    assert (log.reason, log.what) == ("打电话问进展", f"微心愿 {wish.pk}")
    stranger = signed_in(make_user(role, branch=make_branch()))
    answer = stranger.post(address, {"reason": "看看"}, follow=True)
    assert "覃玉兰" not in answer.content.decode()
    assert AccessLog.objects.count() == 1


def test_the_page_of_a_record_tells_numbers_apart_by_their_ending():
    member = make_member(phone="14000000052")
    page = signed_in(make_user("secretary", branch=member.branch)).get(page_of(member)).content.decode()

    assert "已登记，尾号 0052" in page
    assert "14000000052" not in page


def test_days_that_nobody_recorded_are_empty_like_other_fields(client):
    member = make_member(joined_on=None, full_member_on=None)
    client.force_login(make_user("street_officer", organization=member.branch.organization))
    for page in (page_of(member), f"{page_of(member)}?edit=all"):
        assert "None" not in client.get(page).content.decode()
    block = client.get(page_of(member)).content.decode().partition("党内情况")[2].partition("</fieldset>")[0]

    told = re.search(r'class="not-filled">没有填的：(.*?)</p>', block)[1]

    assert {"加入党组织日期", "转为正式党员日期"} <= set(told.split("、"))

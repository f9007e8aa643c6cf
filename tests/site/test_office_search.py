"""The box on top of every office page: what it finds, what it opens at once, and what it tells nobody."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.models import Venue
from config.kit import clock
from config.site.help import TOPICS
from fund.models import Donation
from members.models import AccessLog, Member
from tests.fund.make import make_case, make_donation, make_pot
from tests.make import make_branch, make_citizen_id, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db

SEARCH = "/admin/search/"


@pytest.fixture
def office(client, admin_user):
    client.force_login(admin_user)
    return client


@pytest.fixture
def secretary(client):
    branch = make_branch()
    client.force_login(make_user("secretary", branch=branch))
    client.branch = branch
    return client


def page_of(record, page="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def opened(client, words):
    """The address the box leads to at once, or None where it shows a list."""
    answer = client.get(SEARCH, {"q": words})
    return answer.url if answer.status_code == 302 else None


def titles(client, words):
    kinds = client.get(SEARCH, {"q": words}).context["kinds"]
    return [record.title for kind in kinds for record in kind.records]


@pytest.mark.parametrize(
    "words",
    [
        "lxz", "LXZ", "ｌｘｚ", "lixiuzhen", "li xiu zhen", "Li Xiuzhen", "li-xiu-zhen", "xiuzhen", "xz", "李秀珍",
        "秀珍", "李 秀珍", "002X", "002x", "００２X", "0033", "13800000033", "138 0000 0033", "138-0000-0033",
    ],
)  # fmt: skip
def test_one_member_is_opened_by_every_usual_way_to_say_who(office, words):
    wanted = make_member(name="李秀珍", citizen_id=citizen_id_ending("002X"), phone="13800000033")
    make_member(name="黄志强", citizen_id=citizen_id_ending("0018"), phone="13800000044")

    assert opened(office, words) == page_of(wanted)


def citizen_id_ending(tail):
    """A valid number with these last four: the check character follows from the birth date."""
    sequence, is_male = int(tail[:3]) // 2, int(tail[:3]) % 2 == 1
    days = (date(1940, 1, 1) + timedelta(days=number) for number in range(400))
    numbers = (make_citizen_id(day, sequence, male=is_male) for day in days)
    return next(number for number in numbers if number.endswith(tail))


def test_initials_that_are_somebodys_whole_ones_are_opened_before_those_that_only_hold_them(office):
    wanted = make_member(name="李珍")
    make_member(name="李珍珍")

    assert opened(office, "lz") == page_of(wanted)


def test_namesakes_are_told_apart_by_branch_and_birth_year(office):
    for name, born in (("甲支部", date(1940, 3, 15)), ("乙支部", date(1951, 3, 15))):
        make_member(name="黄志强", branch=make_branch(name=name), birth_date=born)

    html = office.get(SEARCH, {"q": "hzq"}).content.decode()

    assert "甲支部 · 1940年生" in html
    assert "乙支部 · 1951年生" in html


def test_u_with_dots_is_found_as_v_and_as_u(office):
    wanted = make_member(name="吕国林")

    assert [opened(office, words) for words in ("lvguolin", "luguolin", "lü guolin")] == [page_of(wanted)] * 3


def test_a_corrected_reading_is_found_and_the_old_one_no_more(office):
    member = make_member(name="曾国林")
    member.sort_name = "ceng guo lin"
    member.save()

    assert opened(office, "cengguolin") == page_of(member)
    assert opened(office, "zgl") is None


@pytest.mark.parametrize("words", ["2018年11月8日", "2018.11.8", "20181108", "11月8日", "2018-11-08"])
def test_a_day_leads_to_the_lists_of_that_day(office, words):
    with clock.set_to(lambda: datetime(2018, 11, 11, 9, tzinfo=timezone.get_current_timezone())):
        kinds = office.get(SEARCH, {"q": words}).context["kinds"]

    addresses = [record.address for kind in kinds for record in kind.records]
    assert "/admin/activities/activity/?day__year=2018&day__month=11&day__day=8" in addresses
    assert "/admin/fund/donation/?donated_on__year=2018&donated_on__month=11&donated_on__day=8" in addresses
    assert office.get(addresses[0]).status_code == 200


def test_a_month_leads_to_the_lists_of_that_month(office):
    html = office.get(SEARCH, {"q": "2018年11月"}).content.decode()

    assert "/admin/activities/activity/?day__year=2018&amp;day__month=11" in html


def test_pages_papers_and_help_are_found_by_their_names(office):
    assert opened(office, "数据从哪里来") == "/admin/figures/"
    topic = next(topic for topic in TOPICS if topic.slug == "receipt")
    assert opened(office, str(topic.question)) == "/admin/help/#receipt"
    assert "花名册" in "".join(titles(office, "花名册"))


@pytest.mark.parametrize("words", ["", " ", "无此人", "%", "_", "'", '"', "\0", "<b>", "𠮷", "a" * 5000, "8888"])
def test_what_is_not_found_gets_a_page_that_says_what_to_type(office, words):
    make_member(name="李秀珍")

    answer = office.get(SEARCH, {"q": words})

    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


@pytest.mark.parametrize("words", ["黄志强", "hzq", "huangzhiqiang", "zhi qiang", "002X", "13800000033", "志 强", "强"])
def test_a_member_of_another_branch_is_found_by_no_spelling(secretary, words):
    make_member(name="黄志强", citizen_id=citizen_id_ending("002X"), phone="13800000033")
    params = {"app_label": "activities", "model_name": "volunteer", "field_name": "member", "term": words}

    assert secretary.get(SEARCH, {"q": words}).context["kinds"] == []
    answer = secretary.get(reverse("admin:autocomplete"), params)
    assert answer.status_code == 403 or answer.json()["results"] == []
    assert list(secretary.get("/admin/members/member/", {"q": words}).context["cl"].result_list) == []


def test_only_who_may_see_numbers_finds_by_their_end_and_it_is_written_down(client):
    branch = make_branch()
    make_member(name="李秀珍", branch=branch, phone="13800000033")
    client.force_login(make_user("publicity_officer", branch=branch))
    assert titles(client, "0033") == []
    assert not AccessLog.objects.exists()

    user = make_user("secretary", branch=branch)
    client.force_login(user)
    assert opened(client, "0033")
    row = AccessLog.objects.get()
    assert (row.user, row.act) == (user, AccessLog.Act.SEARCH)
    assert "0033" not in row.what


def test_keys_follow_an_import_in_bulk_and_a_partial_save():
    member = Member(branch=make_branch(), name="李秀珍", phone="13800000033")
    member.derive()
    Member.objects.bulk_create([member])
    assert Member.objects.with_latin("lxz").exists()

    member.name, member.sort_name, member.phone = "黄志强", "", "13800000044"
    member.save(update_fields=["name", "phone"])

    assert not Member.objects.with_latin("lxz").exists()
    assert Member.objects.with_latin("hzq").with_number_tail("0044").exists()


# Numbers


@pytest.mark.parametrize(
    "words",
    [
        "2018-0035",
        "２０１８－００３５",
        "No.2018-0035",
        "№２０１８—００３５",
        "第2018-0035号",
        "2018-35",
        "No. 2018-35",
    ],
)
def test_a_receipt_is_found_by_its_number_however_it_is_typed(office, words):
    pot = make_pot()
    for number in ("2017-0035", "2018-0035", "2018-0036", "2018-1035"):
        make_donation(pot=pot, receipt_no=number, donor="荔香超市").save()
    wanted = Donation.objects.get(receipt_no="2018-0035")

    assert opened(office, words) == page_of(wanted)
    assert list(office.get("/admin/fund/donation/", {"q": words}).context["cl"].result_list) == [wanted]


@pytest.mark.parametrize("words", ["救2018-0035", "２０１８－００３５", "No.2018-35", "救2018-35号"])
def test_a_choice_suggests_a_case_by_its_number_however_it_is_typed(office, words):
    case = make_case(case_no="救2018-0035")
    case.save()
    params = {"app_label": "fund", "model_name": "question", "field_name": "case", "term": words}

    results = office.get(reverse("admin:autocomplete"), params).json()["results"]

    assert [result["id"] for result in results] == [f"{case.pk}"]


def test_full_width_letters_on_record_are_found_as_they_are_typed(office):
    venue = Venue.objects.create(organization=make_organization(), name="Ｂ座（一）活动室", area=80)

    assert opened(office, "Ｂ座（一）") == page_of(venue)


# A choice of a member with scripts off: typed words


def choose(client, words):
    return client.post("/admin/activities/volunteer/add/", {"name": "志愿者甲", "member": "", "member_words": words})


def test_words_that_fit_one_member_choose_it_without_scripts(office):
    member = make_member(name="李秀珍")
    make_member(name="黄志强")

    field = choose(office, "lxz").context["adminform"].form.fields["member"]

    assert (
        field.to_python(field.widget.value_from_datadict({"member": "", "member_words": "lxz"}, {}, "member")) == member
    )


def test_words_that_fit_several_offer_them_as_a_list_and_keep_what_was_typed(office):
    for name in ("甲支部", "乙支部"):
        make_member(name="黄志强", branch=make_branch(name=name))

    html = choose(office, "hzq").content.decode()

    assert "对得上好几个" in html
    assert 'value="hzq"' in html
    assert "黄志强 · 甲支部" in html
    assert "黄志强 · 乙支部" in html


def test_words_that_fit_nobody_say_so(office):
    assert "没有找到" in choose(office, "无此人").content.decode()


# The menu


def test_the_menu_leads_nowhere_else(office):
    assert office.get("/admin/menu/open/", {"next": "https://example.org/"}).url == "/"
    assert office.get("/admin/menu/sideways/").status_code == 404


def test_help_answers_every_question_and_links_only_to_what_may_be_opened(client):
    client.force_login(make_user("point_keeper", branch=make_branch()))

    html = client.get("/admin/help/").content.decode()

    for topic in TOPICS:
        assert f'id="{topic.slug}"' in html
    assert 'href="/admin/fund/entry/"' not in html.partition('id="nav-sidebar"')[0]

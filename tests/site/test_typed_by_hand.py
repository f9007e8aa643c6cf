"""What the office types is read as an import reads it: every field of a name, a phone or an ID number, in every form."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from activities.models import MiniWish, Volunteer
from branches.models import Venue
from config.kit.person.fields import (
    ANY_ID,
    AUTHORS,
    CALLED,
    CITIZEN_ID,
    PEOPLE,
    PERSON,
    PHONE,
    ReadField,
    ReadFormField,
)
from fund.disclosure.questions.forms import AskForm
from fund.donations.forms import GiftForm
from fund.help.cases.forms import SignForm
from fund.help.visits.forms import SignaturesForm
from fund.models import Donation, Question
from members.models import Member
from tests.make import make_branch, make_citizen_id, make_member, make_organization

# Texts of the office's forms in which no person's name, phone or ID number is asked for.
WORDS = set(
    """
    activities.Activity.cancelled_because activities.Activity.place activities.Activity.summary
    activities.Activity.title activities.MentorMeeting.what activities.MentorPair.goal activities.MentorPair.subject
    activities.MiniWish.code activities.MiniWish.private_note
    activities.MiniWish.public_text activities.MiniWish.result activities.MiniWish.withdrawn_because activities.Photo.alt
    activities.ProgrammeItem.performers activities.ProgrammeItem.title activities.ProgrammeItem.troupe activities.Village.name
    activities.SignUp.guardian_note activities.Village.township
    activities.Volunteer.platform_no activities.Volunteer.skills
    auth.User.email auth.User.password auth.User.username
    branches.Branch.name branches.CommitteeSeat.duties branches.CountyForm.name branches.Equipment.asset_no branches.Equipment.funding
    branches.Equipment.model branches.Equipment.name branches.Equipment.place branches.Equipment.unit branches.Holiday.name
    branches.ImportBatch.file_digest branches.ImportBatch.file_name branches.Nameplate.duties branches.Organization.address
    branches.Organization.campaign_name branches.Organization.full_name branches.Organization.name branches.Organization.office_hours
    branches.Organization.suggestion_box branches.Venue.address branches.Venue.facilities branches.Venue.name branches.Venue.opening_hours
    fund.Account.code fund.Account.name fund.AllowanceLine.post fund.AllowanceRule.remark fund.AssistanceCase.address
    fund.AssistanceCase.emergency_reason fund.AssistanceCase.reason fund.AssistanceCase.unit fund.Budget.remark fund.CashCount.reason
    fund.CondolenceRound.remark fund.CondolenceVisit.unit fund.Donation.goods fund.Donation.purpose fund.Donation.receipt_no
    fund.Donation.remark fund.Entry.digest fund.Entry.key fund.Entry.previous_digest fund.Entry.summary fund.FundMember.remark
    fund.Posting.place fund.Posting.remark fund.Posting.subject fund.Pot.code fund.Pot.name fund.Pot.notice_prefix fund.Question.text
    fund.Recusal.remark fund.Recusal.unit fund.Statement.correction_reason
    honours.BookTitle.book_no honours.BookTitle.isbn honours.BookTitle.publisher honours.BookTitle.title honours.EducationPoint.address
    honours.EducationPoint.introduction honours.EducationPoint.name honours.EducationPoint.opening_hours honours.Honour.awarded_by
    honours.Honour.document_no honours.Honour.remark honours.Honour.title honours.RoleModel.profile honours.RoleModel.saying
    honours.Section.text honours.Section.title honours.VisitGroup.group honours.VisitGroup.seen
    members.AccessLog.reason members.AccessLog.what members.Affiliation.remark members.Consent.paper members.Member.address
    members.Member.emergency_contact members.Member.former_post members.Member.hardship_reason members.Member.native_place
    members.Member.party_post members.Member.remark members.Member.sort_name
    """.split()
)

NUMBER = make_citizen_id(sequence=77)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

NAMES = {
    "买买提•吐尔逊": "买买提·吐尔逊",
    "买买提・吐尔逊": "买买提·吐尔逊",
    "买买提‧吐尔逊": "买买提·吐尔逊",
    "买买提∙吐尔逊": "买买提·吐尔逊",
    "买买提.吐尔逊": "买买提·吐尔逊",
    "买买提 · 吐尔逊": "买买提·吐尔逊",
    "买买提．吐尔逊": "买买提·吐尔逊",
    "欧阳　手乙": "欧阳手乙",
    "欧阳 手乙": "欧阳手乙",
    "韦　怀　德": "韦怀德",
    "韦\u00a0怀德": "韦怀德",
    " 韦怀德\u200b": "韦怀德",
    "Mary  Smith": "Mary Smith",
    "Ｍａｒｙ　Ｓｍｉｔｈ": "Mary Smith",
}
PHONES = {
    "140 0000 0001": "14000000001",
    "140-0000-0001": "14000000001",
    "+8614000000002": "14000000002",
    "+86 140 0000 0002": "14000000002",
    "（+86）14000000002": "14000000002",
    "008614000000002": "14000000002",
    "14000000003".translate(WIDE): "14000000003",
    "(0770)0000000": "0770-0000000",
    "（0770） 0000000": "0770-0000000",
    "0770 0000000": "0770-0000000",
    "0770－000 0000": "0770-0000000",
    "+86 770 0000000": "0770-0000000",
    "+86(0)770-0000000": "0770-0000000",
    "0086-0770-0000000": "0770-0000000",
    "手机：14000000001": "14000000001",
    "014000000001": "14000000001",
    "013900000001": "13900000001",
}
IDS = {
    " ".join(re.findall(r"^.{6}|.{8}|.{4}$", NUMBER)): NUMBER,
    NUMBER.translate(WIDE): NUMBER,
    NUMBER.lower(): NUMBER,
    f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}": NUMBER,
    f"身份证号：{NUMBER}": NUMBER,
    f"　{NUMBER}　": NUMBER,
}
SPELLINGS = {
    PERSON: NAMES, PEOPLE: NAMES, CALLED: NAMES, PHONE: PHONES, CITIZEN_ID: IDS, ANY_ID: IDS,
    AUTHORS: {"列夫•托尔斯泰": "列夫·托尔斯泰", "韦怀德 黄志文": "韦怀德 黄志文"},
}  # fmt: skip

pytestmark = pytest.mark.django_db


def editable_texts():
    """`(admin or inline, field)` of every text that the office can type into a record."""
    for site_admin in admin.site._registry.values():
        for one in [site_admin, *(inline(site_admin.model, admin.site) for inline in site_admin.inlines)]:
            for field in one.model._meta.concrete_fields:
                is_text = isinstance(field, (models.CharField, models.TextField))
                if is_text and field.editable and not field.choices:
                    yield one, field


def form_field(site_admin, field, user):
    request = RequestFactory().get("/")
    request.user = user
    return site_admin.formfield_for_dbfield(field, request)


def is_refused(field, text):
    try:
        field.clean(text)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def test_every_text_of_the_office_is_read_as_a_name_a_phone_or_an_id_or_holds_none(admin_user):
    unread = set()
    for site_admin, field in editable_texts():
        label = f"{field.model._meta.label}.{field.name}"
        if label not in WORDS and not isinstance(form_field(site_admin, field, admin_user), ReadFormField):
            unread.add(label)
        assert not (label in WORDS and isinstance(field, ReadField)), label

    assert unread == set()


def test_every_field_of_the_office_reads_the_spellings_that_an_import_reads(admin_user):
    kinds = set()
    for site_admin, field in editable_texts():
        shown = form_field(site_admin, field, admin_user)
        if isinstance(shown, ReadFormField):
            kinds.add(shown.kind)
            for typed, read in SPELLINGS[shown.kind].items():
                if is_refused(shown, read):
                    continue
                assert shown.clean(typed) == read, (field, typed)
                if isinstance(field, ReadField):
                    assert field.to_python(typed) == read, (field, typed)

    assert kinds == set(SPELLINGS)


@pytest.mark.parametrize(
    ("form", "name"),
    [(AskForm(), "name"), (AskForm(), "phone"), (GiftForm(), "donor"), (SignForm(), "signed_by")],
)
def test_forms_that_are_no_records_read_the_same(form, name):
    field = form.fields[name]

    for typed, read in SPELLINGS[field.kind].items():
        if not is_refused(field, read):
            assert field.clean(typed) == read


def test_a_signature_is_read_as_a_name():
    class Visit:
        pk, name = 7, "韦怀德"

    form = SignaturesForm({"day": "2018-10-01", "signed-7": "买买提•吐尔逊"}, visits=[Visit()])

    assert form.is_valid()
    assert form.cleaned_data["signed-7"] == "买买提·吐尔逊"


def every_form(of=forms.Form):
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


def test_no_form_asks_for_a_name_or_a_number_in_a_plain_text():
    ours = ("members", "branches", "activities", "fund", "honours", "config")
    plain = {
        f"{form.__name__}.{name}"
        for form in every_form()
        if form.__module__.split(".")[0] in ours
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and re.search(r"name|donor|signed|phone|citizen|person$|leader|head", name)
    }

    assert plain <= {"CheckForm.other_person", "ApproveUrgentlyForm.other_person"}


# What cannot be read is refused with what is wrong


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0770-0000000转801", "请去掉转801"),
        ("（0770）0000000 转 801", "请去掉转801"),
        ("0770-0000000-801", "请去掉-801"),
        ("14000000001转2", "请去掉转2"),
        ("0770-0000000分机8", "请去掉分机8"),
        ("0770-0000000ext.12", "请去掉ext.12"),
        ("1400000000", "10 位"),
        ("140000000012", "12 位"),
        ("0000000", "位"),
        ("7000000", "区号"),
        ("0770-000000", "10 位"),
        ("12000000000", "12 开头"),
        ("1400000000l", "“l”"),
        ("微信同号", "“微信同号”"),
        ("12", "11 位手机号"),
        ("14000000001 14000000002", "不止一个号码"),
    ],
)
def test_a_phone_that_cannot_be_called_is_refused_with_what_is_wrong(typed, says):
    message = is_refused(ReadFormField(kind=PHONE), typed)

    assert says in message


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (NUMBER[:17], "17 位"),
        (NUMBER + "1", "19 位"),
        (NUMBER[:15], "15 位的老身份证号"),
        (NUMBER[:5] + "O" + NUMBER[6:], "第 6 位是“O”"),
        (NUMBER[:16] + "X" + NUMBER[17:], "第 17 位是“X”"),
        ("手" + NUMBER[1:], "第 1 位是“手”"),
        (NUMBER[:6] + "19401315" + NUMBER[14:], "出生日期"),
        (NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"), "校验码"),
    ],
)
def test_an_id_number_is_refused_with_what_is_wrong_and_never_with_a_count_that_is_right(typed, says):
    message = is_refused(ReadFormField(kind=CITIZEN_ID), typed)

    assert says in message
    assert "现在是 18 位" not in message


@pytest.mark.parametrize(
    "typed", ["李明 王芳", "买买提 吐尔逊", "覃大山、黄小明", "覃大山和黄小明", "覃大山13800000000", "覃大山２"]
)
def test_a_name_that_may_be_two_or_holds_a_number_is_refused_where_one_person_is_meant(typed):
    assert is_refused(ReadFormField(kind=PERSON), typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("★韦怀德", "韦怀德"), ("韦怀德同志", "韦怀德"), ("韦怀德（男）", "韦怀德"), ("蓝 德（瑶族）", "蓝德"), ("*韦怀德、", "韦怀德"), ("李明（小）", "李明（小）"),
        ("李同志", "李同志"), ("★", "★"),
    ],
)  # fmt: skip
def test_the_name_of_one_person_is_freed_of_what_lists_put_around_it(typed, name):
    assert ReadFormField(kind=PERSON).clean(typed) == name


@pytest.mark.parametrize("typed", ["李明 王芳", "李明 王芳 韦德"])
def test_several_names_with_spaces_are_refused_where_several_may_stand(typed):
    assert "、" in is_refused(ReadFormField(kind=PEOPLE), typed)


@pytest.mark.parametrize(
    "typed",
    ["李明、王芳", "荔园社区 办事处", "荔园商会（2018）", "ABC 公司", "Mary Smith", "热心市民", "欧阳手乙、上官手丙"],
)
def test_organisations_and_several_names_may_stand_where_several_are_meant(typed):
    assert is_refused(ReadFormField(kind=PEOPLE), typed) == ""


def test_the_number_of_another_document_is_kept_as_it_was_typed():
    field = ReadFormField(kind=ANY_ID)

    assert field.clean("e 1234 5678") == "E12345678"
    assert is_refused(field, NUMBER[:17])


# Stored


@pytest.fixture
def office(client):
    branch = make_branch(organization=make_organization(name="荔园社区"))
    client.force_login(User.objects.create_superuser("office", password="secret-word-1"))
    client.branch = branch
    return client


def member_data(branch, **over):
    data = {
        "branch": branch.pk, "name": "韦怀德", "sex": "1", "member_kind": "full", "status": "active", "joined_day_known": "on",
        "full_member_day_known": "on", "joined_on": "1980-07-01", "full_member_on": "1981-07-01",
    }  # fmt: skip
    for prefix in ("affiliations", "consents"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | over


@pytest.mark.parametrize(
    ("over", "stored"),
    [
        ({"name": "买买提•吐尔逊"}, {"name": "买买提·吐尔逊", "sort_name": "mai mai ti · tu er xun"}),
        ({"name": "欧阳　手乙"}, {"name": "欧阳手乙"}),
        ({"citizen_id": NUMBER.translate(WIDE)}, {"citizen_id": NUMBER}),
        ({"citizen_id": " ".join(NUMBER)}, {"citizen_id": NUMBER}),
        ({"phone": "+86 140-0000-0001"}, {"phone": "14000000001"}),
        ({"phone": "（0770）0000000"}, {"phone": "0770-0000000"}),
    ],
)
def test_a_member_is_stored_as_an_import_would_store_them(office, over, stored):
    answer = office.post(reverse("admin:members_member_add"), member_data(office.branch, **over))

    assert answer.status_code == 302, answer.context["errors"]
    member = Member.objects.get()
    assert {key: getattr(member, key) for key in stored} == stored


def test_an_extension_is_refused_on_the_page_in_words(office):
    page = office.post(reverse("admin:members_member_add"), member_data(office.branch, phone="0770-0000000转801"))

    assert "请去掉转801" in page.content.decode()
    assert not Member.objects.exists()


def test_a_single_dash_still_removes_a_recorded_phone(office):
    member = make_member(branch=office.branch, phone="14000000001")

    data = member_data(office.branch, phone="-") | {"affiliations-INITIAL_FORMS": 0}
    answer = office.post(reverse("admin:members_member_change", args=[member.pk]), data)

    assert answer.status_code == 302, answer.context["errors"]
    member.refresh_from_db()
    assert member.phone == ""


def test_the_same_number_spelled_otherwise_is_the_same_member(office):
    make_member(branch=office.branch, citizen_id=NUMBER)

    page = office.post(
        reverse("admin:members_member_add"), member_data(office.branch, citizen_id=" ".join(NUMBER.translate(WIDE)))
    )

    assert page.status_code == 200
    assert Member.objects.count() == 1


def test_what_no_form_read_is_read_on_its_way_into_the_database():
    organization = make_organization()
    wide = NUMBER.translate(WIDE)
    member = make_member(name="买买提•吐尔逊", citizen_id=wide, phone="+86 14000000001")
    volunteer = Volunteer.objects.create(
        organization=organization, kind="party", name="欧阳　手乙", phone="140 0000 0001", registered_on="2018-01-01"
    )
    venue = Venue(
        organization=organization, name="荔园 活动室", address="荔园路 1 号", area=20, office_phone="(0770)0000000"
    )
    Venue.objects.bulk_create([venue])

    assert (member.name, member.citizen_id, member.phone) == ("买买提·吐尔逊", NUMBER, "14000000001")
    assert Member.objects.with_citizen_id(NUMBER).get() == member
    assert Member.objects.with_citizen_id(wide).get() == member
    assert Member.objects.get(name="买买提・吐尔逊") == member
    assert (volunteer.name, volunteer.phone) == ("欧阳手乙", "14000000001")
    assert (venue.name, venue.office_phone) == ("荔园 活动室", "0770-0000000")
    Member.objects.update(name="韦　怀德")
    assert Member.objects.get().name == "韦怀德"


def test_records_without_a_name_or_a_number_keep_it_empty():
    assert [model._meta.get_field(name).to_python(value) for model, name, value in (
        (Question, "phone", ""), (Donation, "phone", None), (MiniWish, "claimed_by", ""),
    )] == ["", None, ""]  # fmt: skip

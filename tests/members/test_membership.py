"""Members come onto a roll, move and leave it; the roll of any day can be rebuilt; full views are written down."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.models import AccessLog, Affiliation, Member
from members.roster.actions import admit_member, change_member, warnings_of
from tests.make import codes_of, make_branch, make_citizen_id, make_member, make_user, roll_of

pytestmark = pytest.mark.django_db
JULY_1 = date(2018, 7, 1)


def test_a_member_who_moves_is_on_one_roll_before_and_on_the_other_after():
    old, new = make_branch(), make_branch()
    member = admit_member(Member(branch=old, name="韦怀德"), on=date(2016, 1, 1), by=make_user())

    member.branch = new
    change_member(member, on=JULY_1, by=make_user())

    assert roll_of(old, on=date(2018, 6, 30)).get() == member
    assert not roll_of(old, on=JULY_1).exists()
    assert roll_of(new, on=JULY_1).get() == member


def test_a_member_who_died_leaves_the_roll_on_that_day_and_keeps_the_record():
    member = make_member()
    member.status, member.died_on = "deceased", date(2018, 3, 5)

    change_member(member, on=JULY_1, by=make_user())

    assert not Member.objects.on_roll().exists()
    assert Affiliation.objects.get().ends_on == date(2018, 3, 5)


def test_a_member_who_comes_back_is_on_the_roll_again():
    member = make_member(status="transferred_out")
    Affiliation.objects.update(ends_on=date(2017, 1, 1))
    member.status = "active"

    change_member(member, on=JULY_1, by=make_user())

    assert roll_of(member.branch, on=JULY_1).get() == member


def test_standing_counts_from_full_membership_and_not_from_joining():
    member = Member(joined_on=date(1967, 7, 1), full_member_on=date(1968, 7, 2))

    assert member.standing_years(on=JULY_1) == 49
    assert Member(full_member_on=date(1968, 7, 1)).standing_years(on=JULY_1) == 50
    assert Member().standing_years(on=JULY_1) is None


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"citizen_id": "459999194003150010"}, "citizen_id", "checksum"),
        ({"citizen_id": "4599991940031500"}, "citizen_id", "citizen_id_form"),
        ({"citizen_id": "459999194013150014"}, "citizen_id", "citizen_id_date"),
        ({"phone": "12345"}, "phone", "phone"),
        ({"joined_on": date(1930, 1, 1)}, "joined_on", "joined_before_birth"),
        ({"joined_on": date(1955, 1, 1)}, "joined_on", "joined_too_young"),
        ({"full_member_on": date(1960, 1, 1)}, "full_member_on", "full_before_joined"),
        ({"full_member_on": date(2090, 1, 1)}, "full_member_on", "in_future"),
        ({"joined_on": date(2090, 1, 1)}, "joined_on", "in_future"),
        ({"birth_date": date(2090, 1, 1)}, "birth_date", "born_in_future"),
        ({"birth_date": date(2090, 1, 1), "joined_on": None, "full_member_on": None}, "birth_date", "born_in_future"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_at_the_field_that_is_wrong(fields, field, code):
    member = make_member()
    for name, value in fields.items():
        setattr(member, name, value)

    assert codes_of(member) == {field: code}


def test_the_same_id_number_stands_on_one_roster_only():
    number = make_citizen_id()
    make_member(citizen_id=number)
    twin = Member(branch=make_branch(), name="黄文", citizen_id=number)

    with pytest.raises(ValidationError) as refusal:
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()

    assert refusal.value.error_dict["citizen_id"][0].code == "duplicate_citizen_id"
    assert "韦" not in str(refusal.value)


def test_the_database_refuses_dates_out_of_order_too():
    member = make_member()

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(joined_on=date(1930, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(died_on=JULY_1)


def test_an_archive_that_differs_from_the_id_number_is_warned_of_and_kept():
    number = make_citizen_id(date(1940, 3, 15), male=True)

    assert warnings_of(make_member(citizen_id=number)) == []
    assert len(warnings_of(Member(citizen_id=number, birth_date=date(1941, 3, 15), sex="2"))) == 2


def test_private_data_is_shown_in_full_only_with_a_reason_that_is_written_down(client):
    member = make_member(phone="14000001234", address="榕树巷 9 号")
    secretary = make_user("secretary", branch=member.branch)
    client.force_login(secretary)
    address = f"/admin/members/member/{member.pk}/full/"

    assert "14000001234" not in client.get(address).content.decode()
    assert "14000001234" not in client.post(address, {"reason": " "}).content.decode()
    shown = client.post(address, {"reason": "送学上门要联系"})

    assert "14000001234" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    log = AccessLog.objects.get()
    assert (log.user, log.member, log.reason) == (secretary, member, "送学上门要联系")


def test_nobody_without_the_right_sees_private_data_in_full(client):
    member = make_member(phone="14000001234")
    client.force_login(make_user("publicity_officer", branch=member.branch))

    assert client.post(f"/admin/members/member/{member.pk}/full/", {"reason": "x"}).status_code == 403
    client.force_login(make_user("secretary", branch=make_branch()))
    assert client.post(f"/admin/members/member/{member.pk}/full/", {"reason": "x"}).status_code == 302
    assert not AccessLog.objects.exists()


def test_the_form_never_prints_private_data_and_keeps_what_is_left_empty(client):
    number = make_citizen_id()
    member = make_member(citizen_id=number, phone="14000001234", address="榕树巷 9 号", health="frail")
    client.force_login(make_user("secretary", branch=member.branch))
    address = f"/admin/members/member/{member.pk}/change/?edit=all"

    page = client.get(address)
    text = page.content.decode()
    assert number not in text
    assert "14000001234" not in text
    assert "榕树巷" not in text

    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    for formset in page.context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    answer = client.post(address, data | {"phone": "14000005678", "address": "-", "remark": "改了电话"})

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    member.refresh_from_db()
    assert (member.citizen_id, member.phone, member.address, member.health) == (number, "14000005678", "", "frail")
    history = client.get(f"/admin/members/member/{member.pk}/history/").content.decode()
    assert "14000005678" not in history
    assert "改了电话" in history


def test_read_only_pages_and_old_versions_print_no_private_data(client):
    member = make_member(phone="14000001234", address="榕树巷 9 号")
    member.remark = "x"
    member.save()
    client.force_login(make_user("publicity_officer", branch=member.branch))

    for page in ("change/", "history/", f"history/{member.history.first().pk}/"):
        text = client.get(f"/admin/members/member/{member.pk}/{page}").content.decode()
        assert "14000001234" not in text, page
        assert "榕树巷" not in text, page


def test_a_whole_id_number_finds_its_member_and_a_part_finds_nobody(client):
    number = make_citizen_id()
    member = make_member(citizen_id=number)
    client.force_login(make_user("secretary", branch=member.branch))

    rows = client.get("/admin/members/member/", {"q": number.lower()}).context["cl"].result_list
    part = client.get("/admin/members/member/", {"q": number[:10]}).context["cl"].result_list

    assert list(rows) == [member]
    assert list(part) == []


@pytest.mark.parametrize("role", ["publicity_officer", "discipline_officer", "fund_keeper"])
def test_those_who_see_the_roster_masked_reach_no_record_history_or_oracle(client, role):
    member = make_member(former_post="糖厂会计", remark="住院", native_place="广西桂南")
    member.save()
    where = {"branch": member.branch} if role == "publicity_officer" else {"organization": member.branch.organization}
    client.force_login(make_user(role, **where))
    page = f"/admin/members/member/{member.pk}/"

    shown = client.get(f"{page}change/").content.decode()

    assert "韦怀德" in shown
    for word in ("糖厂会计", "住院", "广西桂南", "1940"):
        assert word not in shown
    assert client.get(f"{page}history/").status_code == 403
    assert client.get(f"{page}history/{member.history.first().pk}/").status_code == 403
    assert not client.get("/admin/members/member/", {"q": "糖厂"}).context["cl"].result_list
    assert client.get("/admin/members/member/", {"birth_date__year": "1940"}).status_code in {302, 400}


def test_a_button_s_address_opened_by_hand_answers_with_a_sentence(client):
    client.force_login(make_user("secretary", branch=make_branch()))

    answer = client.get("/admin/logout/")

    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "<h1" in answer.content.decode()

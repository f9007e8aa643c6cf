"""Evenings and township shows: the programme, the village, and totals by village that nobody types."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.evenings.public import VillageLine, show_of, village_lines
from activities.models import Activity, ProgrammeItem, Show, Village
from tests.fund.make import on_day
from tests.make import codes_of, make_branch, make_member, make_organization, make_user
from tests.site.test_careful_saving import signed_in
from tests.site.test_list_export import sheet_of

TODAY, DAY = date(2018, 10, 31), date(2018, 10, 20)


@pytest.fixture(autouse=True)
def autumn():
    with on_day(TODAY):
        yield


@pytest.fixture
def branch(db):
    return make_branch()


def make_village(at, name="大榕村", **fields):
    return Village.objects.create(organization=at.organization, name=name, **{"township": "荔香镇"} | fields)


def make_evening(at, **fields):
    given = {"kind": "performance", "title": "重阳晚会", "day": DAY, "state": "archived", "starts_at": time(19, 30)}
    return Activity.objects.create(organization=at.organization, **given | fields)


def make_show(at, village, **fields):
    return Show.objects.create(activity=make_evening(at, **fields), form="township", village=village)


def act(event, number=1, title="大合唱", **fields):
    return ProgrammeItem.objects.create(activity=event, number=number, title=title, **fields)


def page(event):
    return reverse("admin:activities_activity_change", args=[event.pk])


# The programme


def test_residents_read_the_programme_in_its_order(client, branch):
    event = make_show(branch, make_village(branch)).activity
    act(event, 2, "快板《说说医保》", troupe="曲艺组", performers="3 人", minutes=7)
    act(event, 1, "开场<i>锣鼓</i>", minutes=6)

    html = client.get(f"/activities/{event.pk}/").content.decode()

    show = show_of(event.pk)
    assert [(line.number, line.title, line.minutes) for line in show.acts] == [
        (1, "开场<i>锣鼓</i>", 6), (2, "快板《说说医保》", 7),
    ]  # fmt: skip
    assert (show.form_word, show.village, show.minutes) == ("下乡演出", "荔香镇大榕村", 13)
    assert html.index("开场&lt;i&gt;锣鼓&lt;/i&gt;") < html.index("快板《说说医保》")
    for words in ("曲艺组", "3 人", "共 13 分钟", "荔香镇大榕村", "下乡演出"):
        assert words in html


def test_an_event_without_a_programme_shows_none(client, branch):
    event = make_evening(branch, kind="sports")

    assert show_of(event.pk) is None
    assert "节目单" not in client.get(f"/activities/{event.pk}/").content.decode()
    assert client.get("/activities/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("name", ["title", "troupe", "performers"])
@pytest.mark.parametrize(("text", "code"), [("韦怀德领唱", "public_name"), ("电话13812345678", "public_number")])
def test_no_name_or_number_of_a_person_stands_in_a_programme(branch, name, text, code):
    make_member(branch=branch, name="韦怀德")
    event = make_evening(branch)

    item = ProgrammeItem(activity=event, **{"number": 1, "title": "独唱"} | {name: text})

    assert codes_of(item) == {name: code}


@pytest.mark.parametrize("fields", [{"minutes": 0}, {"minutes": 121}, {"number": 0}, {"number": 100}])
def test_an_act_of_no_length_or_number_is_refused_by_form_and_database(branch, fields):
    event = make_evening(branch)
    given = {"number": 1, "title": "独唱"} | fields

    with pytest.raises(ValidationError):
        ProgrammeItem(activity=event, **given).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeItem.objects.create(activity=event, **given)


def test_only_a_performance_has_a_programme(branch):
    event = make_evening(branch, kind="study_day")

    assert codes_of(ProgrammeItem(activity=event, number=1, title="独唱")) == {"activity": "no_performance"}
    assert codes_of(Show(activity=event)) == {"activity": "no_performance"}


# The village


def test_a_township_show_is_in_a_village_of_its_own_organisation(branch):
    event, elsewhere = make_evening(branch), make_village(make_branch())

    assert codes_of(Show(activity=event, form="township", village=elsewhere)) == {"village": "village_of_others"}
    assert list(codes_of(Show(activity=event, form="township"))) == ["__all__"]
    assert codes_of(Show(activity=event)) == {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Show.objects.create(activity=event, form="township")


def test_a_village_stands_in_the_list_once_and_is_not_lost_with_its_shows(branch):
    village = make_village(branch)
    make_show(branch, village)

    assert codes_of(Village(organization=branch.organization, name="大榕村", township="荔香镇")) != {}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_village(branch)
    with pytest.raises(IntegrityError), transaction.atomic():
        village.delete()


def test_totals_by_village_are_counted_from_the_sheets_of_shows_that_were_held(branch):
    one, two, three = (make_village(branch, name) for name in ("大榕村", "新圩村", "石桥村"))
    make_show(branch, one, residents=80, public_present=95, day=date(2018, 3, 1))
    make_show(branch, one, residents=0, public_present=120, counts_typed=True, day=date(2017, 5, 1))
    make_show(branch, two, residents=40, public_present=55)
    make_show(branch, three, state="planned", day=date(2018, 12, 1))
    make_show(branch, two, state="cancelled", cancelled_because="雨", residents=999)

    assert village_lines() == [
        VillageLine("荔香镇大榕村", 2, 200, date(2018, 3, 1)), VillageLine("荔香镇新圩村", 1, 40, DAY),
    ]  # fmt: skip
    assert village_lines(year=2018)[0] == VillageLine("荔香镇大榕村", 1, 80, date(2018, 3, 1))


def test_the_villages_have_a_page_that_costs_the_same_for_many(client, branch):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/activities/villages/").content.decode()
        return len(queries), html

    assert "还没有到村演出的记录" in client.get("/activities/villages/").content.decode()
    make_show(branch, make_village(branch), residents=80)
    few, html = cost()
    assert "荔香镇大榕村" in html
    for number in range(5):
        make_show(branch, make_village(branch, f"新村{number}"), residents=1000)

    many, html = cost()
    assert many == few
    assert "5,080" in html
    for address in ("?year=2018", "?year=1", "?year=x", "?year=99999999999999999999"):
        assert client.get(f"/activities/villages/{address}").status_code == 200


# In the office


def test_the_list_of_villages_and_its_file_hold_the_totals(branch):
    make_show(branch, make_village(branch), residents=80)
    make_village(make_branch(), "别处村")
    client = signed_in(make_user("publicity_officer", organization=branch.organization))
    address = reverse("admin:activities_village_changelist")

    assert "别处村" not in client.get(address).content.decode()
    answer = client.get(reverse("admin:activities_village_export", args=["xlsx"]))

    rows = [[cell.value for cell in row] for row in sheet_of(answer).iter_rows()]
    row = next(row for row in rows if "大榕村" in row)
    assert {"荔香镇", 1, 80} <= set(row)


def test_a_programme_is_entered_on_the_page_of_its_event(branch):
    event, village = make_evening(branch, state="planned", day=date(2018, 11, 20)), make_village(branch)
    elsewhere = make_village(make_branch(), "别处村")
    client = signed_in(make_user("publicity_officer", organization=branch.organization))
    html = client.get(page(event), {"edit": "all"}).content.decode()
    assert 'name="programme-0-title"' in html
    assert "别处村" not in html
    assert "programme-0" not in client.get(page(make_evening(branch, kind="sports")), {"edit": "all"}).content.decode()

    def data(**fields):
        given = {
            "kind": "performance", "title": "重阳晚会", "organization": event.organization_id, "starts_at": "19:30",
            "show-TOTAL_FORMS": 1, "show-INITIAL_FORMS": 0, "show-0-form": "township", "show-0-village": village.pk,
            "programme-TOTAL_FORMS": 1, "programme-INITIAL_FORMS": 0, "programme-0-number": 1,
            "programme-0-title": "大合唱", "programme-0-minutes": 9, "photos-TOTAL_FORMS": 0, "photos-INITIAL_FORMS": 0,
        }  # fmt: skip
        return given | fields

    for wrong in (
        {"show-0-village": elsewhere.pk}, {"show-0-village": ""}, {"programme-0-minutes": "-5"},
        {"programme-0-title": ""}, {"programme-0-title": "打13812345678"}, {"programme-0-number": "9" * 30},
    ):  # fmt: skip
        assert client.post(f"{page(event)}?edit=all", data(**wrong)).status_code == 200, wrong
    assert not event.programme.exists()

    assert client.post(f"{page(event)}?edit=all", data()).status_code == 302

    assert event.show.village == village
    assert [(item.number, item.title, item.minutes) for item in event.programme.all()] == [(1, "大合唱", 9)]


def test_programmes_of_others_are_not_seen(branch):
    own, other = make_evening(branch), make_evening(make_branch())
    act(own)
    act(other)
    user = make_user("secretary", branch=branch)
    make_organization()

    assert [item.activity for item in ProgrammeItem.objects.visible_to(user)] == [own]


def test_every_evening_of_the_demo_has_a_programme_and_its_figures_stay(demo):
    held = Activity.objects.filter(kind="performance")

    assert held.count() == Show.objects.count() == 72
    assert not held.filter(programme=None).exists()
    assert sum(line.shows for line in village_lines()) == Show.objects.filter(form="township").count() > 40
    for item in ProgrammeItem.objects.order_by("title", "pk")[:20]:
        item.full_clean()

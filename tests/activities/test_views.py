"""What residents reach of activities: the calendar feed, pictures by consent alone, and one wish to claim."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from icalendar import Calendar

from activities.events.photos import add_photos, describe_photo
from activities.models import Activity, MiniWish
from config.kit.pictures import reencoded
from config.site.demo.drawings import draw
from tests.make import make_branch, make_user

pytestmark = pytest.mark.django_db


def make_activity(**fields):
    branch = fields.pop("branch", None) or make_branch()
    defaults = {"kind": "volunteer_day", "title": "量血压", "day": date(2099, 1, 8)}
    return Activity.objects.create(**defaults | {"branch": branch, "organization": branch.organization} | fields)


def make_wish(**fields):
    branch = make_branch()
    branch.organization.supervision_phone = "0770-7654321"
    branch.organization.save()
    defaults = {"code": "2018-033", "group": "veteran", "collected_on": date(2018, 8, 22), "wisher": "韦大山"}
    defaults |= {"public_text": "想要一本大字版字典", "state": "posted"}
    return MiniWish.objects.create(**defaults | {"branch": branch, "organization": branch.organization} | fields)


def make_photo(activity, *, consented):
    [photo] = add_photos(activity, [draw("street", int(consented))]).kept
    return describe_photo(photo, alt="示意画", consented=consented)


def test_the_calendar_holds_what_is_ahead(client):
    make_activity(starts_at=time(8, 30), ends_at=time(11, 30), place="榕树巷口")
    make_activity(title="早就过去的", day=date(2001, 1, 11))

    response = client.get("/activities/calendar.ics")

    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"].startswith("text/calendar")
    assert (str(event["summary"]), str(event["location"])) == ("量血压", "榕树巷口")
    assert event["dtstart"].dt == datetime(2099, 1, 8, 0, 30, tzinfo=UTC)


def test_a_picture_is_everybodys_only_with_consent(client):
    activity = make_activity()
    shown, hidden = make_photo(activity, consented=True), make_photo(activity, consented=False)

    assert client.get(shown.image.url).status_code == 200
    assert client.get(hidden.image.url).status_code == 404
    client.force_login(make_user("secretary", branch=activity.branch))
    assert client.get(hidden.image.url)["Cache-Control"] == "private, no-store"
    client.force_login(make_user("secretary", branch=make_branch()))
    assert client.get(hidden.image.url).status_code == 404


def test_no_other_file_is_reached_through_the_pictures(client):
    assert client.get("/media/../secrets.env").status_code == 404
    assert client.get("/media/%2e%2e/secrets.env").status_code == 404


def test_an_upload_is_encoded_anew_without_its_metadata():
    from PIL import Image

    image = Image.new("RGB", (2400, 1200), "#8f1911")
    exif = Image.Exif()
    exif[0x010E] = "榕树巷 1 号"
    source = ContentFile(b"")
    image.save(source, "JPEG", exif=exif)

    encoded = reencoded(source)

    assert Image.open(encoded).size == (1600, 800)
    assert not Image.open(encoded).getexif()
    assert encoded.name.endswith(".jpg")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError) as refusal:
        reencoded(ContentFile(content))

    assert refusal.value.code == "not_a_picture"


@pytest.mark.parametrize(
    ("kind", "size", "options"),
    [
        ("PNG", (5000, 3001), {}),
        ("GIF", (5000, 3001), {}),
        ("WEBP", (3000, 3001), {}),
        ("JPEG", (9000, 5001), {"progressive": True}),
        ("JPEG", (10_000, 6001), {}),
    ],
)
def test_a_picture_that_would_unpack_to_too_much_is_refused_with_its_size(kind, size, options):
    from PIL import Image

    source = ContentFile(b"")
    Image.new("L" if kind == "JPEG" else "P" if kind != "WEBP" else "RGB", size).save(source, kind, **options)

    with pytest.raises(ValidationError) as refusal:
        reencoded(source)

    assert refusal.value.code == "too_many_pixels"
    assert str(size[0]) in refusal.value.messages[0]


def test_a_photo_as_phones_take_it_is_kept():
    from PIL import Image

    source = ContentFile(b"")
    Image.new("RGB", (8000, 6000), "#8f1911").save(source, "JPEG")

    assert Image.open(reencoded(source)).size == (1600, 1200)


@pytest.mark.parametrize("page", ["/", "/wishes/", "/search/?q=大字版"])
def test_the_way_to_claim_a_wish_keeps_the_wish(client, page):
    wish = make_wish()

    link = re.search(rf'href="(/wishes/{wish.pk}/)"', client.get(page).content.decode())[1]
    html = client.get(link).content.decode()

    assert "<h1>认领心愿 2018-033</h1>" in html
    assert "想要一本大字版字典" in html
    assert "我想认领心愿 2018-033。" in html
    assert 'href="tel:0770-7654321"' in html
    assert "韦大山" not in html


def test_a_wish_that_waits_no_more_leads_to_those_that_do(client):
    claimed = make_wish(state="claimed", claimed_by="青年志愿服务队", claimed_on=date(2018, 9, 1))
    withdrawn = make_wish(state="withdrawn", code="2018-034")

    for wish in (claimed, withdrawn):
        html = client.get(f"/wishes/{wish.pk}/").content.decode()
        assert 'href="/wishes/?state=posted"' in html
        assert "我想认领" not in html
    assert "想要一本大字版字典" not in html


def test_a_wish_that_was_not_checked_yet_has_no_page(client):
    wish = make_wish(state="collected")

    assert client.get(f"/wishes/{wish.pk}/").status_code == 404
    assert client.get("/wishes/99999999999999999999999/").status_code == 404

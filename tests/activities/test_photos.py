"""Pictures of events: encoded anew in three sizes, hidden until consented and described, withdrawn with every copy."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from activities.events.photos import add_photos, describe_photo, withdraw_photo
from activities.models import Photo
from config.kit.pictures import LARGEST_FILE
from tests.activities.test_views import make_activity
from tests.make import make_branch, make_user, refusal_of

pytestmark = pytest.mark.django_db
GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def drawn(size=(2000, 1000), mode="RGB"):
    """A picture whose left half is dark and whose right half is light."""
    image = Image.new("L", size, 230)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill=20)
    return image.convert(mode)


def saved(image, kind="JPEG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def upload(content, name="照片.jpg"):
    return SimpleUploadedFile(name, content)


def add(content, event=None, name="照片.jpg"):
    return add_photos(event or make_activity(), [upload(content, name)])


def files(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


def read(path):
    return Image.open(io.BytesIO(path.read_bytes()))


def stored(photo):
    return read(Path(photo.image.path))


def telling_jpeg():
    exif = Image.Exif()
    exif[0x010E], exif[0x010F], exif[0x0112] = "SECRET-WORDS", "SECRET-CAMERA", 6
    exif.get_ifd(GPS)[2] = (22.0, 49.0, 1.5)
    return saved(drawn(), exif=exif, comment=b"SECRET-COMMENT", xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>", quality=90)


def test_a_picture_is_stored_in_three_sizes_turned_right_with_nothing_beside_its_points(media):
    content = telling_jpeg()
    assert content.count(b"SECRET") == 4

    [photo] = add(content, name="韦怀德.jpg").kept

    assert (photo.width, photo.height) == (800, 1600)
    sizes = {}
    for path in files(media):
        data = path.read_bytes()
        assert not any(mark in data for mark in (b"SECRET", b"Exif", b"GPS", b"http://ns.adobe.com", b"\xff\xfe"))
        sizes[path.name] = read(path).size
        assert path.stem.isalnum()
        assert path.stem.isascii()
    assert sorted(sizes.values()) == [(240, 480), (480, 960), (800, 1600)]
    # Turned by a quarter: what was left is above.
    with stored(photo) as image:
        assert image.getpixel((400, 100))[0] < 60 < 200 < image.getpixel((400, 1500))[0]


def test_a_small_picture_has_no_larger_copies(media):
    [photo] = add(saved(drawn((600, 300)))).kept

    assert [read(path).size for path in files(media)].count((480, 240)) == 1
    assert [width for _file, width in photo.sizes()] == [480, 600]


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("page.html", "<script>alert(1)</script>")
    return buffer.getvalue()


@pytest.mark.parametrize("tail", [zipped(), b"<html><script>alert(1)</script></html>"], ids=["zip", "html"])
def test_what_hangs_on_a_picture_is_not_stored(media, tail):
    assert len(add(saved(drawn()) + tail).kept) == 1

    for path in files(media):
        assert b"<script" not in path.read_bytes()
        assert not zipfile.is_zipfile(path)


def see_through():
    image = drawn((300, 200), "RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    image = image.quantize(8)
    return saved(image, "PNG")


GOOD = {
    "cmyk": lambda: saved(drawn(mode="CMYK")),
    "sixteen bits": lambda: saved(drawn().convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"),
    "palette": see_through,
    "webp": lambda: saved(drawn(), "WEBP"),
    "with words": lambda: saved(drawn(), "PNG", pnginfo=words()),
}


def words():
    info = PngInfo()
    info.add_text("Comment", "SECRET")
    return info


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_of_an_unusual_kind_looks_as_it_did(media, name):
    [photo] = add(GOOD[name]()).kept

    with stored(photo) as image:
        dark, light = (image.convert("L").getpixel((image.width * part // 8, image.height // 2)) for part in (1, 7))
        assert (image.format, image.mode) == ("JPEG", "RGB")
    assert dark < 80 < 180 < light
    assert all(b"SECRET" not in path.read_bytes() for path in files(media))


def test_what_shines_through_is_white():
    [photo] = add(saved(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), "PNG")).kept

    with stored(photo) as image:
        assert min(image.getpixel((150, 100))) > 250


def moving():
    frames = [drawn((60, 40), "P"), Image.new("P", (60, 40), 3)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


BAD = {
    "bomb": (lambda: saved(Image.new("1", (20_000, 20_000)), "PNG"), "像素"),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "JPEG 或 PNG"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 400, "HEIC"),
    "moving": (moving, "会动"),
    "cut off": (lambda: saved(drawn())[:3000], "JPEG 或 PNG"),
    "empty": (lambda: b"", "空"),
    "text": (lambda: "会议记录".encode() * 50, "JPEG 或 PNG"),
    "large": (lambda: saved(drawn()) + b"\0" * LARGEST_FILE * 2, "20 MB"),
}


def office(event):
    user = make_user("publicity_officer", branch=event.branch)
    return user, reverse("admin:activities_activity_photos", args=[event.pk])


def test_of_a_batch_the_good_are_kept_and_of_each_other_a_sentence_says_which_and_why(client):
    event = make_activity(branch=make_branch())
    user, page = office(event)
    client.force_login(user)
    good = saved(drawn())
    sent = [upload(good, "一.jpg"), *(upload(make(), f"{name}.jpg") for name, (make, _words) in BAD.items())]

    answer = client.post(
        page, {"pictures": [*sent, upload(good, "二.jpg"), upload(telling_jpeg(), "三.jpg")]}, follow=True
    )

    said = [str(message) for message in answer.context["messages"]]
    assert (answer.status_code, event.photos.count()) == (200, 2)
    for name, (_make, words) in BAD.items():
        [sentence] = [each for each in said if f"{name}.jpg" in each]
        assert words in sentence
    assert ["已经有" in each for each in said if "二.jpg" in each] == [True]


def test_a_picture_is_public_only_with_words_and_with_the_consent_of_who_is_on_it(client):
    event = make_activity(branch=make_branch())
    [photo] = add(saved(drawn()), event).kept
    user, page = office(event)
    client.force_login(user)
    field = f"photo-{photo.pk}-"

    unspoken = client.post(page, {f"{field}alt": "", f"{field}consented": "on", f"{field}withdraw": ""})
    telling = client.post(page, {f"{field}alt": "电话14000000001", f"{field}consented": "on", f"{field}withdraw": ""})
    assert unspoken.context["forms"][0].errors.as_data()["alt"][0].code == "words_missing"
    assert telling.context["forms"][0].errors.as_data()["alt"][0].code == "public_number"
    assert refusal_of(describe_photo, photo, alt=" ", consented=True) == "words_missing"
    client.logout()
    assert client.get(reverse("picture", args=[photo.image.name])).status_code == 404

    client.force_login(user)
    client.post(page, {f"{field}alt": "榕树下的志愿者", f"{field}consented": "on", f"{field}withdraw": ""})
    client.logout()
    html = client.get(reverse("activities:detail", args=[event.pk])).content.decode()

    assert f"{photo.small.url} 480w, {photo.medium.url} 960w, {photo.image.url} 1600w" in html
    assert 'width="1600" height="800" alt="榕树下的志愿者" loading="lazy"' in html
    assert all(client.get(file.url).status_code == 200 for file, _width in photo.sizes())


@pytest.mark.django_db(transaction=True)
def test_withdrawing_takes_every_copy_out_of_storage_and_off_the_page_and_leaves_the_record(client, media):
    event = make_activity(branch=make_branch())
    content = saved(drawn())
    [photo] = add(content, event).kept
    describe_photo(photo, alt="榕树下的志愿者", consented=True)
    addresses = [file.url for file, _width in photo.sizes()]
    user, page = office(event)
    client.force_login(user)
    field = f"photo-{photo.pk}-"

    client.post(page, {f"{field}alt": "榕树下的志愿者", f"{field}consented": "on", f"{field}withdraw": "本人要求"})

    photo = Photo.objects.get()
    assert (photo.withdrawn_by, photo.withdrawn_because, photo.sizes()) == (user, "本人要求", [])
    assert files(media) == []
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert "榕树下" not in client.get(reverse("activities:detail", args=[event.pk])).content.decode()
    assert "本人要求" in client.get(page).content.decode()
    assert refusal_of(describe_photo, photo, alt="x", consented=True) == "photo_withdrawn"
    assert refusal_of(withdraw_photo, photo, by=user, reason="x") == "photo_withdrawn"
    assert len(add(content, event).refused) == 1


def test_nobody_of_another_branch_reaches_the_page_of_pictures(client):
    event = make_activity(branch=make_branch())
    client.force_login(make_user("publicity_officer", branch=make_branch()))

    assert client.get(reverse("admin:activities_activity_photos", args=[event.pk])).status_code == 404

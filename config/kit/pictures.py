"""How uploaded pictures are kept: encoded anew, so that nothing of the camera or the place stays in the file."""

import hashlib
import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

LONGEST_SIDE = 1600  # pixels
SMALLER_SIDES = (960, 480)  # pixels
LARGEST_FILE = 20 * 1024 * 1024  # bytes
# What unpacks to less than 150 MB: a JPEG is unpacked at the size that is kept, unless it comes in passes; the others as
# they are, and once more without what shines through.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 15_000_000, "GIF": 15_000_000, "BMP": 15_000_000, "TIFF": 15_000_000, "WEBP": 9_000_000}  # fmt: skip
MOST_IN_PASSES = 45_000_000
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif", b"avif")


@dataclass(frozen=True)
class Pictures:
    """One picture by its longest side at most, none larger than the upload: `{side: (width, height, JPEG)}`."""

    sizes: dict
    # SHA-256 of the bytes that were uploaded: the same file sent again has the same.
    digest: str


def reencoded(upload):
    """A JPEG of an upload, 1600 pixels at the longest side, without its metadata; named by its content.

    ValidationError `not_a_picture` for anything Pillow cannot open, `too_many_pixels` for what would unpack to too much.
    """
    return _jpeg(_opened(upload))[2]


def in_sizes(upload):
    """`Pictures` of an upload; besides the codes of `reencoded`: `empty`, `file_too_large`, `heic`, `moving`."""
    upload.seek(0)
    # One byte more tells that there is more.
    content = upload.read(LARGEST_FILE + 1)
    _refuse_file(content)
    image = _opened(io.BytesIO(content), may_move=False)
    sizes = {LONGEST_SIDE: _jpeg(image)}
    for side in SMALLER_SIDES:
        if max(image.size) > side:
            smaller = image.copy()
            smaller.thumbnail((side, side))
            sizes[side] = _jpeg(smaller)
    return Pictures(sizes, hashlib.sha256(content).hexdigest())


def _refuse_file(content):
    if not content:
        raise ValidationError(_("The file is empty. Take it from the phone or camera once more."), code="empty")
    if len(content) > LARGEST_FILE:
        raise ValidationError(
            _("The file has more than %(most)s MB. Save it smaller, as JPEG, and choose it again."),
            code="file_too_large",
            params={"most": LARGEST_FILE // 1024 // 1024},
        )
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise ValidationError(
            _(
                "This is a picture in the HEIC format of some phones. Send it to yourself by WeChat and save it, or choose "
                "“most compatible” in the settings of the camera; that gives a JPEG."
            ),
            code="heic",
        )


def _opened(upload, *, may_move=True):
    """The upload as a picture of 1600 pixels at most, turned the right way up, in colours on white, without metadata."""
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    from PIL import Image, ImageOps

    try:
        image = Image.open(upload, formats=list(MOST_PIXELS))
        refuse_too_many_pixels(image)
        # A JPEG of several pictures in one file shows its first.
        if not may_move and image.format in ("GIF", "WEBP", "PNG") and getattr(image, "n_frames", 1) > 1:
            raise ValidationError(_("This picture moves. Choose one that stands still, as JPEG or PNG."), code="moving")
        if image.mode.startswith("I"):
            # Sixteen bits a point; the upper eight are what is seen.
            image = image.convert("I").point(lambda value: value / 256).convert("L")
        # Made small first: turning twelve megapixels costs more than everything else together.
        if image.mode == "P":
            image = image.convert("RGBA")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        image = ImageOps.exif_transpose(image)
        if image.mode in ("RGBA", "LA"):
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        image = image.convert("RGB")
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _(
                "The picture has far more pixels than this program takes. Save it smaller, as JPEG, and choose it again."
            ),
            code="too_many_pixels",
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(
            _("This file is no picture this program can open. Save it as JPEG or PNG and choose it again."),
            code="not_a_picture",
        ) from error
    # Comments, colour profiles and what else was read beside the points would be written again.
    image.info.clear()
    return image


def _jpeg(image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True)
    content = buffer.getvalue()
    return image.width, image.height, ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:24]}.jpg")


def refuse_too_many_pixels(image):
    # A JPEG of several pictures in one file says MPO.
    most = MOST_PIXELS.get(image.format, MOST_PIXELS["JPEG"])
    if image.info.get("progressive"):
        most = MOST_IN_PASSES
    if image.width * image.height > most:
        raise ValidationError(
            _(
                "The picture has %(width)s × %(height)s pixels, more than this program takes. Save it smaller, as JPEG, "
                "and choose it again."
            ),
            code="too_many_pixels",
            params={"width": image.width, "height": image.height},
        )

"""How uploaded pictures are kept: encoded anew, so that nothing of the camera or the place stays in the file."""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

LONGEST_SIDE = 1600  # pixels
# What unpacks to less than 150 MB: a JPEG is unpacked at the size that is kept, unless it comes in passes; the others as
# they are, and once more without what shines through.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 15_000_000, "GIF": 15_000_000, "BMP": 15_000_000, "TIFF": 15_000_000, "WEBP": 9_000_000}  # fmt: skip
MOST_IN_PASSES = 45_000_000


def reencoded(upload):
    """A JPEG of an upload, 1600 pixels at the longest side, without its metadata; named by its content.

    ValidationError `not_a_picture` for anything Pillow cannot open, `too_many_pixels` for what would unpack to too much.
    """
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    from PIL import Image, ImageOps

    try:
        image = Image.open(upload, formats=list(MOST_PIXELS))
        refuse_too_many_pixels(image)
        # Made small first: turning twelve megapixels costs more than everything else together.
        if image.mode == "P":
            image = image.convert("RGBA")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        image = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This file is no picture this program can open. Save it as JPEG or PNG and choose it again."),
            code="not_a_picture",
        ) from error
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True)
    content = buffer.getvalue()
    return ContentFile(content, name=f"{hashlib.sha256(content).hexdigest()[:24]}.jpg")


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

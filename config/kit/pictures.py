"""How uploaded pictures are kept: encoded anew, so that nothing of the camera or the place stays in the file."""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 60_000_000


def reencoded(upload):
    """A JPEG of an upload, 1600 pixels at the longest side, without its metadata; named by its content.

    ValidationError `not_a_picture` for anything Pillow cannot open, or that would unpack to more than 60 megapixels.
    """
    from PIL import Image, ImageOps

    try:
        image = Image.open(upload)
        if image.width * image.height > MOST_PIXELS:
            raise ValueError
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

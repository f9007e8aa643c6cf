"""What is done with pictures of an event: several added at once, described, shown with consent, and withdrawn."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activities.events import rules
from activities.events.models import Photo
from config.kit import clock
from config.kit.pictures import LONGEST_SIDE, in_sizes
from config.kit.refusals import sentences


@dataclass
class Added:
    """The pictures of an upload that were kept, and `(name of the file, why not)` of the others."""

    kept: list = field(default_factory=list)
    refused: list = field(default_factory=list)


def add_photos(event, uploads):
    """Keep each good picture of an upload, hidden until somebody describes it and says that who is on it agreed."""
    added = Added()
    for upload in uploads:
        try:
            added.kept.append(_add_photo(event, upload))
        except ValidationError as refusal:
            added.refused.append((upload.name, " ".join(sentences(refusal))))
    return added


def _add_photo(event, upload):
    pictures = in_sizes(upload)
    rules.refuse_same_picture(known=event.photos.filter(digest=pictures.digest).first())
    photo = Photo(activity=event, digest=pictures.digest)
    photo.width, photo.height, _largest = pictures.sizes[LONGEST_SIDE]
    try:
        with transaction.atomic():
            # The row first: of the same picture sent twice at one moment one is refused before a file is written.
            photo.save()
            for name, side in Photo.FILES.items():
                if side in pictures.sizes:
                    _width, _height, content = pictures.sizes[side]
                    getattr(photo, name).save(content.name, content, save=False)
            photo.save()
    except IntegrityError:
        rules.refuse_same_picture(known=event.photos.get(digest=pictures.digest))
        raise
    return photo


@transaction.atomic
def describe_photo(photo, *, alt, consented):
    """Note what a picture shows and whether everybody on it agreed; from then on it is public.

    ValidationError: `words_missing`, `photo_withdrawn`, a private word in the description.
    """
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    rules.refuse_withdrawn(is_withdrawn=photo.withdrawn_on is not None)
    rules.refuse_shown_without_words(consented=consented, alt=alt)
    photo.alt, photo.consented = alt.strip(), consented
    photo.full_clean(exclude=["activity", *Photo.FILES])
    photo.save()
    return photo


@transaction.atomic
def withdraw_photo(photo, *, by, reason):
    """Take every copy of a picture out of storage and off the pages; that there was one stays, with who, when and why.

    ValidationError: `reason_missing`, `photo_withdrawn`.
    """
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    rules.refuse_withdrawn(is_withdrawn=photo.withdrawn_on is not None)
    if not reason.strip():
        raise ValidationError(_("Say why the picture is withdrawn."), code="reason_missing")
    files = [getattr(photo, name) for name in Photo.FILES]
    copies = [(file.storage, file.name) for file in files if file]
    for name in Photo.FILES:
        setattr(photo, name, "")
    photo.consented = False
    photo.withdrawn_on, photo.withdrawn_by, photo.withdrawn_because = clock.today(), by, reason.strip()
    photo.full_clean(exclude=["activity", "withdrawn_by", "alt", *Photo.FILES])
    photo.save()
    # A file cannot come back, so it goes only when the record of it is sure.
    for storage, name in copies:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    return photo

"""What somebody typed into a form and did not save: kept on the server, encrypted, for whoever typed it alone.

A form is known by a key that it carries, a record by `app.model:key`, a new one by `app.model:`.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.core import signing
from django.core.cache import cache
from django.db.models import F, Q
from django.http import QueryDict
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.admin.keys import ACT, is_form_key, is_key, part_of
from config.kit.crypto import Unreadable
from config.kit.person.names import called
from config.kit.private_forms import private_fields
from config.kit.punctuation import labelled
from config.kit.stored_words import time_words
from config.kit.text_cleaning import clean

# Fields with the key of an opened form, and with who opened it.
DRAFT_KEY, TYPIST = "_draft", "_by"
SALT = "config.kit.admin.drafts"
NOT_KEPT = {"csrfmiddlewaretoken", DRAFT_KEY, TYPIST, "_address"}

# The fields that tell drafts of new records apart, the best first; one that is private tells nothing.
NAMING = ("title", "name", "donor", "group", "mentor", "subject", "public_text")

KEPT, MOST_KEPT, LARGEST = timedelta(days=30), 20, 200 * 1024  # days, drafts of one user, bytes of one draft
# So long after it was opened or typed into, a form counts as open.
OPEN = timedelta(minutes=15)
# How long a text of a form that was saved may still arrive from its page.
SAVED = timedelta(minutes=1)

_models: list = []


def keep_drafts_in(model):
    """Let an app name the model of drafts: `user`, `key` (unique with it), `record`, `part`, `name`, `text`, `at`."""
    _models[:] = [model]


def drafts():
    return _models[0].objects


# Forms and their addresses


@dataclass(frozen=True)
class Place:
    """A form of the office: the admin class, the key of the record ("" for a new one), and the block or the act of it."""

    model_admin: object
    object_id: str
    part: str

    @property
    def record(self):
        return f"{self.model_admin.opts.label_lower}:{self.object_id}"


def place_of(address):
    """The form behind an address of the office, or None where it is none whose text may be kept."""
    if not address.isprintable() or len(address) > 2000:
        return None
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    model_admin = getattr(match.func, "model_admin", None)
    if not getattr(model_admin, "keeps_drafts", False):
        return None
    _model, _underline, page = match.url_name.rpartition("_")
    if page == "add":
        return Place(model_admin, "", "")
    object_id = str(match.kwargs.get("object_id", match.kwargs.get("pk", "")))
    if page not in {"change", "transition"} or not is_key(object_id):
        return None
    if page == "transition":
        return Place(model_admin, object_id, f"{ACT}{match.kwargs['name']}")
    return Place(model_admin, object_id, part_of(parse_qs(parts.query).get("edit", [""])[0]))


def address_of(record, part, pk=None):
    """The address of the form of a record, filled from the draft `pk` where one is given."""
    label, _colon, object_id = record.partition(":")
    model, draft = f"admin:{label.replace('.', '_')}", [f"draft={pk}"] if pk else []
    if part.startswith(ACT):
        address, asks = reverse(f"{model}_transition", args=[object_id, part.removeprefix(ACT)]), draft
    elif object_id:
        address, asks = reverse(f"{model}_change", args=[object_id]), [*([f"edit={part}"] if part else []), *draft]
    else:
        address, asks = reverse(f"{model}_add"), draft
    return address + ("?" + "&".join(asks) if asks else "")


# What is kept


def text_of(data):
    """Form data as text, without what belongs to the sending alone; None where it is too much to be kept."""
    kept = [[name, values] for name, values in data.lists() if name not in NOT_KEPT and "password" not in name]
    text = json.dumps(kept, ensure_ascii=False)
    return text if len(text.encode(errors="replace")) <= LARGEST else None


def data_of(draft):
    """The form data a draft holds; None where its key is lost."""
    if not draft.text or isinstance(draft.text, Unreadable):
        return None
    data = QueryDict(mutable=True)
    for name, values in json.loads(draft.text):
        data.setlist(name, values)
    data[DRAFT_KEY] = draft.key
    return data


def _typed_name(model, text):
    """What was typed for the name or the title of a new record; "" where there is none, or where it is private."""
    typed = {name: values[-1] for name, values in json.loads(text) if values}
    private = private_fields(model)
    names = (clean(typed.get(name, "")) for name in NAMING if name not in private)
    return next(filter(None, names), "")


def keep(user, key, place, *, record, text):
    """Keep what a user typed into a form, in place of what the same form held before; sweep what is kept too long.

    `record` is None where the form is for a new one.
    """
    name = str(record) if record is not None else _typed_name(place.model_admin.model, text)
    draft = _models[0](
        user=user, key=key, record=place.record, part=place.part, name=name[:200], text=text, at=clock.now()
    )
    drafts().bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["user", "key"],
        update_fields=["record", "part", "name", "text", "at"],
    )
    own = _typed(user).order_by("-at", "-pk").values_list("pk", flat=True)
    drafts().filter(Q(pk__in=list(own[MOST_KEPT:])) | Q(at__lt=clock.now() - KEPT)).delete()
    return drafts().get(user=user, key=key)


def _typed(user):
    """The drafts of a user, without the notes that a record is open."""
    return drafts().filter(user=user, at__gte=clock.now() - KEPT).exclude(key=F("record"))


def draft_of(user, pk):
    """A draft of this user, or None."""
    return _typed(user).filter(pk=pk).first() if is_key(pk) else None


def forget(user, *keys):
    """Delete drafts and notes of a user by their keys: the form was saved, and what is still on its way of it is old."""
    keys = [key for key in keys if key]
    drafts().filter(user=user, key__in=keys).delete()
    cache.set_many({f"saved-{user.pk}-{key}": True for key in keys if is_form_key(key)}, SAVED.total_seconds())


def is_saved(user, key):
    """Whether the form with this key was saved a short while ago."""
    return cache.get(f"saved-{user.pk}-{key}", False)


@dataclass(frozen=True)
class DraftLine:
    """A form that was not saved: what it is, where it goes on, since when it is kept; of a new record, what it is called."""

    pk: int
    label: str
    address: str
    at: object
    name: str = ""

    @property
    def when(self):
        return time_words(self.at)


def line_of(draft):
    label, _colon, object_id = draft.record.partition(":")
    words = capfirst(str(apps.get_model(label)._meta.verbose_name))
    if not object_id:
        words = _("New: %(what)s") % {"what": words}
    label = labelled(words, draft.name) if draft.name else words
    address = address_of(draft.record, draft.part, draft.pk)
    return DraftLine(draft.pk, label, address, draft.at, "" if object_id else draft.name)


def drafts_of(user):
    """What this user has typed and not saved, newest first, as `DraftLine`s; one query."""
    lines = []
    for draft in _typed(user).defer("text"):
        try:
            lines.append(line_of(draft))
        except (LookupError, NoReverseMatch):
            # Of a model that is no longer registered.
            continue
    return lines


# Who typed


def signed_user(user):
    return signing.dumps(user.pk, salt=SALT)


def typist_of(data):
    """The key of the user whom a form was made for, or None where it does not say."""
    try:
        return signing.loads(data.get(TYPIST, ""), salt=SALT)
    except signing.BadSignature:
        return None


# Who has a record open


@dataclass(frozen=True)
class OpenForms:
    """What a page that is opened for changing tells: own drafts of that record, and who else has it open, in words."""

    own: tuple[DraftLine, ...]
    others: tuple[tuple[str, str], ...]


def opened(user, place):
    """Note that a user opened a form, and tell what else is open or kept of its record; one query to read."""
    rows = drafts().filter(record=place.record, at__gte=clock.now() - KEPT).select_related("user")
    if not place.object_id:
        # Two who add records do not disturb each other.
        rows = rows.filter(user=user)
    rows = list(rows.defer("text"))
    since = clock.now() - OPEN
    others = {}
    for row in sorted(rows, key=lambda row: row.at):
        if row.user_id != user.pk:
            first, _last = others.get(row.user, (row.at, row.at))
            others[row.user] = (first, row.at)
    has_note = any(row.key == row.record and row.user_id == user.pk and row.at >= since for row in rows)
    if place.object_id and not has_note:
        _note(user, place)
    own = tuple(line_of(row) for row in rows if row.user_id == user.pk and row.key != row.record)
    return OpenForms(
        own, tuple((called(other), time_words(first)) for other, (first, last) in others.items() if last >= since)
    )


def _note(user, place):
    note = _models[0](user=user, key=place.record, record=place.record, at=clock.now())
    drafts().bulk_create([note], update_conflicts=True, unique_fields=["user", "key"], update_fields=["at"])

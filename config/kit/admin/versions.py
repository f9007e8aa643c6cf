"""What a change form was made from, as signed digests, and what was stored since, in words."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit import clock
from config.kit.admin.past import history_of, keeps_history
from config.kit.crypto import EncryptedTextField
from config.kit.person.names import called
from config.kit.punctuation import labelled
from config.kit.stored_words import time_words, words_of

SALT = "config.kit.admin.versions"
# Past versions that are looked through for the one who wrote a field.
PAST_LOOKED_AT = 20


def _canonical(value):
    """A value as it compares: what a form sends back untouched is the same as what was stored."""
    value = getattr(value, "sealed", value)
    if value is None:
        return ""
    if isinstance(value, str):
        return "\n".join(str(value).splitlines()).strip()
    if isinstance(value, datetime):
        # Forms show no fractions of a second.
        value = value.replace(microsecond=0)
        return repr(value.astimezone(UTC) if timezone.is_aware(value) else value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return repr(int(value))
    return repr(value)


def digest_of(model, name, value):
    """A short keyed digest of a value of a field."""
    # Keyed, so that nobody can try out values of private fields against what the page holds.
    return salted_hmac(SALT, f"{model._meta.label}\0{name}\0{_canonical(value)}").hexdigest()[:12]


def _stored(record, name):
    field = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(row.pk for row in getattr(record, name).all())
    return field.value_from_object(record)


def digests_of(record, names=None):
    """`{field name: digest}` of what a form can change of a record; of `names` alone where they are given."""
    fields = [field for field in record._meta.concrete_fields if field.editable and not field.primary_key]
    fields += [field for field in record._meta.many_to_many if field.editable]
    return {
        field.name: digest_of(type(record), field.name, _stored(record, field.name))
        for field in fields
        if names is None or field.name in names
    }


def key_of(record):
    """What a record is called among digests."""
    return f"{record._meta.label}:{record.pk}"


def lines_of(inlines, record, *, lock=False):
    """`[(inline, its rows)]`: the records that are edited on the same page, locked where they are about to change."""
    lines = []
    for inline in inlines:
        fk = next(
            field
            for field in inline.model._meta.concrete_fields
            if field.name == inline.fk_name
            or (not inline.fk_name and field.remote_field and isinstance(record, field.remote_field.model))
        )
        rows = inline.model._base_manager.filter(**{fk.name: record.pk}).order_by("pk")
        lines.append((inline, list(rows.select_for_update() if lock else rows)))
    return lines


def version_of(record, lines, names=None, asked=()):
    """What stands in the hidden field of a change form: signed digests of the record and its lines, and the moment.

    `names` are the fields the form can change, where it is not all of them: another block is another form. `asked` are
    the conflicts that the form lets its user decide.
    """
    rows = {inline.model._meta.label: {str(row.pk): digests_of(row) for row in rows} for inline, rows in lines}
    version = {"at": clock.now().isoformat(), "record": digests_of(record, names), "rows": rows, "asked": list(asked)}
    return signing.dumps(version, salt=SALT, compress=True)


def read_version(text):
    """What a hidden field said, or None where it was cut or made up."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None


# What changed meanwhile, in words


def _field_words(model, name, record):
    field = model._meta.get_field(name)
    label = str(field.verbose_name)
    if isinstance(field, EncryptedTextField):
        return label
    return _("%(field)s (now: %(value)s)") % {"field": label, "value": value_words(record, name) or "—"}


def value_words(record, name):
    """What a field of a record holds, as people read it."""
    field = record._meta.get_field(name)
    value = getattr(record, name).all() if field.many_to_many else field.value_from_object(record)
    return words_of(field, value)


def changes_since(version, record, lines):
    """What is stored differently from the digests of a form, in words; empty where nothing changed."""
    before = version["record"]
    changes = [
        _field_words(type(record), name, record)
        for name, digest in digests_of(record, before).items()
        if digest != before[name]
    ]
    for inline, rows in lines:
        before = version["rows"].get(inline.model._meta.label, {})
        present = {str(row.pk): row for row in rows}
        label = str(inline.opts.verbose_name)
        changes += [
            _("%(what)s added: %(name)s") % {"what": label, "name": present[pk]} for pk in present if pk not in before
        ]
        changes += [_("%(what)s removed") % {"what": label} for pk in before if pk not in present]
        for pk in [pk for pk in present if pk in before]:
            digests = digests_of(present[pk])
            changed = [name for name, digest in digests.items() if digest != before[pk].get(name)]
            changes += [labelled(present[pk], _field_words(inline.model, name, present[pk])) for name in changed]
    return changes


def changed_by(version, record, lines, *, user):
    """Who wrote to the record or its lines since the form was made, in words."""
    since = parse_datetime(version["at"])
    users = {}
    for obj in (record, *(row for _inline, rows in lines for row in rows)):
        for past in _past_of(obj, since):
            if past.history_user:
                users[past.history_user_id] = past.history_user
    others = [called(person) for pk, person in users.items() if pk != user.pk]
    if user.pk in users:
        others.append(_("you, in another window"))
    return pgettext("between names", ", ").join(others) or _("somebody else")


def _past_of(record, since=None):
    """The past versions of a record with who wrote them, newest first; none where it keeps no history."""
    if not keeps_history(record):
        return []
    past = history_of(record).select_related("history_user")
    return past if since is None else past.filter(history_date__gte=since)


def written_by(record, name, *, user):
    """Who stored what a field of a record holds now, and when, in words: `韦怀德 10:20`; "" for any of its fields."""
    past = list(_past_of(record)[:PAST_LOOKED_AT])
    attname = getattr(record._meta.get_field(name), "attname", name) if name else ""
    writing = past[0] if past else None
    for newer, older in pairwise(past):
        writing = newer
        if not hasattr(newer, attname) or getattr(newer, attname) != getattr(older, attname):
            break
    if writing is None:
        return ""
    who = writing.history_user
    name = _("somebody else") if who is None else _("you, in another window") if who.pk == user.pk else called(who)
    return f"{name} {time_words(writing.history_date)}"

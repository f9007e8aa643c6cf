"""How a form does not overwrite what another window stored meanwhile, and a form sent twice is stored once.

A change form carries what was stored when it was made, as digests. Where something else is stored when it comes back,
nothing is saved: the page says who changed what meanwhile and keeps what was typed; sent again, it is saved.
An add form carries a key. The first that comes with it is stored; whoever sends the same again is led to that record.
"""

import hmac
import re
from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.db import IntegrityError, router, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.person.names import called
from config.kit.stored_words import words_of

VERSION, KEY = "_version", "_once"
SALT = "config.kit.careful_saving"
KEY_FORM = re.compile(r"[0-9a-f]{32}", re.ASCII)

# How long the key of a sent add form is remembered.
SENT_FORMS_KEPT = timedelta(days=7)

_sent_forms: list = []


def keep_sent_forms_in(model):
    """Let an app name the model that remembers sent forms: `key` (unique), `address`, `sent_at`."""
    _sent_forms[:] = [model]


def _stored(record):
    """`{field name: what is stored}` of what a form can change of a record."""
    fields = [field for field in record._meta.concrete_fields if field.editable and not field.primary_key]
    values = {field.name: field.value_from_object(record) for field in fields}
    for field in record._meta.many_to_many:
        if field.editable:
            values[field.name] = sorted(row.pk for row in getattr(record, field.name).all())
    return values


def _digests(record):
    # Keyed, so that nobody can try out values of private fields against what the page holds.
    return {
        name: salted_hmac(SALT, f"{record._meta.label}\0{name}\0{value!r}").hexdigest()[:12]
        for name, value in _stored(record).items()
    }


def lines_of(inlines, record):
    """`[(inline, its rows)]`: the records that are edited on the same page."""
    lines = []
    for inline in inlines:
        fk = next(
            field
            for field in inline.model._meta.concrete_fields
            if field.name == inline.fk_name
            or (not inline.fk_name and field.remote_field and isinstance(record, field.remote_field.model))
        )
        lines.append((inline, list(inline.model._default_manager.filter(**{fk.name: record.pk}).order_by("pk"))))
    return lines


def version_of(record, inlines, names=None):
    """What stands in the hidden field of a change form: signed digests of the record and its lines, and the moment.

    `names` are the fields the form can change, where it is not all of them: another block is another form.
    """
    digests = {name: digest for name, digest in _digests(record).items() if names is None or name in names}
    rows = {inline.model._meta.label: {str(row.pk): _digests(row) for row in rows} for inline, rows in inlines}
    return signing.dumps({"at": clock.now().isoformat(), "record": digests, "rows": rows}, salt=SALT, compress=True)


def read_version(text):
    """What a hidden field said, or None where it was cut or made up."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None


def _field_words(model, name, record):
    field = model._meta.get_field(name)
    label = str(field.verbose_name)
    if isinstance(field, EncryptedTextField) or record is None:
        return label
    value = getattr(record, name)
    value = value.all() if field.many_to_many else field.value_from_object(record)
    return _("%(field)s (now: %(value)s)") % {"field": label, "value": words_of(field, value) or "—"}


def changes_since(version, record, inlines):
    """What is stored differently from the digests of a form, in words; empty where nothing changed."""
    changes = [
        _field_words(type(record), name, record)
        for name, digest in _digests(record).items()
        if name in version["record"] and not hmac.compare_digest(digest, version["record"][name])
    ]
    for inline, rows in inlines:
        before = version["rows"].get(inline.model._meta.label, {})
        present = {str(row.pk): row for row in rows}
        label = str(inline.opts.verbose_name)
        changes += [
            _("%(what)s added: %(name)s") % {"what": label, "name": present[pk]} for pk in present if pk not in before
        ]
        changes += [_("%(what)s removed") % {"what": label} for pk in before if pk not in present]
        for pk in set(before) & set(present):
            changed = [name for name, digest in _digests(present[pk]).items() if digest != before[pk].get(name)]
            changes += [f"{present[pk]}: {_field_words(inline.model, name, present[pk])}" for name in changed]
    return changes


def changed_by(version, record, inlines, *, user):
    """Who wrote to the record or its lines since the form was made, in words."""
    since = parse_datetime(version["at"])
    users = {}
    for obj in (record, *(row for _inline, rows in inlines for row in rows)):
        manager = getattr(type(obj)._meta, "simple_history_manager_attribute", None)
        if manager:
            for past in getattr(obj, manager).filter(history_date__gte=since).select_related("history_user"):
                if past.history_user:
                    users[past.history_user_id] = past.history_user
    others = [called(person) for pk, person in users.items() if pk != user.pk]
    if user.pk in users:
        others.append(_("you, in another window"))
    return pgettext("between names", ", ").join(others) or _("somebody else")


def without_removed_rows(data, prefix, gone):
    """Form data of which rows that were removed meanwhile become new rows at the end, so that no typed word is lost."""
    data = data.copy()
    total, initial = (int(data.get(f"{prefix}-{name}_FORMS", 0)) for name in ("TOTAL", "INITIAL"))
    pattern = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    rows: dict[int, dict] = {number: {} for number in range(total)}
    for key in [key for key in data if pattern.fullmatch(key)]:
        number, name = pattern.fullmatch(key).groups()
        rows.setdefault(int(number), {})[name] = data.pop(key)
    removed = [number for number in range(initial) if rows[number].get("id", [""])[0] in gone]
    remaining = [number for number in rows if number not in removed]
    for place, number in enumerate([*remaining, *removed]):
        for name, values in rows[number].items():
            if name == "DELETE" and number in removed:
                continue
            data.setlist(f"{prefix}-{place}-{name}", [""] if name == "id" and number in removed else values)
    data[f"{prefix}-INITIAL_FORMS"] = str(initial - len(removed))
    return data


class SavesCarefully:
    """Admin mixin: change forms refuse to overwrite what others stored meanwhile, add forms are stored once."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        extra_context = dict(extra_context or {})
        if request.method != "POST" or "_saveasnew" in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            if object_id is None:
                return self._add_once(request, form_url, extra_context)
            self._look_for_changes(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            sent = request.POST.get(KEY, "")
            context["form_key"] = sent if KEY_FORM.fullmatch(sent) else uuid4().hex
        elif obj is not None and context.get("has_change_permission", True):
            stored = getattr(request, "stored_now", None) or self.model._base_manager.filter(pk=obj.pk).first()
            if stored is not None:
                names = context["adminform"].form.fields
                context["form_version"] = version_of(stored, self._lines(request, stored), names)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _lines(self, request, record):
        return lines_of(self.get_inline_instances(request, record), record)

    def _look_for_changes(self, request, object_id):
        """Lock the record and compare it with the digests of the form; what differs makes the form invalid."""
        text = request.POST.get(VERSION, "")
        record = self.get_object(request, unquote(object_id))
        if record is None or not text:
            return
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        record = request.stored_now = self.model._base_manager.get(pk=record.pk)
        inlines, version = self._lines(request, record), read_version(text)
        if version is None:
            request.changed_meanwhile = _(
                "This page was cut on its way, so nobody can tell whether the record was changed meanwhile. Nothing was "
                "saved; what you typed is still here. Look at it and save again."
            )
            return
        changes = changes_since(version, record, inlines)
        if not changes:
            return
        request.changed_meanwhile = _(
            "While you were writing, %(who)s changed this record: %(what)s. Nothing of yours was saved yet; what you "
            "typed is still here. Take over what you need, then save again: your words will then replace theirs."
        ) % {
            "who": changed_by(version, record, inlines, user=request.user),
            "what": pgettext("between changes", "; ").join(changes),
        }
        for inline, rows in inlines:
            gone = set(version["rows"].get(inline.model._meta.label, {})) - {str(row.pk) for row in rows}
            if gone:
                prefix = inline.get_formset(request, record).get_default_prefix()
                request.POST = without_removed_rows(request.POST, prefix, gone)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        sentence = getattr(request, "changed_meanwhile", "")
        if not sentence:
            return form

        def clean(self):
            cleaned = super(refusing, self).clean()
            self.add_error(None, sentence)
            return cleaned

        refusing = type(form.__name__, (form,), {"clean": clean, "__module__": form.__module__})
        return refusing

    def _add_once(self, request, form_url, extra_context):
        key = request.POST.get(KEY, "")
        if not KEY_FORM.fullmatch(key) or not _sent_forms:
            return super().changeform_view(request, None, form_url, extra_context)
        sent, key = _sent_forms[0], f"{self.opts.label_lower}-{request.user.pk}-{key}"
        try:
            with transaction.atomic():
                row = sent.objects.create(key=key)
        except IntegrityError:
            return self._lead_to_the_first(request, sent.objects.get(key=key))
        response = super().changeform_view(request, None, form_url, extra_context)
        record = getattr(request, "added_record", None)
        if record is None:
            # Nothing was stored, so the same form may come again.
            row.delete()
        else:
            row.address = self._address_of(record)
            row.save()
            sent.objects.filter(sent_at__lt=clock.now() - SENT_FORMS_KEPT).delete()
        return response

    def log_addition(self, request, obj, message):
        request.added_record = obj
        return super().log_addition(request, obj, message)

    def _address_of(self, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def _lead_to_the_first(self, request, row):
        messages.info(request, _("This form had been sent already; it is stored once. This is the record."))
        return HttpResponseRedirect(row.address)

"""How a change form that comes back is merged with what others stored meanwhile: field by field.

A field that its user left as it was keeps what is stored now; a field nobody else changed takes what was typed; a field
both changed to different values is a conflict, which the user decides.
"""

import re
from dataclasses import dataclass

from django.db.models import FileField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.kit.admin.versions import digest_of, digests_of, key_of, value_words, written_by
from config.kit.crypto import EncryptedTextField
from config.kit.private_forms import REMOVE
from config.kit.punctuation import labelled
from config.kit.sheets.days import Day
from config.kit.stored_words import words_of

# Name of the field with which a conflict is decided, and the two answers.
CHOICE, STORED, TYPED = "_choice-", "stored", "typed"
DELETE = "DELETE"


@dataclass(frozen=True)
class Conflict:
    """A field that two people changed to different values, for the page that lets its user decide; values in words."""

    name: str
    label: str
    who: str
    stored: str
    typed: str
    is_private: bool = False


class Merge:
    """One form that came back, merged with what is stored now; `conflicts` holds what only its user can decide."""

    def __init__(self, version, data, *, user):
        self.user, self.data = user, data
        self.asked = set(version["asked"])
        self.rows = version["rows"]
        self.then = {f"{label}:{pk}": row for label, rows in self.rows.items() for pk, row in rows.items()}
        self.of_record = version["record"]
        self.conflicts: list[Conflict] = []
        self.undecided: list[str] = []

    def form_class(self, form_class, *, is_main=False):
        """The form class whose untouched fields keep what is stored now."""
        merge = self

        class Merged(form_class):
            def _clean_fields(self):
                super()._clean_fields()
                self.kept = set()
                then = merge.of_record if is_main else merge.then.get(key_of(self.instance))
                if self.instance.pk and then is not None:
                    merge.apply(self, then)

            @property
            def changed_data(self):
                changed = super().changed_data
                return [name for name in changed if name not in getattr(self, "kept", ())]

        Merged.__name__, Merged.__module__ = form_class.__name__, form_class.__module__
        return Merged

    def apply(self, form, then):
        """Let the cleaned data of a form keep what its user did not touch, and refuse what is in conflict."""
        now = digests_of(form.instance, then)
        if form.cleaned_data.get(DELETE):
            self._apply_to_deletion(form, then, now)
            return
        for name in [name for name in form.fields if name in then and name in now]:
            asked = self._is_asked(form, name)
            if now[name] == then[name] and not asked:
                continue
            typed = typed_digest(form, name, untouched=then[name])
            if typed == now[name] or (typed == then[name] and not asked):
                self._keep(form, name)
            elif not (asked and now[name] == then[name]) or not self._chosen(form, name):
                self._refuse(form, name)
            elif self._chosen(form, name) == STORED:
                self._keep(form, name)

    def _apply_to_deletion(self, form, then, now):
        asked, chosen = self._is_asked(form, DELETE), self._chosen(form, DELETE)
        as_seen = now == {name: digest for name, digest in then.items() if name in now}
        if as_seen and not asked:
            return
        if not (as_seen and chosen):
            form.cleaned_data[DELETE] = False
            self._refuse(form, DELETE)
        elif chosen == STORED:
            form.cleaned_data[DELETE] = False
            for name in [name for name in form.fields if name in now]:
                self._keep(form, name)

    def _is_asked(self, form, name):
        return f"{key_of(form.instance)}:{name}" in self.asked

    def _chosen(self, form, name):
        chosen = self.data.get(CHOICE + form.add_prefix(name))
        return chosen if chosen in {STORED, TYPED} else ""

    def _keep(self, form, name):
        field, instance = form.instance._meta.get_field(name), form.instance
        if name in getattr(form, "stored", {}):
            # A private field: an empty one keeps what is recorded.
            form.cleaned_data[name] = ""
        elif field.many_to_many:
            form.cleaned_data[name] = getattr(instance, name).all()
        elif not isinstance(field, FileField):
            form.cleaned_data[name] = getattr(instance, name)
        form.kept.add(name)
        # Where the form is shown again, this field shows what is stored now.
        form.fields[name].bound_data = lambda data, initial: initial

    def _refuse(self, form, name):
        instance = form.instance
        typed, stored, is_private = "", "", False
        if name == DELETE:
            typed, stored, label = _("take out this row"), _("keep this row"), _("Take out")
        else:
            field = instance._meta.get_field(name)
            label, is_private = form.fields[name].label or field.verbose_name, isinstance(field, EncryptedTextField)
            if not is_private:
                stored = value_words(instance, name) or "—"
                typed = words_of(field, form.cleaned_data[name]) if name in form.cleaned_data else ""
                typed = str(typed or form.data.get(form.add_prefix(name), "") or "—")
        self.undecided.append(f"{key_of(instance)}:{name}")
        self.conflicts.append(
            Conflict(
                CHOICE + form.add_prefix(name),
                labelled(instance, capfirst(str(label))) if form.prefix else capfirst(str(label)),
                written_by(instance, "" if name == DELETE else name, user=self.user),
                stored,
                typed,
                is_private,
            )
        )
        form.add_error(
            name if name in form.fields and name != DELETE else None,
            _("Two people changed this to different things. Choose one of the two."),
        )


class RowsAsPosted:
    """Formset mixin: rows keep the order in which they were sent, whatever was added or removed meanwhile."""

    def get_queryset(self):
        rows = {str(row.pk): row for row in super().get_queryset()}
        if not self.is_bound:
            return list(rows.values())
        keys = [self.data.get(f"{self.prefix}-{number}-id") for number in range(self.initial_form_count())]
        return [rows.get(key) or self.model() for key in keys]


def typed_digest(form, name, *, untouched=""):
    """The digest of what was typed into a field, as it would be stored; `untouched` for a private field left empty."""
    if name not in form.cleaned_data:
        return None
    model, value = form._meta.model, form.cleaned_data[name]
    value = value.date if isinstance(value, Day) else value
    field = model._meta.get_field(name)
    if isinstance(field, EncryptedTextField):
        value = str(value or "").strip()
        return untouched if not value else digest_of(model, name, "" if value == REMOVE else value)
    if field.many_to_many:
        return digest_of(model, name, sorted(row.pk for row in value))
    probe = model()
    field.save_form_data(probe, value)
    return digest_of(model, name, field.value_from_object(probe))


# Rows that a colleague removed


def without_removed_rows(data, prefix, gone, touched):
    """`(form data, how many come back)`: rows that were removed meanwhile leave the form.

    Those that `touched(number, key)` says were changed become new rows at the end, so that no typed word is lost.
    """
    data = data.copy()
    total, initial = (_count(data.get(f"{prefix}-{name}_FORMS")) for name in ("TOTAL", "INITIAL"))
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)", re.ASCII)
    removed = {number: data.get(f"{prefix}-{number}-id") for number in range(initial)}
    removed = {number: key for number, key in removed.items() if key in gone}
    back = [
        number
        for number, key in removed.items()
        if not data.get(f"{prefix}-{number}-{DELETE}") and touched(number, key)
    ]
    rows: dict[int, dict] = {number: {} for number in range(total)}
    for key in [key for key in data if pattern.fullmatch(key)]:
        number, name = pattern.fullmatch(key).groups()
        rows.setdefault(int(number), {})[name] = data.pop(key)
    places = [*(number for number in sorted(rows) if number not in removed), *back]
    for place, number in enumerate(places):
        for name, values in rows[number].items():
            data.setlist(f"{prefix}-{place}-{name}", [""] if name == "id" and number in removed else values)
    data[f"{prefix}-INITIAL_FORMS"] = str(initial - len(removed))
    data[f"{prefix}-TOTAL_FORMS"] = str(total - len(removed) + len(back))
    return data, len(back)


def _count(text):
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text, re.ASCII) else 0


def is_touched(form, then):
    """Whether a form of a row that is no longer stored holds other words than the row did."""
    form.full_clean()
    if form.errors:
        return True
    names = [name for name in form.fields if name in then]
    return any(typed_digest(form, name, untouched=then[name]) != then[name] for name in names)

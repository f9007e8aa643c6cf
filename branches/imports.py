"""The life of an import: an upload is compared and kept, then confirmed, discarded, or undone; each once.

The caller defines what a row is and how it is stored; refusing, counting and keeping are the same for every kind.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from branches import rules
from branches.organisations import Branch, Organization
from branches.scoping import JointQuerySet
from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.sheets.questions import asked_rows, settle
from config.kit.sheets.unstored import refused_rows, unstored_notes


class ImportBatchQuerySet(JointQuerySet):
    by_name = False


class ImportBatch(models.Model):
    """One uploaded office workbook: what was read from it, what became of it, and what undoing it needs."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("member roster")
        DONATIONS = "donations", _("donation register")

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("imported")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREVIEWED)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("Party branch")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("organisation")
    )
    file_name = models.TextField(_("file"))
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    added = models.PositiveIntegerField(_("added (rows)"), default=0)
    changed = models.PositiveIntegerField(_("changed (rows)"), default=0)
    same = models.PositiveIntegerField(_("the same (rows)"), default=0)
    refused = models.PositiveIntegerField(_("refused (rows)"), default=0)
    asked = models.PositiveIntegerField(_("asked (rows)"), default=0)
    # JSON of the rows while they wait, then of what undoing needs; encrypted because it holds whole records.
    payload = EncryptedTextField(purpose="import_batch", blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self):
        return self.file_name

    def content(self):
        """What `payload` holds, as plain data; empty where nothing is kept."""
        return json.loads(self.payload) if self.payload else {}


State = ImportBatch.State
# What a row does to the records, and the field of the batch that counts such rows.
COUNTED = {"add": "added", "change": "changed", "same": "same"}


@dataclass(frozen=True)
class Undone:
    """How many records went away and returned to what they were; `kept` names those that were touched since."""

    removed: int = 0
    restored: int = 0
    kept: list = field(default_factory=list)


def count_rows(entries):
    """`{field of the batch: how many rows}` of entries with an `act`."""
    return {name: sum(entry["act"] == act for entry in entries) for act, name in COUNTED.items()}


def keep_preview(kind, name, data, *, compared, by, branch=None, organization=None, **content):
    """Store a compared upload for a look; nothing of it is on record yet. Returns the batch.

    `compared` is the reading with an entry for each accepted and each asked row; `content` is what confirming needs beside.
    """
    reading, plan, asked = compared
    content |= {
        "plan": plan,
        "notes": reading.notes,
        "warnings": [[record.row, record.sheet, warning] for record in reading.accepted for warning in record.warnings],
        "refused": refused_rows(reading),
        "asked": [row | {"entry": entry} for row, entry in zip(asked_rows(reading), asked, strict=True)],
    }
    return ImportBatch.objects.create(
        kind=kind,
        branch=branch,
        organization=organization,
        file_name=name,
        file_digest=hashlib.sha256(data).hexdigest(),
        refused=len(reading.refused),
        asked=len(reading.asked),
        payload=json.dumps(content, ensure_ascii=False),
        created_by=by,
        **count_rows(plan),
    )


@transaction.atomic
def confirm(
    batch, store, *, skip_refused=False, answers=None, settled=lambda answered: [entry for entry, _sets in answered]
):
    """Store a previewed upload, all of it or nothing; confirming twice stores nothing again. Returns the batch.

    ValidationError `refused_rows` where rows are refused and `skip_refused` is not said, `asked_rows` where rows could
    mean two things and nobody was asked (`answers` is None); a row without an answer is not stored and named in the notes.
    `settled(answered)` makes the entries of asked rows, `[(entry, what the answer sets)]`; `store(batch, content, plan)`
    writes all entries and returns what undoing needs.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.CONFIRMED:
        return batch
    _refuse_not_waiting(batch)
    rules.refuse_refused_rows(count=batch.refused, skip=skip_refused)
    if answers is None:
        rules.refuse_asked_rows(count=batch.asked, skip=skip_refused)
    content = batch.content()
    stored, left, unanswered = settle(content.get("asked", []), answers or {})
    answered = settled([(row["entry"], sets) for row, sets in stored])
    for name, count in count_rows(answered).items():
        setattr(batch, name, getattr(batch, name) + count)
    for_undo = store(batch, content, content["plan"] + answered)
    batch.state, batch.confirmed_at = State.CONFIRMED, clock.now()
    notes = content["notes"] + unstored_notes(left, unanswered)
    batch.payload = json.dumps(for_undo | {"notes": notes, "refused": content["refused"]}, ensure_ascii=False)
    batch.save()
    return batch


@transaction.atomic
def discard(batch):
    """Forget a previewed upload; what it held is erased. Discarding twice changes nothing."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.DISCARDED:
        return batch
    _refuse_not_waiting(batch)
    batch.state, batch.payload = State.DISCARDED, ""
    batch.save()
    return batch


@transaction.atomic
def undo(batch, take_back):
    """Take an import back: `take_back(batch, content)` does it and returns what was `Undone`. Twice changes nothing."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == State.UNDONE:
        return Undone(kept=batch.content().get("kept", []))
    rules.refuse_unconfirmed(is_confirmed=batch.state == State.CONFIRMED)
    undone = take_back(batch, batch.content())
    batch.state, batch.undone_at = State.UNDONE, clock.now()
    batch.payload = json.dumps(asdict(undone), ensure_ascii=False)
    batch.save()
    return undone


def _refuse_not_waiting(batch):
    rules.refuse_not_waiting(is_waiting=batch.state == State.PREVIEWED, state=batch.get_state_display())

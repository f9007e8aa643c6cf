"""The life of an import: an upload is compared and kept, then confirmed, discarded, or undone; each once.

Whoever imports says what a row is and how it is stored; what is refused, counted and kept is the same for every kind.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.db import transaction

from branches import rules
from branches.import_batches import ImportBatch
from config.kit import clock
from config.kit.sheets.questions import asked_rows, settle
from config.kit.sheets.unstored import refused_rows, unstored_notes

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

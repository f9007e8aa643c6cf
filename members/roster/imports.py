"""How a roster upload becomes members: compared row by row with the branch, kept for a look, confirmed, undone."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from branches import imports
from branches.models import ImportBatch
from config.kit import clock
from config.kit.crypto import keyed_hashes
from config.kit.person.citizen_ids import birth_date_of, sex_of
from config.kit.refusals import refuse_by_field
from config.kit.sheets.model_fields import from_json, to_json
from config.kit.sheets.tables import row_text
from members.roster import rules
from members.roster.codes import ON_ROLL
from members.roster.departures import settle_by_record
from members.roster.models import CITIZEN_ID, DAYS_KNOWN, Affiliation, Member
from members.roster.reading import Known, read_roster

BATCH = 500
# Columns of a roster that are read but are no field of a member.
NOT_FIELDS = {"branch"}


def preview_roster(branch, name, data, *, by, today=None):
    """Read an upload for a branch and keep it, compared, for confirmation; nothing of it is on the roster yet.

    Returns the batch; ValidationError where the file as a whole cannot be read.
    """
    compared = compare_roster(branch, name, data, today=today or clock.today())
    # Our own roster of a past day proves that its members belonged to the branch then.
    stands_for = to_json(compared[0].stands_for)
    return imports.keep_preview(
        ImportBatch.Kind.ROSTER, name, data, compared=compared, by=by, branch=branch, stands_for=stands_for
    )


def compare_roster(branch, name, data, *, today):
    """The reading of an upload and, for each accepted and each asked row, what it would do to the branch's roster."""
    roll = BranchRoll(branch, today=today)
    reading = read_roster(name, data, today=today, known=roll.known())
    accepted, asked = [], []
    for record in reading.accepted + reading.asked:
        try:
            entry = roll.compare(record)
        except ValidationError as error:
            for key, reasons in getattr(error, "error_dict", {"name": [error]}).items():
                record.refuse(key, reasons[0])
            reading.refused.append(record)
        else:
            # What is on record of a member may answer the question.
            (asked if record.questions else accepted).append((record, entry))
    # A question that the record answered puts its row back among the others, in the order of the file.
    places = {id(record): entry for record, entry in accepted}
    reading.accepted = reading.in_order(record for record, _entry in accepted)
    reading.asked = [record for record, _entry in asked]
    reading.refused.sort(key=lambda record: (record.sheet, record.row))
    return reading, [places[id(record)] for record in reading.accepted], [entry for _record, entry in asked]


class BranchRoll:
    """The records of a branch as an import meets them, read once."""

    def __init__(self, branch, *, today):
        self.branch, self.today = branch, today
        self.members = list(Member.objects.filter(branch=branch))
        self.by_number = {member.citizen_id: member for member in self.members if member.citizen_id}
        self.by_name = {}
        for member in self.members:
            self.by_name.setdefault(member.name, []).append(member)
        self.hashes_elsewhere = set(
            Member.objects.exclude(branch=branch)
            .exclude(citizen_id_hash=None)
            .values_list("citizen_id_hash", flat=True)
        )
        self.matched = {}

    def known(self):
        people = {}
        for member in self.members:
            if member.birth_date:
                key = (member.name, member.birth_date.year, member.birth_date.month)
                people.setdefault(key, set()).add(member.citizen_id)
        return Known(branch_name=self.branch.name, elsewhere=self._elsewhere, people=people)

    def _elsewhere(self, number):
        return bool(self.hashes_elsewhere) and any(
            found in self.hashes_elsewhere for found in keyed_hashes(number, purpose=CITIZEN_ID)
        )

    def compare(self, record):
        """`{"act": add|change|same, …}` of one accepted row."""
        fields = fields_of(record)
        member = self._match(record, fields)
        entry = {"row": record.row, "sheet": record.sheet, "name": record.values["name"]}
        if member is not None:
            settle_by_record(record, member)
        if member is None:
            return entry | {"act": "add", "fields": {key: to_json(value) for key, value in filled_in(fields).items()}}
        changes = {
            key: [to_json(getattr(member, key)), to_json(value)]
            for key, value in fields.items()
            if getattr(member, key) != value and not _less_precise(member, key, fields)
        }
        changes = {
            key: pair
            for key, pair in changes.items()
            if not (key in DAYS_KNOWN.values() and _keeps_day(member, key, fields))
        }
        self._refuse_misfit(member, changes, fields)
        if not changes:
            return entry | {"act": "same", "member": member.pk}
        return entry | {"act": "change", "member": member.pk, "fields": changes}

    def _refuse_misfit(self, member, changes, fields):
        """New dates must also fit the recorded ones that the roster does not name."""
        if changes.keys() & {"birth_date", "joined_on", "full_member_on"}:
            dates = {
                key: fields[key] if key in changes else getattr(member, key)
                for key in ("birth_date", "joined_on", "full_member_on")
            }
            refuse_by_field(rules.rules_of_dates(**dates, today=self.today))

    def _match(self, record, fields):
        number = fields.get("citizen_id")
        if number:
            member = self.by_number.get(number) or self._without_number(fields)
        else:
            same = [
                member
                for member in self.by_name.get(fields["name"], [])
                if not (member.birth_date and fields.get("birth_date")) or member.birth_date == fields["birth_date"]
            ]
            if len(same) > 1:
                raise ValidationError(
                    _("several members of the branch fit this row. Add the citizen ID number."), code="several_fit"
                )
            member = same[0] if same else None
        if member is not None:
            place = row_text(record.row, record.sheet)
            if member.pk in self.matched:
                raise ValidationError(
                    _("the same member stands in %(place)s. Keep one of the two rows.")
                    % {"place": self.matched[member.pk]},
                    code="duplicate_member",
                )
            self.matched[member.pk] = place
        return member

    def _without_number(self, fields):
        """A member recorded without an ID number, known by name and birth date."""
        born = fields.get("birth_date") or birth_date_of(fields["citizen_id"])
        same = [
            member
            for member in self.by_name.get(fields["name"], [])
            if not member.citizen_id and member.birth_date == born
        ]
        return same[0] if len(same) == 1 else None


def _less_precise(member, key, fields):
    """A month on paper does not take away a day that is recorded."""
    known = DAYS_KNOWN.get(key)
    old = getattr(member, key)
    return bool(
        known
        and not fields[known]
        and old
        and getattr(member, known)
        and (old.year, old.month) == (fields[key].year, fields[key].month)
    )


def _keeps_day(member, known, fields):
    key = next(day for day, flag in DAYS_KNOWN.items() if flag == known)
    return key not in fields or _less_precise(member, key, fields)


def fields_of(record):
    """The filled cells of a row as fields of a member; an empty cell says nothing, so it erases nothing."""
    fields = {}
    for key, value in record.values.items():
        if key in NOT_FIELDS or value is None or (key == "birth_date" and not value.known):
            continue
        if hasattr(value, "known"):
            fields[key] = value.date
            if key in DAYS_KNOWN:
                fields[DAYS_KNOWN[key]] = value.known
        else:
            fields[key] = value
    return fields


def filled_in(fields):
    """What the ID number tells of a new member where the roster has no such column."""
    number = fields.get("citizen_id")
    if not number:
        return fields
    return {"birth_date": birth_date_of(number), "sex": sex_of(number)} | fields


def confirm_import(batch, by, *, on=None, skip_refused=False, answers=None):
    """Put a previewed roster on the branch's roll as `imports.confirm` does; `stale` where the roster changed since.

    New members belong to the branch from `on` on: today, or the day that a roster of our own making stands for.
    """

    def store(batch, content, plan):
        stands_for = content.get("stands_for")
        since = on or min(clock.today(), date.fromisoformat(stands_for or date.max.isoformat()))
        return {
            "added": _add([entry for entry in plan if entry["act"] == "add"], batch, by=by, on=since),
            "changed": _change([entry for entry in plan if entry["act"] == "change"], batch, by=by),
        }

    return imports.confirm(batch, store, skip_refused=skip_refused, answers=answers, settled=settled)


def settled(answered):
    """The entries of asked rows after their answers, which set some of their fields (None: to nothing)."""
    keys = [entry["member"] for entry, _sets in answered if "member" in entry]
    members = {}
    for at in range(0, len(keys), BATCH):
        members |= Member.objects.in_bulk(keys[at : at + BATCH])
    return [_settled(entry, sets, members) for entry, sets in answered]


def _settled(entry, sets, members):
    if entry["act"] == "add":
        fields = {key: value for key, value in (entry["fields"] | sets).items() if value is not None}
        return entry | {"fields": fields}
    member = members.get(entry["member"])
    if member is None:
        refuse_stale()
    changes = {key: pair for key, pair in entry.get("fields", {}).items() if key not in sets}
    for key, value in sets.items():
        old = to_json(getattr(member, key))
        if value is not None and value != old:
            changes[key] = [old, value]
    return entry | {"act": "change" if changes else "same", "fields": changes}


def refuse_stale():
    raise ValidationError(
        _("The roster changed since this look at it. Upload the workbook again and look once more."), code="stale"
    )


def _add(entries, batch, *, by, on):
    """Create members with history and affiliation; `[[member, its history row], …]`."""
    members = []
    for entry in entries:
        fields = {key: from_json(Member, key, value) for key, value in entry["fields"].items()}
        member = Member(branch_id=batch.branch_id, import_batch=batch, **fields)
        # Bulk creation passes by save().
        member.derive()
        members.append(member)
    numbers = [
        found
        for member in members
        if member.citizen_id
        for found in keyed_hashes(member.citizen_id, purpose=CITIZEN_ID)
    ]
    for at in range(0, len(numbers), BATCH):
        if Member.objects.filter(citizen_id_hash__in=numbers[at : at + BATCH]).exists():
            refuse_stale()
    members = bulk_create_with_history(members, Member, batch_size=BATCH, default_user=by) if members else []
    # Who had left before the import was on no roll on any day that is known.
    affiliations = [
        Affiliation(member=member, branch_id=batch.branch_id, starts_on=on)
        for member in members
        if member.status in ON_ROLL
    ]
    if affiliations:
        bulk_create_with_history(affiliations, Affiliation, batch_size=BATCH, default_user=by)
    marks = latest_history([member.pk for member in members])
    return [[member.pk, marks[member.pk]] for member in members]


def _change(entries, batch, *, by):
    """Write changed fields; `[[member, its history row, {field: [old, new]}], …]`."""
    members = {}
    keys = [entry["member"] for entry in entries]
    for at in range(0, len(keys), BATCH):
        members |= Member.objects.select_for_update().filter(branch_id=batch.branch_id).in_bulk(keys[at : at + BATCH])
    changed = []
    for entry in entries:
        member = members.get(entry["member"])
        if member is None or any(to_json(getattr(member, key)) != old for key, (old, _new) in entry["fields"].items()):
            refuse_stale()
        for key, (_old, new) in entry["fields"].items():
            setattr(member, key, from_json(Member, key, new))
        if "name" in entry["fields"] and "sort_name" not in entry["fields"]:
            member.sort_name = ""
        member._history_user = by
        member.save()
        changed.append([member.pk, entry["fields"]])
    marks = latest_history([pk for pk, _fields in changed])
    return [[pk, marks[pk], fields] for pk, fields in changed]


def latest_history(keys):
    """`{member: its newest history row}`."""
    marks = {}
    for at in range(0, len(keys), BATCH):
        rows = Member.history.filter(id__in=keys[at : at + BATCH]).values_list("id").annotate(newest=Max("history_id"))
        marks |= dict(rows.order_by())
    return marks


def undo_import(batch, by):
    """Take an import back: new members go, changed fields return; members touched since are named and kept."""
    return imports.undo(batch, lambda batch, content: _take_back(content, by=by))


def _take_back(content, *, by):
    keys = [row[0] for row in content["added"] + content["changed"]]
    marks = latest_history(keys)
    members = {}
    for at in range(0, len(keys), BATCH):
        members |= Member.objects.select_for_update().in_bulk(keys[at : at + BATCH])
    leaned_on = _leaned_on([pk for pk, _mark in content["added"]])
    kept, untouched, restored = [], [], 0
    for pk, mark in content["added"]:
        member = members.get(pk)
        if member is None:
            continue
        if marks.get(pk) != mark or pk in leaned_on:
            kept.append(member.name)
        else:
            untouched.append(member)
    for at in range(0, len(untouched), BATCH):
        _delete(untouched[at : at + BATCH], by=by)
    for pk, mark, fields in content["changed"]:
        member = members.get(pk)
        if member is None:
            continue
        if marks.get(pk) != mark:
            kept.append(member.name)
            continue
        for key, (old, _new) in fields.items():
            setattr(member, key, from_json(Member, key, old))
        if "name" in fields:
            member.sort_name = ""
        member._history_user = by
        member.save()
        restored += 1
    return imports.Undone(removed=len(untouched), restored=restored, kept=kept)


def _delete(members, *, by):
    """Delete many members with their affiliations and write their history, asking each related table once."""
    for member in members:
        member._history_user = by
    collector = Collector(using=members[0]._state.db, origin=members)
    collector.collect(members)
    collector.delete()


def _leaned_on(keys):
    """Members that other records name, or whose affiliation changed: they are no longer only what the import made."""
    found = set()
    relations = [
        relation
        for relation in Member._meta.related_objects
        if relation.get_accessor_name() not in {"affiliations", "accesses"}
        and not relation.related_model._meta.model_name.startswith("historical")
    ]
    for at in range(0, len(keys), BATCH):
        some = keys[at : at + BATCH]
        for relation in relations:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": some})
            found |= set(rows.values_list(f"{name}__pk", flat=True))
        for model_rows in (
            Affiliation.objects.filter(member__in=some).exclude(ends_on=None),
            Affiliation.history.filter(member__in=some).exclude(history_type="+"),
        ):
            found |= set(model_rows.values_list("member_id", flat=True))
    return found

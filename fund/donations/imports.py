"""How a donation register becomes booked gifts: compared with the pot, kept for a look, confirmed, undone by reversal."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from branches import imports
from branches.models import ImportBatch
from config.kit import clock
from config.kit.sheets.model_fields import from_json, to_json
from fund.donations.actions import receive_donation, return_donation
from fund.donations.models import Donation
from fund.donations.reading import FIELDS, UNSAID, happened_earlier, read_donations
from fund.donations.signs import settle_booked
from fund.ledger.actions import closed_until, lock_pot
from fund.ledger.models import Entry, Pot
from fund.ledger.rules import refuse_day_before_opening, refuse_day_outside

# What makes two rows the same gift; how it was handed over and remarks are told differently by different hands.
SAME_GIFT = ("donated_on", "donor", "source", "amount")


def preview_donations(pot, name, data, *, by):
    """Read a register for a pot and keep it, compared, for confirmation; nothing is booked yet. Returns the batch."""
    return imports.keep_preview(
        ImportBatch.Kind.DONATIONS,
        name,
        data,
        compared=compare_donations(pot, name, data),
        by=by,
        branch=pot.branch,
        organization=None if pot.branch else pot.organization,
        pot=pot.pk,
    )


def open_day_rule(pot):
    """`refuse(day)`: why a gift of a pot cannot be booked on a day, with what the register may say instead."""
    closed, today = closed_until(pot), clock.today()

    def refuse_day(day):
        try:
            refuse_day_outside(booked_on=day, opened_on=pot.opened_on, closed_until=closed, today=today)
        except ValidationError as error:
            if error.code == "closed_period":
                error.message = _(
                    "The account up to %(closed)s is published and closed. Write a day from %(first)s on as the day, and "
                    "the real day in a column “happened on”."
                )
            raise

    return refuse_day


def compare_donations(pot, name, data):
    """The reading of a register and, for each accepted and each asked row, whether it is new or booked already."""
    refuse_day, booked = open_day_rule(pot), BookedGifts(pot)

    def refuse_new_day(day):
        # A repeated file may hold gifts of a period that is closed by now; those are booked and need no open day.
        if day not in booked.days:
            refuse_day(day)

    reading = read_donations(name, data, refuse_day=refuse_new_day)
    plan, asked = {}, {}
    # Of two rows without a number, the sure one has the first claim on a gift that is booked already.
    rows = printed_first([*reading.accepted, *reading.asked], lambda record: record.values)
    for record in rows:
        fields, booked_on = fields_of(record)
        try:
            act = booked.compare(fields)
            if act == "add":
                refuse_day(booked_on or fields["donated_on"])
                refuse_day_before_opening(day=fields["donated_on"], opened_on=pot.opened_on)
            elif record.questions:
                settle_booked(record, number=fields.get("receipt_no"))
        except ValidationError as error:
            record.refuse("receipt_no" if error.code == "receipt_taken" else "donated_on", error)
            reading.refused.append(record)
            continue
        if act == "add":
            record.warnings += warnings_of(fields, booked_on, booked)
        place = record.sheet, record.row
        (asked if record.questions else plan)[place] = {
            "row": record.row,
            "sheet": record.sheet,
            "name": fields["donor"],
            "act": act,
            "fields": {key: to_json(value) for key, value in fields.items()},
            "booked_on": to_json(booked_on),
        }
    # A question that the books answered puts its row back among the others, in the order of the file.
    reading.accepted = reading.in_order(record for record in rows if (record.sheet, record.row) in plan)
    reading.asked = [record for record in reading.asked if (record.sheet, record.row) in asked]
    reading.refused.sort(key=lambda record: (record.sheet, record.row))
    return (
        reading,
        [plan[record.sheet, record.row] for record in reading.accepted],
        [asked[record.sheet, record.row] for record in reading.asked],
    )


def warnings_of(fields, booked_on, booked):
    """What is to be looked at before a new gift is booked."""
    found = []
    if booked.alike(fields):
        found.append(
            _("A gift of the same day, donor and amount is booked under another receipt. Check that this is one more.")
        )
    if booked_on:
        found.append(
            _("Booked on %(booked)s; its real day, %(day)s, stays with it.")
            % {"booked": booked_on.isoformat(), "day": fields["donated_on"].isoformat()}
        )
    return found


def printed_first(rows, values_of):
    """Rows with a receipt number of their own before the others: a number given out must be none that stands below."""
    return sorted(rows, key=lambda row: not values_of(row).get("receipt_no"))


class BookedGifts:
    """The gifts booked in a pot as an import meets them, read once; those of an undone import are no longer there."""

    def __init__(self, pot):
        rows = Donation.objects.filter(pot=pot, entry__isnull=False).select_related("import_batch")
        rows = [row for row in rows if not (row.returned_entry_id and is_undone(row.import_batch))]
        self.by_receipt = {row.receipt_no: row for row in rows if row.receipt_no}
        self.left = Counter(gift_of(vars_of(row)) for row in rows)
        self.days = {row.donated_on for row in rows}

    def compare(self, fields):
        """`add`, or `same` where the gift is booked; ValidationError where its receipt number is another gift's."""
        gift, receipt = gift_of(fields), fields.get("receipt_no")
        found = self.by_receipt.get(receipt) if receipt else None
        if found and gift_of(vars_of(found)) != gift:
            raise ValidationError(
                _(
                    "the receipt number %(number)s is booked for another gift (%(day)s, %(amount)s yuan). Check both receipts."
                )
                % {"number": receipt, "day": found.donated_on.isoformat(), "amount": found.amount},
                code="receipt_taken",
            )
        if found or (not receipt and self.left[gift] > 0):
            self.left[gift] -= 1
            return "same"
        return "add"

    def alike(self, fields):
        """Whether a gift like this one is booked that no row of the register has stood for yet."""
        return self.left[gift_of(fields)] > 0


def is_undone(batch):
    return batch is not None and batch.state == ImportBatch.State.UNDONE


def vars_of(donation):
    return {key: getattr(donation, key) for key in SAME_GIFT}


def gift_of(fields):
    return tuple(fields[key] for key in SAME_GIFT)


def fields_of(record):
    """The filled cells of a row as fields of a gift, and the day it is booked on where that is not the day of the gift."""
    fields = {key: value for key, value in record.values.items() if key in FIELDS and value not in (None, "")}
    fields.setdefault("source", UNSAID["source"])
    if happened := happened_earlier(record.values):
        return fields | {"donated_on": happened}, fields["donated_on"]
    return fields, None


def confirm_donations(batch, by, *, skip_refused=False, answers=None):
    """Book a previewed register as `imports.confirm` does; ValidationError `stale` where the pot changed since the look."""

    def store(batch, content, plan):
        return {"pot": content["pot"], "added": book_gifts(batch, Pot.objects.get(pk=content["pot"]), plan, by=by)}

    return imports.confirm(batch, store, skip_refused=skip_refused, answers=answers)


def book_gifts(batch, pot, plan, *, by):
    """Book the new gifts of a plan; `[[gift, its history row], …]`."""
    pot = lock_pot(pot)
    booked = BookedGifts(pot)
    added = []
    for entry in printed_first(plan, lambda entry: entry["fields"]):
        fields = {key: from_json(Donation, key, value) for key, value in entry["fields"].items()}
        if booked.compare(fields) != entry["act"]:
            raise ValidationError(
                _("The pot changed since this look at the register. Upload the workbook again and look once more."),
                code="stale",
            )
        if entry["act"] == "add":
            booked_on = from_json(Entry, "booked_on", entry["booked_on"])
            donation = Donation(pot=pot, import_batch=batch, **fields)
            key = f"import-{batch.pk}-{entry['sheet']}{entry['row']}"
            receive_donation(donation, by=by, key=key, booked_on=booked_on)
            added.append(donation.pk)
    marks = latest_history(added)
    return [[pk, marks[pk]] for pk in added]


def latest_history(keys):
    return dict(Donation.history.filter(id__in=keys).values_list("id").annotate(newest=Max("history_id")).order_by())


def undo_donations(batch, by, *, on=None):
    """Take a booked register back: each gift is reversed in red; gifts touched since are named and kept.

    The receipt numbers become free for the right register: the reversed gift keeps its own with a mark behind it.
    """

    def take_back(batch, content):
        keys = [pk for pk, _mark in content["added"]]
        marks = latest_history(keys)
        donations = Donation.objects.select_related("pot", "entry").in_bulk(keys)
        kept, removed = [], 0
        for pk, mark in content["added"]:
            donation = donations.get(pk)
            if donation is None:
                continue
            if marks.get(pk) != mark or donation.returned_entry_id:
                kept.append(donation.receipt_no or donation.donor)
                continue
            return_donation(donation, by=by, on=on or clock.today(), reason=_("import undone"))
            donation.receipt_no = f"{donation.receipt_no}/{batch.pk}"
            donation._history_user = by
            donation.save(update_fields=["receipt_no"])
            removed += 1
        return imports.Undone(removed=removed, kept=kept)

    return imports.undo(batch, take_back)

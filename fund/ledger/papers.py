"""The voucher of an entry, and what the papers of the fund share."""

from pathlib import Path

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.money import in_capitals, yuan
from config.kit.paper import render
from config.kit.paper.sheet import frame
from config.kit.person.names import called
from config.kit.ui import person_times
from fund.ledger.models import Account
from fund.ledger.wording import account_label, day

FOLDER = Path(__file__).resolve().parent
NOBODY = "—"


def name_of(user):
    """A member of staff as papers name them: family name first, or the account's name."""
    return called(user) if user else ""


def yuan_words(amount):
    return _("%(amount)s yuan") % {"amount": yuan(amount)}


def capitals(amount):
    return _("RMB %(words)s") % {"words": in_capitals(amount)}


def _heading(entry):
    kinds = {entry.debit.kind, entry.credit.kind}
    if kinds == {Account.Kind.ASSET}:
        return _("Transfer voucher")
    if Account.Kind.INCOME in kinds:
        return _("Receipt voucher")
    return _("Payment voucher")


def _behind(entry):
    """`(record, the number it is known by)` of what stands behind an entry: case, round, run or gift."""
    for name in ("case", "round", "allowance_run", "donation"):
        record = getattr(entry, name, None)
        if record is not None:
            return record
    return None


def _reversal_mark(entry):
    if entry.reverses_id:
        return _("red: takes back entry %(number)s") % {"number": entry.reverses.number}
    if hasattr(entry, "reversed_by"):
        return _("taken back by entry %(number)s") % {"number": entry.reversed_by.number}
    return ""


def _signed_in(record):
    """Who proposed, approved and paid the record behind an entry, where there is one."""
    words = {"proposed_by": _("Proposed by:"), "approved_by": _("Approved by:"), "paid_by": _("Paid by:")}
    actors = {name: getattr(record, name, None) for name in words}
    return [[words[name], name_of(actor)] for name, actor in actors.items() if actor]


def voucher(entry, *, publisher=""):
    """凭证 of any entry: accounts in office words, the people who acted where it pays a case, round or run, places to sign."""
    record, publisher = _behind(entry), publisher or entry.pot.organization.seal_name
    heading = _heading(entry)
    number = _("No. %(number)s") % {"number": entry.number}
    data = frame(f"{heading} {entry.number}", author=publisher, on=entry.booked_on) | {
        "foot": [entry.pot.name, number],
        "publisher": publisher,
        "heading": heading,
        "mark": _reversal_mark(entry),
        "pot": entry.pot.name,
        "number": number,
        "day_words": day(entry.booked_on),
        "summary": entry.summary,
        "came_from": entry.credit.name or account_label(entry.credit.code),
        "went_to": entry.debit.name or account_label(entry.debit.code),
        "amount": yuan_words(entry.amount),
        "capitals": capitals(entry.amount),
        "persons": person_times(entry.persons) if entry.persons else NOBODY,
        "behind": [] if record is None else [[capfirst(str(record._meta.verbose_name)), str(record)]],
        "signed": [
            *_signed_in(record),
            [_("Recorded by:"), name_of(entry.recorded_by)],
            [_("Accountant:"), ""],
            [_("Cashier:"), ""],
            [_("Payee:"), ""],
            [_("Papers attached:"), ""],
        ],
        "words": {
            "summary": pgettext("paper", "Summary"),
            "came_from": _("Money came from"),
            "went_to": _("Money went to"),
            "amount": _("Amount in figures"),
            "capitals": _("Amount in capitals"),
            "persons": _("Person-times"),
        },
    }
    return render(FOLDER / "voucher.typ", data, paper="a5", spell=True)


def signers(record):
    return [
        [_("Prepared by:"), name_of(record.proposed_by)],
        [_("Approved by:"), name_of(record.approved_by)],
        [_("Paid by:"), name_of(record.paid_by)],
    ]

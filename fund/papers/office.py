"""Which papers does the office print? Receipt, voucher, sheet to sign for allowances, route of a condolence round."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.money import ZERO, in_capitals, yuan
from config.kit.names import called
from config.kit.paper import left_out, render, set_apart
from config.kit.paper.sheet import column, frame, list_sheet
from config.kit.ui import person_times
from fund.models import Account
from fund.public.wording import account_label, day, people

FOLDER = Path(__file__).resolve().parent
NOBODY = "—"


def name_of(user):
    """A member of staff as papers name them: family name first, or the account's name."""
    return called(user) if user else ""


def _money(amount):
    return _("%(amount)s yuan") % {"amount": yuan(amount)}


def _capitals(amount):
    return _("RMB %(words)s") % {"words": in_capitals(amount)}


def _receipt(donation, publisher, count):
    pot = donation.pot
    spoilt = [row.number for row in donation.void_receipts.all()]
    remark = [donation.goods, donation.purpose, donation.remark]
    if spoilt:
        remark.append(_("stands for the void receipt %(numbers)s") % {"numbers": ", ".join(spoilt)})
    if donation.returned_entry_id:
        mark = _("returned")
    else:
        mark = "" if donation.is_booked else _("not valid: not counted and booked yet")
    return {
        "publisher": publisher,
        "heading": pgettext("paper", "Receipt"),
        "number": _("No. %(number)s") % {"number": donation.receipt_no or NOBODY},
        "mark": mark,
        "donor": donation.donor,
        "day_words": day(donation.donated_on),
        "kind": donation.get_source_display(),
        "way": donation.get_method_display(),
        "amount": _money(donation.amount),
        "capitals": _capitals(donation.amount),
        "pot": pot.name,
        "remark": pgettext("between parts", ", ").join(part for part in remark if part) or NOBODY,
        "signed": [
            [_("Received by:"), donation.handler],
            [_("Counted by:"), name_of(donation.counted_by)],
            [_("Seal:"), ""],
        ],
        "note": _("Internal receipt. It is no invoice and no proof for the tax office."),
        "count": count,
    }


def receipt(donation, *, publisher=""):
    """收据: the internal receipt of a gift, twice on one A4 with a line to cut; a returned one says so."""
    return receipts([donation], publisher=publisher)


def receipts(donations, *, publisher=""):
    """The receipts of some gifts of one pot in the order given, each on a page of its own.

    A receipt with a character that no font draws is named on a last page; ValidationError `unprintable` where that
    leaves none.
    """
    donations = list(donations)
    first, several = donations[0], len(donations) > 1
    publisher = publisher or first.pot.organization.seal_name
    number = first.receipt_no or NOBODY
    title = _("Receipts from %(number)s") if several else _("Receipt %(number)s")
    data = frame(title % {"number": number}, author=publisher, on=first.donated_on)
    counts = [
        data["page_words"].replace("{page}", str(place)).replace("{pages}", str(len(donations)))
        for place in range(1, len(donations) + 1)
    ]
    rows, others = set_apart(
        (gift.receipt_no or NOBODY, _receipt(gift, publisher, f" · {count}" if several else ""))
        for gift, count in zip(donations, counts, strict=True)
    )
    data |= {
        "receipts": rows,
        "left_out": left_out(others),
        "words": {
            "donor": _("Received from"),
            "day": pgettext("paper", "Day"),
            "kind": _("Kind of gift"),
            "way": pgettext("paper", "How given"),
            "amount": _("Amount in figures"),
            "capitals": _("Amount in capitals"),
            "pot": _("For the pot"),
            "remark": pgettext("paper", "Remark"),
            "copy_giver": _("For the giver"),
            "copy_file": _("For the file"),
            "cut": _("cut here"),
        },
    }
    return render(FOLDER / "receipt.typ", data)


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


def voucher(entry, *, publisher=""):
    """凭证 of any entry: accounts in office words, hands where a case, round or run stands behind it, places to sign."""
    record, publisher = _behind(entry), publisher or entry.pot.organization.seal_name
    behind = []
    if record is not None:
        behind.append([capfirst(str(record._meta.verbose_name)), str(record)])
    mark = ""
    if entry.reverses_id:
        mark = _("red: takes back entry %(number)s") % {"number": entry.reverses.number}
    elif hasattr(entry, "reversed_by"):
        mark = _("taken back by entry %(number)s") % {"number": entry.reversed_by.number}
    heading = _heading(entry)
    number = _("No. %(number)s") % {"number": entry.number}
    data = frame(f"{heading} {entry.number}", author=publisher, on=entry.booked_on) | {
        "foot": [entry.pot.name, number],
        "publisher": publisher,
        "heading": heading,
        "mark": mark,
        "pot": entry.pot.name,
        "number": number,
        "day_words": day(entry.booked_on),
        "summary": entry.summary,
        "came_from": entry.credit.name or account_label(entry.credit.code),
        "went_to": entry.debit.name or account_label(entry.debit.code),
        "amount": _money(entry.amount),
        "capitals": _capitals(entry.amount),
        "persons": person_times(entry.persons) if entry.persons else NOBODY,
        "behind": behind,
        "signed": [
            *[
                [word, name_of(getattr(record, hand, None))]
                for word, hand in (
                    (_("Proposed by:"), "proposed_by"),
                    (_("Approved by:"), "approved_by"),
                    (_("Paid by:"), "paid_by"),
                )
                if getattr(record, hand, None)
            ],
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


def _hands(record):
    return [
        [_("Prepared by:"), name_of(record.proposed_by)],
        [_("Approved by:"), name_of(record.approved_by)],
        [_("Paid by:"), name_of(record.paid_by)],
    ]


def allowance_sheet(run, *, publisher=""):
    """津贴发放签领表: who gets how much for a month, with a place for each to sign."""
    publisher = publisher or run.pot.organization.seal_name
    lines = list(run.lines.select_related("branch").order_by("id"))
    total = sum((line.amount for line in lines), ZERO)
    heading = _("Secretary allowance, %(month)s: to sign for") % {"month": date_format(run.month, "YEAR_MONTH_FORMAT")}
    return list_sheet(
        heading=heading,
        publisher=publisher,
        on=run.paid_on or run.month,
        foot=[run.pot.name],
        meta=[run.pot.name, str(run.get_method_display()), _("unit: yuan")],
        columns=[
            column(_("No."), 2.8, "center"),
            column(pgettext("person", "Name"), 6),
            column(_("Party branch")),
            column(pgettext("paper", "Post"), 7),
            column(_("Amount"), 6, "end"),
            column(pgettext("paper", "Signature"), 9),
            column(pgettext("paper", "Day"), 7),
        ],
        row_inset=0.75,
        rows=[
            [str(number), line.name, line.branch.name if line.branch else "", line.post, yuan(line.amount), "", ""]
            for number, line in enumerate(lines, start=1)
        ],
        total=["", _("Total"), people(len(lines)), "", yuan(total), "", ""],
        notes=[_("Total in capitals: %(words)s") % {"words": _capitals(total)}],
        signed=_hands(run),
    )


def route_sheet(round_, *, with_addresses, publisher=""):
    """走访慰问路线表, by branch and name: for the office only. Addresses stand where the reader may see them."""
    publisher = publisher or round_.pot.organization.seal_name
    visits = list(round_.visits.select_related("branch", "member").order_by("branch__name", "unit", "id"))
    total = sum((visit.amount for visit in visits), ZERO)
    heading = _("Condolence round, %(season)s: whom to visit") % {"season": round_.get_season_display()}

    def reached(visit):
        if not with_addresses or visit.member is None:
            return ["", ""]
        return [visit.member.address, visit.member.phone]

    return list_sheet(
        heading=heading,
        publisher=publisher,
        on=round_.visited_on,
        foot=[round_.pot.name],
        mark=_("internal, keep confidential"),
        meta=[
            _("Visitors: %(names)s") % {"names": round_.visitors or NOBODY},
            day(round_.visited_on),
            _("unit: yuan"),
        ],
        columns=[
            column(_("No."), 2.8, "center"),
            column(pgettext("person", "Name"), 5),
            column(_("Branch or unit"), 11),
            column(pgettext("paper", "Kind"), 6),
            column(pgettext("paper", "Address")),
            column(pgettext("paper", "Phone"), 7.5),
            column(_("Amount"), 5, "end"),
            column(pgettext("paper", "Signature"), 7),
        ],
        row_inset=0.6,
        rows=[
            [
                str(number),
                visit.name,
                visit.branch.name if visit.branch else visit.unit,
                str(visit.get_category_display()),
                *reached(visit),
                yuan(visit.amount),
                "",
            ]
            for number, visit in enumerate(visits, start=1)
        ],
        total=["", _("Total"), people(len(visits)), "", "", "", yuan(total), ""],
        notes=[_("Total in capitals: %(words)s") % {"words": _capitals(total)}],
        signed=_hands(round_),
    )

"""The receipts of gifts, each twice on a page with a line to cut."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from config.kit.paper import left_out, render, set_apart
from config.kit.paper.sheet import frame
from fund.ledger.papers import NOBODY, capitals, name_of, yuan_words
from fund.ledger.wording import day


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
        "amount": yuan_words(donation.amount),
        "capitals": capitals(donation.amount),
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
    return render(Path(__file__).with_name("receipt.typ"), data)


def receipts_of(collection):
    """The gifts of a collection day in the order of their receipts."""
    gifts = collection.donations.exclude(receipt_no=None).select_related("pot__organization", "counted_by")
    return gifts.prefetch_related("void_receipts").order_by("receipt_no", "id")

"""How a gift is received, receipted and returned, and how a donor's name is taken off what is shown."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from fund import rules
from fund.actions.ledger import book_language, lock_pot, post, reverse
from fund.models import Account, Donation, StatementName

ASSET_OF = {Donation.Method.CASH: "cash", Donation.Method.TRANSFER: "bank", Donation.Method.GOODS: "goods"}


def next_receipt_no(pot, year):
    """The next number of a year in a pot, `2018-0001`; a number once given is never given again."""
    numbers = Donation.objects.filter(pot=pot, receipt_no__startswith=f"{year}-").values_list("receipt_no", flat=True)
    used = [int(match[1]) for match in (re.fullmatch(rf"{year}-(\d+)", number) for number in numbers) if match]
    return f"{year}-{max(used, default=0) + 1:04}"


def accounts_of(donation):
    """Where the money of a gift comes from and where it goes."""
    return {
        "debit": donation.pot.account(Account.Kind.ASSET, ASSET_OF[donation.method]),
        "credit": donation.pot.source(donation.source),
    }


@transaction.atomic
def receive_donation(donation, *, by, key=None, booked_on=None):
    """Book a gift: its receipt number (kept where the paper has one) and its entry come together or not at all.

    With a `key` that was booked before, the donation of that first booking comes back and nothing is stored. A gift whose
    day lies in a closed period is booked on a later day `booked_on`; the real day stays with it.
    """
    pot = lock_pot(donation.pot)
    if key is not None:
        first = Donation.objects.filter(pot=pot, entry__key=key).first()
        if first:
            rules.refuse_other_content(same=first.amount == donation.amount)
            return first
    rules.refuse_booked_donation(is_booked=donation.is_booked)
    donation.receipt_no = donation.receipt_no or next_receipt_no(pot, donation.donated_on.year)
    donation.full_clean(exclude=["donor_member"])
    with book_language():
        summary = _("%(source)s, receipt %(number)s") % {
            "source": donation.get_source_display(),
            "number": donation.receipt_no,
        }
    donation._history_user = by
    donation.save()
    donation.entry = post(
        pot=pot,
        **accounts_of(donation),
        amount=donation.amount,
        booked_on=booked_on or donation.donated_on,
        happened_on=donation.donated_on if booked_on and booked_on != donation.donated_on else None,
        summary=summary,
        by=by,
        key=key or f"donation-{donation.pk}",
        persons=1,
    )
    donation.save(update_fields=["entry"])
    return donation


@transaction.atomic
def return_donation(donation, *, by, on, reason):
    """Give a booked gift back: a red entry on the day `on`; the receipt keeps its number."""
    lock_pot(donation.pot)
    donation.refresh_from_db()
    rules.refuse_unreturnable(is_booked=donation.is_booked, is_returned=donation.returned_entry_id is not None)
    donation.returned_entry = reverse(donation.entry, by=by, on=on, reason=reason)
    donation._history_user = by
    donation.save(update_fields=["returned_entry"])
    return donation


@transaction.atomic
def withdraw_name(donation, *, by):
    """A donor takes back the word that the full name may stand in notices: it leaves every statement at once."""
    donation.publicity = Donation.Publicity.MASKED
    donation._history_user = by
    donation.save(update_fields=["publicity"])
    if donation.is_booked:
        lines = [donation.entry.number]
        if donation.returned_entry_id:
            lines.append(donation.returned_entry.number)
        StatementName.objects.filter(statement__pot=donation.pot, line__in=lines).update(name="", name_salt="")
    return donation

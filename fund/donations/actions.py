"""How a gift is received, receipted and returned, and how a donor's name is taken off what is shown."""

from django.db import transaction
from django.utils.translation import gettext as _

from config.kit import clock
from config.kit.money import ZERO
from config.kit.numbering import next_label
from fund.donations.models import Collection, Donation, FundMember, VoidReceipt
from fund.donations.rules import (
    refuse_booked_donation,
    refuse_goods_without_words,
    refuse_named_without_consent,
    refuse_pot_without_gifts,
    refuse_settled_donation,
    refuse_unreturnable,
)
from fund.donations.transitions import COLLECTIONS, GIFTS
from fund.ledger.actions import book_language, closed_until, lock_pot, post, refuse_unbookable, reverse_entry
from fund.ledger.models import ASSET_OF, Account
from fund.ledger.rules import (
    refuse_day_before_opening,
    refuse_empty_list,
    refuse_future_day,
    refuse_other_content,
    refuse_unless_positive,
    refuse_without_reason,
    refuse_wrong_count,
)


def next_receipt_no(pot, year):
    """The next number of a year in a pot, `2018-0001`; a number once given, void or not, is never given again."""
    given = Donation.objects.filter(pot=pot, receipt_no__startswith=f"{year}-").values_list("receipt_no", flat=True)
    void = VoidReceipt.objects.filter(pot=pot, number__startswith=f"{year}-").values_list("number", flat=True)
    return next_label([*given, *void], prefix=f"{year}-")


def accounts_of(donation):
    """Where the money of a gift comes from and where it goes."""
    return {
        "debit": donation.pot.account(Account.Kind.ASSET, ASSET_OF[donation.method]),
        "credit": donation.pot.source(donation.source),
    }


def refuse_unregistrable(donation):
    """What a register refuses of a gift by itself, whatever pot it is for; forms ask it first."""
    refuse_unless_positive(donation.amount)
    refuse_named_without_consent(is_named=donation.publicity == Donation.Publicity.NAMED, consent=donation.consent)
    refuse_goods_without_words(is_goods=donation.method == Donation.Method.GOODS, goods=donation.goods)


def days_to_book(donation):
    """The day of the gift, or today with the real day beside it where that day lies in a published period."""
    closed, day = closed_until(donation.pot), donation.donated_on
    is_open = closed is None or day > closed
    return {"booked_on": day, "happened_on": None} if is_open else {"booked_on": clock.today(), "happened_on": day}


def refuse_for_pot(donation):
    """What the pot of a gift refuses before anything is counted; forms ask it first."""
    refuse_day_before_opening(day=donation.donated_on, opened_on=donation.pot.opened_on)
    try:
        accounts = accounts_of(donation)
    except Account.DoesNotExist:
        accounts = None
    refuse_pot_without_gifts(takes_gifts=accounts is not None)
    refuse_unbookable(pot=donation.pot, amount=donation.amount, **accounts, **days_to_book(donation))


@transaction.atomic
def register_donation(donation, *, by, key=None):
    """Take a gift down: no number and no money in the books before a second person has counted it.

    With a `key` registered before, the first gift comes back and nothing is stored.
    """
    lock_pot(donation.pot)
    if key is not None:
        first = Donation.objects.filter(key=key).first()
        if first:
            refuse_other_content(same=first.amount == donation.amount)
            return first
    refuse_booked_donation(is_booked=donation.is_booked)
    refuse_settled_donation(is_refused=bool(donation.refusal))
    refuse_unregistrable(donation)
    refuse_for_pot(donation)
    donation.registered_by, donation.key = by, key or donation.key
    donation.full_clean(exclude=["donor_member", "collection"])
    donation._history_user = by
    donation.save()
    return donation


def _count(donation, *, by):
    refuse_booked_donation(is_booked=donation.is_booked)
    refuse_settled_donation(is_refused=bool(donation.refusal))
    GIFTS.begin(donation, "count", by=by)
    donation.counted_by = by
    return receive_donation(donation, by=by, booked_on=days_to_book(donation)["booked_on"])


@transaction.atomic
def count_donation(donation, *, by, amount):
    """A second person counted `amount` yuan: where it is what was registered, the gift is receipted and booked."""
    lock_pot(donation.pot)
    donation.refresh_from_db()
    refuse_wrong_count(counted=amount, registered=donation.amount)
    return _count(donation, by=by)


@transaction.atomic
def refuse_donation(donation, *, by, reason):
    """Refuse a gift before it is receipted; it stays in the register with the reason."""
    lock_pot(donation.pot)
    donation.refresh_from_db()
    refuse_booked_donation(is_booked=donation.is_booked)
    refuse_without_reason(reason)
    donation.refusal = reason
    donation._history_user = by
    donation.save(update_fields=["refusal"])
    return donation


@transaction.atomic
def register_collection(collection, gifts, *, by, key=None):
    """Take down all gifts of a collection day at once, all or none; a repeated `key` gives the first collection back."""
    pot = lock_pot(collection.pot)
    if key is not None:
        first = Collection.objects.filter(key=key).first()
        if first:
            return first
    refuse_empty_list(len(gifts))
    collection.registered_by, collection.key = by, key
    collection._history_user = by
    collection.save()
    for gift in gifts:
        gift.pot, gift.collection, gift.donated_on = pot, collection, collection.collected_on
        register_donation(gift, by=by)
    return collection


def sum_to_count(collection):
    """How many gifts of a collection wait for counting, and their yuan."""
    amounts = [gift.amount for gift in collection.donations.all() if gift.waits_for_counting]
    return len(amounts), sum(amounts, ZERO)


@transaction.atomic
def count_collection(collection, *, by, amount):
    """A second person counted `amount` yuan on the table: every gift gets its receipt number, in the order of the list."""
    lock_pot(collection.pot)
    collection.refresh_from_db()
    COLLECTIONS.begin(collection, "count", by=by)
    count, registered = sum_to_count(collection)
    refuse_empty_list(count)
    refuse_wrong_count(counted=amount, registered=registered)
    for gift in collection.donations.order_by("id"):
        if gift.waits_for_counting:
            _count(gift, by=by)
    collection.counted_by = by
    collection._history_user = by
    collection.save(update_fields=["counted_by"])
    return collection


@transaction.atomic
def void_receipt(donation, *, by, reason):
    """A receipt was spoilt: its number is kept as void and the gift gets the next one; the money does not move."""
    pot = lock_pot(donation.pot)
    donation.refresh_from_db()
    refuse_without_reason(reason)
    refuse_unreturnable(is_booked=donation.is_booked, is_returned=donation.returned_entry_id is not None)
    void = VoidReceipt.objects.create(
        donation=donation,
        pot=pot,
        number=donation.receipt_no,
        reason=reason,
        voided_by=by,
        voided_on=clock.today(),
    )
    donation.receipt_no = next_receipt_no(pot, donation.donated_on.year)
    donation._history_user = by
    donation.save(update_fields=["receipt_no"])
    return void


@transaction.atomic
def receive_donation(donation, *, by, key=None, booked_on=None):
    """Book a counted gift: its receipt number (kept where the paper has one) and its entry come together or not at all.

    Registers on paper, which two people signed long ago, are booked here without a second counting.

    With a `key` that was booked before, the donation of that first booking comes back and nothing is stored. A gift whose
    day lies in a closed period is booked on a later day `booked_on`; the real day stays with it.
    """
    pot = lock_pot(donation.pot)
    if key is not None:
        first = Donation.objects.filter(pot=pot, entry__key=key).first()
        if first:
            refuse_other_content(same=first.amount == donation.amount)
            return first
    refuse_booked_donation(is_booked=donation.is_booked)
    donation.receipt_no = donation.receipt_no or next_receipt_no(pot, donation.donated_on.year)
    donation.full_clean(exclude=["donor_member", "collection"])
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
    refuse_unreturnable(is_booked=donation.is_booked, is_returned=donation.returned_entry_id is not None)
    donation.returned_entry = reverse_entry(donation.entry, by=by, on=on, reason=reason)
    donation._history_user = by
    donation.save(update_fields=["returned_entry"])
    return donation


@transaction.atomic
def join_fund(pot, members, *, joined_on, by):
    """Take people of the roster into the fund on a day; who is in it already stays as they are. Returns how many joined."""
    pot = lock_pot(pot)
    refuse_future_day(day=joined_on, today=clock.today())
    refuse_day_before_opening(day=joined_on, opened_on=pot.opened_on)
    known = set(FundMember.objects.filter(pot=pot, member__in=members).values_list("member", flat=True))
    joining = [member for member in members if member.pk not in known]
    refuse_empty_list(len(joining))
    for member in joining:
        row = FundMember(pot=pot, member=member, name=member.name, joined_on=joined_on)
        row._history_user = by
        row.save()
    return len(joining)

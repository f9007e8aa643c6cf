"""What is done with a gift and with the gifts of a collection day, in the order of their papers."""

from django.utils.translation import gettext_lazy as _

from config.kit.money import yuan
from config.kit.workflow.transitions import Transition, Workflow
from fund.donations.models import Donation
from fund.ledger.transitions import TWO_COUNT


def _stands(donation):
    return donation.is_booked and donation.returned_entry_id is None


def _numbered(words):
    return lambda donation: words % {"number": donation.receipt_no, "amount": yuan(donation.amount)}


GIFTS = Workflow(
    [
        Transition(
            "count",
            _("Count it and give a receipt"),
            _("Count the money or the goods yourself and write what you counted; then it is booked."),
            "fund.count_donation",
            "fund.donations.actions.count_donation",
            excluded=("registered_by_id",),
            asks=("amount",),
            applies=lambda donation: donation.waits_for_counting,
            done=_numbered(_("Counted and booked; the receipt has the number %(number)s.")),
        ),
        Transition(
            "refuse",
            _("Refuse this gift"),
            _("No receipt, no booking; the gift stays in the register with the reason."),
            "fund.add_donation",
            "fund.donations.actions.refuse_donation",
            asks=("reason",),
            applies=lambda donation: donation.waits_for_counting,
            done=_("Refused; the gift stays in the register with the reason."),
            leads_on=False,
        ),
        Transition(
            "return",
            _("Return this gift"),
            _("The receipt keeps its number; a red entry takes the money back."),
            "fund.return_donation",
            "fund.donations.actions.return_donation",
            asks=("day", "reason"),
            applies=_stands,
            done=_numbered(_("Receipt %(number)s: %(amount)s yuan returned.")),
            leads_on=False,
        ),
        Transition(
            "void-receipt",
            _("The receipt was spoilt"),
            _("Its number is kept as void, and the gift gets the next number. The money does not move."),
            "fund.void_donation",
            "fund.donations.actions.void_receipt",
            asks=("reason",),
            applies=_stands,
            done=lambda void: (
                _("The receipt is void; the gift has the number %(number)s now.") % {"number": void.donation.receipt_no}
            ),
            leads_on=False,
        ),
        Transition(
            "withdraw-name",
            _("Take the full name off the statements"),
            _("The donor no longer wants the full name shown. Part of it stays, and every sheet still verifies."),
            "fund.add_donation",
            "fund.disclosure.statements.actions.withdraw_name",
            applies=lambda donation: donation.publicity == Donation.Publicity.NAMED,
            done=_("The full name has been taken off every statement."),
            leads_on=False,
        ),
    ],
    words=TWO_COUNT,
)
COLLECTIONS = Workflow(
    [
        Transition(
            "count",
            _("Count all and give receipts"),
            _("Count everything on the table yourself and write the sum; then all gifts are booked."),
            "fund.count_donation",
            "fund.donations.actions.count_collection",
            excluded=("registered_by_id",),
            asks=("amount",),
            applies=lambda collection: not collection.is_counted,
            done=_("Counted and booked; every gift has its receipt number."),
        ),
    ],
    words=TWO_COUNT,
)


def counts_blind(ways, record, user):
    """双人清点: whether this user may count a gift or a collection that another took down, and so sees no amount of it yet."""
    count = ways["count"]
    return user.has_perm(count.permission) and count.fits(record) and user.pk not in count.excluded_actors(record)

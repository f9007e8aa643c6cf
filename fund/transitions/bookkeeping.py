"""What is done with an entry and with a count of the cash box."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition


def _stands_alone(entry):
    """Neither reversed nor a reversal, and not the money of a gift, which is returned where the gift stands."""
    return entry.reverses_id is None and not hasattr(entry, "reversed_by") and not hasattr(entry, "donation")


ENTRIES = (
    Transition(
        "reverse",
        _("Reverse this entry"),
        _("The entry stays; a red entry with the same amount the other way round is booked beside it."),
        "fund.reverse_entry",
        "fund.actions.ledger.reverse",
        asks=("day", "reason"),
        applies=_stands_alone,
        done=lambda red: (
            _("Entry %(red)s reverses entry %(number)s.") % {"red": red.number, "number": red.reverses.number}
        ),
    ),
)
CASH_COUNTS = (
    Transition(
        "confirm",
        _("I counted too"),
        _("Count the box yourself and write what you found."),
        "fund.confirm_cashcount",
        "fund.actions.counts.confirm_cash",
        excluded=("first_by_id",),
        asks=("amount",),
        applies=lambda count: count.second_by_id is None,
        done=_("Counted by two."),
    ),
)

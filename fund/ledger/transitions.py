"""What is done with an entry."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition

# 双人清点: whoever took money down does not count it.
TWO_COUNT = _("You registered this yourself; somebody else counts it. Ask a colleague to sign in and count.")


def _stands_alone(entry):
    """Neither reversed nor a reversal, and not the money of a gift, which is returned where the gift stands."""
    return entry.reverses_id is None and not hasattr(entry, "reversed_by") and not hasattr(entry, "donation")


ENTRIES = (
    Transition(
        "reverse",
        _("Reverse this entry"),
        _("The entry stays; a red entry with the same amount the other way round is booked beside it."),
        "fund.reverse_entry",
        "fund.ledger.actions.reverse_entry",
        asks=("day", "reason"),
        applies=_stands_alone,
        done=lambda red: (
            _("Entry %(red)s reverses entry %(number)s.") % {"red": red.number, "number": red.reverses.number}
        ),
        leads_on=False,
    ),
)

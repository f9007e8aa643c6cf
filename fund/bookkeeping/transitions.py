"""What is done with a count of the cash box."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.ledger.transitions import TWO_COUNT

CASH_COUNTS = Workflow(
    [
        Transition(
            "confirm",
            _("I counted too"),
            _("Count the box yourself and write what you found."),
            "fund.confirm_cashcount",
            "fund.bookkeeping.actions.confirm_cash",
            excluded=("first_by_id",),
            asks=("amount",),
            applies=lambda count: count.second_by_id is None,
            done=_("Counted by two."),
        ),
    ],
    words=TWO_COUNT,
)

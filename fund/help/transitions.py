"""Help by list: condolence rounds and allowance runs go one way, by three people."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.help.records import THREE_PEOPLE, Step

# Name, label, explanation, right, source, target, excluded actors; then what differs from a plain row.
LIST_ROWS: tuple[tuple[tuple, tuple, dict], ...] = (
    (
        (
            "propose",
            _("Hand in"),
            _("It can no longer be edited then. You will neither approve nor pay it."),
            "propose",
        ),
        (Step.DRAFT, Step.PROPOSED, ()),
        {},
    ),
    (
        ("approve", _("Approve"), _("Somebody else will pay it."), "approve"),
        (Step.PROPOSED, Step.APPROVED, ("proposed_by_id",)),
        {},
    ),
    (
        ("reject", _("Reject"), _("The reason is kept."), "approve"),
        (Step.PROPOSED, Step.REJECTED, ("proposed_by_id",)),
        {"asks": ("reason",), "leads_on": False},
    ),
    (
        ("pay", _("Pay"), _("The money leaves the pot and stands in the ledger at once."), "pay"),
        (Step.APPROVED, Step.PAID, ("proposed_by_id", "approved_by_id")),
        {"asks": ("day",)},
    ),
    (
        ("sign", _("All have signed"), _("The signed list is in the office; the record is complete."), "sign"),
        (Step.PAID, Step.SIGNED, ()),
        {"asks": ("day",)},
    ),
)


def list_workflow(model_name, actions, noun):
    """The table of a model whose module of actions has `propose_<noun>`, `approve_<noun>` and so on."""
    return Workflow(
        [
            Transition(
                name,
                label,
                explanation,
                f"fund.{right}_{model_name}",
                f"{actions}.{name}_{noun}",
                (source,),
                target,
                excluded,
                **options,
            )
            for (name, label, explanation, right), (source, target, excluded), options in LIST_ROWS
        ],
        words=THREE_PEOPLE,
    )

"""Help by list: condolence rounds and allowance runs go one way, by three people."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.help.records import THREE_PEOPLE, Step


def list_workflow(model_name, actions, noun):
    """The table of a model whose module of actions has `propose_<noun>`, `approve_<noun>` and so on."""

    def row(name, label, explanation, right, function, source, target, excluded=(), **options):
        permission, function = f"fund.{right}_{model_name}", f"{actions}.{function}"
        return Transition(name, label, explanation, permission, function, (source,), target, excluded, **options)

    return Workflow(
        [
            row(
                "propose",
                _("Hand in"),
                _("It can no longer be edited then. You will neither approve nor pay it."),
                "propose",
                f"propose_{noun}",
                Step.DRAFT,
                Step.PROPOSED,
            ),
            row(
                "approve",
                _("Approve"),
                _("Somebody else will pay it."),
                "approve",
                f"approve_{noun}",
                Step.PROPOSED,
                Step.APPROVED,
                ("proposed_by_id",),
            ),
            row(
                "reject",
                _("Reject"),
                _("The reason is kept."),
                "approve",
                f"reject_{noun}",
                Step.PROPOSED,
                Step.REJECTED,
                ("proposed_by_id",),
                asks=("reason",),
                leads_on=False,
            ),
            row(
                "pay",
                _("Pay"),
                _("The money leaves the pot and stands in the ledger at once."),
                "pay",
                f"pay_{noun}",
                Step.APPROVED,
                Step.PAID,
                ("proposed_by_id", "approved_by_id"),
                asks=("day",),
            ),
            row(
                "sign",
                _("All have signed"),
                _("The signed list is in the office; the record is complete."),
                "sign",
                f"sign_{noun}",
                Step.PAID,
                Step.SIGNED,
                asks=("day",),
            ),
        ],
        words=THREE_PEOPLE,
    )

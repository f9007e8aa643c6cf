"""救助路径: the one table that buttons, waiting lists, the path on a case's page and its actions read."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.help.cases.models import ASKED_STATES, LAST_STATES, PROMISED_STATES, UNDISPUTED_STATES, UNFILED_STATES
from fund.help.cases.models import CaseState as S
from fund.help.records import THREE_PEOPLE

PROPOSERS = ("proposed_by_id", "reviewed_by_id")
APPROVERS = ("approved_by_id", "approved_second_by_id")
PAYER = ("paid_by_id",)


def _ordinary(case):
    return not case.is_emergency


def _urgent(case):
    return case.is_emergency


def _has_notice(case):
    return case.notice_from is not None


def _approved_enough(case):
    return not case.needs_second_approval


def _usual_amount(case):
    """The amount that stands in the form to begin with."""
    return {"amount": case.approved_amount or case.agreed_amount or case.applied_amount}


def _row(name, label, explanation, right, function, sources, target, excluded=(), **options):
    return Transition(
        name,
        label,
        explanation,
        f"fund.{right}_assistancecase",
        f"fund.help.cases.actions.{function}",
        sources,
        target,
        excluded,
        initial=_usual_amount,
        **options,
    )


CASES = Workflow(
    [
        _row(
            "propose",
            _("Hand in"),
            _("It can no longer be edited then. You will neither approve nor pay it."),
            "propose",
            "propose_case",
            (S.DRAFT,),
            S.APPLIED,
            (*APPROVERS, *PAYER),
        ),
        _row(
            "agree",
            _("Branch review: agree"),
            _("What the meeting of the branch decided. You will neither approve nor pay it."),
            "review",
            "review_case",
            (S.APPLIED,),
            S.BRANCH_AGREED,
            (*APPROVERS, *PAYER),
            form="fund.help.cases.forms.ReviewForm",
        ),
        _row(
            "disagree",
            _("Branch review: reject"),
            _("The meeting did not agree; the reason is kept."),
            "review",
            "review_case",
            (S.APPLIED,),
            S.REJECTED,
            (*APPROVERS, *PAYER),
            form="fund.help.cases.forms.RefusedReviewForm",
            leads_on=False,
        ),
        _row(
            "check",
            _("Check balance and standard"),
            _("Compare the case with the balance, the standard and the exclusions; what you see is kept with it."),
            "check",
            "check_case",
            (S.BRANCH_AGREED,),
            S.CHECKED,
            form="fund.help.cases.forms.CheckForm",
            applies=_ordinary,
        ),
        _row(
            "check_again",
            _("Return to the check"),
            _("Something at the check was wrong; both checks and the reason stay in the file."),
            "check",
            "check_again",
            (S.CHECKED,),
            S.BRANCH_AGREED,
            asks=("reason",),
            leads_on=False,
        ),
        _row(
            "approve",
            _("Approve"),
            _("Somebody else will pay it, after the notice."),
            "approve",
            "approve_case",
            (S.CHECKED,),
            S.APPROVED,
            (*PROPOSERS, *PAYER),
            form="fund.help.cases.forms.ApproveForm",
        ),
        _row(
            "approve_urgently",
            _("Approve at once"),
            _("An emergency: it is paid at once, the notice follows and says so."),
            "approve",
            "approve_case",
            (S.BRANCH_AGREED,),
            S.PAYABLE,
            (*PROPOSERS, *PAYER),
            form="fund.help.cases.forms.ApproveUrgentlyForm",
            applies=_urgent,
        ),
        _row(
            "approve_second",
            _("Approve as the second"),
            _("From this amount on two people approve."),
            "approve",
            "approve_second",
            (S.APPROVED, S.PAYABLE),
            None,
            (*PROPOSERS, "approved_by_id", *PAYER),
            applies=lambda case: case.needs_second_approval,
        ),
        _row(
            "approve_again",
            _("Approve again"),
            _("The objection is answered; say what it changed."),
            "approve",
            "approve_case",
            (S.UNDER_REVIEW,),
            S.APPROVED,
            (*PROPOSERS, *PAYER),
            form="fund.help.cases.forms.ApproveAgainForm",
        ),
        _row(
            "reject",
            _("Reject"),
            _("The reason is kept."),
            "approve",
            "reject_case",
            (S.CHECKED, S.APPROVED, S.UNDER_REVIEW),
            S.REJECTED,
            (*PROPOSERS, *PAYER),
            asks=("reason",),
            leads_on=False,
        ),
        _row(
            "reject_urgently",
            _("Reject"),
            _("The reason is kept."),
            "approve",
            "reject_case",
            (S.BRANCH_AGREED,),
            S.REJECTED,
            (*PROPOSERS, *PAYER),
            asks=("reason",),
            applies=_urgent,
            leads_on=False,
        ),
        _row(
            "start_notice",
            _("Start the notice"),
            _("From this day the case stands on the public board, masked; nobody pays it before the last day is over."),
            "notice",
            "start_notice",
            (S.APPROVED,),
            S.IN_NOTICE,
            applies=lambda case: not _has_notice(case) and _approved_enough(case),
        ),
        _row(
            "end_notice",
            _("End the notice"),
            _("The last day is over and nobody objects: the cashier may pay."),
            "notice",
            "end_notice",
            (S.IN_NOTICE, S.APPROVED),
            S.PAYABLE,
            applies=lambda case: _has_notice(case) and _approved_enough(case),
        ),
        _row(
            "pay",
            _("Pay"),
            _("The money leaves the pot and stands in the ledger at once."),
            "pay",
            "pay_case",
            (S.PAYABLE,),
            S.PAID,
            (*PROPOSERS, *APPROVERS),
            asks=("day",),
            applies=_approved_enough,
        ),
        _row(
            "notice_afterwards",
            _("Start the notice afterwards"),
            _("The emergency is put on the public board now, flagged."),
            "notice",
            "start_notice",
            UNFILED_STATES,
            None,
            applies=lambda case: case.is_emergency and not _has_notice(case),
        ),
        _row(
            "sign",
            _("Record the signature"),
            _("Who signed for the money, or the number of the transfer slip."),
            "receipt",
            "sign_case",
            (S.PAID,),
            S.RECEIPTED,
            form="fund.help.cases.forms.SignForm",
        ),
        _row(
            "spot_check",
            _("Record the spot check"),
            _("Ask the recipient whether the whole amount arrived, by visit or phone."),
            "spot_check",
            "spot_check_case",
            UNFILED_STATES,
            None,
            (*PROPOSERS, *APPROVERS, *PAYER),
            form="fund.help.cases.forms.SpotCheckForm",
            applies=lambda case: case.spot_checked_on is None,
        ),
        _row(
            "close",
            _("Close and file"),
            _("The file gets its number; nothing in it changes any more."),
            "close",
            "close_case",
            (S.RECEIPTED,),
            S.CLOSED,
            applies=lambda case: case.is_complete,
        ),
        _row(
            "withdraw",
            _("Withdraw"),
            _("The applicant takes the application back; the reason is kept."),
            "propose",
            "withdraw_case",
            (*ASKED_STATES, *PROMISED_STATES),
            S.WITHDRAWN,
            asks=("reason",),
            leads_on=False,
        ),
    ],
    words=THREE_PEOPLE,
)
# An objection is no button: a question of the kind does it.
OBJECTED = Transition(
    "object",
    _("An objection came in"),
    "",
    permission="",
    sources=UNDISPUTED_STATES,
    target=S.UNDER_REVIEW,
    applies=_has_notice,
    leads_on=False,
)
# A paper is added to a case without leading it anywhere.
ATTACH = Transition(
    "attach",
    _("Attach a paper"),
    _("Kept with the case, never public; whoever opens it is written down."),
    "fund.propose_assistancecase",
    "fund.help.cases.attachments.attach_paper",
    form="fund.help.cases.forms.PaperForm",
    applies=lambda case: case.state not in LAST_STATES,
    done=lambda paper: _("Done: %(act)s.") % {"act": _("Attach a paper")},
    leads_on=False,
)

"""起草、初审、复审、发布: how a statement comes about."""

from django.utils.translation import gettext_lazy as _

from config.kit.workflow.transitions import Transition, Workflow
from fund.disclosure.statements.models import Statement

State = Statement.State


def _published(statement):
    return _("Published as %(number)s; the check code is %(code)s.") % {
        "number": statement.office_number,
        "code": statement.short_code,
    }


STATEMENTS = Workflow(
    [
        Transition(
            "review-first",
            _("First review: it is right"),
            _("You compared the sheet with ledger and vouchers."),
            "fund.review_first_statement",
            "fund.disclosure.statements.actions.review_first",
            (State.DRAFT,),
            State.FIRST_REVIEWED,
            ("drafted_by_id",),
        ),
        Transition(
            "review-second",
            _("Second review: it is right"),
            _("You looked at it as the Party's discipline officer."),
            "fund.review_second_statement",
            "fund.disclosure.statements.actions.review_second",
            (State.FIRST_REVIEWED,),
            State.SECOND_REVIEWED,
            ("drafted_by_id", "first_reviewed_by_id"),
        ),
        Transition(
            "publish",
            _("Publish"),
            _("It gets its number and check code, residents read it at once, and its period is closed for good."),
            "fund.publish_statement",
            "fund.disclosure.statements.actions.publish_statement",
            (State.SECOND_REVIEWED,),
            State.PUBLISHED,
            ("drafted_by_id",),
            asks=("day",),
            done=_published,
        ),
        Transition(
            "return",
            _("Return to the keeper"),
            _("Say what is wrong; the keeper mends it and drafts it again."),
            "fund.return_statement",
            "fund.disclosure.statements.actions.return_statement",
            (State.DRAFT, State.FIRST_REVIEWED, State.SECOND_REVIEWED),
            State.RETURNED,
            asks=("reason",),
            leads_on=False,
        ),
        Transition(
            "draft-again",
            _("Draft again"),
            _("The sheet is drawn anew from the ledger as it is now."),
            "fund.add_statement",
            "fund.disclosure.statements.actions.draft_again",
            (State.RETURNED,),
            State.DRAFT,
        ),
    ],
    words=_("You have already signed this statement; drafting and the two reviews are three people's work."),
)

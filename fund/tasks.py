"""What waits for a user in the fund: the tasks of each subject, in the order of the today page."""

from fund.bookkeeping.tasks import checks_to_finish
from fund.disclosure.postings.queries import postings_due
from fund.disclosure.questions.tasks import questions_to_answer
from fund.disclosure.statements.tasks import statements_to_draft, statements_to_sign
from fund.donations.tasks import gifts_to_count
from fund.help.allowances.tasks import allowance_to_prepare
from fund.help.cases.tasks import cases_to_act_on
from fund.help.tasks import records_to_act_on


def tasks_for(user, *, today):
    return [
        *statements_to_sign(user, today),
        *cases_to_act_on(user, today),
        *records_to_act_on(user, today),
        *statements_to_draft(user, today),
        *questions_to_answer(user, today),
        *gifts_to_count(user, today),
        *allowance_to_prepare(user, today),
        *checks_to_finish(user, today),
        *postings_due(user, today),
    ]

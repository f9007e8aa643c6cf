"""What can be done with the fund: one atomic function an act; everything that moves money calls `post`."""

from fund.actions.donations import next_receipt_no, receive_donation, return_donation, withdraw_name
from fund.actions.help import (
    act,
    approve_allowance,
    approve_case,
    approve_round,
    log_full_view,
    pay_allowance,
    pay_case,
    pay_round,
    propose_allowance,
    propose_case,
    propose_round,
    reject,
)
from fund.actions.ledger import add_standard_accounts, open_pot, post, refuse_unbookable, reverse, stamped
from fund.actions.questions import answer_question, refuse_question, take_question, word_question
from fund.actions.statements import (
    draft_statement,
    publish_statement,
    refuse_undraftable,
    return_statement,
    review_first,
    review_second,
)

__all__ = [
    "act",
    "add_standard_accounts",
    "answer_question",
    "approve_allowance",
    "approve_case",
    "approve_round",
    "draft_statement",
    "log_full_view",
    "next_receipt_no",
    "open_pot",
    "pay_allowance",
    "pay_case",
    "pay_round",
    "post",
    "propose_allowance",
    "propose_case",
    "propose_round",
    "publish_statement",
    "receive_donation",
    "refuse_question",
    "refuse_unbookable",
    "refuse_undraftable",
    "reject",
    "return_donation",
    "return_statement",
    "reverse",
    "review_first",
    "review_second",
    "stamped",
    "take_question",
    "withdraw_name",
    "word_question",
]

"""What residents may read of the fund: masked lines, published statements, sums; no record goes out of here."""

from fund.public.board import Board, board, pot_line, pot_of
from fund.public.compare import compare_page
from fund.public.lines import Lines, MovementLine, movements
from fund.public.notices import NoticeLine, case_notices
from fund.public.pots import fund_member_counts, pots_page
from fund.public.questions import (
    QuestionLine,
    asked_records,
    newest_questions,
    question_lines,
    questions_about,
    questions_address,
    subject_of,
)
from fund.public.statements import (
    Sheet,
    StatementLine,
    StatementPage,
    chain_of,
    sheet_of,
    statement_lines,
    statement_page,
)
from fund.public.verify import Verdict, verdict_on

__all__ = [
    "Board",
    "Lines",
    "MovementLine",
    "NoticeLine",
    "QuestionLine",
    "Sheet",
    "StatementLine",
    "StatementPage",
    "Verdict",
    "asked_records",
    "board",
    "case_notices",
    "chain_of",
    "compare_page",
    "fund_member_counts",
    "movements",
    "newest_questions",
    "pot_line",
    "pot_of",
    "pots_page",
    "question_lines",
    "questions_about",
    "questions_address",
    "sheet_of",
    "statement_lines",
    "statement_page",
    "subject_of",
    "verdict_on",
]

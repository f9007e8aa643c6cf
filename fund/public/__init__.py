"""What residents may read of the fund: masked lines, published statements, sums; no record goes out of here."""

from fund.public.board import Board, board, pot_line, pot_of
from fund.public.figures import FundFigures, fund_figures
from fund.public.lines import Lines, MovementLine, movements
from fund.public.pots import fund_member_counts, pots_page
from fund.public.statements import (
    Sheet,
    StatementLine,
    StatementPage,
    chain_of,
    sheet_of,
    statement_lines,
    statement_page,
)

__all__ = [
    "Board",
    "FundFigures",
    "Lines",
    "MovementLine",
    "Sheet",
    "StatementLine",
    "StatementPage",
    "board",
    "chain_of",
    "fund_figures",
    "fund_member_counts",
    "movements",
    "pot_line",
    "pot_of",
    "pots_page",
    "sheet_of",
    "statement_lines",
    "statement_page",
]

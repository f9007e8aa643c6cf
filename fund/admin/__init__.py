"""What the office sees of the fund: the ledger, donations, help, statements."""

from fund.admin import donations, help, ledger, questions, statements

__all__ = ["donations", "help", "ledger", "questions", "statements"]

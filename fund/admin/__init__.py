"""What the office sees of the fund: the ledger, donations, help, statements."""

from fund.admin import collections, donations, help, ledger, posting, questions, statements

__all__ = ["collections", "donations", "help", "ledger", "posting", "questions", "statements"]

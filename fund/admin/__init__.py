"""What the office sees of the fund: the ledger, donations, help, statements."""

from fund.admin import books, cases, collections, donations, help, ledger, posting, questions, statements

__all__ = ["books", "cases", "collections", "donations", "help", "ledger", "posting", "questions", "statements"]

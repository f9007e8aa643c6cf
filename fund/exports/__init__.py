"""The columns and rows of money for the yearly reports: accounts (R5, R7), help and allowance (R6, R7), gifts.

accounts reads month totals alone · help reads cases, rounds and allowance runs · gifts is the donation register.
"""

from fund.exports.accounts import balance_on, income_between, spending_between
from fund.exports.help import fund_members_on, people_helped_between

__all__ = ["balance_on", "fund_members_on", "income_between", "people_helped_between", "spending_between"]

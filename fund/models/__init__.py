"""What the fund records: the ledger, gifts and fund members, help given, allowances, and statements."""

from fund.models.donations import Donation, FundMember
from fund.models.help import (
    AllowanceLine,
    AllowanceRun,
    AssistanceCase,
    CondolenceRound,
    CondolenceVisit,
)
from fund.models.ledger import Account, Entry, MonthTotal, Pot
from fund.models.statements import Statement, StatementName

__all__ = [
    "Account",
    "AllowanceLine",
    "AllowanceRun",
    "AssistanceCase",
    "CondolenceRound",
    "CondolenceVisit",
    "Donation",
    "Entry",
    "FundMember",
    "MonthTotal",
    "Pot",
    "Statement",
    "StatementName",
]

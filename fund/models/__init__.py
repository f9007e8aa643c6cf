"""What the fund records: the ledger, gifts and fund members, help given, allowances, and statements."""

from fund.models.cases import AssistanceCase, CasePaper, CaseStep, Recusal
from fund.models.counts import BankLine, BankStatement, CashCount
from fund.models.donations import Collection, Donation, FundMember, VoidReceipt
from fund.models.help import (
    AllowanceLine,
    AllowanceRun,
    CondolenceRound,
    CondolenceVisit,
)
from fund.models.ledger import Account, Edition, Entry, MonthTotal, Pot
from fund.models.planning import AllowanceRule, Budget
from fund.models.posting import Posting
from fund.models.questions import Question
from fund.models.statements import Statement, StatementName

__all__ = [
    "Account",
    "AllowanceLine",
    "AllowanceRule",
    "AllowanceRun",
    "AssistanceCase",
    "BankLine",
    "BankStatement",
    "Budget",
    "CasePaper",
    "CaseStep",
    "CashCount",
    "Collection",
    "CondolenceRound",
    "CondolenceVisit",
    "Donation",
    "Edition",
    "Entry",
    "FundMember",
    "MonthTotal",
    "Posting",
    "Pot",
    "Question",
    "Recusal",
    "Statement",
    "StatementName",
    "VoidReceipt",
]

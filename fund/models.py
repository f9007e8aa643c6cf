"""What the fund records, by subject: the ledger, its books, gifts, help given, and what is disclosed."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from fund.bookkeeping.models import BankLine, BankStatement, Budget, CashCount
from fund.disclosure.postings.models import Posting
from fund.disclosure.questions.models import Question
from fund.disclosure.statements.models import Statement, StatementName
from fund.donations.models import Collection, Donation, FundMember, VoidReceipt
from fund.help.allowances.models import AllowanceLine, AllowanceRule, AllowanceRun
from fund.help.cases.models import AssistanceCase, CasePaper, CaseStep
from fund.help.cases.recusals import Recusal
from fund.help.visits.models import CondolenceRound, CondolenceVisit
from fund.ledger.editions import Edition
from fund.ledger.models import Account, Entry, Pot
from fund.ledger.totals import MonthTotal

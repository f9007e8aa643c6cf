"""What the office sees of the fund, by subject."""

import fund.bookkeeping.admin
import fund.disclosure.postings.admin
import fund.disclosure.questions.admin
import fund.disclosure.statements.admin
import fund.donations.admin
import fund.help.allowances.admin
import fund.help.cases.admin
import fund.help.visits.admin
import fund.ledger.admin  # noqa: F401  each registers its models

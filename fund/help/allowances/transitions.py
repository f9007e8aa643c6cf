"""The way of a month's allowance list."""

from fund.help.transitions import list_workflow

ALLOWANCES = list_workflow("allowancerun", "fund.help.allowances.actions", "allowance")

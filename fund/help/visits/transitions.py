"""The way of a condolence round."""

from fund.help.transitions import list_workflow

ROUNDS = list_workflow("condolenceround", "fund.help.visits.actions", "round")

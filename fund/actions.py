"""The public action `post`: every action of a subject that moves money calls it."""

from fund.ledger.actions import post

__all__ = ["post"]

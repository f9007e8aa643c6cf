"""The one door through which money moves; every action of a subject that moves money calls it."""

from fund.ledger.actions import post

__all__ = ["post"]

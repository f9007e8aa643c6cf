"""What is printed of members: the roster of §3.3, and a card for the day somebody joined the Party."""

from members.papers.cards import birthday_cards, birthdays
from members.papers.roster import roster_sheet

__all__ = ["birthday_cards", "birthdays", "roster_sheet"]

"""What is printed of members: the roster of §3.3, and a card for the day somebody joined the Party."""

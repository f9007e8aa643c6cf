"""What can be done with members: one atomic function an act."""

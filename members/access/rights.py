"""Who may read what of members."""

KEEPS, READS_IN_FULL = "members.change_member", "members.view_private_member"


def reads_whole_records(user):
    """Whether a user reads members' records unmasked: who keeps the roster, or may see private data (the handbook's "M")."""
    return user.has_perm(KEEPS) or user.has_perm(READS_IN_FULL)
